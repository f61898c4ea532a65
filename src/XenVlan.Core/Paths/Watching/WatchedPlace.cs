using XenVlan.Model;

namespace XenVlan.Paths.Watching;

/// <summary>What was seen at an interface while probes were sent.</summary>
/// <param name="HostName">Its host.</param>
/// <param name="Interface">Its name.</param>
/// <param name="Means">How it was watched.</param>
internal sealed record WatchedPlace(string HostName, string Interface, WatchMeans Means)
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
    /// <returns>Whether it was.</returns>
    public bool SawRequest(PathProbeKind? kind = null) => kind is { } one ? Requests.Contains(one) : Requests.Count > 0;

    /// <summary>Whether an answer was seen there.</summary>
    /// <param name="kind">Of which kind; null for any.</param>
    /// <returns>Whether it was.</returns>
    public bool SawAnswer(PathProbeKind? kind = null) => kind is { } one ? Answers.Contains(one) : Answers.Count > 0;
}
