namespace XenVlan.Cli.Json;

/// <summary>A configuration file of a plan, as JSON.</summary>
/// <param name="Path">Where it is on the host.</param>
/// <param name="Description">What its change does, in words.</param>
internal sealed record FileDocument(string Path, string Description);

/// <summary>A host's plan, and what became of it, as JSON.</summary>
/// <param name="HostName">The host.</param>
/// <param name="Outcome">What became of the plan.</param>
/// <param name="Steps">Its steps.</param>
/// <param name="Files">The configuration files it writes, so that it lasts.</param>
/// <param name="Notes">What to know about it, in sentences.</param>
internal sealed record PlanDocument(
    string HostName,
    PlanOutcome Outcome,
    IReadOnlyList<StepDocument> Steps,
    IReadOnlyList<FileDocument> Files,
    IReadOnlyList<string> Notes
);

/// <summary>What became of a host's plan.</summary>
internal enum PlanOutcome
{
    /// <summary>It was not carried out: only asked for, or a host before it failed.</summary>
    NotRun,

    /// <summary>There was nothing to change.</summary>
    Unchanged,

    /// <summary>All its steps succeeded, and the host shows what was asked for.</summary>
    Changed,

    /// <summary>It failed.</summary>
    Failed,
}

/// <summary>A step of a plan as JSON.</summary>
/// <param name="Description">What it does, in words.</param>
/// <param name="Command">Its command.</param>
/// <param name="Undo">The command that undoes it.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Said">What its command printed, where it failed; null elsewhere.</param>
internal sealed record StepDocument(string Description, string Command, string Undo, StepOutcome Outcome, string? Said);

/// <summary>What became of a step in the end.</summary>
internal enum StepOutcome
{
    /// <summary>It was not tried: only the plan was asked for, or something before it failed.</summary>
    NotRun,

    /// <summary>It began, and nothing is known of its end.</summary>
    Running,

    /// <summary>It succeeded.</summary>
    Done,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>It succeeded and was undone.</summary>
    Undone,

    /// <summary>It succeeded, and undoing it failed.</summary>
    UndoFailed,
}
