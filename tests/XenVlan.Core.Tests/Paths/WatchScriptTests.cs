using Shouldly;
using XenVlan.Hosts;
using XenVlan.Tests.Discovery;
using Xunit;

namespace XenVlan.Tests.Paths;

/// <summary>The script that watches, with something in tcpdump's place that captures nothing.</summary>
public sealed class WatchScriptTests
{
    private const string Captures = "tcpdump() { echo \"tcpdump: listening on it\" >&2; exec sleep 4; }";

    public static IEnumerable<TheoryDataRow<string>> Shells => ShellData.Of("/bin/dash", "/bin/bash", "/bin/busybox");

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Captures_that_end_before_they_were_told_to_say_so(string shell) =>
        (await RunAsync(shell, Captures, "sleep 4")).ShouldContain(l => l.EndsWith(" says over", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Captures_that_were_told_to_end_say_nothing_of_the_time(string shell) =>
        (await RunAsync(shell, Captures, "echo STOP; sleep 3")).ShouldNotContain(l => l.Contains("over", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task A_tcpdump_that_ends_at_once_is_known_before_the_others_are_told_to_end(string shell)
    {
        var lines = await RunAsync(
            shell,
            "tcpdump() { case $* in *\"-i eth0\"*) echo \"tcpdump: eth0: no such thing\" >&2; return 1 ;; esac; sleep 6; }",
            "sleep 6"
        );
        lines.IndexOf("M eth0 says tcpdump: eth0: no such thing").ShouldBeLessThan(lines.IndexOf("M eth0 says ended"));
        lines.IndexOf("M eth0 says ended").ShouldBeInRange(1, lines.FindIndex(l => l == "M eth1 says ended") - 1);
    }

    private static async Task<List<string>> RunAsync(string shell, string tcpdump, string told)
    {
#pragma warning disable CA1857 // Each test has its own.
        var script = new ShellScript()
            .Set("xv_mark", "M")
            .Set("xv_stop", "STOP")
            .Set("xv_seconds", "2")
            .Set("xv_filter", "arp")
            .Set("xv_size", "134")
            .Add(tcpdump)
            .Add(EmbeddedScript.Load("watch.sh"))
            .Add("xv_both() { xv_captures eth0 eth1; }")
            .Add($"{{ {told}; }} | {{ exec 3<&0; xv_hold | xv_both; }}");
#pragma warning restore CA1857
        await using var connection = new ShellConnection(shell is "/bin/busybox" ? "/bin/busybox sh" : shell);
        var result = await connection.RunAsync(script, ScriptOptions.Reading, TestContext.Current.CancellationToken);
        return [.. result.Output.Split('\n')];
    }
}
