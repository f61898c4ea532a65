namespace XenVlan.Cli.Json;

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

    /// <summary>It succeeded and was taken back.</summary>
    Undone,

    /// <summary>It succeeded, and taking it back failed.</summary>
    UndoFailed,
}
