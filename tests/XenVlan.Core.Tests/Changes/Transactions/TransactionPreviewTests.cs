using System.Runtime.Versioning;
using Shouldly;
using XenVlan.Changes.Transactions;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Tests.Changes.Transactions;

/// <summary>What somebody is shown before deciding about a transaction is what the decision does.</summary>
[SupportedOSPlatform("linux")]
public sealed class TransactionPreviewTests : TransactionTestBase
{
    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Undoing_a_confirmed_one_is_shown_with_the_commands_in_their_order_and_the_files(string shell)
    {
        await using var home = new HomeConnector(shell);
        var (plan, kept, made) = WithFiles(home);
        _ = await TransactionRunner.ApplyAsync(home.Route, plan, TransactionOptions.Default, Stop);

        var shown = await TransactionControl.PreviewUndoAsync(home.Route, null, Stop);

        var confirmed = (await ListAsync(home)).ShouldHaveSingleItem();
        (shown.Decision, shown.Transaction.Id).ShouldBe((TransactionDecision.Revert, confirmed.Id));
        shown
            .Steps.Select(s => (s.Description, s.Command, s.Undo))
            .ShouldBe(plan.Steps.Reverse().Select(s => ($"undo: {s.Description}", (string?)s.Undo.Text, (string?)s.Do.Text)));
        shown.Files.ShouldBe([$"put back {kept}: undo: changes", $"remove {made}: undo: makes"]);

        _ = await TransactionControl.UndoAsync(home.Route, shown.Transaction.Id, TransactionOptions.Default, Stop);
        Log(home).ShouldBe(DoneAndUndone(Steps));
        (File.ReadAllText(kept), File.Exists(made)).ShouldBe(("old\n", false));

        // The one that undid it can be undone in turn, by its name.
        var reverting = (await ListAsync(home))[^1].Id;
        var again = await TransactionControl.PreviewUndoAsync(home.Route, reverting, Stop);
        again.Steps.Select(s => s.Command).ShouldBe(plan.Steps.Select(s => s.Do.Text));
        again.Files.ShouldBe([$"write {kept}: changes", $"write {made}: makes"]);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task One_that_is_armed_can_be_rolled_back_without_files_or_confirmed_with_them(string shell)
    {
        await using var home = new HomeConnector(shell);
        var (plan, kept, made) = WithFiles(home);
        var armed = await HostTransaction.BeginAsync(home.Route, plan, new TransactionOptions { ConfirmTimeout = Minute }, Stop);

        var undo = await TransactionControl.PreviewUndoAsync(home.Route, null, Stop);
        (undo.Decision, undo.Transaction.Id, undo.Transaction.State).ShouldBe(
            (TransactionDecision.RollBack, armed.Id, TransactionState.Armed)
        );
        undo.Steps.Select(s => (s.Command, s.Undo)).ShouldBe(plan.Steps.Reverse().Select(s => ((string?)s.Undo.Text, (string?)null)));
        undo.Files.ShouldBeEmpty();

        var confirm = await TransactionControl.PreviewConfirmAsync(home.Route, null, Stop);
        (confirm.Decision, confirm.Transaction.Id).ShouldBe((TransactionDecision.Confirm, armed.Id));
        confirm
            .Steps.Select(s => (s.Description, s.Command, s.Undo))
            .ShouldBe(plan.Steps.Select(s => (s.Description, (string?)s.Do.Text, (string?)s.Undo.Text)));
        confirm.Files.ShouldBe([$"write {kept}: changes", $"write {made}: makes"]);

        // Looking has decided nothing.
        (await ListAsync(home))
            .ShouldHaveSingleItem()
            .State.ShouldBe(TransactionState.Armed);
        await TransactionRunner.RollBackAsync(home.Route, armed.Id, TransactionOptions.Default, Stop);
        Log(home).ShouldBe(DoneAndUndone(Steps));
    }

    [Fact]
    public async Task What_is_not_there_cannot_be_shown()
    {
        await using var home = new HomeConnector("/bin/sh");
        foreach (var id in new[] { null, "nosuch", "../../etc" })
        {
            await NotFound(TransactionControl.PreviewUndoAsync(home.Route, id, Stop));
            await NotFound(TransactionControl.PreviewConfirmAsync(home.Route, id, Stop));
        }

        static async Task NotFound(Task<TransactionPreview> preview) =>
            (await Should.ThrowAsync<XenVlanException>(preview)).ErrorId.ShouldBe(ErrorIds.TransactionNotFound);
    }

    [Fact]
    public void A_journal_without_a_plan_of_undoing_is_read_from_its_end()
    {
        string[] lines =
        [
            "1. make xenbr0.10",
            "   do:   ip link add",
            "   undo: ip link del",
            "2. step without commands",
            "write /etc/network/interfaces: adds xenbr0.10",
        ];
        var undo = JournalPlan.Parse(lines).Backwards();
        undo.Steps.ShouldBe([
            new PreviewedStep("undo: step without commands", null, null),
            new PreviewedStep("undo: make xenbr0.10", "ip link del", "ip link add"),
        ]);
        undo.Files.ShouldBe(["put back as it was before: write /etc/network/interfaces: adds xenbr0.10"]);

        // What an earlier version wrote of one that reverts another.
        var reverting = JournalPlan.Parse(["What was done, undone from its end:", .. lines]);
        reverting.Steps.ShouldBe(undo.Steps);
        reverting.Files.ShouldBe(undo.Files);
    }

    [Fact]
    public void What_a_journal_says_is_safe_to_show()
    {
        var plan = JournalPlan.Parse(["1. \u001b[2Jmake", "   do:   echo \u001b[2J", "   undo: \u202e", "write /etc/\u0007: x"]);
        plan.Steps.ShouldBe([new PreviewedStep("\\u001b[2Jmake", "echo \\u001b[2J", "\\u202e")]);
        plan.Files.ShouldBe(["write /etc/\\u0007: x"]);
    }

    private static TimeSpan Minute => TimeSpan.FromMinutes(1);
}
