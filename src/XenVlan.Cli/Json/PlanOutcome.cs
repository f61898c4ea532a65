namespace XenVlan.Cli.Json;

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
