using System.Diagnostics;
using Shouldly;
using Xunit;

namespace XenVlan.Lab.Tests;

/// <summary>A test of a path leaves nothing on a host, whatever becomes of whoever tests.</summary>
public sealed class PathLeavesNothingTests(LabFixture fixture) : PathLabTest(fixture)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_client_killed_while_a_nic_is_stood_in_for_leaves_nothing_within_30_seconds()
    {
        await TwoHostsOnVlan10Async();
        await KilledAsync(
            ["--from", "a/app-a:0", "--vlan", "10", "--from-address", "10.10.0.250/24", "--to", "b/app-b:0", "--trace", "--tcp-port", "81"],
            "ls -d /sys/class/net/xv* 2>/dev/null"
        );
    }

    [Fact]
    public async Task A_client_killed_while_hops_are_watched_leaves_nothing_within_30_seconds()
    {
        await TwoHostsOnVlan10Async();
        await KilledAsync(["--from", "a/xenbr0.10", "--to", "b/xenbr0.10", "--trace", "--to-address", "10.10.0.99"], "pgrep -x tcpdump");
    }

    private async Task KilledAsync(string[] arguments, string sign)
    {
        var before = await StateAsync();
        var client = Repository.PathOf("artifacts/bin/XenVlan.Cli/debug/xenvlan.dll");
        var start = new ProcessStartInfo("dotnet", [client, "test-path", .. arguments, "--ssh-config", Lab.SshConfigPath])
        {
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var appeared = false;
        while (!appeared && !process.HasExited)
            appeared = (await Lab.RunAsync("a", sign, Stop)).ExitCode == 0;
        appeared.ShouldBeTrue("The client ended before there was anything to leave.");

        // SIGKILL, to it alone: its ssh lives on until it finds nobody listens. The hosts themselves watch what is left,
        // so that a slow way to them does not count for each look.
        process.Kill();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(GoneAsync("a"), GoneAsync("b"));
        var took = clock.Elapsed;
        TestContext.Current.SendDiagnosticMessage($"gone after {took.TotalSeconds:0.0} s");
        took.ShouldBeLessThan(Limit);
        await process.WaitForExitAsync(Stop);
        (await StateAsync()).ShouldBeState(before);
    }

    // Interfaces, captures, and processes in a network namespace of their own.
    private async Task GoneAsync(string host) =>
        _ = await Fixture.RunAsync(
            host,
            """
            left() {
                ls -d /sys/class/net/xv* || pgrep -x tcpdump && return 0
                [ "$(ls -l /proc/[0-9]*/ns/net | sed 's/.*-> //' | sort -u | wc -l)" -gt 1 ]
            } 2>/dev/null
            while left; do sleep 0.5; done
            """
        );
}
