using System.Text.Json;
using Shouldly;
using Xunit;

namespace XenVlan.Cli.Tests;

/// <summary>Reads the machine the tests run on, whatever it is.</summary>
public sealed class ShowTests
{
    [Fact]
    public async Task This_machine_is_shown_as_text()
    {
        var result = await Cli.RunAsync("show");
        result.Error.ShouldBeEmpty();
        result.ExitStatus.ShouldBe(0);
        foreach (var heading in new[] { "Hosts", "Bridges", "NICs of domains", "VLAN interfaces" })
            result.Output.Split('\n').ShouldContain(heading);
        result.Output.ShouldContain(Environment.MachineName);
        result.Output.Split('\n').ShouldAllBe(l => !l.EndsWith(' '));
    }

    [Fact]
    public async Task This_machine_is_shown_as_JSON()
    {
        var result = await Cli.RunAsync("show", "-o", "json");
        result.Error.ShouldBeEmpty();
        result.ExitStatus.ShouldBe(0);
        using var json = JsonDocument.Parse(result.Output);
        json.RootElement.EnumerateObject().Select(p => p.Name).ShouldBe(["hosts", "bridges", "domainNics", "vlanInterfaces"]);
        json.RootElement.GetProperty("hosts")
            .EnumerateArray()
            .Single()
            .GetProperty("hostName")
            .GetString()
            .ShouldBe(Environment.MachineName);
    }

    [Theory]
    [InlineData("hosts", 1)]
    [InlineData("bridges", null)]
    [InlineData("nics", null)]
    [InlineData("vlans", null)]
    public async Task Each_kind_is_a_JSON_array(string what, int? count)
    {
        var result = await Cli.RunAsync("show", what, "-o", "json");
        result.ExitStatus.ShouldBe(0);
        using var json = JsonDocument.Parse(result.Output);
        json.RootElement.ValueKind.ShouldBe(JsonValueKind.Array);
        if (count is { } known)
            json.RootElement.GetArrayLength().ShouldBe(known);
    }

    [Fact]
    public async Task This_machine_is_drawn()
    {
        var text = await Cli.RunAsync("draw");
        text.ExitStatus.ShouldBe(0);
        text.Output.ShouldStartWith(Environment.MachineName);

        var json = await Cli.RunAsync("draw", "-o", "json");
        using var trees = JsonDocument.Parse(json.Output);
        trees.RootElement.EnumerateArray().Single().GetProperty("text").GetString().ShouldBe(text.Output.Split('\n')[0]);
    }

    [Fact]
    public async Task The_log_goes_to_standard_error()
    {
        var result = await Cli.RunAsync("show", "hosts", "--verbose", "-o", "json");
        result.Error.ShouldContain("xenvlan: Starting a shell on this machine.");
        JsonDocument.Parse(result.Output).Dispose();
    }
}
