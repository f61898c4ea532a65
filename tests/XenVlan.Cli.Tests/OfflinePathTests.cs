using System.Text.Json;
using Shouldly;
using XenVlan.Tests;
using Xunit;

namespace XenVlan.Cli.Tests;

/// <summary>Paths predicted from snapshots of real hosts: yes, no and not known are three answers.</summary>
public sealed class OfflinePathTests
{
    private static readonly string[] Undescribed = ["test-path", "--offline", "--from", "ftp-a/eth0.10", "--to", "ftp-b/eth0.10"];
    private static readonly string[] Dropped =
    [
        "test-path",
        "--offline",
        "--from",
        "a/app-a:0",
        "--vlan",
        "10",
        "--from-address",
        "10.10.0.99/24",
        "--to",
        "ftp-a/eth0.10",
    ];

    [Theory]
    [InlineData("isolated")]
    [InlineData("reachable")]
    public async Task What_is_not_known_meets_no_expectation(string expected)
    {
        var result = await Cli.RunAsync([.. Undescribed, .. Snapshots("undescribed-wire"), "--expect", expected]);

        result.ExitStatus.ShouldBe(1);
        result.Output.ShouldStartWith($"ftp-a/eth0.10 to ftp-b/eth0.10 (10.10.0.21), VLAN 10: not known, where {expected} was expected\n");
        result.Output.ShouldContain("Describe this wire in a topology document, or test it live.");

        using var json = JsonDocument.Parse(
            (await Cli.RunAsync([.. Undescribed, .. Snapshots("undescribed-wire"), "--expect", expected, "-o", "json"])).Output
        );
        json.RootElement.GetProperty("reachable").ValueKind.ShouldBe(JsonValueKind.Null);
        json.RootElement.GetProperty("isolated").ValueKind.ShouldBe(JsonValueKind.Null);
        json.RootElement.GetProperty("asExpected").GetBoolean().ShouldBeFalse();
    }

    [Theory]
    [InlineData("isolated")]
    [InlineData("reachable")]
    public async Task Where_arp_passes_and_packets_do_not_packets_are_lost(string expected)
    {
        var result = await Cli.RunAsync([.. Dropped, .. Snapshots("forward-policy-drop"), "--expect", expected]);

        result.ExitStatus.ShouldBe(1);
        result.Output.ShouldStartWith(
            $"a/app-a:0 to ftp-a/eth0.10 (10.10.0.11), VLAN 10: packets are lost, where {expected} was expected\n"
        );
        result.Output.ShouldNotContain("-P FORWARD ACCEPT");

        using var json = JsonDocument.Parse((await Cli.RunAsync([.. Dropped, .. Snapshots("forward-policy-drop"), "-o", "json"])).Output);
        json.RootElement.GetProperty("reachable").GetBoolean().ShouldBeFalse();
        json.RootElement.GetProperty("isolated").GetBoolean().ShouldBeFalse();
    }

    private static string[] Snapshots(string directory) =>
        [
            .. Directory
                .EnumerateFiles(
                    Path.Combine(Golden.ProjectDirectory, "..", "XenVlan.Core.Tests", "Data", "paths-xen-4.17-debian-12", directory),
                    "*.json"
                )
                .SelectMany(f => new[] { "--snapshot", f }),
        ];
}
