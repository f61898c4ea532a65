using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Shouldly;
using XenVlan.Topology.Yaml;
using Xunit;

namespace XenVlan.Tests.Topology;

/// <summary>The JSON Schema and the reference know the same keys as the reader.</summary>
public sealed class TopologyFormatTests
{
    private const RegexOptions Multiline = RegexOptions.Multiline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    private static readonly string Docs = Path.Combine(Golden.ProjectDirectory, "..", "..", "docs");

    public static TheoryData<string> Shapes => [.. AllShapes(TopologyReader.Shape).Select(s => s.Name).Distinct()];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_schema_says_what_the_reader_does(string name)
    {
        var schema = JsonNode.Parse(File.ReadAllText(Path.Combine(Docs, "schema", "xenvlan-v1.schema.json")))!;
        var definitions = schema["definitions"]!.AsObject();
        var shape = Find(name);
        var definition = (shape == TopologyReader.Shape ? schema : definitions[name])!;

        definition["additionalProperties"]!.GetValue<bool>().ShouldBeFalse();
        (definition["required"]?.AsArray().Select(r => r!.GetValue<string>()) ?? []).ShouldBe(
            shape.Keys.Where(k => k.IsRequired).Select(k => k.Name)
        );
        definition["properties"]!
            .AsObject()
            .Select(p => $"{p.Key}: {p.Value!["description"]} ({Form(p.Value)} {Reference(p.Value)})")
            .ShouldBe(shape.Keys.Select(k => $"{k.Name}: {k.Description} ({k.Form} {k.Type})"));
        shape.Keys.ShouldAllBe(k => definitions.ContainsKey(k.Type));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_reference_lists_every_key(string name)
    {
        var shape = Find(name);
        var sections = Regex.Split(File.ReadAllText(Path.Combine(Docs, "topology.md")), "^## ", Multiline);

        var section = sections.Single(s => s.Contains($"<!-- keys: {name} -->", StringComparison.Ordinal));

        Regex
            .Matches(section, "^\\| `(?<key>[A-Za-z]+)`(?<required> \\(required\\))? \\|", Multiline)
            .Select(m => (m.Groups["key"].Value, m.Groups["required"].Success))
            .ShouldBe(shape.Keys.Select(k => (k.Name, k.IsRequired)));
    }

    private static Shape Find(string name) => AllShapes(TopologyReader.Shape).First(s => s.Name == name);

    private static IEnumerable<Shape> AllShapes(Shape shape) =>
        [shape, .. shape.Keys.OfType<ObjectKey>().SelectMany(k => AllShapes(k.Shape))];

    private static KeyForm Form(JsonNode property) =>
        property["items"] is not null ? KeyForm.List
        : property["additionalProperties"] is not null ? KeyForm.Named
        : KeyForm.Single;

    private static string Reference(JsonNode property) =>
        (property["items"] ?? property["additionalProperties"] ?? property)["$ref"]!.GetValue<string>()["#/definitions/".Length..];
}
