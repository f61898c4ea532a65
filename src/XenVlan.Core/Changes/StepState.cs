namespace XenVlan.Changes;

/// <summary>What became of a step.</summary>
public enum StepState
{
    /// <summary>It has begun.</summary>
    Running,

    /// <summary>It succeeded.</summary>
    Done,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>It was taken back.</summary>
    Undone,

    /// <summary>Taking it back failed.</summary>
    UndoFailed,
}
