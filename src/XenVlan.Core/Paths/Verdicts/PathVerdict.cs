using XenVlan.Model;
using XenVlan.Paths.Probing;
using XenVlan.Paths.Watching;

namespace XenVlan.Paths.Verdicts;

/// <summary>Puts prediction and observation into one result, and says why.</summary>
/// <param name="request">What was asked.</param>
/// <param name="path">The path.</param>
internal sealed class PathVerdict(PathRequest request, PathCase path)
{
    private XenVlanPathResult Base
    {
        get
        {
            // Where small packets pass, the way of large ones tells more.
            var prediction = path.Small?.Reachable is false ? path.Small : path.Full;
            return new XenVlanPathResult
            {
                HostName = path.Source.Point.Host.HostName,
                Title = request.Title,
                Source = path.Source.ToString(),
                Target = path.Target is null ? path.Address.ToString() : $"{path.Target} ({path.Address})",
                VlanId = path.Source.IsBehind ? path.Source.Tag?.Vlan : path.Source.Point.Interface.Vlan?.Id,
                TcpPort = request.TcpPort,
                Expected = request.Expected,
                Hops = prediction?.Forward.Hops ?? [],
                AnswerHops = prediction?.Back.Hops ?? [],
            };
        }
    }

    /// <summary>The result when nothing is sent.</summary>
    /// <returns>What is predicted.</returns>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.EndpointNotFound"/>: the target is no interface that was read.</exception>
    public XenVlanPathResult FromPrediction()
    {
        if (path is not { Small: { } small, Full: { } full })
            throw new XenVlanException(ErrorIds.EndpointNotFound, $"No host that was read has the address {path.Address}, so nothing can be predicted. Name the host too.");

        var result = Base with { Reachable = small.Reachable ?? false };
        if (Duplicates.Held(path) is { } twice)
            return Judge(twice.Into(result));
        if (small.Reachable is false)
            return Judge((Obstacles.Find(path, small) ?? NoAnswer()).Into(result));
        if (small.Reachable is null)
            return Judge(NoAnswer().Into(result));
        if (full.Reachable is false && Obstacles.Find(path, full) is { } size)
            return Judge(size.Into(result with { Mtu = Smaller(full.Forward.Room, full.Back.Room) }));
        return Judge(result with { Mtu = path.Size, Explanation = $"Packets of {path.Size} bytes are predicted to arrive and to be answered." });
    }

    /// <summary>The result after probing.</summary>
    /// <param name="report">What came of the probes.</param>
    /// <param name="seen">What was seen on the hops, where they were watched.</param>
    /// <returns>What was found.</returns>
    public XenVlanPathResult FromProbes(ProbeReport report, WatchReport? seen)
    {
        var result = Base with
        {
            Probes = report.Probes,
            Reachable = report.IsAnswered,
            Mtu = report.LargestPassed,
            PredictionAgrees = Agrees(report),
        };
        if (report.Probes is [var first, ..] && report.Probes.All(p => p.Outcome is ProbeOutcome.NotChecked))
        {
            return Judge(result with
            {
                PredictionAgrees = null,
                Reason = PathReason.NotChecked,
                Explanation = $"Nothing could be tried from {path.Source.Point.Host.HostName}: {first.Detail}.",
            });
        }

        if (request.Expected is PathExpectation.Isolated)
            return Judge(Isolation(result));
        return Judge(Why(report, seen) is { } finding
            ? finding.Into(result)
            : result with { Explanation = $"Frames arrive and are answered{(result.Mtu is { } mtu ? $", up to packets of {mtu} bytes" : "")}." });
    }

    /// <summary>The result for a service that must not answer there.</summary>
    /// <param name="probe">The attempt to connect.</param>
    /// <returns>What was found.</returns>
    public XenVlanPathResult FromService(PathProbe probe)
    {
        var answers = probe.Outcome is ProbeOutcome.Answered;
        var result = Base with { Probes = [probe], Reachable = answers };
        return Judge(answers
            ? result with { Reason = PathReason.NotIsolated, Explanation = $"Port {request.TcpPort} of {path.Address} answers although it must not.", Fix = "Let the service listen on the address of its VLAN only." }
            : result with { Explanation = $"Port {request.TcpPort} of {path.Address} does not answer{(probe.Outcome is ProbeOutcome.Refused ? ": nobody listens there" : "")}." });
    }

    private static int? Smaller(int? one, int? other) => one is { } a && other is { } b ? Math.Min(a, b) : one ?? other;

    private bool? Agrees(ProbeReport report)
    {
        if (path.Small?.Reachable is not { } predicted)
            return null;
        if (!predicted && report.IsRemembered)
            return true;
        if (predicted != report.IsAnswered)
            return false;
        if (!predicted || path.Full?.Reachable is not { } full)
            return true;
        return report.Of(PathProbeKind.FullSizePing) switch
        {
            ProbeOutcome.Answered => full,
            ProbeOutcome.Unanswered => !full,
            _ => true,
        };
    }

