using System.Globalization;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Changes.Transactions;

/// <summary>The scripts that begin, decide about and list a host's transactions.</summary>
internal static class TransactionScripts
{
    // A command always has room for so many.
    private const int DirectoriesAtOnce = 100;

    /// <summary>What every script begins with: how a transaction is looked at and decided about.</summary>
    internal static readonly EmbeddedScript Common = EmbeddedScript.Load("common.sh");
    private static readonly EmbeddedScript Transaction = EmbeddedScript.Load("transaction.sh");
    private static readonly EmbeddedScript BeginText = EmbeddedScript.Load("begin.sh");
    private static readonly EmbeddedScript RevertText = EmbeddedScript.Load("revert.sh");
    private static readonly EmbeddedScript SaveText = EmbeddedScript.Load("save.sh");
    private static readonly EmbeddedScript DecideText = EmbeddedScript.Load("decide.sh");
    private static readonly EmbeddedScript FollowText = EmbeddedScript.Load("follow.sh");
    private static readonly EmbeddedScript ListText = EmbeddedScript.Load("list.sh");
    private static readonly EmbeddedScript ShowText = EmbeddedScript.Load("show.sh");

    /// <summary>The random part of a new transaction's name; the host puts its time before it.</summary>
    /// <returns>Such as <c>1f2e3d4c</c>.</returns>
    public static string NewId() => UniqueToken.New("")[..8];

    /// <summary>The script that carries a plan out as a transaction.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="id">The transaction's name.</param>
    /// <param name="options">How.</param>
    /// <param name="mark">A word that begins each line of news.</param>
    /// <param name="paths">Where transactions are kept; null for the usual places.</param>
    /// <returns>The script. It ends when the transaction is armed or over.</returns>
    public static ShellScript Begin(ChangePlan plan, string id, TransactionOptions options, string mark, JournalPaths? paths = null)
    {
        var script = Start(mark, id, paths).Set("xv_title", OneLine(plan.Title)).Set("xv_by", By());
        var journal = new ShellScript();
        journal.WriteFile("xv_dir", "transaction.sh", TransactionText(paths));
        journal.WriteFile("xv_dir", "steps.sh", Steps(plan, options));
        journal.WriteFile("xv_dir", "plan", PlanText(plan));
        journal.WriteFile("xv_dir", "plan.undo", UndoText(plan));
        WriteAbout(journal);
        foreach (var places in Enumerable.Range(0, plan.Files.Count).Select(Place).Chunk(DirectoriesAtOnce))
            journal.Add(ShellCommand.Of(["xv_make_directories", .. places])).Add("[ $? -eq 0 ] || return 1");
        for (var i = 0; i < plan.Files.Count; i++)
            PutFile(journal, plan.Files[i], Place(i));
        return script.Function("xv_write_journal", journal).Add(BeginText);
    }

    /// <summary>The script that undoes a confirmed transaction, as a transaction of its own.</summary>
    /// <param name="reverted">The name of the one to undo; empty for the last that was confirmed.</param>
    /// <param name="id">The name of the new one.</param>
    /// <param name="options">How.</param>
    /// <param name="mark">A word that begins each line of news.</param>
    /// <param name="paths">Where transactions are kept; null for the usual places.</param>
    /// <returns>The script. It ends when the transaction is armed or over.</returns>
    public static ShellScript Revert(string reverted, string id, TransactionOptions options, string mark, JournalPaths? paths = null)
    {
        var script = Start(mark, id, paths)
            .Set("xv_reverted", reverted)
            .Set("xv_confirm", ConfirmSeconds(options))
            .Set("xv_by", By())
            .Add(RevertText);
        var journal = new ShellScript()
            .WriteFile("xv_dir", "transaction.sh", TransactionText(paths))
            .WriteFile("xv_dir", "save.sh", SaveText.Text);
        return script.Function("xv_write_journal", WriteAbout(journal).Add("xv_copy_backwards")).Add(BeginText);
    }

    /// <summary>The script that decides about a transaction, and follows it to its end.</summary>
    /// <param name="id">The transaction.</param>
    /// <param name="decision"><c>confirm</c> or <c>rollback</c>.</param>
    /// <param name="why">Why, in words.</param>
    /// <param name="seen">How many lines of its news are known already.</param>
    /// <param name="mark">A word that begins each line of news.</param>
    /// <param name="paths">Where transactions are kept; null for the usual places.</param>
    public static ShellScript Decide(string id, string decision, string why, int seen, string mark, JournalPaths? paths = null) =>
        Start(mark, id, paths)
            .Set("xv_decision", decision)
            .Set("xv_why", OneLine(why))
            .Set("xv_from", seen.ToString(CultureInfo.InvariantCulture))
            .Add(DecideText);

