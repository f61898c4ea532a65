using XenVlan.Model;
using XenVlan.Paths.Ends;
using XenVlan.Paths.Probing;
using XenVlan.Paths.Watching;

namespace XenVlan.Paths.Diagnosis;

/// <summary>Says what it proves that nothing answers.</summary>
internal sealed class SilenceDiagnosis(PathRequest request, PathUnderTest path)
{
    /// <summary>
    /// Whether the target was seen to be up, so that it would have answered: an interface of a host that was read, or a
    /// stand-in.
    /// </summary>
    public bool IsTargetUp =>
        path.Target switch
        {
            { IsBehind: false } target => target.Point.Interface.IsUp
                && target.Point.Host.Interfaces.Any(i => i.Addresses.Any(a => a.Address.Equals(path.Address))),
            { IsBehind: true } => request.To is { Nic: not null, Address: null },
            null => false,
        };

    /// <summary>What is missing where that was not seen, as the rest of a sentence.</summary>
    public string NotSeenUp =>
        path.Target is { IsBehind: true } or null
            ? $"that {path.Address} is up was not seen, so silence proves nothing. Read the host or domain that has it, by naming it, "
                + $"or test with an address that answers."
            : $"{path.TargetName} is not up or has not the address {path.Address}, so silence proves nothing.";

    /// <summary>Whether the probes prove that nothing arrives.</summary>
    /// <param name="report">What came of them.</param>
    /// <param name="seen">What was seen on the hops; null where nothing was watched.</param>
    /// <param name="forecast">What the model says; null where the target is not known.</param>
    /// <returns>Whether nothing arrives; null where that is not known.</returns>
    public bool? Proves(ProbeReport report, WatchReport? seen, PathForecast? forecast)
    {
        if (report.IsAnswered)
            return false;
        if (report.Of(PathProbeKind.Arp) is not ProbeOutcome.Unanswered)
            return null;
        if (Came(seen) is { } came)
            return !came;
        if (forecast is null)
            return null;
        return forecast.Isolated switch
        {
            true => true,
            false when forecast.Question is { Arrives: true, Reachable: false } => false,
            _ => IsTargetUp && Contradiction(forecast) is null ? true : null,
        };
    }

    /// <summary>Why nothing is proved, as the rest of a sentence.</summary>
    /// <param name="forecast">What the model says; null where the target is not known.</param>
    public string Doubt(PathForecast? forecast) =>
        IsTargetUp && forecast is not null && Contradiction(forecast) is { } why ? why : NotSeenUp;

    // Whether requests were seen at the end of the way; null where it was not watched, or they were seen nowhere.
    private bool? Came(WatchReport? seen)
    {
        if (seen is null || path.Small?.Forward.Hops is not { Count: > 0 } hops)
            return null;
        var end = hops[^1];
        var isWatched = seen.At(end.HostName, end.Interface) is { Means: Evidence.Capture };
        var trace = PathTrace.OfRequests(hops, seen);
        return !isWatched || trace.LastSeen is null ? null : trace.Hops[^1].Seen;
    }

    private static string? Contradiction(PathForecast forecast) =>
        forecast switch
        {
            { Question.Reachable: true } =>
                "by how the hosts are set up it should be answered: something that was not read keeps it from being so, and whether it "
                    + "keeps everything is not known. Test with -Trace.",
            { Question.Reachable: false, PacketsArrive: not false } =>
                "only ARP or neighbour discovery is kept back by what was read: packets may arrive from whoever knows the Ethernet "
                    + "address.",
            _ => null,
        };
}