    private PathFinding? Why(ProbeReport report, WatchReport? seen)
    {
        if (Duplicates.Answering(path, report) is { } twice)
            return twice;
        if (report.IsAnswered)
            return Remembered(report, seen) ?? (Losses.Find(path, report, seen) is { } loss ? Duplicates.OfMac(path) ?? BondModes.Instead(path, loss, seen) ?? loss : null);
        if (Duplicates.Held(path) is { } held)
            return held;
        if (Duplicates.OfMac(path) is { } mac)
            return mac;
        if (path.Small is not { } prediction)
            return new PathFinding(PathReason.NoAnswer, null, $"{path.Address} does not answer, and no host that was read has that address.", $"See whether the machine with {path.Address} is on, and has the address.");

        // What was seen to pass an obstacle was not stopped by it.
        var trace = seen is null ? null : PathTrace.OfRequests(prediction.Forward.Hops, seen);
        var obstacle = prediction.Forward.Obstacle is { } hop ? prediction.Forward.Hops.ToList().IndexOf(hop) : -1;
        var isPassed = trace is not null && obstacle >= 0 && trace.Last > obstacle;
        var found = (isPassed ? null : Obstacles.Find(path, prediction))
            ?? (seen is null ? null : Sightings.Find(path, prediction, seen))
            ?? NoAnswer();
        return BondModes.Instead(path, found, seen) ?? found;
    }

    // Questions for an Ethernet address go to everybody, and may be lost where frames to somebody known pass.
    private PathFinding? Remembered(ProbeReport report, WatchReport? seen)
    {
        if (!report.IsRemembered || path.Small is not { } prediction)
            return null;
        var finding = prediction.Reachable is false ? Obstacles.Find(path, prediction)
            : seen is null ? null
            : Sightings.Find(path, prediction, seen, PathProbeKind.Arp);
        return finding is null or { Reason: PathReason.DomainSilent }
            ? null
            : finding with { Explanation = $"{finding.Explanation} Packets still pass, but only until the two ends have to ask for each other's Ethernet address again." };
    }

    private XenVlanPathResult Isolation(XenVlanPathResult result)
    {
        if (!result.Reachable)
            return result with { Explanation = path.Small?.Forward.Obstacle is { } hop ? $"Nothing arrives: {PathTrace.Place(hop)} {hop.Action}." : "Nothing arrives." };

        var elsewhere = path.Small?.Forward.AlsoArrivesAt ?? [];
        var host = path.Target?.Point.Host.HostName;
        return result with
        {
            Reason = PathReason.NotIsolated,
            Explanation = elsewhere.Count > 0
                ? $"{path.Address} answers ARP although it must not: the request arrives at {string.Join(", ", elsewhere)} of {host}, and Linux answers for any of its addresses on any interface."
                : $"{path.Address} answers ARP although it must not.",
            Fix = elsewhere.Count > 0 ? $"On {host}: sysctl -w net.ipv4.conf.all.arp_ignore=1" : "Look at the hops for where the two VLANs meet.",
        };
    }

    private PathFinding NoAnswer()
    {
        var hop = path.Small is { } small ? small.Forward.Hops.Concat(small.Back.Hops).FirstOrDefault(h => h.Verdict is HopVerdict.Unknown) : null;
        return new PathFinding(
            PathReason.NoAnswer,
            null,
            hop is null
                ? $"{path.Address} does not answer, although nothing that was read stands in the way."
                : $"Nothing that was read stands in the way, but {PathTrace.Place(hop)} {hop.Action}.",
            null);
    }

    // An expectation that was not checked is not met: silence must not pass for isolation.
    private XenVlanPathResult Judge(XenVlanPathResult result) => request.Expected switch
    {
        not PathExpectation.None when Unchecked(result) is { } probe => result with
        {
            AsExpected = false,
            Reason = PathReason.NotChecked,
            Explanation = $"{probe.Kind} could not be tried from {path.Source.Point.Host.HostName}: {probe.Detail}.",
        },
        PathExpectation.Reachable => result with { AsExpected = result.Reachable && result.Reason is PathReason.None },
        PathExpectation.Isolated => result with { AsExpected = result.Isolated && result.Reason is not PathReason.NotChecked },
        _ => result,
    };

    private PathProbe? Unchecked(XenVlanPathResult result) => result.Reason is not PathReason.None ? null : request switch
    {
        { TcpPort: not null } => result.Probes.FirstOrDefault(p => p is { Kind: PathProbeKind.Tcp, Outcome: ProbeOutcome.NotChecked }),
        { Expected: PathExpectation.Isolated } => result.Probes.FirstOrDefault(p => p is { Kind: PathProbeKind.Arp, Outcome: ProbeOutcome.NotChecked }),
        _ => null,
    };
}
