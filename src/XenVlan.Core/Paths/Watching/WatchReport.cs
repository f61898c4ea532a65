using XenVlan.Model;

namespace XenVlan.Paths.Watching;

/// <summary>What was seen on the hops of a path while probes were sent.</summary>
/// <param name="Places">The interfaces that could be watched, whether or not they saw anything.</param>
/// <param name="NotWatched">Hosts that could not be watched, and why.</param>
internal sealed record WatchReport(IReadOnlyList<WatchedPlace> Places, IReadOnlyDictionary<string, string> NotWatched)
{
    /// <summary>What was seen at an interface.</summary>
    /// <returns>What was seen; null where it was not watched.</returns>
    public WatchedPlace? At(string host, string link) => Places.FirstOrDefault(p => p.HostName == host && p.Interface == link);
}

/// <summary>What was seen at an interface while probes were sent.</summary>
internal sealed record WatchedPlace(string HostName, string Interface, Evidence Means)
{
    /// <summary>The kinds of probe whose request was seen there.</summary>
    public IReadOnlySet<PathProbeKind> Requests { get; init; } = new HashSet<PathProbeKind>();

    /// <summary>The kinds of probe whose answer was seen there.</summary>
    public IReadOnlySet<PathProbeKind> Answers { get; init; } = new HashSet<PathProbeKind>();

    /// <summary>The tags requests had there, outermost first; null where none was seen, or its tags could not be.</summary>
    public IReadOnlyList<VlanTag>? Tags { get; init; }

    /// <summary>
    /// Whether a UDP request had a wrong checksum there. On the host that sends it, that is what checksum offload looks
    /// like before the NIC; elsewhere the checksum did not arrive whole.
    /// </summary>
    public bool HasBadChecksum { get; init; }

    /// <summary>Whether a request was seen there.</summary>
    /// <param name="kind">Of which kind; null for any.</param>
    public bool SawRequest(PathProbeKind? kind = null) => kind is { } one ? Requests.Contains(one) : Requests.Count > 0;

    /// <summary>Whether an answer was seen there.</summary>
    /// <param name="kind">Of which kind; null for any.</param>
    public bool SawAnswer(PathProbeKind? kind = null) => kind is { } one ? Answers.Contains(one) : Answers.Count > 0;
}

/// <summary>How an interface was watched.</summary>
internal enum Evidence
{
    /// <summary>A capture on it: each frame is known for what it is.</summary>
    Capture,

    /// <summary>Its counters before and after a burst: as many frames and bytes as were sent, or more.</summary>
    Counters,

    /// <summary>Its bridge's forwarding table: the source was learned there during the probes.</summary>
    ForwardingTable,
}
