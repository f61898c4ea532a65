namespace XenVlan.Model;

/// <summary>A change that was, or is being, made on a host.</summary>
public sealed record XenTransaction : XenObject
{
    /// <summary>The host.</summary>
    public override string HostName { get; internal init; } = "";

    /// <summary>Its name on the host: when it began (UTC), and a random part.</summary>
    public string Id { get; internal init; } = "";

    /// <summary>What became of it.</summary>
    public TransactionState State { get; internal init; }

    /// <summary>Why it is being undone, was undone, or was left; null where it is none of these.</summary>
    public TransactionCause? Cause { get; internal init; }

    /// <summary>Why, in words, where there is a reason.</summary>
    public string? Reason { get; internal init; }

    /// <summary>The seconds left to confirm it; null unless it is armed.</summary>
    public int? SecondsLeft { get; internal init; }

    /// <summary>When it began, by the host's clock.</summary>
    public DateTimeOffset? StartedAt { get; internal init; }

    /// <summary>Who began it, and from where.</summary>
    public string By { get; internal init; } = "";

    /// <summary>What it does, in a few words.</summary>
    public string Title { get; internal init; } = "";

    /// <summary>Its steps and files, in words, in order.</summary>
    public IReadOnlyList<string> Plan { get; internal init; } = [];

    /// <summary>The transaction that it undoes; null where it is none that does.</summary>
    public string? Reverts { get; internal init; }

    /// <summary>The same, with how its host was reached.</summary>
    /// <param name="settings">How.</param>
    /// <returns>The transaction.</returns>
    public XenTransaction ReachedBy(SshSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return this with { Ssh = settings.IfSaid };
    }
}

/// <summary>What became of a transaction on a host.</summary>
public enum TransactionState
{
    /// <summary>It has begun, and no step has run yet.</summary>
    Begun,

    /// <summary>Its steps are being carried out.</summary>
    Running,

    /// <summary>All steps are done; the host undoes them unless it is confirmed in time.</summary>
    Armed,

    /// <summary>It was confirmed, and its files are being written.</summary>
    Persisting,

    /// <summary>It was confirmed, and stays.</summary>
    Confirmed,

    /// <summary>Its steps are being undone.</summary>
    Undoing,

    /// <summary>It was undone before it was confirmed.</summary>
    RolledBack,

    /// <summary>It was confirmed, and later undone by another transaction.</summary>
    Undone,

    /// <summary>Undoing it failed at some step: the host is in between, and its journal says where.</summary>
    Stuck,

    /// <summary>The host went down, or both of its processes were killed, before it came to an end.</summary>
    Interrupted,
}

/// <summary>Why a transaction is being undone, was undone, or was left.</summary>
public enum TransactionCause
{
    /// <summary>The host names no cause that is known here: an earlier version of XenVlan began it, or a later one.</summary>
    Unknown,

    /// <summary>Nobody confirmed it in time.</summary>
    Timeout,

    /// <summary>Somebody asked for it.</summary>
    Requested,

    /// <summary>Somebody ran the transaction's own script on the host.</summary>
    ByHand,

    /// <summary>The host told it to stop, as it does when it shuts down.</summary>
    Stopped,

    /// <summary>A step failed, or was ended at its limit.</summary>
    StepFailed,

    /// <summary>The process that carried it out was killed.</summary>
    Killed,

    /// <summary>Its journal could not be written.</summary>
    JournalFailed,

    /// <summary>One of its files could not be written, or was changed by somebody meanwhile.</summary>
    FileFailed,

    /// <summary>Nobody works on it any more, and it has not come to an end: it can still be undone.</summary>
    Abandoned,

    /// <summary>The host went down meanwhile; what became of it was found when it ran again.</summary>
    HostDown,

    /// <summary>It was confirmed, and another transaction reverted it.</summary>
    Reverted,
}
