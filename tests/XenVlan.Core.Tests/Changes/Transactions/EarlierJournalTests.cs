using System.Runtime.Versioning;
using Shouldly;
using XenVlan.Changes.Transactions;
using XenVlan.Hosts;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Tests.Changes.Transactions;

/// <summary>
/// Transactions that an earlier version of XenVlan began, whose own scripts carry them out and write states without cause words.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed class EarlierJournalTests : TransactionTestBase
{
    [Theory]
    [MemberData(nameof(Shells))]
    public async Task One_that_nobody_confirmed_is_rolled_back_and_its_cause_unknown(string shell)
    {
        await using var home = new HomeConnector(shell);
        await BeginAsync(home, confirm: 1);

        XenTransaction one;
        do one = (await ListAsync(home)).ShouldHaveSingleItem();
        while (one.State is TransactionState.Armed or TransactionState.Undoing);

        one.ShouldSatisfyAllConditions(
            () => one.State.ShouldBe(TransactionState.RolledBack),
            () => one.Cause.ShouldBe(TransactionCause.Unknown),
            () => one.Reason.ShouldBe("nobody confirmed it within 1 seconds")
        );
        Log(home).ShouldBe(DoneAndUndone(2));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task One_that_is_armed_can_be_confirmed_and_reverted_with_its_files(string shell)
    {
        await using var home = new HomeConnector(shell);
        await BeginAsync(home, confirm: 60);
        var directory = Path.Combine(home.Home, "etc/a.network.d");

        var armed = await TransactionControl.FindArmedAsync(home.Route, null, Stop);
        await TransactionRunner.ConfirmAsync(home.Route, armed, TransactionOptions.Default, Stop);

        // Its journal has no plan of undoing; what is shown is worked out from what was done.
        var shown = await TransactionControl.PreviewUndoAsync(home.Route, null, Stop);
        shown.Steps.Select(s => (s.Description, s.Command)).ShouldBe([("undo: step 2", "echo undo 2"), ("undo: step 1", "echo undo 1")]);
        shown.Files.ShouldHaveSingleItem().ShouldBe($"put back as it was before: write {directory}/made: makes");
        File.ReadAllText(Path.Combine(directory, "made")).ShouldBe("old version\n");
        _ = await TransactionControl.UndoAsync(home.Route, null, TransactionOptions.Default, Stop);

        Log(home).ShouldBe(DoneAndUndone(2));
        Directory.Exists(directory).ShouldBeFalse();
        var all = await ListAsync(home);
        all.Select(t => (t.State, t.Cause))
            .ShouldBe([(TransactionState.Undone, TransactionCause.Reverted), (TransactionState.Confirmed, null)]);
        all[1].Plan.ShouldContain(line => line.Contains("step 1"));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task One_that_was_killed_can_be_rolled_back(string shell)
    {
        await using var home = new HomeConnector(shell);
        await BeginAsync(home, confirm: 60);
        HomeConnector
            .Shell($"for role in guard worker; do read -r pid rest < \"$(ls -d {home.Run}/2*/)$role\"; kill -KILL \"$pid\"; done")
            .ShouldBeTrue();
        var left = (await ListAsync(home)).ShouldHaveSingleItem();
        (left.State, left.Cause).ShouldBe((TransactionState.Interrupted, TransactionCause.Abandoned));

        _ = await TransactionControl.UndoAsync(home.Route, null, TransactionOptions.Default, Stop);

        Log(home).ShouldBe(DoneAndUndone(2));
        var one = (await ListAsync(home)).ShouldHaveSingleItem();
        (one.State, one.Cause, one.Reason).ShouldBe((TransactionState.RolledBack, TransactionCause.Unknown, "it was undone by hand"));
    }

    [Theory]
    [InlineData("interrupted the host went down before it was confirmed; nothing of it is left", TransactionState.Interrupted)]
    [InlineData("rolled-back step 3 failed", TransactionState.RolledBack)]
    [InlineData("stuck nobody confirmed it within 30 seconds; it is not as it was: it had 'eth0: up'", TransactionState.Stuck)]
    [InlineData("undone by 20261130T010203Z-1a2b3c4d", TransactionState.Undone)]
    public async Task An_end_without_a_cause_word_keeps_all_of_its_text_and_has_come_to_its_end(string line, TransactionState state)
    {
        var one = TransactionReader.Parse("a", $"m transaction 1a2b3c4d\nm state {line}\n", "m").ShouldHaveSingleItem();
        (one.State, one.Cause, one.Reason).ShouldBe((state, TransactionCause.Unknown, line.Split(' ', 2)[1]));

        // Nothing is left to be undone of it.
        await using var home = new HomeConnector("/bin/sh");
        await BeginAsync(home, confirm: 60);
        var armed = await TransactionControl.FindArmedAsync(home.Route, null, Stop);
        await TransactionRunner.RollBackAsync(home.Route, armed, TransactionOptions.Default, Stop);
        await File.WriteAllTextAsync(Path.Combine(home.Journals, armed, "state"), line + "\n", Stop);
        Directory.Delete(Path.Combine(home.Run, armed), recursive: true);
        (
            await Should.ThrowAsync<XenVlanException>(TransactionControl.UndoAsync(home.Route, armed, TransactionOptions.Default, Stop))
        ).ErrorId.ShouldBe(ErrorIds.TransactionNotFound);
        Log(home).ShouldBe(DoneAndUndone(2));
    }

    private static async Task BeginAsync(HomeConnector home, int confirm)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Data/journal-without-causes/begin"), Stop);
        var file = Path.Combine(home.Home, "begin");
        await File.WriteAllTextAsync(
            file,
            text.Replace("@HOME@", home.Home, StringComparison.Ordinal)
                .Replace("@CONFIRM@", confirm.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal),
            Stop
        );
        await using var connection = home.Connect(HostTarget.Local, SshSettings.Default);
        var said = (await connection.RunAsync(new ShellScript().Add(home.Command(file)), ScriptOptions.Changing, Stop)).Output;
        said.ShouldContain($" armed {confirm}");
    }
}