    /// <summary>The script that goes on listening to a transaction.</summary>
    /// <param name="id">The transaction.</param>
    /// <param name="until"><c>armed</c> or <c>over</c>.</param>
    /// <param name="seen">How many lines of its news are known already.</param>
    /// <param name="mark">A word that begins each line of news.</param>
    /// <param name="paths">Where transactions are kept; null for the usual places.</param>
    public static ShellScript Follow(string id, string until, int seen, string mark, JournalPaths? paths = null) =>
        Start(mark, id, paths).Set("xv_until", until).Set("xv_from", seen.ToString(CultureInfo.InvariantCulture)).Add(FollowText);

    /// <summary>The script that tells which transactions there are.</summary>
    /// <param name="mark">A word that begins each line.</param>
    /// <param name="paths">Where transactions are kept; null for the usual places.</param>
    public static ShellScript List(string mark, JournalPaths? paths = null) => Start(mark, "", paths).Add(ListText);

    /// <summary>The script that tells the plan of a transaction, and that of undoing it.</summary>
    /// <param name="id">The transaction.</param>
    /// <param name="mark">A word that begins each line.</param>
    /// <param name="paths">Where transactions are kept; null for the usual places.</param>
    public static ShellScript Show(string id, string mark, JournalPaths? paths = null) => Start(mark, id, paths).Add(ShowText);

    private static ShellScript Start(string mark, string id, JournalPaths? paths) =>
        new ShellScript().Set("xv_mark", mark).Set("xv_id", id).Add(Places(paths)).Add(Common);

    private static ShellScript Places(JournalPaths? paths) =>
        new ShellScript().Set("xv_home", (paths ?? JournalPaths.Default).OnDisk).Set("xv_run", (paths ?? JournalPaths.Default).InMemory);

    private static string By() => OneLine($"{Environment.UserName} on {Environment.MachineName}");

    private static string OneLine(string text) => string.Join(' ', text.Split('\n', '\r', '\t'));

    private static string ConfirmSeconds(TransactionOptions options) =>
        options.NoRollback ? "0" : ((int)options.ConfirmTimeout.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    private static ShellScript WriteAbout(ShellScript script) =>
        script
            .Add(
                "printf 'by %s\\nstarted %s\\ntitle %s\\nreverts %s\\n' \"$xv_by\" \"$xv_moment\" \"$xv_title\" \"${xv_reverted:-}\" > "
                    + "\"$xv_dir/about\" || return 1"
            )
            .Add("printf '%s\\n' \"$xv_boot\" > \"$xv_dir/boot\" || return 1");

    /// <summary>The script that carries a transaction out, without its steps.</summary>
    /// <param name="paths">Where transactions are kept; null for the usual places.</param>
    internal static string TransactionText(JournalPaths? paths) => "#!/bin/sh\n" + Places(paths) + Common.Text + Transaction.Text;

    private static string PlanText(ChangePlan plan) =>
        string.Concat([
            .. plan.Steps.Select((step, i) => StepText(i + 1, step.Description, step.Do, step.Undo)),
            .. plan.Files.Select(f => FileText(f.After is null ? "remove" : "write", f.Path, f.Description)),
        ]);

    // As a transaction carries it out that reverts this one.
    private static string UndoText(ChangePlan plan) =>
        string.Concat([
            .. plan.Steps.Reverse().Select((step, i) => StepText(i + 1, $"undo: {step.Description}", step.Undo, step.Do)),
            .. plan.Files.Select(f => FileText(f.Before is null ? "remove" : "put back", f.Path, $"undo: {f.Description}")),
        ]);

    private static string StepText(int number, string description, ShellCommand does, ShellCommand undoes) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{number}. {OneLine(description)}\n   do:   {OneLine(does.Text)}\n   undo: {OneLine(undoes.Text)}\n"
        );

    private static string FileText(string verb, string path, string description) => $"{verb} {OneLine(path)}: {OneLine(description)}\n";

