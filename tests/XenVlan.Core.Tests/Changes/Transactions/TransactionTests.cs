using System.Runtime.Versioning;
using Shouldly;
using XenVlan.Changes;
using XenVlan.Changes.Transactions;
using XenVlan.Hosts;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Tests.Changes.Transactions;

/// <summary>Transactions carried out on this machine by real shells; their steps only write to a log.</summary>
[SupportedOSPlatform("linux")]
public sealed class TransactionTests : TransactionTestBase
{
    [Theory]
    [MemberData(nameof(Shells))]
    public async Task All_steps_run_in_order_and_are_confirmed(string shell)
    {
        await using var home = new HomeConnector(shell);
        var news = new List<string>();

        _ = await TransactionRunner.ApplyAsync(
            home.Route,
            Plan(home),
            new TransactionOptions { OnProgress = (_, text) => news.Add(text) },
            Stop
        );

        Log(home).ShouldBe(["do 1", "do 2", "do 3", "do 4"]);
        var one = (await ListAsync(home)).ShouldHaveSingleItem();
        one.State.ShouldBe(TransactionState.Confirmed);
        one.Plan.Count.ShouldBe(Steps);
        one.By.ShouldContain(Environment.MachineName);
        news.ShouldContain(n => n.Contains("within 30 seconds"));
        File.Exists(Path.Combine(home.Run, "lock")).ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Whoever_hears_that_a_change_is_over_can_begin_the_next_at_once(string shell)
    {
        await using var home = new HomeConnector(shell);
        home.SlowDownDisk();

        _ = await TransactionRunner.ApplyAsync(home.Route, Plan(home), TransactionOptions.Default, Stop);
        var fails = Plan(home, (i, step) => i == 1 ? step with { Do = Shell("exit 1") } : step);
        (
            await Should.ThrowAsync<XenVlanException>(TransactionRunner.ApplyAsync(home.Route, fails, TransactionOptions.Default, Stop))
        ).ErrorId.ShouldBe(ErrorIds.ChangeFailed);
        _ = await TransactionRunner.ApplyAsync(home.Route, Plan(home), TransactionOptions.Default, Stop);

        (await ListAsync(home))
            .Select(t => t.State)
            .ShouldBe([TransactionState.Confirmed, TransactionState.RolledBack, TransactionState.Confirmed]);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task A_failing_step_undoes_those_before_it_newest_first(string shell)
    {
        for (var failing = 1; failing <= Steps; failing++)
        {
            await using var home = new HomeConnector(shell);
            var plan = Plan(
                home,
                (i, step) => i == failing ? step with { Do = Shell("printf \"it's broken\\n\\ton line two\\n\"; exit 3") } : step
            );

            var error = await Should.ThrowAsync<XenVlanException>(
                TransactionRunner.ApplyAsync(home.Route, plan, TransactionOptions.Default, Stop)
            );

            error.ErrorId.ShouldBe(ErrorIds.ChangeFailed);
            error.Message.ShouldContain("it's broken  on line two");
            Log(home).ShouldBe(DoneAndUndone(failing - 1));
            (await ListAsync(home)).Single().State.ShouldBe(TransactionState.RolledBack);
        }
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task An_interface_that_somebody_removes_while_its_step_is_undone_is_gone_as_wanted(string shell)
    {
        await using var home = new HomeConnector(shell);
        var stays = Plan(
            home,
            (i, step) =>
                i == 3 ? step with { Do = Shell("exit 1") }
                : i == 2 ? step with { MadeLink = "lo", Undo = Shell("exit 1") }
                : step
        );

        // "lo" is always there; that it goes is what the command of the step itself says.
        var goes = Plan(
            home,
            (i, step) =>
                i == 2 ? stays.Steps[1] with { Undo = ShellCommand.Of("eval", "xv_has_link() { false; }; false") } : stays.Steps[i - 1]
        );

        (
            await Should.ThrowAsync<XenVlanException>(TransactionRunner.ApplyAsync(home.Route, stays, TransactionOptions.Default, Stop))
        ).ErrorId.ShouldBe(ErrorIds.UndoFailed);
        (
            await Should.ThrowAsync<XenVlanException>(TransactionRunner.ApplyAsync(home.Route, goes, TransactionOptions.Default, Stop))
        ).ErrorId.ShouldBe(ErrorIds.ChangeFailed);

        Log(home).ShouldBe(["do 1", "do 2", "undo 1", "do 1", "do 2", "undo 1"]);
        (await ListAsync(home)).Select(t => t.State).ShouldBe([TransactionState.Stuck, TransactionState.RolledBack], ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task What_nobody_confirms_is_undone(string shell)
    {
        await using var home = new HomeConnector(shell);
        var options = new TransactionOptions
        {
            ConfirmTimeout = TimeSpan.FromSeconds(2),
            OnProgress = (_, text) => home.IsCutOff |= text.Contains("Unless", StringComparison.Ordinal),
        };
        var heals = Task.Delay(TimeSpan.FromSeconds(5), Stop).ContinueWith(_ => home.IsCutOff = false, TaskScheduler.Default);

        var error = await Should.ThrowAsync<XenVlanException>(TransactionRunner.ApplyAsync(home.Route, Plan(home), options, Stop));

        await heals;
        error.ErrorId.ShouldBe(ErrorIds.NotConfirmed);
        error.Message.ShouldContain("step 4");
        Log(home).ShouldBe(DoneAndUndone(Steps));
        (await ListAsync(home)).Single().State.ShouldBe(TransactionState.RolledBack);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task When_the_process_is_killed_at_a_step_another_one_undoes_it(string shell)
    {
        for (var at = 1; at <= Steps; at++)
        {
            await using var home = new HomeConnector(shell);
            var killing = Killing(home, "worker");
            var plan = Plan(home, (i, step) => i == at ? step with { Do = ShellCommand.All(step.Do, killing, Shell("sleep 0.3")) } : step);

            var error = await Should.ThrowAsync<XenVlanException>(
                TransactionRunner.ApplyAsync(home.Route, plan, TransactionOptions.Default, Stop)
            );

            error.Message.ShouldContain("killed");
            Log(home).ShouldBe(DoneAndUndone(at));
            (await ListAsync(home)).Single().State.ShouldBe(TransactionState.RolledBack);
        }
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task What_was_left_half_done_is_undone_before_the_next_change(string shell)
    {
        await using var home = new HomeConnector(shell);
        var plan = Plan(
            home,
            (i, step) => i == 3 ? step with { Do = ShellCommand.All(step.Do, Killing(home, "guard"), Killing(home, "worker")) } : step
        );
        _ = await Should.ThrowAsync<XenVlanException>(TransactionRunner.ApplyAsync(home.Route, plan, TransactionOptions.Default, Stop));
        (await ListAsync(home)).Single().State.ShouldBe(TransactionState.Interrupted);
        var warnings = new List<string>();
        var options = new TransactionOptions { OnWarning = (_, text) => warnings.Add(text) };

        // The plan was made from what had been left.
        (
            await Should.ThrowAsync<XenVlanException>(TransactionRunner.ApplyAsync(home.Route, Plan(home), options, Stop))
        ).Message.ShouldContain("Run it again");
        _ = await TransactionRunner.ApplyAsync(home.Route, Plan(home), options, Stop);

        Log(home).ShouldBe([.. DoneAndUndone(3), "do 1", "do 2", "do 3", "do 4"]);
        (await ListAsync(home)).Select(t => t.State).ShouldBe([TransactionState.RolledBack, TransactionState.Confirmed], ignoreOrder: true);
        warnings.ShouldContain(w => w.Contains("taken over"));
        warnings.ShouldContain(w => w.Contains("half done"));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task A_second_client_is_told_who_is_at_it(string shell)
    {
        await using var home = new HomeConnector(shell);
        XenVlanException? second = null;
        var options = new TransactionOptions
        {
            OnProgress = (_, text) =>
            {
                if (text.StartsWith("All steps", StringComparison.Ordinal))
                    second = Should.Throw<XenVlanException>(() =>
                        TransactionRunner.ApplyAsync(home.Route, Plan(home), TransactionOptions.Default, Stop).GetAwaiter().GetResult()
                    );
            },
        };

        _ = await TransactionRunner.ApplyAsync(home.Route, Plan(home), options, Stop);

        second!.ErrorId.ShouldBe(ErrorIds.HostBusy);
        second.Message.ShouldContain(Environment.MachineName);
        second.Message.ShouldContain("4 steps: step 1");
        Log(home).ShouldBe(["do 1", "do 2", "do 3", "do 4"]);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task A_confirmed_change_is_taken_back_by_a_transaction_of_its_own(string shell)
    {
        await using var home = new HomeConnector(shell);
        var (plan, kept, made) = WithFiles(home);
        _ = await TransactionRunner.ApplyAsync(home.Route, plan, TransactionOptions.Default, Stop);
        File.ReadAllText(kept).ShouldBe("new\n");

        var undone = await TransactionControl.UndoAsync(home.Route, null, TransactionOptions.Default, Stop);

        Log(home).ShouldBe(DoneAndUndone(Steps));
        File.ReadAllText(kept).ShouldBe("old\n");
        File.Exists(made).ShouldBeFalse();
        var all = await ListAsync(home);
        all.Single(t => t.Id == undone).State.ShouldBe(TransactionState.Undone);
        var undoing = all.Single(t => t.Id != undone);
        undoing.Reverts.ShouldBe(undone);
        (
            await Should.ThrowAsync<XenVlanException>(TransactionControl.UndoAsync(home.Route, null, TransactionOptions.Default, Stop))
        ).ErrorId.ShouldBe(ErrorIds.TransactionNotFound);

        _ = await TransactionControl.UndoAsync(home.Route, undoing.Id, TransactionOptions.Default, Stop);
        Log(home).ShouldBe([.. DoneAndUndone(Steps), "do 1", "do 2", "do 3", "do 4"]);
        File.ReadAllText(kept).ShouldBe("new\n");
        File.Exists(made).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task What_reverts_a_change_shows_its_steps_from_the_last_to_the_first(string shell)
    {
        await using var home = new HomeConnector(shell);
        var (plan, kept, made) = WithFiles(home);
        _ = await TransactionRunner.ApplyAsync(home.Route, plan, TransactionOptions.Default, Stop);
        var undone = await TransactionControl.UndoAsync(home.Route, null, TransactionOptions.Default, Stop);

        var undoing = (await ListAsync(home)).Single(t => t.Id != undone);
        undoing.Plan.ShouldBe([
            "1. undo: step 4",
            "2. undo: step 3",
            "3. undo: step 2",
            "4. undo: step 1",
            $"put back {kept}: undo: changes",
            $"remove {made}: undo: makes",
        ]);

        _ = await TransactionControl.UndoAsync(home.Route, undoing.Id, TransactionOptions.Default, Stop);
        var again = (await ListAsync(home)).Single(t => t.Reverts == undoing.Id);
        again.Plan.ShouldBe((await ListAsync(home)).Single(t => t.Id == undone).Plan);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task What_belongs_to_the_removal_of_files_is_done_once_whenever_they_go(string shell)
    {
        await using var home = new HomeConnector(shell);
        var own = Path.Combine(home.Home, "etc/own's");
        var reload = Note(Path.Combine(home.Home, "a log's name"), "reload");
        FileChange Make(string name) =>
            new(Path.Combine(own, name), null, "x\n", "0644", "makes") { RemovesDirectory = true, AfterRemoval = reload };
        var plan = Plan(home) with { Steps = [], Files = [Make("one"), Make("two")] };

        _ = await TransactionRunner.ApplyAsync(home.Route, plan, TransactionOptions.Default, Stop);
        Log(home).ShouldBeEmpty();
        _ = await TransactionControl.UndoAsync(home.Route, null, TransactionOptions.Default, Stop);
        Directory.Exists(own).ShouldBeFalse();
        Log(home).ShouldBe(["reload"]);

        // Somebody's own file keeps the directory.
        _ = await TransactionRunner.ApplyAsync(home.Route, plan, TransactionOptions.Default, Stop);
        await File.WriteAllTextAsync(Path.Combine(own, "three"), "", Stop);
        var gone = plan.Files.Select(f => f with { Before = f.After, After = null });
        _ = await TransactionRunner.ApplyAsync(home.Route, plan with { Files = [.. gone] }, TransactionOptions.Default, Stop);
        Directory.GetFiles(own).Select(Path.GetFileName).ShouldBe(["three"]);
        Log(home).ShouldBe(["reload", "reload"]);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task A_removed_file_comes_back_with_its_mode(string shell)
    {
        await using var home = new HomeConnector(shell);
        var (plan, kept, _) = WithFiles(home);
        File.SetUnixFileMode(kept, UnixFileMode.UserRead);
        _ = await TransactionRunner.ApplyAsync(
            home.Route,
            plan with
            {
                Steps = [],
                Files = [new FileChange(kept, "old\n", null, "0644", "goes")],
            },
            TransactionOptions.Default,
            Stop
        );
        File.Exists(kept).ShouldBeFalse();

        _ = await TransactionControl.UndoAsync(home.Route, null, TransactionOptions.Default, Stop);

        File.ReadAllText(kept).ShouldBe("old\n");
        File.GetUnixFileMode(kept).ShouldBe(UnixFileMode.UserRead);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Files_are_written_only_after_it_is_confirmed_and_keep_their_mode(string shell)
    {
        await using var home = new HomeConnector(shell);
        var (plan, kept, made) = WithFiles(home);
        File.SetUnixFileMode(kept, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        string? whileArmed = null;
        var options = new TransactionOptions
        {
            OnProgress = (_, text) =>
                whileArmed ??= text.StartsWith("All steps", StringComparison.Ordinal) ? File.ReadAllText(kept) + File.Exists(made) : null,
        };

        _ = await TransactionRunner.ApplyAsync(home.Route, plan, options, Stop);

        whileArmed.ShouldBe("old\nFalse");
        File.ReadAllText(kept).ShouldBe("new\n");
        File.GetUnixFileMode(kept).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        File.ReadAllBytes(made).ShouldBe([0x65, 0xe9, 0x25, 0x5c, 0x27, 0x0d, 0x0a, 0x00, 0x2d]);
        File.GetUnixFileMode(made).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.GetFiles(Path.GetDirectoryName(kept)!, ".*").ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task A_file_that_cannot_be_written_undoes_everything(string shell)
    {
        await using var home = new HomeConnector(shell);
        var (plan, kept, _) = WithFiles(home);
        var impossible = new FileChange("/proc/xenvlan/none", null, "x\n", "0644", "cannot be");

        var error = await Should.ThrowAsync<XenVlanException>(
            TransactionRunner.ApplyAsync(home.Route, plan with { Files = [.. plan.Files, impossible] }, TransactionOptions.Default, Stop)
        );

        error.Message.ShouldContain("could not be written");
        File.ReadAllText(kept).ShouldBe("old\n");
        Log(home).ShouldBe(DoneAndUndone(Steps));
        (await ListAsync(home)).Single().State.ShouldBe(TransactionState.RolledBack);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task A_file_that_somebody_changed_meanwhile_stops_it_before_the_first_step(string shell)
    {
        await using var home = new HomeConnector(shell);
        var (plan, kept, _) = WithFiles(home);
        await File.WriteAllTextAsync(kept, "somebody's\n", Stop);

        var error = await Should.ThrowAsync<XenVlanException>(
            TransactionRunner.ApplyAsync(home.Route, plan, TransactionOptions.Default, Stop)
        );

        error.ErrorId.ShouldBe(ErrorIds.ConfigurationConflict);
        error.Message.ShouldContain(kept);
        Log(home).ShouldBeEmpty();
        (await ListAsync(home)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task By_hand_a_confirmed_change_is_undone_without_XenVlan(string shell)
    {
        await using var home = new HomeConnector(shell);
        var (plan, kept, _) = WithFiles(home);
        _ = await TransactionRunner.ApplyAsync(home.Route, plan, TransactionOptions.Default, Stop);
        var script = Path.Combine(Directory.GetDirectories(home.Journals).Single(), "transaction.sh");

        await using var connection = home.Connect(HostTarget.Local, SshSettings.Default);
        (
            await connection.RunAsync(new ShellScript().Add(ShellCommand.Of("sh", script, "undo")), ScriptOptions.Changing, Stop)
        ).ExitStatus.ShouldBe(0);

        Log(home).ShouldBe(DoneAndUndone(Steps));
        File.ReadAllText(kept).ShouldBe("old\n");
        (await ListAsync(home)).Single().State.ShouldBe(TransactionState.RolledBack);
    }

    [Fact]
    public async Task The_last_twenty_are_kept()
    {
        await using var home = new HomeConnector("/bin/sh");
        for (var i = 0; i < 23; i++)
            _ = await TransactionRunner.ApplyAsync(
                home.Route,
                Plan(home) with
                {
                    Steps = [.. Plan(home).Steps.Take(1)],
                },
                new TransactionOptions { NoRollback = true },
                Stop
            );

        (await ListAsync(home)).Count.ShouldBe(20);
        Directory.GetDirectories(home.Run).Length.ShouldBe(20);
    }
}
