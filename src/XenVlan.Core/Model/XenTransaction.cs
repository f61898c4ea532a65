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
