using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using XenVlan.Model;
using XenVlan.Topology.Yaml;
using Xunit;

namespace XenVlan.Tests.Topology;

public sealed class TopologyProperties
{
    // What means something to YAML, put together at random, gets further into a parser than random characters do.
    private static readonly Gen<string> Token = Gen.Elements(
        "{",
        "}",
        "[",
        "]",
        ": ",
        ":",
        ",",
        "- ",
        "-",
        "? ",
        "\n",
        "\n  ",
        "\n    ",
        "\t",
        "\r\n",
        "&a",
        "*a",
        "&",
        "*",
        "!",
        "!!str ",
        "!<>",
        "!<",
        "!e!x ",
        "|\n",
        ">-\n",
        "'",
        "\"",
        "\\",
        "\\x",
        "\\u12",
        "\\U0011FFFF",
        "%YAML 1.2",
        "%TAG ! a\n",
        "\n---\n",
        "\n...\n",
        "#",
        " ",
        "a",
        "hosts",
        "apiVersion: xenvlan/v1\n",
        "<<",
        "~",
        "0",
        "@",
        "`",
        "%",
        "\0",
        "\u0085",
        "\u2028",
        "\uFEFF",
        "\uD800",
        "\x1b"
    );

    private static readonly string Example = File.ReadAllText(
        Path.Combine(Golden.ProjectDirectory, "..", "..", "examples", "two-domains.yaml")
    );

    private static readonly Gen<string> Tokens = Token.ListOf().Select(string.Concat);

    private static readonly Gen<string> Characters = ArbMap.Default.GeneratorFor<string>().Select(s => s ?? "");

    private static readonly Gen<string> DamagedExample =
        from start in Gen.Choose(0, Example.Length - 1)
        from length in Gen.Choose(0, Math.Min(40, Example.Length - start))
        from inserted in Tokens.Resize(3)
        select Example.Remove(start, length).Insert(start, inserted);

    [Fact]
    public void Any_text_is_a_document_or_an_error_about_a_place_in_it()
    {
        Prop.ForAll(
                Gen.OneOf(Tokens, Characters, DamagedExample).ToArbitrary(),
                text =>
                {
                    if (TopologyYaml.TryParse(text, "x", out var document, out var errors))
                    {
                        document.ShouldNotBeNull();
                        errors.ShouldBeEmpty();
                        return;
                    }

                    document.ShouldBeNull();
                    errors.ShouldNotBeEmpty();
                    var lines = text.ReplaceLineEndings("\n").Count(c => c == '\n') + 1;
                    errors.ShouldAllBe(e => e.Position.Line >= 1 && e.Position.Line <= lines && e.Position.Column >= 1);
                    errors.ShouldAllBe(e => e.Message.EndsWith('.') || e.Message.EndsWith('?'));
                    errors.ShouldAllBe(e => !e.ToString().Any(char.IsControl));
                    Should.Throw<XenVlanException>(() => TopologyYaml.Parse(text, "x"));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Fact]
    public void A_valid_document_is_read_as_it_was_meant_however_it_is_written()
    {
        var written =
            from document in GeneratedTopology.Document
            from style in Gen.Choose(0, int.MaxValue)
            select (Document: document, Text: new TopologyText(new Random(style)).Write(document));

        Prop.ForAll(
                written.ToArbitrary(),
                w =>
                {
                    Dump.Of(TopologyYaml.Parse(w.Text, "generated")).ShouldBe(Dump.Of(w.Document));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(150));
    }
}
