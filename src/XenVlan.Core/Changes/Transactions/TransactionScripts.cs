using System.Globalization;
using System.Text;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Changes.Transactions;

/// <summary>The scripts that begin, decide about and list a host's transactions.</summary>
internal static class TransactionScripts
{
    // A command always has room for so many.
    private const int DirectoriesAtOnce = 100;

    /// <summary>What every script begins with: how a transaction is looked at and decided about.</summary>
    internal static readonly string Common = Resource("common.sh");
    private static readonly string Transaction = Resource("transaction.sh");
    private static readonly string BeginText = Resource("begin.sh");
    private static readonly string RevertText = Resource("revert.sh");
    private static readonly string SaveText = Resource("save.sh");
    private static readonly string DecideText = Resource("decide.sh");
    private static readonly string ListText = Resource("list.sh");

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
        script.Add("xv_write_journal() {");
        Put(script, "transaction.sh", TransactionText(paths));
        Put(script, "steps.sh", Steps(plan, options));
        Put(script, "plan", PlanText(plan));
        Put(script, "plan.undo", UndoText(plan));
        WriteAbout(script);
        foreach (var places in Enumerable.Range(0, plan.Files.Count).Select(Place).Chunk(DirectoriesAtOnce))
            script.Add($"mkdir -p {string.Join(' ', places.Select(p => $"\"$xv_dir/{p}\""))} || return 1");
        for (var i = 0; i < plan.Files.Count; i++)
            PutFile(script, plan.Files[i], Place(i));
        return script.Add("}").Add(BeginText);
    }

    /// <summary>The script that takes a confirmed transaction back, as a transaction of its own.</summary>
    /// <param name="reverted">The name of the one to take back; empty for the last that was confirmed.</param>
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
            .Add(RevertText)
            .Add("xv_write_journal() {");
        Put(script, "transaction.sh", TransactionText(paths));
        Put(script, "save.sh", SaveText);
        WriteAbout(script);
        return script.Add("xv_copy_backwards").Add("}").Add(BeginText);
    }

    /// <summary>The script that decides about a transaction, and follows it to its end.</summary>
    /// <param name="id">The transaction.</param>
    /// <param name="decision"><c>confirm</c> or <c>rollback</c>.</param>
    /// <param name="why">Why, in words.</param>
    /// <param name="seen">How many lines of its news are known already.</param>
    /// <param name="mark">A word that begins each line of news.</param>
    /// <param name="paths">Where transactions are kept; null for the usual places.</param>
    /// <returns>The script.</returns>
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
    /// <returns>The script.</returns>
    public static ShellScript Follow(string id, string until, int seen, string mark, JournalPaths? paths = null) =>
        Start(mark, id, paths)
            .Add("xv_check_places || { printf '%s refused %s\\n' \"$xv_mark\" \"$xv_refused\"; exit 0; }")
            .Add("xv_find \"$xv_id\"")
            .Add("if [ ! -d \"$xv_home/$xv_id\" ] && xv_call_off \"$xv_id\"; then exit 0; fi")
            .Set("xv_until", until)
            .Set("xv_from", seen.ToString(CultureInfo.InvariantCulture))
            .Add("xv_follow \"$xv_id\" \"$xv_until\" \"$xv_from\"");

    /// <summary>The script that tells which transactions there are.</summary>
    /// <param name="mark">A word that begins each line.</param>
    /// <param name="paths">Where transactions are kept; null for the usual places.</param>
    /// <returns>The script.</returns>
    public static ShellScript List(string mark, JournalPaths? paths = null) => Start(mark, "", paths).Add(ListText);

    private static ShellScript Start(string mark, string id, JournalPaths? paths) =>
        new ShellScript().Set("xv_mark", mark).Set("xv_id", id).Add(Places(paths).ToString()).Add(Common);

    private static ShellScript Places(JournalPaths? paths) =>
        new ShellScript().Set("xv_home", (paths ?? JournalPaths.Default).OnDisk).Set("xv_run", (paths ?? JournalPaths.Default).InMemory);

    private static string By() => OneLine($"{Environment.UserName} on {Environment.MachineName}");

    private static string OneLine(string text) => string.Join(' ', text.Split('\n', '\r', '\t'));

    private static string ConfirmSeconds(TransactionOptions options) =>
        options.NoRollback ? "0" : ((int)options.ConfirmTimeout.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    private static void WriteAbout(ShellScript script) =>
        script
            .Add(
                "printf 'by %s\\nstarted %s\\ntitle %s\\nreverts %s\\n' \"$xv_by\" \"$xv_moment\" \"$xv_title\" \"${xv_reverted:-}\" > "
                    + "\"$xv_dir/about\" || return 1"
            )
            .Add("printf '%s\\n' \"$xv_boot\" > \"$xv_dir/boot\" || return 1");

    /// <summary>The script that carries a transaction out, without its steps.</summary>
    /// <param name="paths">Where transactions are kept; null for the usual places.</param>
    /// <returns>Its text.</returns>
    internal static string TransactionText(JournalPaths? paths) => "#!/bin/sh\n" + Places(paths) + Common + Transaction;

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

    // A step of several commands that fails after the first has done something already, which it takes back itself. Where it
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
            script.Add($"xv_do_{number}() {{").Add("xv_missed=");
            if (step.GoneVlan is { } lost)
                script.Add(ShellCommand.Of("xv_was_there", lost.Name)).Add("[ $? -ne 0 ] || return 0");
            if (step.Keeps.Count > 0)
                script.Add(Saving("xv_save", number, step)).Add("[ $? -eq 0 ] || xv_again || return 1");
            AddParts(script, step.Do.Parts.Take(1), "return 1");
            AddParts(script, step.Do.Parts.Skip(1), $"{{ xv_undo_{number}; return 1; }}");
            script.Add("[ -z \"$xv_missed\" ]").Add("}").Add($"xv_undo_{number}() {{").Add("xv_missed=");
            if (step.MadeLink is { } made)
                script.Add(ShellCommand.Of("xv_has_link", made)).Add("[ $? -eq 0 ] || return 0");
            var undo = step.Keeps.Count > 0 ? step.Undo.Parts.Append(Saving("xv_restore", number, step)) : step.Undo.Parts;

            // It may have come again by itself.
            if (step.GoneVlan is { } back)
            {
                var protocol = back.Protocol is VlanProtocol.Dot1AD ? "802.1ad" : "802.1Q";
                script.Add(ShellCommand.Of("xv_has_vlan", back.Name, back.Parent, back.Id, protocol)).Add("[ $? -eq 0 ] ||");
            }

            // It may also go between the look and the command.
            AddParts(
                script,
                undo,
                step.MadeLink is { } gone ? $"{{ {ShellCommand.Of("xv_has_link", gone)} || return 0; return 1; }}" : "return 1"
            );
            script.Add("[ -z \"$xv_missed\" ]").Add("}");
        }

        return script.ToString();
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

    private static void AddParts(ShellScript script, IEnumerable<ShellCommand> parts, string otherwise)
    {
        foreach (var part in parts)
            script.Add(part).Add($"[ $? -eq 0 ] || xv_again || {otherwise}");
    }

    private static string Place(int file) => string.Create(CultureInfo.InvariantCulture, $"files/{file + 1:00}");

    private static void PutFile(ShellScript script, FileChange file, string place)
    {
        Put(script, place + "/path", file.Path + "\n");
        Put(script, place + "/mode", file.Mode + "\n");
        if (file.IsLink)
            Put(script, place + "/link", "");
        if (file.RemovesDirectory)
            Put(script, place + "/alone", "");
        if (file.AfterRemoval is { } command)
            Put(script, place + "/after-removal", OneLine(command.Text) + "\n");
        if (file.Before is { } before)
            Put(script, place + "/was", before);
        if (file.After is { } after)
            Put(script, place + "/new", after);
    }

    // Only ASCII is sent; what is not is written in octal, which every printf reads (POSIX, printf).
    private static void Put(ShellScript script, string name, string content)
    {
        var format = new StringBuilder();
        foreach (var c in content)
        {
            _ = c switch
            {
                '-' when format.Length == 0 => format.Append(@"\055"),
                '\n' => format.Append(c),
                '%' => format.Append("%%"),
                '\\' => format.Append(@"\\"),
                '\'' => format.Append(@"'\''"),
                < ' ' or > '~' when c <= '\xff' => format.Append('\\').Append(Convert.ToString(c, 8).PadLeft(3, '0')),
                > '~' => format.Append('?'),
                _ => format.Append(c),
            };
        }

        script.Add($"printf '{format}' > \"$xv_dir/{name}\" || return 1");
    }

    private static string Resource(string name)
    {
        using var stream =
            typeof(TransactionScripts).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The script {name} is missing from the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
