using System.Diagnostics;
using System.Globalization;
using Shouldly;
using XenVlan.Changes;
using XenVlan.Changes.Desired;
using XenVlan.Changes.Persistence;
using XenVlan.Changes.Transactions;
using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Lab.Tests;

/// <summary>
/// Whatever goes wrong while a host is changed, afterwards it is as it was before or as it was to be, never in between,
/// and its journal says which. All of it on a real host with a disk, whose network ifupdown manages.
/// </summary>
[Collection(Lanes.OwnHosts)]
public sealed class FaultTests(FaultFixture fixture) : IClassFixture<FaultFixture>, IAsyncDisposable
{
    // While a step waits, its fault happens.
    private const string Linger = "sleep 2";
    private const string NewestRun = "$(ls -d /run/xenvlan/2*/ | tail -1)";

    private static readonly TransactionOptions Options = new() { ConfirmTimeout = TimeSpan.FromSeconds(8) };

    private readonly HostConnector _connector = new();

    /// <summary>Every case with <c>XENVLAN_FAULTS=all</c>, those whose name holds it with any other text, else a fifth.</summary>
    public static TheoryData<string> Cases =>
        Environment.GetEnvironmentVariable("XENVLAN_FAULTS") switch
        {
            null or "" => [.. FaultCase.Some.Select(c => c.ToString())],
            "all" => [.. FaultCase.All.Select(c => c.ToString())],
            var text => [.. FaultCase.All.Select(c => c.ToString()).Where(c => c.Contains(text, StringComparison.Ordinal))],
        };

    /// <summary>Pairs of faults: every one with <c>XENVLAN_FAULTS=all</c>, those whose name holds it with any other text, else a
    /// few.</summary>
    public static TheoryData<string> Pairs =>
        Environment.GetEnvironmentVariable("XENVLAN_FAULTS") switch
        {
            null or "" => [.. FaultPair.Some.Select(c => c.ToString())],
            "all" => [.. FaultPair.All.Select(c => c.ToString())],
            var text => [.. FaultPair.All.Select(c => c.ToString()).Where(c => c.Contains(text, StringComparison.Ordinal))],
        };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private HostAccess Route =>
        new(_connector, HostTarget.Parse(DiskLab.Alias), new SshSettings { ConfigFile = fixture.Lab.SshConfigPath });

