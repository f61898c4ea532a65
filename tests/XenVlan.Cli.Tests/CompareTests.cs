using System.Text.Json;
using Shouldly;
using XenVlan.Tests;
using Xunit;

namespace XenVlan.Cli.Tests;

/// <summary>Comparisons of snapshots of real hosts.</summary>
public sealed class CompareTests
{
    private static string Snapshot(string name) =>
        Path.Combine(Golden.ProjectDirectory, "..", "XenVlan.Core.Tests", "Data", "paths-xen-4.17-debian-12", name);

    [Fact]
    public async Task What_differs_is_a_table_and_exit_status_1()
    {
        var result = await Cli.RunAsync("compare", Snapshot("undescribed-wire/a.json"), Snapshot("forward-policy-drop/a.json"));
        result.Error.ShouldBeEmpty();
        result.ExitStatus.ShouldBe(1);
        Cli.Verify(result.Output, "compare");
    }

    [Fact]
    public async Task What_differs_is_an_array_in_JSON()
    {
        var result = await Cli.RunAsync("compare", Snapshot("undescribed-wire/a.json"), Snapshot("undescribed-wire/b.json"), "-o", "json");
        result.ExitStatus.ShouldBe(1);
        using var json = JsonDocument.Parse(result.Output);
        var domain = json.RootElement.EnumerateArray().First(d => d.GetProperty("kind").GetString() == "Domain");
        domain
            .EnumerateObject()
            .Select(p => p.Name)
            .ShouldBe(["hostName", "differenceHostName", "kind", "subject", "property", "reference", "difference"]);
        domain.GetProperty("hostName").GetString().ShouldBe("a");
        domain.GetProperty("differenceHostName").GetString().ShouldBe("b");
        domain.GetProperty("property").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task What_is_alike_is_exit_status_0()
    {
        var file = Snapshot("undescribed-wire/a.json");
        var text = await Cli.RunAsync("compare", file, file);
        text.ExitStatus.ShouldBe(0);
        text.Output.ShouldEndWith("\n\nNo differences.\n");

        var json = await Cli.RunAsync("compare", file, file, "-o", "json");
        json.ExitStatus.ShouldBe(0);
        json.Output.ShouldBe("[]\n");
    }

    [Fact]
    public async Task This_machine_is_like_its_own_snapshot()
    {
        using var file = new TextFile((await Cli.RunAsync("show", "snapshot")).Output);
        var result = await Cli.RunAsync("compare", file.Path, Environment.MachineName);
        result.Error.ShouldBeEmpty();

        // Others may change this machine meanwhile, and then it says so.
        result.ExitStatus.ShouldBeOneOf(0, 1);
        result.Output.ShouldContain(result.ExitStatus == 0 ? "No differences" : "difference");
        result.Output.Split('\n')[1].ShouldStartWith($"Difference: {Environment.MachineName}, ");
    }

    [Fact]
    public async Task A_host_that_cannot_be_read_is_exit_status_3()
    {
        var result = await Cli.RunAsync("compare", Snapshot("undescribed-wire/a.json"), "nosuch.invalid");
        result.ExitStatus.ShouldBe(3);
        result.Error.ShouldContain("XenVlan.HostUnknown");
        result.Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("nosuch.json")]
    [InlineData("./nosuch")]
    [InlineData("nosuch; reboot")]
    public async Task What_is_no_file_and_no_host_is_exit_status_2(string name) =>
        (await Cli.RunAsync("compare", name)).ExitStatus.ShouldBe(2);
}
