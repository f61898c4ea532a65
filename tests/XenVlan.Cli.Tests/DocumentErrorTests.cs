using System.Text.Json;
using Shouldly;
using Xunit;

namespace XenVlan.Cli.Tests;

public sealed class DocumentErrorTests
{
    private const string Misspelled = """
        apiVersion: xenvlan/v1
        hosts:
          a:
            adress: local
            bridges:
              xenbr0:
                mtu: 5
        """;

    [Theory]
    [InlineData("apply")]
    [InlineData("check")]
    [InlineData("draw")]
    public async Task Each_error_of_a_document_is_a_line_with_its_place(string command)
    {
        using var file = new TextFile(Misspelled);
        var result = await Cli.RunAsync(command, file.Path);
        result.ExitStatus.ShouldBe(2);
        result.Output.ShouldBeEmpty();
        var lines = result.Error.TrimEnd().Split('\n');
        lines.Length.ShouldBe(2);
        lines[0].ShouldStartWith($"xenvlan: {file.Path}:4:5: ");
        lines[1].ShouldStartWith($"xenvlan: {file.Path}:7:14: ");
        lines.ShouldAllBe(l => l.EndsWith(" [XenVlan.DocumentInvalid]"));
    }

    [Fact]
    public async Task Each_error_of_a_document_is_a_JSON_object_where_JSON_is_asked_for()
    {
        using var file = new TextFile(Misspelled);
        var result = await Cli.RunAsync("apply", file.Path, "-o", "json");
        result.ExitStatus.ShouldBe(2);
        result.Output.ShouldBeEmpty();
        var errors = result.Error.TrimEnd().Split('\n').Select(l => JsonDocument.Parse(l).RootElement.GetProperty("error")).ToList();
        errors.Count.ShouldBe(2);
        errors.ShouldAllBe(e => e.GetProperty("id").GetString() == "XenVlan.DocumentInvalid");
        errors.ShouldAllBe(e => e.GetProperty("target").GetString() == file.Path);
        errors[1].GetProperty("message").GetString()!.ShouldStartWith($"{file.Path}:7:14: ");
    }

    [Fact]
    public async Task What_is_no_YAML_is_unreadable()
    {
        using var file = new TextFile("a: [");
        var result = await Cli.RunAsync("check", file.Path);
        result.ExitStatus.ShouldBe(2);
        result.Error.ShouldContain("[XenVlan.DocumentUnreadable]");
    }
}