    public ValueTask DisposeAsync() => _connector.DisposeAsync();

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Cases))]
    public async Task The_host_is_as_before_or_as_wanted(string name)
    {
        var one = FaultCase.All.Single(c => c.ToString() == name);
        var watch = Stopwatch.StartNew();
        var result = "FAILED";
        var journal = "";
        try
        {
            var wanted = await fixture.WantedAsync(PlanAsync, Route, Stop);
            if (one.Step == 0)
                await RunAsync("lab-journal up");

            await MakeFaultyAsync(one);
            journal = await EndAsync();

            var now = await FaultFixture.StateAsync(Route, Stop);
            result =
                now == wanted.Before ? "before"
                : now == wanted.After ? "after"
                : "BETWEEN";
            if (result == "BETWEEN")
                now.ShouldBeState(wanted.Before);
            journal.ShouldBe(
                result == "after" ? "Confirmed"
                : one is { Phase: "before" } ? ""
                : one.Fault is FaultCase.HostReset ? "Interrupted"
                : "RolledBack"
            );
            if (one.Fault is FaultCase.StepFails or FaultCase.HostReset)
                result.ShouldBe("before");
        }
        finally
        {
            fixture.Report(one, result, journal, watch.Elapsed);
            await CleanUpAsync(one, result);
        }
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Pairs))]
    public async Task Of_two_faults_at_once_neither_leaves_the_host_in_between(string name)
    {
        var one = FaultPair.All.Concat(FaultPair.Some).First(c => c.ToString() == name);
        var watch = Stopwatch.StartNew();
        var result = "FAILED";
        var journal = "";
        try
        {
            var wanted = await fixture.WantedAsync(PlanAsync, Route, Stop);
            await PrepareAsync(one);
            var said = await MakeFaultyAsync(one);
            journal = await EndAsync();
            if (journal is "Interrupted" && !one.Has(FaultPair.Reset))
            {
                // Where nobody is left on the host, it says so, and whoever comes next ends it.
                _ = await TransactionControl.UndoAsync(Route, null, Options, Stop);
                journal = await EndAsync();
            }

            // A busybox that is the shell is also the programs that the host does not have.
            await RunAsync("rm -f /usr/local/sbin/sh");
            var now = await FaultFixture.StateAsync(Route, Stop);
            result =
                now == wanted.Before ? "before"
                : now == wanted.After ? "after"
                : "BETWEEN";

            // An undoing that does not end, or whose file system is gone, may leave it so; but then it is said.
            if (journal is "Stuck" && one is { Second: FaultPair.Endless } && one.Place.StartsWith("undo", StringComparison.Ordinal))
                result = "told";
            if (result == "BETWEEN")
                now.ShouldBeState(wanted.Before);
            journal.ShouldBe(
                result switch
                {
                    "after" => "Confirmed",
                    "told" => "Stuck",
                    _ when !one.Has(FaultPair.Reset) => "RolledBack",
                    _ => one.Has(FaultPair.Disk) ? "" : "Interrupted",
                }
            );
            if (said is null)
                result.ShouldBe("after");
            else if (said.Contains("undid the change", StringComparison.Ordinal) || said.Contains("undone", StringComparison.Ordinal))
                result.ShouldNotBe("after", said);
        }
        finally
        {
            fixture.Report(one, result, journal, watch.Elapsed);
            if (result is "FAILED" or "BETWEEN" or "after" or "told")
                await fixture.Lab.RestoreAsync(CancellationToken.None);
            else
                await RunAsync(
                    "lab-journal drain; umount -l /var/lib/xenvlan; umount -l /run/xenvlan; rm -f /var/lib/lab-journal.img "
                        + "/usr/local/sbin/sh /tmp/fault-happened; date -s @"
                        + DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)
                        + "; true"
                );
        }
    }

    private async Task PrepareAsync(FaultPair one)
    {
        // No journal but its own, and a /run small enough to be filled at once.
        var text =
            "rm -rf /tmp/fault-happened /var/lib/xenvlan/*; mkdir -p -m 700 /run/xenvlan && mount -t tmpfs -o size=512k,mode=700 none "
            + "/run/xenvlan; ";
        if (one.Has(FaultPair.Disk))
            text += "lab-journal up; chmod 700 /var/lib/xenvlan; ";
        if (one.Has(FaultPair.Busybox))
            text += "ln -s $(command -v busybox) /usr/local/sbin/sh; ";
        if (one.First is FaultPair.Clock)
            text += FaultPair.Commands[FaultPair.Clock];
        await RunAsync(text);
    }

    // What the client was told in the end; null where it was told that all is well.
    private async Task<string?> MakeFaultyAsync(FaultPair one)
    {
        var plan = await PlanAsync();

        // With busybox there is an arping, so that it is asked first who has the addresses.
        plan.Steps.Count.ShouldBe(one.Has(FaultPair.Busybox) ? FaultCase.Steps + 1 : FaultCase.Steps);
        var steps = plan.Steps.ToList();
        var fault = Shell(HappensOnce(one));
        if (one.Place.StartsWith("step", StringComparison.Ordinal))
            steps[one.Step - 1] = steps[one.Step - 1] with { Do = ShellCommand.All(steps[one.Step - 1].Do, fault) };
        if (one.Place.StartsWith("undo", StringComparison.Ordinal))
        {
            steps[one.Step - 1] = steps[one.Step - 1] with { Undo = ShellCommand.All(fault, steps[one.Step - 1].Undo) };
            steps[^1] = steps[^1] with { Do = Shell("echo 'it fails' >&2; exit 1") };
        }

        using var interruption = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var warnings = new List<string>();
        var options = Options with
        {
            StepLimit = TimeSpan.FromSeconds(8),
            OnWarning = (_, text) => warnings.Add(text),
            OnStep = report =>
            {
                if (one.Has(FaultPair.Client) && report.Number == one.Step && report.State is StepState.Running)
                    interruption.CancelAfter(TimeSpan.FromSeconds(1));
            },
            OnProgress = (_, text) =>
            {
                if (one.Step != 0 || !text.StartsWith("All steps", StringComparison.Ordinal))
                    return;
                fixture.Lab.RunAsync(HappensOnce(one), CancellationToken.None).GetAwaiter().GetResult();
                if (one.Has(FaultPair.Client))
                    interruption.Cancel();
            },
        };
        string? said = null;
        try
        {
            _ = await TransactionRunner.ApplyAsync(Route, plan with { Steps = steps }, options, interruption.Token);
        }
        catch (Exception e) when (e is XenVlanException || (e is OperationCanceledException && !Stop.IsCancellationRequested))
        {
            said = string.Join(' ', warnings.Append(e.Message));
            TestContext.Current.TestOutputHelper?.WriteLine(said);
        }

        if (one.Has(FaultPair.Reset))
        {
            await fixture.Lab.WaitUntilOffAsync(Stop);
            await fixture.Lab.StartAgainAsync(Stop);
        }

        return said;
    }

    private static string HappensOnce(FaultPair one)
    {
        var commands = new[] { one.First, one.Second }
            .Where(f => !(f is FaultPair.Clock && f == one.First))
            .Select(f => FaultPair.Commands.GetValueOrDefault(f))
            .OfType<string>();
        return $"[ ! -e /tmp/fault-happened ] || exit 0; touch /tmp/fault-happened; run=$(ls -d /run/xenvlan/2*/ | tail -1); "
            + $"{string.Join("; ", commands)}; {Linger}";
    }

    private static IReadOnlyList<HostChange> Changes() =>
        [Vlan(10, "10.10.0.1/24"), Vlan(20, "10.20.0.1/24"), new BridgePresent(new InterfaceName("xenbr30"))];

    private static VlanInterfacePresent Vlan(int vlan, string address) =>
        new()
        {
            Parent = new InterfaceName("xenbr0"),
            VlanId = new VlanId(vlan),
            Mtu = 1400,
            Addresses = [InterfaceAddress.Parse(address)],
        };

    private async Task<ChangePlan> PlanAsync()
    {
        await using var connection = Route.Connect();
        var plan = ChangePlan.Make(await HostReader.ReadAsync(connection, Stop), Changes());
        return await PersistencePlanner.WithScopeAsync(plan, ChangeScope.Both, connection, Stop);
    }

    private async Task MakeFaultyAsync(FaultCase one)
    {
        if (one.Fault is FaultCase.ClientKilled)
        {
            await KillClientAsync(one.Step);
            return;
        }

        var plan = Faulty(await PlanAsync(), one);
        var options = Options with { OnProgress = (_, text) => OnNews(one, text) };
        if (one is { Phase: "before" })
            await RunAsync(Break(one));
        try
        {
            _ = await TransactionRunner.ApplyAsync(Route, plan, options, Stop);
        }
        catch (XenVlanException e)
        {
            // Most faults end so; what counts is the host.
            TestContext.Current.TestOutputHelper?.WriteLine(e.Message);
        }

        if (one.Fault is FaultCase.HostReset)
        {
            await fixture.Lab.WaitUntilOffAsync(Stop);
            await fixture.Lab.StartAgainAsync(Stop);
        }
    }

    private static ChangePlan Faulty(ChangePlan plan, FaultCase one)
    {
        plan.Steps.Count.ShouldBe(FaultCase.Steps);
        var at = one.Step == 0 ? 5 : one.Step;
        var step = plan.Steps[at - 1];
        var faulty = one switch
        {
            { Fault: FaultCase.StepFails } => step with { Do = Shell("echo 'it fails' >&2; exit 1") },
            { Fault: FaultCase.ConnectionCut } => After("pkill -KILL -f '^sshd: root'; " + Linger),
            { Fault: FaultCase.ScriptKilled } => After($"read -r pid rest < {NewestRun}worker; kill -KILL $pid; " + Linger),
            { Fault: FaultCase.GuardKilled } => After($"read -r pid rest < {NewestRun}guard; kill -KILL $pid"),
            { Fault: FaultCase.HostReset } => After("echo 1 > /proc/sys/kernel/sysrq; echo b > /proc/sysrq-trigger; sleep 60"),
            { Phase: "during" } => After(Break(one)),

            // Whatever of the files it is at when that is seen.
            { Phase: "persisting" } => After(
                $"(setsid sh -c 'until grep -q persisting {NewestRun}state; do :; done; {Break(one)}' >/dev/null 2>&1 &)"
            ),
            _ => step,
        };
        return plan with { Steps = [.. plan.Steps.Take(at - 1), faulty, .. plan.Steps.Skip(at)] };

        ChangeStep After(string fault) => step with { Do = ShellCommand.All(step.Do, Shell(fault)) };
    }

    private void OnNews(FaultCase one, string text)
    {
        if (one is { Phase: "armed" } && text.StartsWith("All steps", StringComparison.Ordinal))
            RunAsync(Break(one)).GetAwaiter().GetResult();
    }

    private static string Break(FaultCase one) => one.Fault is FaultCase.JournalFull ? "lab-journal fill" : "lab-journal read-only";

    // A client of its own, so that it can be killed while the host is at a step.
    private async Task KillClientAsync(int step)
    {
        var document = Path.Combine(Directory.CreateTempSubdirectory("xenvlan-fault").FullName, "host.yaml");
        await File.WriteAllTextAsync(
            document,
            $$"""
            apiVersion: xenvlan/v1
            hosts:
              {{DiskLab.Alias}}:
                bridges: { xenbr30: {} }
                vlanInterfaces:
                  xenbr0.10: { addresses: [10.10.0.1/24], mtu: 1400 }
                  xenbr0.20: { addresses: [10.20.0.1/24], mtu: 1400 }
            """,
            Stop
        );

        // Slow enough to be killed at a step.
        await RunAsync(
            "printf '#!/bin/sh\\ncase \"$*\" in *link*add*|*link*set*|*address*add*) sleep 0.5 ;; esac\\nexec /usr/sbin/ip \"$@\"\\n' > "
                + "/usr/local/sbin/ip; chmod 755 /usr/local/sbin/ip"
        );
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (
            var argument in new[] { fixture.Client, "apply", document, "--ssh-config", fixture.Lab.SshConfigPath, "--confirm-timeout", "5" }
        )
            start.ArgumentList.Add(argument);
        using var client = Process.Start(start)!;
        while (await client.StandardOutput.ReadLineAsync(Stop) is { } line)
        {
            if (line.Contains(string.Create(CultureInfo.InvariantCulture, $"step {step} of "), StringComparison.Ordinal))
                break;
        }

        client.Kill(entireProcessTree: true);
        await client.WaitForExitAsync(Stop);
    }

    // The host comes to an end by itself; a new client that asks it brings to an end what nobody is at any more.
    private async Task<string> EndAsync()
    {
        await using var connection = Route.OpenNewConnection(TimeSpan.FromSeconds(5));
        for (var i = 0; ; i++)
        {
            var all = await TransactionReader.ReadAsync(connection, Stop);
            var last = all.Count == 0 ? null : all[^1];
            if (
                last is null
                || last.State
                    is TransactionState.Confirmed
                        or TransactionState.RolledBack
                        or TransactionState.Interrupted
                        or TransactionState.Stuck
                || i == 60
            )
                return last?.State.ToString() ?? "";
            await Task.Delay(TimeSpan.FromSeconds(1), Stop);
        }
    }

    private async Task CleanUpAsync(FaultCase one, string result)
    {
        if (result is "FAILED" or "BETWEEN")
        {
            await fixture.Lab.RestoreAsync(CancellationToken.None);
            return;
        }

        if (one.Step == 0)
            await RunAsync("lab-journal read-write; lab-journal drain; umount -l /var/lib/xenvlan; rm -f /var/lib/lab-journal.img");
        if (one.Fault is FaultCase.ClientKilled)
            await RunAsync("rm -f /usr/local/sbin/ip");
        if (result is "after")
            await fixture.Lab.RestoreAsync(CancellationToken.None);
    }

    private async Task<string> RunAsync(string script) => (await fixture.Lab.RunAsync(script, CancellationToken.None)).EnsureSuccess();

    private static ShellCommand Shell(string text) => ShellCommand.Of("sh", "-c", text);
}
