using System.Globalization;
using XenVlan.Changes;
using XenVlan.Cli.Json;
using XenVlan.Cli.Output;
using XenVlan.Discovery;
using XenVlan.Model;

namespace XenVlan.Cli.Reports;

/// <summary>Prints plans, and what becomes of them.</summary>
internal static class PlanText
{
    /// <summary>Prints plans.</summary>
    /// <param name="screen">Where to.</param>
    /// <param name="plans">The plans.</param>
    /// <param name="withUndo">Whether to print the commands that would undo the steps.</param>
    public static void WritePlans(Screen screen, IReadOnlyList<ChangePlan> plans, bool withUndo)
    {
        foreach (var plan in plans)
        {
            screen.Line($"{plan.HostName}: {Found(plan.Before)}", Styles.Heading);
            foreach (var note in plan.Notes)
                screen.Line($"Warning: {note}", Styles.Warning, indent: 2);
            if (plan.IsEmpty)
                screen.Line("nothing to change", indent: 2);
            for (var i = 0; i < plan.Steps.Count; i++)
                WriteStep(screen, i + 1, plan.Steps[i], withUndo);
            foreach (var file in plan.Files)
                screen.Line($"{(file.After is null ? "remove" : "write")} {file.Path}: {file.Description}", indent: 2);
            screen.Line();
        }
    }

    /// <summary>Prints the news of a step, once there is any.</summary>
    /// <param name="screen">Where to.</param>
    /// <param name="report">The news.</param>
    public static void WriteStep(Screen screen, StepReport report)
    {
        var (word, style) = report.State switch
        {
            StepState.Done => ("done", Styles.Good),
            StepState.Failed => ("failed", Styles.Bad),
            StepState.Undone => ("undone", Styles.Warning),
            StepState.UndoFailed => ("not undone", Styles.Bad),
            _ => ("", Styles.Faint),
        };
        if (word.Length == 0)
            return;

        var said = report.Said.Length == 0 ? "" : $": {report.Said}";
        screen.Line($"{report.HostName}: step {report.Number} of {report.Count} {word}: {report.Step.Description}{said}", style);
    }

    /// <summary>Prints what became of the plans.</summary>
    /// <param name="screen">Where to.</param>
    /// <param name="all">The plans.</param>
    public static void WriteEnd(Screen screen, IReadOnlyList<PlanProgress> all)
    {
        if (all.All(p => p.Outcome is PlanOutcome.Unchanged))
        {
            screen.Line("There was nothing to change.", Styles.Good);
            return;
        }

        var changed = Names(PlanOutcome.Changed);
        var failed = Names(PlanOutcome.Failed);
        if (changed.Length > 0)
            screen.Line($"Changed: {changed}.", Styles.Good);
        if (failed.Length > 0)
            screen.Line($"Not changed: {failed}.", Styles.Bad);

        string Names(PlanOutcome outcome) => string.Join(", ", all.Where(p => p.Outcome == outcome).Select(p => p.Plan.HostName));
    }

    private static void WriteStep(Screen screen, int number, ChangeStep step, bool withUndo)
    {
        screen.Line(string.Create(CultureInfo.InvariantCulture, $"{number}. {step.Description}"), indent: 2);
        screen.Line(step.Do.Text, Styles.Faint, indent: 5);
        if (withUndo)
            screen.Line($"undo: {step.Undo.Text}", Styles.Faint, indent: 5);
    }

    private static string Found(HostSnapshot host)
    {
        var parts = new List<string> { Count(SnapshotViews.Bridges(host).Count, "bridge") };
        if (host.IsDomain0)
            parts.Add(Count(SnapshotViews.DomainNics(host).Count, "domain NIC"));
        parts.Add(Count(SnapshotViews.VlanInterfaces(host).Count, "VLAN interface"));
        var xen =
            host.XenVersion is null ? ""
            : host.IsDomain0 ? $"domain 0 of Xen {host.XenVersion}, "
            : $"a domain of Xen {host.XenVersion}, ";
        return $"{xen}Linux {host.Kernel}; {string.Join(", ", parts)}";
    }

    private static string Count(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";
}
