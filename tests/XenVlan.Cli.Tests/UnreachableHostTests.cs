using System.Text.Json;
using Shouldly;
using Xunit;

namespace XenVlan.Cli.Tests;

/// <summary>RFC 6761 reserves <c>.invalid</c>: such a name never resolves.</summary>
public sealed class UnreachableHostTests
{
    private const string Nobody = "nosuch.invalid";

    private const string Document = """
        apiVersion: xenvlan/v1
        hosts:
          nosuch.invalid:
            vlanInterfaces:
              eth0.10:
                addresses: [10.10.0.1/24]
        """;

    [Theory]
    [InlineData("show")]
    [InlineData("draw")]
    public async Task The_other_hosts_are_shown_all_the_same(string command)
    {
        var result = await Cli.RunAsync(command, "--host", $"{Nobody},{Environment.MachineName}");
        result.ExitStatus.ShouldBe(3);
        result.Output.ShouldContain(Environment.MachineName);
        result.Error.ShouldStartWith($"xenvlan: Host \"{Nobody}\" ");
        result.Error.TrimEnd().ShouldEndWith("[XenVlan.HostUnknown]");
    }

    [Fact]
    public async Task The_other_hosts_are_in_the_JSON_and_the_error_is_JSON_too()
    {
        var result = await Cli.RunAsync("show", "hosts", "--host", Nobody, "--host", Environment.MachineName, "-o", "json");
        result.ExitStatus.ShouldBe(3);
        using var hosts = JsonDocument.Parse(result.Output);
        hosts.RootElement.EnumerateArray().Single().GetProperty("hostName").GetString().ShouldBe(Environment.MachineName);
        using var error = JsonDocument.Parse(result.Error);
        error.RootElement.GetProperty("error").GetProperty("id").GetString().ShouldBe("XenVlan.HostUnknown");
        error.RootElement.GetProperty("error").GetProperty("target").GetString().ShouldBe(Nobody);
    }

    [Fact]
    public async Task Nothing_is_printed_where_no_host_could_be_read()
    {
        var result = await Cli.RunAsync("show", "--host", Nobody);
        result.ExitStatus.ShouldBe(3);
        result.Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("apply")]
    [InlineData("check")]
    [InlineData("draw")]
    public async Task A_document_s_host_that_cannot_be_reached_ends_with_3(string command)
    {
        using var file = new TextFile(Document);
        var result = await Cli.RunAsync(command, file.Path);
        result.ExitStatus.ShouldBe(3);
        result.Error.ShouldContain("[XenVlan.HostUnknown]");
    }

    [Fact]
    public async Task A_path_from_a_host_that_cannot_be_reached_ends_with_3() =>
        (await Cli.RunAsync("test-path", "--from", $"{Nobody}/eth0", "--to", "10.0.0.1")).ExitStatus.ShouldBe(3);
}
