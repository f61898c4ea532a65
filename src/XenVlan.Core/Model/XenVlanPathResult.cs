namespace XenVlan.Model;

/// <summary>Whether a VLAN gets from one place to another, as <c>Test-XenVlanPath</c> shows it.</summary>
public sealed record XenVlanPathResult
{
    /// <summary>The host the probes were sent from.</summary>
    public required string HostName { get; init; }

    /// <summary>What the path is for, where a document says so.</summary>
    public string? Title { get; init; }

    /// <summary>Where it begins: host and interface.</summary>
    public required string Source { get; init; }

    /// <summary>Where it ends: host, interface and address, as far as known.</summary>
    public required string Target { get; init; }

    /// <summary>The VLAN at the source; null for untagged.</summary>
    public VlanId? VlanId { get; init; }

    /// <summary>The TCP port at the target that is meant, 1 to 65535; null when the path is not about a service.</summary>
    public int? TcpPort { get; init; }

    /// <summary>
    /// Whether packets arrive and are answered: as observed, or as predicted where none was sent; null where that is not
    /// known. ARP alone is no packet.
    /// </summary>
    public bool? Reachable { get; init; }

    /// <summary>
    /// Whether it is proved that nothing arrives, not even ARP; false where something does, and null where neither is known.
    /// Both this and <see cref="Reachable"/> are false where ARP passes and packets are lost.
    /// </summary>
    public bool? Isolated { get; init; }

    /// <summary>The two in a word.</summary>
    public PathOutcome Outcome => (Reachable, Isolated) switch
    {
        (true, _) => Reason is PathReason.None or PathReason.NotListening or PathReason.NotIsolated or PathReason.NotChecked or PathReason.NotKnown
            or PathReason.DuplicateAddress or PathReason.DuplicateMac ? PathOutcome.Reachable : PathOutcome.PacketsLost,
        (_, true) => PathOutcome.Isolated,
        (false, false) => PathOutcome.PacketsLost,
        (false, null) => PathOutcome.NotReachable,
        (null, false) => PathOutcome.NotIsolated,
        _ => PathOutcome.NotKnown,
    };

    /// <summary>What was expected.</summary>
    public PathExpectation Expected { get; init; }

    /// <summary>Whether the expectation is met; null when nothing was expected.</summary>
    public bool? AsExpected { get; init; }

    /// <summary>The largest packet that was seen to pass, in bytes; null when none was sent or none passed.</summary>
    public int? Mtu { get; init; }

    /// <summary>The probes sent.</summary>
    public IReadOnlyList<PathProbe> Probes { get; init; } = [];

    /// <summary>The way of a frame from source to target.</summary>
    public IReadOnlyList<PathHop> Hops { get; init; } = [];

    /// <summary>The way of the answer, from target to source; empty where nothing is known of it.</summary>
    public IReadOnlyList<PathHop> AnswerHops { get; init; } = [];

    /// <summary>Hosts whose hops could not be watched, and why; empty where none was to be.</summary>
    public IReadOnlyDictionary<string, string> NotWatched { get; init; } = new Dictionary<string, string>();

    /// <summary>Where the frame ends, where it does not arrive.</summary>
    public string? LostAt { get; init; }

    /// <summary>The last place where the frame was seen, by captures or counters; null where none was made or none saw it.</summary>
    public string? LastSeenAt { get; init; }

    /// <summary>The first place on the way after <see cref="LastSeenAt"/> where it was not seen.</summary>
    public string? FirstMissedAt { get; init; }

    /// <summary>Why.</summary>
    public PathReason Reason { get; init; }

    /// <summary>The same in a sentence or two.</summary>
    public string Explanation { get; init; } = "";

    /// <summary>What would mend it; null where nothing is to be mended or nothing is known.</summary>
    public string? Fix { get; init; }

    /// <summary>Whether prediction and observation are the same; null when one of them is missing.</summary>
    public bool? PredictionAgrees { get; init; }
}
