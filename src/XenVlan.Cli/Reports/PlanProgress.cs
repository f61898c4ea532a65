using XenVlan.Changes;
using XenVlan.Cli.Json;
using XenVlan.Model;

namespace XenVlan.Cli.Reports;

/// <summary>A plan, and what became of it so far.</summary>
internal sealed class PlanProgress(ChangePlan plan)
{
    private readonly StepReport?[] _reports = new StepReport?[plan.Steps.Count];
    private readonly string?[] _said = new string?[plan.Steps.Count];

    /// <summary>The plan.</summary>
    public ChangePlan Plan => plan;

    /// <summary>What became of it.</summary>
    public PlanOutcome Outcome { get; private set; } = plan.IsEmpty ? PlanOutcome.Unchanged : PlanOutcome.NotRun;

    /// <summary>Takes note that the plan is being carried out: until it is known to have succeeded, it has failed.</summary>
    public void Begin() => Outcome = plan.IsEmpty ? PlanOutcome.Unchanged : PlanOutcome.Failed;

    /// <summary>Takes note that the plan was carried out.</summary>
    public void End() => Outcome = plan.IsEmpty ? PlanOutcome.Unchanged : PlanOutcome.Changed;

    /// <summary>Takes note of the news of a step.</summary>
    public void Note(StepReport report)
    {
        _reports[report.Number - 1] = report;
        if (report.Said.Length > 0)
            _said[report.Number - 1] = DisplayText.Clean(report.Said);
    }

    /// <summary>The plan and what became of it, for JSON.</summary>
    public PlanDocument ToDocument() =>
        new(
            plan.HostName,
            Outcome,
            [.. plan.Steps.Select((s, i) => new StepDocument(s.Description, s.Do.Text, s.Undo.Text, OutcomeOf(i), _said[i]))],
            [.. plan.Files.Select(f => new FileDocument(f.Path, f.Description))],
            plan.Notes
        );

    private StepOutcome OutcomeOf(int index) =>
        _reports[index]?.State switch
        {
            null => StepOutcome.NotRun,
            StepState.Running => StepOutcome.Running,
            StepState.Done => StepOutcome.Done,
            StepState.Failed => StepOutcome.Failed,
            StepState.Undone => StepOutcome.Undone,
            StepState.UndoFailed => StepOutcome.UndoFailed,
            var other => throw new InvalidOperationException($"No outcome for {other}."),
        };
}
