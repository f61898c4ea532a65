namespace XenVlan.Model;

/// <summary>A change that was, or is being, made on a host.</summary>
public sealed record XenTransaction
{
    /// <summary>The host.</summary>
    public required string HostName { get; init; }

    /// <summary>Its name on the host: when it began (UTC), and a random part.</summary>
    public required string Id { get; init; }

    /// <summary>What became of it.</summary>
    public required TransactionState State { get; init; }

    /// <summary>Why, where there is a reason.</summary>
    public string? Reason { get; init; }

    /// <summary>The seconds left to confirm it; null unless it is armed.</summary>
    public int? SecondsLeft { get; init; }

    /// <summary>When it began, by the host's clock.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Who began it, and from where.</summary>
    public string By { get; init; } = "";

    /// <summary>What it does, in a few words.</summary>
    public string Title { get; init; } = "";

    /// <summary>Its steps and files, in words, in order.</summary>
    public IReadOnlyList<string> Plan { get; init; } = [];

    /// <summary>The transaction that it takes back; null where it is none that does.</summary>
    public string? Reverts { get; init; }
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
