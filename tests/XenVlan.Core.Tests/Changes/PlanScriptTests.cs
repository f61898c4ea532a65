using System.Diagnostics;
using Shouldly;
using XenVlan.Changes;
using XenVlan.Hosts;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Core.Tests.Changes;

/// <summary>The script of a plan, run by real shells.</summary>
public sealed class PlanScriptTests
{
    private const int Steps = 4;

    private static readonly string[] Known = ["/bin/sh", "/bin/dash", "/bin/bash", "/bin/busybox"];

    public static TheoryData<string> Shells => [.. Known.Where(File.Exists)];

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task All_steps_run_in_order(string shell)
    {
        var (status, log, news) = await RunAsync(shell, failing: null);

        status.ShouldBe(0);
        log.ShouldBe(["do 1", "do 2", "do 3", "do 4"]);
        news.Count(n => n.Contains(" done ")).ShouldBe(Steps);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task A_failing_step_undoes_those_before_it_newest_first(string shell)
    {
        for (var failing = 1; failing <= Steps; failing++)
        {
            var (status, log, news) = await RunAsync(shell, failing);

            status.ShouldBe(1);
            var done = Enumerable.Range(1, failing - 1).ToList();
            log.ShouldBe([.. done.Select(i => $"do {i}"), .. done.AsEnumerable().Reverse().Select(i => $"undo {i}")]);
            news.ShouldContain(n => n.StartsWith($"mark failed {failing} it's broken  on line two"));
        }
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task A_signal_ends_the_running_step_and_undoes_everything(string shell)
    {
        var (status, log, _) = await RunAsync(shell, failing: null, hangUpAt: "do 2");

        status.ShouldBe(1);
        log.ShouldBe(["do 1", "do 2", "undo 2", "undo 1"]);
    }

    private static async Task<(int Status, string[] Log, string[] News)> RunAsync(string shell, int? failing, string? hangUpAt = null)
    {
        var directory = Directory.CreateTempSubdirectory("xenvlan-plan");
        var log = Path.Combine(directory.FullName, "a log's name");
        var steps = Enumerable.Range(1, Steps).Select(i => new ChangeStep(
            $"step {i}",
            i == failing ? Shell("printf \"it's broken\\n\\ton line two\\n\"; exit 3") : Note(log, $"do {i}", hangUpAt == $"do {i}" ? 1 : 0),
            Note(log, $"undo {i}", 0)));
        var plan = Plan([.. steps]);
        var script = Path.Combine(directory.FullName, "script");
        await File.WriteAllTextAsync(script, PlanScript.Build(plan, "mark").ToString());

        var start = new ProcessStartInfo(shell, shell.EndsWith("busybox", StringComparison.Ordinal) ? ["sh", script] : [script]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        while (hangUpAt is not null && !(File.Exists(log) && (await File.ReadAllTextAsync(log)).Contains(hangUpAt)))
            await Task.Delay(20, TestContext.Current.CancellationToken);
        if (hangUpAt is not null)
            Process.Start("kill", ["-HUP", process.Id.ToString()]).Dispose();
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var logged = File.Exists(log) ? await File.ReadAllLinesAsync(log) : [];
        directory.Delete(recursive: true);
        return (process.ExitCode, logged, output.Split('\n'));
    }

    private static ShellCommand Note(string log, string text, int thenSleep) =>
        ShellCommand.Of("sh", "-c", "printf '%s\\n' \"$1\" >> \"$2\"; sleep \"$3\"", "sh", text, log, thenSleep);

    private static ShellCommand Shell(string text) => ShellCommand.Of("sh", "-c", text);

    private static ChangePlan Plan(IReadOnlyList<ChangeStep> steps)
    {
        var host = new HostSnapshot { HostName = "h", NodeName = "h", TakenAt = default, Kernel = KernelVersion.Parse("6.1.0") };
        return new ChangePlan { HostName = "h", Changes = [], Steps = steps, Notes = [], Before = host, After = host };
    }
}
