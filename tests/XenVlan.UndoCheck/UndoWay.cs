namespace XenVlan.UndoCheck;

/// <summary>A way in which a change is undone.</summary>
internal enum UndoWay
{
    /// <summary>The armed transaction is told to.</summary>
    Decision,

    /// <summary>Nobody confirms it in time.</summary>
    Timeout,

    /// <summary>It is confirmed, and undone by a transaction of its own.</summary>
    Revert,

    /// <summary>It is confirmed, and undone by its own script, by hand.</summary>
    ByHand,

    /// <summary>The process that carries it out is killed, and the guard undoes it.</summary>
    Guard,

    /// <summary>A step after all others fails.</summary>
    FailingStep,
}
