using XenVlan.Model;
using XenVlan.Paths.Probing;

namespace XenVlan.Paths.Watching;

/// <summary>Writes into a result what was seen on its hops.</summary>
internal static class TraceAnnotator
{
    private static readonly PathProbeKind[] ByGrowingDemands = [PathProbeKind.FullSizePing, PathProbeKind.Udp, PathProbeKind.Tcp];

    /// <summary>Adds what was seen.</summary>
    /// <param name="result">The result.</param>
    /// <param name="report">What came of the probes.</param>
    /// <param name="seen">What was seen; null where nothing was watched.</param>
    /// <returns>
    /// The result with what each hop saw, where the frame was last, and where first not: of the kind of probe that was
    /// lost, where others passed. Where the request arrived, it is the answer's last and first.
    /// </returns>
    public static XenVlanPathResult Annotate(XenVlanPathResult result, ProbeReport report, WatchReport? seen)
    {
        if (seen is null)
            return result;
        var kind = LostKind(report);
        var there = PathTrace.OfRequests(result.Hops, seen, kind);
        var back = PathTrace.OfAnswers(result.AnswerHops, seen, kind);
        result = result with
        {
            Hops = there.Hops,
            AnswerHops = back.Hops,
            NotWatched = seen.NotWatched,
            LastSeenAt = At(there.LastSeen),
            FirstMissedAt = At(there.FirstMissed),
        };

        var isAnswerLost = there.Last >= 0 && there.FirstMissing < 0 && (kind is not null || !report.IsAnswered);
        if (!isAnswerLost || back.Hops.All(h => h.Seen is null))
            return result;
        return back.LastSeen is { } last
            ? result with
            {
                LastSeenAt = At(last),
                FirstMissedAt = At(back.FirstMissed),
            }
            : result with
            {
                FirstMissedAt = At(back.Hops.First(h => h.Seen is not null)),
            };
    }

    // Null for any kind: where nothing is answered, ARP is all there is.
    private static PathProbeKind? LostKind(ProbeReport report) =>
        report.IsAnswered
            ? ByGrowingDemands.Where(k => report.Of(k) is ProbeOutcome.Unanswered).Select(k => (PathProbeKind?)k).FirstOrDefault()
            : null;

    private static string? At(PathHop? hop) => hop is null ? null : PathTrace.Place(hop);
}
