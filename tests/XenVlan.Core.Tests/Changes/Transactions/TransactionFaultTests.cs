using System.Diagnostics;
using System.Runtime.Versioning;
using Shouldly;
using XenVlan.Changes;
using XenVlan.Changes.Transactions;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Tests.Hosts;
using Xunit;

namespace XenVlan.Tests.Changes.Transactions;

/// <summary>What goes wrong around a transaction on this machine, and often two things at once.</summary>
[SupportedOSPlatform("linux")]
public sealed class TransactionFaultTests : TransactionTestBase
{
    private static readonly TransactionOptions Short = new() { ConfirmTimeout = TimeSpan.FromSeconds(3) };

    private static readonly string[] AllShells = ["/bin/dash", "/bin/bash", "/bin/busybox"];

    private static readonly string[] Ends = ["confirmed", "nobody", "undone", "by hand", "told to stop", "killed"];

    public static TheoryData<string, string> ShellsAndEnds
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var shell in AllShells.Where(ShellCommandTests.IsInstalled))
            {
                foreach (var end in Ends)
                    all.Add(shell, end);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(ShellsAndEnds))]
    public async Task Neither_confirming_nor_undoing_needs_room_in_memory(string shell, string end)
    {
        await using var home = new HomeConnector(shell);
        Assert.SkipUnless(home.LimitMemory(), "A file system cannot be mounted here.");
        var filled = false;
        var options = Short with
        {
            OnProgress = (_, text) =>
            {
                if (filled || !text.StartsWith("All steps", StringComparison.Ordinal))
                    return;
                filled = true;
                HomeConnector.Shell(home.Fill);
                home.IsCutOff = end is "nobody" or "told to stop" or "killed";
                if (end is "by hand")
                    HomeConnector.Shell($"sh {home.Journals}/*/transaction.sh undo 2>/dev/null");
                if (end is "told to stop" or "killed")
                    HomeConnector.Shell(
                        $"read -r pid rest < \"$(ls -d {home.Run}/2*/)worker\" && kill -{(end is "killed" ? "KILL" : "TERM")} $pid"
                    );
                if (end is "undone")
                    TransactionRunner
                        .RollBackAsync(home.Route, ListAsync(home).GetAwaiter().GetResult().Single().Id, TransactionOptions.Default, Stop)
                        .GetAwaiter()
                        .GetResult();
            },
        };

        if (end is "confirmed")
        {
            _ = await TransactionRunner.ApplyAsync(home.Route, Plan(home), options, Stop);
        }
        else
        {
            var heals = Task.Delay(TimeSpan.FromSeconds(7), Stop).ContinueWith(_ => home.IsCutOff = false, TaskScheduler.Default);
            (
                await Should.ThrowAsync<XenVlanException>(TransactionRunner.ApplyAsync(home.Route, Plan(home), options, Stop))
            ).Message.ShouldNotContain("No step had been done");
            await heals;
        }

        filled.ShouldBeTrue();
        (await ListAsync(home)).Single().State.ShouldBe(end is "confirmed" ? TransactionState.Confirmed : TransactionState.RolledBack);
        Log(home).ShouldBe(end is "confirmed" ? DoneAndUndone(Steps)[..Steps] : DoneAndUndone(Steps));
        Directory.GetFiles(Path.GetDirectoryName(home.Run)!, "decision*").ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Memory_that_is_filled_by_a_step_does_not_keep_the_others_from_being_undone(string shell)
    {
        await using var home = new HomeConnector(shell);
        Assert.SkipUnless(home.LimitMemory(), "A file system cannot be mounted here.");
        var plan = Plan(
            home,
            (i, step) =>
                i switch
                {
                    2 => step with { Do = ShellCommand.All(step.Do, Shell(home.Fill)) },
                    4 => step with { Do = Shell("echo broken; exit 1") },
                    _ => step,
                }
        );

        var error = await Should.ThrowAsync<XenVlanException>(TransactionRunner.ApplyAsync(home.Route, plan, Short, Stop));

        error.Message.ShouldNotContain("No step had been done");
        (await ListAsync(home)).Single().State.ShouldBe(TransactionState.RolledBack);
        Log(home).ShouldBe(DoneAndUndone(3));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Of_two_decisions_the_first_counts(string shell)
    {
        await using var home = new HomeConnector(shell);
        var outcomes = new List<string>();
        var options = Short with
        {
            OnProgress = (_, text) =>
            {
                if (!text.StartsWith("All steps", StringComparison.Ordinal))
                    return;
                var id = ListAsync(home).GetAwaiter().GetResult().Single().Id;
                Parallel.For(
                    0,
                    4,
                    i =>
                    {
                        try
                        {
                            if (i % 2 == 0)
                                TransactionRunner.ConfirmAsync(home.Route, id, TransactionOptions.Default, Stop).GetAwaiter().GetResult();
                            else
                                TransactionRunner.RollBackAsync(home.Route, id, TransactionOptions.Default, Stop).GetAwaiter().GetResult();
                            lock (outcomes)
                                outcomes.Add(i % 2 == 0 ? "confirmed" : "rolled back");
                        }
                        catch (XenVlanException)
                        {
                            // It was decided otherwise.
                        }
                    }
                );
            },
        };

        try
        {
            _ = await TransactionRunner.ApplyAsync(home.Route, Plan(home), options, Stop);
        }
        catch (XenVlanException)
        {
            // As was decided first.
        }

        var state = (await ListAsync(home)).Single().State;
        outcomes.Distinct().ShouldBe([state is TransactionState.Confirmed ? "confirmed" : "rolled back"], state.ToString());
        Log(home).ShouldBe(state is TransactionState.Confirmed ? DoneAndUndone(Steps)[..Steps] : DoneAndUndone(Steps));
        Directory.GetFiles(home.Run).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task A_transaction_that_ends_while_it_is_looked_at_is_over_and_not_interrupted(string shell)
    {
        await using var home = new HomeConnector(shell);
        Directory.CreateDirectory(Path.Combine(home.Run, "one"));
        var script = new ShellScript()
            .Set("xv_run", home.Run)
            .Set("xv_home", home.Journals)
            .Add(TransactionScripts.Common)
            .Add(
                """
                xv_worked_on() { echo "$xv_end" > "$xv_run/one/state"; return 1; }
                for xv_end in 'confirmed' 'rolled-back timeout nobody confirmed' 'armed 29'; do
                    echo 'armed 30' > "$xv_run/one/state"
                    xv_read_state one
                    echo "$xv_state"
                done
                """
            );

        await using var connection = home.Connect(HostTarget.Local, SshSettings.Default);
        (await connection.RunAsync(script, ScriptOptions.Changing, Stop)).Output.ShouldBe(
            "confirmed\nrolled-back timeout nobody confirmed\ninterrupted left armed 29\n"
        );
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Whoever_is_killed_while_undoing_is_followed_by_one_who_undoes_all_of_it(string shell)
    {
        for (var at = 1; at <= 3; at++)
        {
            await using var home = new HomeConnector(shell);
            var made = Path.Combine(home.Home, "made");

            // Made anew in three commands, the first of which fails where it is done already.
            var plan = Plan(
                home,
                (i, step) =>
                    i switch
                    {
                        4 => step with { Do = Shell("exit 1") },
                        2 => step with
                        {
                            Do = Shell($"rm -r '{made}'"),
                            Undo = ShellCommand.All(
                                Enumerable
                                    .Range(1, 3)
                                    .SelectMany(part =>
                                        new[]
                                        {
                                            part == 1 ? ShellCommand.Of("mkdir", made) : ShellCommand.Of("touch", $"{made}/{part}"),
                                            part == at
                                                ? Shell(
                                                    $"[ -e '{made}.killed' ] || {{ touch '{made}.killed'; "
                                                        + $"{KillingText(home, "worker")}; sleep 0.5; kill -KILL $PPID; }}"
                                                )
                                                : ShellCommand.Nothing,
                                        }
                                    )
                            ),
                        },
                        _ => step,
                    }
            );
            _ = Directory.CreateDirectory(made);
            await File.WriteAllTextAsync($"{made}/2", "", Stop);
            await File.WriteAllTextAsync($"{made}/3", "", Stop);

            _ = await Should.ThrowAsync<XenVlanException>(TransactionRunner.ApplyAsync(home.Route, plan, TransactionOptions.Default, Stop));

            File.Exists($"{made}.killed").ShouldBeTrue();
            Directory.GetFiles(made).Select(Path.GetFileName).Order().ShouldBe(["2", "3"]);
            Log(home).ShouldBe(["do 1", "do 3", "undo 3", "undo 1"]);
            (await ListAsync(home)).Single().State.ShouldBe(TransactionState.RolledBack);
        }
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task The_guard_waits_for_the_command_of_a_killed_process(string shell)
    {
        await using var home = new HomeConnector(shell);
        var plan = Plan(
            home,
            (i, step) =>
                i == 2
                    ? step with
                    {
                        Do = Shell($"{KillingText(home, "worker")}; sleep 4; printf 'do 2\\n' >> '{home.Home}/a log'\"'\"'s name'"),
                    }
                    : step
        );

        _ = await Should.ThrowAsync<XenVlanException>(TransactionRunner.ApplyAsync(home.Route, plan, TransactionOptions.Default, Stop));

        Log(home).ShouldBe(DoneAndUndone(2));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task A_step_without_end_is_ended_and_undone(string shell)
    {
        await using var home = new HomeConnector(shell);
        var plan = Plan(home, (i, step) => i == 3 ? step with { Do = Shell("trap '' TERM; sleep 1000 & wait") } : step);
        var watch = Stopwatch.StartNew();

        var error = await Should.ThrowAsync<XenVlanException>(
            TransactionRunner.ApplyAsync(home.Route, plan, new TransactionOptions { StepLimit = TimeSpan.FromSeconds(2) }, Stop)
        );

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60));
        error.Message.ShouldContain("did not end within 2 seconds");
        Log(home).ShouldBe(["do 1", "do 2", "undo 3", "undo 2", "undo 1"]);
        (await ListAsync(home)).Single().State.ShouldBe(TransactionState.RolledBack);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Taking_a_change_back_does_not_wait_for_a_step_without_end(string shell)
    {
        await using var home = new HomeConnector(shell);
        var plan = Plan(home, (i, step) => i == 3 ? step with { Do = Shell("sleep 1000") } : step);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var options = TransactionOptions.Default with
        {
            OnStep = report =>
            {
                if (report is { Number: 3, State: StepState.Running })
                    stop.CancelAfter(TimeSpan.FromMilliseconds(500));
            },
        };
        var watch = Stopwatch.StartNew();

        _ = await Should.ThrowAsync<OperationCanceledException>(TransactionRunner.ApplyAsync(home.Route, plan, options, stop.Token));

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60));
        (await ListAsync(home)).Single().State.ShouldBe(TransactionState.RolledBack);
        Log(home).ShouldBe(["do 1", "do 2", "undo 3", "undo 2", "undo 1"]);
    }

    [Fact]
    public async Task The_newest_is_the_last_that_was_made_whatever_the_clock_says()
    {
        await using var home = new HomeConnector("/bin/sh");
        for (var i = 0; i < 3; i++)
        {
            home.SetClock($"{2030 - i}0101T000000Z", $"{2030 - i}-01-01T00:00:00Z");
            _ = await TransactionRunner.ApplyAsync(
                home.Route,
                Plan(home, (n, step) => n == 1 ? step with { Undo = Shell($"echo {i} >> '{home.Home}/undone'") } : step),
                TransactionOptions.Default,
                Stop
            );
        }

        (await ListAsync(home)).Select(t => t.Id[..4]).ShouldBe(["2030", "2029", "2028"]);
        _ = await TransactionRunner.RevertAsync(home.Route, null, TransactionOptions.Default, Stop);
        _ = await TransactionControl.UndoAsync(home.Route, null, TransactionOptions.Default, Stop);
        (await File.ReadAllLinesAsync($"{home.Home}/undone", Stop)).ShouldBe(["2", "1"]);

        home.SetClock("20200101T000000Z", "2020-01-01T00:00:00Z");
        for (var i = 0; i < 18; i++)
            _ = await TransactionRunner.ApplyAsync(
                home.Route,
                Plan(home) with
                {
                    Steps = [.. Plan(home).Steps.Take(1)],
                },
                new TransactionOptions { NoRollback = true },
                Stop
            );
        var kept = (await ListAsync(home)).Select(t => t.Id[..4]).ToList();
        kept.Count.ShouldBe(20);
        kept.Count(y => y == "2020").ShouldBe(18);
    }

    [Theory]
    [InlineData("link")]
    [InlineData("directory")]
    public async Task What_was_planted_where_a_file_is_staged_is_not_written_through(string planted)
    {
        await using var home = new HomeConnector("/bin/dash");
        var (plan, kept, _) = WithFiles(home);
        var (staged, elsewhere) = (Path.Combine(Path.GetDirectoryName(kept)!, ".kept.xenvlan"), Path.Combine(home.Home, "elsewhere"));
        _ = Directory.CreateDirectory(elsewhere);
        await File.WriteAllTextAsync(Path.Combine(elsewhere, "new"), "root's own\n", Stop);
        if (planted is "link")
            _ = Directory.CreateSymbolicLink(staged, elsewhere);
        else
            HomeConnector.Shell($"mkdir '{staged}' && cp '{elsewhere}/new' '{staged}/new' && chown -R 65534 '{staged}'").ShouldBeTrue();

        var error = await Should.ThrowAsync<XenVlanException>(
            TransactionRunner.ApplyAsync(home.Route, plan, TransactionOptions.Default, Stop)
        );

        error.Message.ShouldContain("is in the way");
        (await File.ReadAllTextAsync(Path.Combine(elsewhere, "new"), Stop)).ShouldBe("root's own\n");
        (await File.ReadAllTextAsync(Path.Combine(staged, "new"), Stop)).ShouldBe("root's own\n");
        (await File.ReadAllTextAsync(kept, Stop)).ShouldBe("old\n");
        Log(home).ShouldBe(DoneAndUndone(Steps));
    }

    [Theory]
    [InlineData("run/xenvlan", "chmod 777")]
    [InlineData("lib/xenvlan", "chown 65534")]
    [InlineData("lib/xenvlan/transactions", "chmod g+w")]
    public async Task Directories_that_are_not_roots_alone_are_refused(string directory, string how)
    {
        await using var home = new HomeConnector("/bin/sh");
        _ = await TransactionRunner.ApplyAsync(home.Route, Plan(home), TransactionOptions.Default, Stop);
        HomeConnector.Shell($"{how} '{home.Home}/{directory}'").ShouldBeTrue();

        (
            await Should.ThrowAsync<XenVlanException>(
                TransactionRunner.ApplyAsync(home.Route, Plan(home), TransactionOptions.Default, Stop)
            )
        ).Message.ShouldContain("not a directory of root's alone");
        (await Should.ThrowAsync<XenVlanException>(ListAsync(home))).Message.ShouldContain("not a directory of root's alone");

        Log(home).Length.ShouldBe(Steps);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task A_lock_that_names_nobody_is_taken_over_and_nothing_is_left_of_attempts(string shell)
    {
        await using var home = new HomeConnector(shell);
        _ = Directory.CreateDirectory(home.Run, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await File.WriteAllTextAsync(Path.Combine(home.Run, "lock"), "", Stop);
        await File.WriteAllTextAsync(Path.Combine(home.Run, "lock.999999"), "left", Stop);
        var warnings = new List<string>();

        _ = await TransactionRunner.ApplyAsync(
            home.Route,
            Plan(home),
            new TransactionOptions { OnWarning = (_, text) => warnings.Add(text) },
            Stop
        );

        warnings.ShouldHaveSingleItem().ShouldContain("taken over");
        Directory.GetFiles(home.Run).ShouldBeEmpty();
    }

    private static string KillingText(HomeConnector home, string role) =>
        $"read -r pid rest < \"$(ls -d {home.Run}/2*/ | tail -1){role}\" && kill -KILL \"$pid\"";
}