    // A step of several commands that fails after the first has done something already, which it undoes itself. Where it
    // is not known how far something came, all of its commands are run once more, whichever fail because they were before.
    internal static string Steps(ChangePlan plan, TransactionOptions options)
    {
        var script = new ShellScript()
            .Set("xv_count", plan.Steps.Count.ToString(CultureInfo.InvariantCulture))
            .Set("xv_confirm", ConfirmSeconds(options))
            .Set("xv_limit", ((int)options.StepLimit.TotalSeconds).ToString(CultureInfo.InvariantCulture))
            .Set("xv_touched", string.Join(' ', TouchedLinks.Of(plan)))
            .Set("xv_remade", string.Join(' ', plan.Steps.Select(s => s.GoneVlan?.Name).OfType<string>()))
            .Set("xv_switched", plan.Steps.Any(s => s.Do.Text.Contains("ovs-vsctl", StringComparison.Ordinal)) ? "1" : "")
            .Set("xv_reverse", "0")
            .Set("xv_reverts", "");
        if (plan.Steps.Any(s => s.Keeps.Count > 0))
            script.Add(SaveText);
        for (var i = 0; i < plan.Steps.Count; i++)
        {
            var step = plan.Steps[i];
            var number = (i + 1).ToString(CultureInfo.InvariantCulture);
            script.Function($"xv_do_{number}", Do(step, number)).Function($"xv_undo_{number}", Undo(step, number));
        }

        return script.ToString();
    }

    private static ShellScript Do(ChangeStep step, string number)
    {
        var script = new ShellScript().Add("xv_missed=");
        if (step.GoneVlan is { } lost)
            script.Add(ShellCommand.Of("xv_was_there", lost.Name)).Add("[ $? -ne 0 ] || return 0");
        if (step.Keeps.Count > 0)
            script.Add(Saving("xv_save", number, step)).Add("[ $? -eq 0 ] || xv_again || return 1");
        for (var i = 0; i < step.Do.Parts.Count; i++)
        {
            script.Add(step.Do.Parts[i]);
            if (i == 0)
                script.Add("[ $? -eq 0 ] || xv_again || return 1");
            else
                script.Add("[ $? -eq 0 ] || xv_again || {").Add(ShellCommand.Of($"xv_undo_{number}")).Add("return 1\n}");
        }

        return script.Add("[ -z \"$xv_missed\" ]");
    }

    private static ShellScript Undo(ChangeStep step, string number)
    {
        var script = new ShellScript().Add("xv_missed=");
        if (step.MadeLink is { } made)
            script.Add(ShellCommand.Of("xv_has_link", made)).Add("[ $? -eq 0 ] || return 0");

        // It may have come again by itself.
        if (step.GoneVlan is { } back)
        {
            var protocol = back.Protocol is VlanProtocol.Dot1AD ? "802.1ad" : "802.1Q";
            script.Add(ShellCommand.Of("xv_has_vlan", back.Name, back.Parent, back.Id, protocol)).Add("[ $? -eq 0 ] ||");
        }

        var parts = step.Keeps.Count > 0 ? step.Undo.Parts.Append(Saving("xv_restore", number, step)) : step.Undo.Parts;
        foreach (var part in parts)
        {
            script.Add(part);

            // It may also go between the look and the command.
            if (step.MadeLink is { } gone)
                script
                    .Add("[ $? -eq 0 ] || xv_again || {")
                    .Add(ShellCommand.Of("xv_has_link", gone))
                    .Add("[ $? -eq 0 ] || return 0\nreturn 1\n}");
            else
                script.Add("[ $? -eq 0 ] || xv_again || return 1");
        }

        return script.Add("[ -z \"$xv_missed\" ]");
    }

    private static ShellCommand Saving(string function, string number, ChangeStep step) =>
        ShellCommand.Of([function, number, .. step.Keeps.Select(k => $"{Word(k.Extent)}:{k.Link}")]);

    private static string Word(KeptExtent extent) =>
        extent switch
        {
            KeptExtent.Link => "link",
            KeptExtent.Port => "port",
            _ => "addresses",
        };

    private static string Place(int file) => string.Create(CultureInfo.InvariantCulture, $"files/{file + 1:00}");

    private static void PutFile(ShellScript script, FileChange file, string place)
    {
        script.WriteFile("xv_dir", place + "/path", file.Path + "\n");
        script.WriteFile("xv_dir", place + "/mode", file.Mode + "\n");
        if (file.IsLink)
            script.WriteFile("xv_dir", place + "/link", "");
        if (file.RemovesDirectory)
            script.WriteFile("xv_dir", place + "/alone", "");
        if (file.AfterRemoval is { } command)
            script.WriteFile("xv_dir", place + "/after-removal", OneLine(command.Text) + "\n");
        if (file.Before is { } before)
            script.WriteFile("xv_dir", place + "/was", before);
        if (file.After is { } after)
            script.WriteFile("xv_dir", place + "/new", after);
    }
}
