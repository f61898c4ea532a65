using XenVlan.Model;

namespace XenVlan.Paths.Watching;

/// <summary>The hops of a way with what was seen at each.</summary>
/// <param name="Hops">The hops, <see cref="PathHop.Seen"/> set where they were watched.</param>
/// <param name="Last">The place in <paramref name="Hops"/> of the last that saw the frame, from 0; -1 for none.</param>
/// <param name="FirstMissing">The place of the first after it that was watched and did not see it; -1 for none.</param>
internal sealed record PathTrace(IReadOnlyList<PathHop> Hops, int Last, int FirstMissing)
{
    /// <summary>The last hop that saw the frame; null for none.</summary>
    public PathHop? LastSeen => Last < 0 ? null : Hops[Last];

    /// <summary>The first hop after it that did not; null for none.</summary>
    public PathHop? FirstMissed => FirstMissing < 0 ? null : Hops[FirstMissing];

    /// <summary>The wire between the two, where they are on different hosts; null else.</summary>
    public PathHop? WireBetween =>
        Last < 0 || FirstMissing < 0 ? null : Hops.Skip(Last).Take(FirstMissing - Last).FirstOrDefault(h => h.IsWire);

    /// <summary>Follows requests.</summary>
    /// <param name="hops">Their way.</param>
    /// <param name="seen">What was seen.</param>
    /// <param name="kind">The kind of probe; null for any.</param>
    public static PathTrace OfRequests(IReadOnlyList<PathHop> hops, WatchReport seen, PathProbeKind? kind = null) =>
        Follow(hops, seen, kind, p => p.SawRequest(kind));

    /// <summary>Follows answers.</summary>
    /// <param name="hops">Their way.</param>
    /// <param name="seen">What was seen.</param>
    /// <param name="kind">The kind of probe; null for any.</param>
    public static PathTrace OfAnswers(IReadOnlyList<PathHop> hops, WatchReport seen, PathProbeKind? kind = null) =>
        Follow(hops, seen, kind, p => p.SawAnswer(kind));

    /// <summary>A hop as a place.</summary>
    /// <returns>Such as <c>a/eth1</c>.</returns>
    public static string Place(PathHop hop) => hop.IsWire ? hop.Interface : $"{hop.HostName}/{hop.Interface}";

    // Counters and forwarding tables know frames, not what is in them.
    private static PathTrace Follow(IReadOnlyList<PathHop> hops, WatchReport seen, PathProbeKind? kind, Func<WatchedPlace, bool> saw)
    {
        var marked = hops.Select(h =>
                seen.At(h.HostName, h.Interface) is { } place && (kind is null || place.Means is Evidence.Capture)
                    ? h with
                    {
                        Seen = saw(place),
                    }
                    : h
            )
            .ToList();
        var last = marked.FindLastIndex(h => h.Seen == true);
        var missing = last < 0 ? -1 : marked.FindIndex(last + 1, h => h.Seen == false);
        return new PathTrace(marked, last, missing);
    }
}
