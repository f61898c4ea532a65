using System.Net;
using XenVlan.Model;

namespace XenVlan.Paths;

/// <summary>Puts prediction and observation into one result, and says why.</summary>
internal sealed class PathVerdict(PathRequest request, PathPoint source, PathPoint? target, IPAddress address, int size, PathPrediction? prediction)
{
    private XenVlanPathResult Base => new()
    {
        HostName = source.Host.HostName,
        Title = request.Title,
        Source = source.ToString(),
        Target = target is null ? address.ToString() : $"{target} ({address})",
        VlanId = source.Interface.Vlan?.Id,
        TcpPort = request.TcpPort,
        Expected = request.Expected,
        Hops = prediction?.Forward.Hops ?? [],
        AnswerHops = prediction?.Back.Hops ?? [],
    };

    /// <summary>The result when nothing is sent.</summary>
    /// <returns>What is predicted.</returns>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.EndpointNotFound"/>: the target is no interface that was read.</exception>
    public XenVlanPathResult FromPrediction()
    {
        if (prediction is null)
            throw new XenVlanException(ErrorIds.EndpointNotFound, $"No host that was read has the address {address}, so nothing can be predicted. Name the host too.");

        var reachable = prediction.Reachable ?? false;
        var result = Base with { Reachable = reachable, Mtu = reachable ? size : null };
        if (prediction.Reachable is null)
            return Judge(result with { Reason = PathReason.NoAnswer, Explanation = Uncertain(), Reachable = false });
        return Judge(reachable ? result with { Explanation = $"Packets of {size} bytes are predicted to arrive and to be answered." } : Obstacle(result));
    }

    /// <summary>The result after probing.</summary>
    /// <param name="report">What came of the probes.</param>
    /// <param name="seen">What was seen on the hops, where they were watched.</param>
    /// <returns>What was found.</returns>
    public XenVlanPathResult FromProbes(ProbeReport report, WatchReport? seen)
    {
        var probes = report.Probes;
        var reachable = report.IsAnswered;
        var full = report.Of(PathProbeKind.FullSizePing);
        var result = Base with
        {
            Probes = probes,
            Reachable = reachable,
            Mtu = report.LargestPassed,
            PredictionAgrees = prediction?.Reachable is { } predicted ? Agrees(predicted, reachable, full) : null,
        };

        if (probes is [var first, ..] && probes.All(p => p.Outcome is ProbeOutcome.NotChecked))
        {
            return Judge(result with
            {
                PredictionAgrees = null,
                Reason = PathReason.NotChecked,
                Explanation = $"Nothing could be tried from {source.Host.HostName}: {first.Detail}.",
            });
        }

        if (request.Expected is PathExpectation.Isolated)
            return Judge(Isolation(result));
        if (!reachable)
            return Judge(prediction?.Forward.Obstacle is null && seen is not null ? Watched(result, seen) : Obstacle(result));
        if (full is ProbeOutcome.Unanswered)
            return Judge(SizeProblem(result));
        if (report.Of(PathProbeKind.Udp) is ProbeOutcome.Unanswered || report.Of(PathProbeKind.UdpBack) is ProbeOutcome.Unanswered)
        {
            return Judge(result with
            {
                Reason = PathReason.BadChecksum,
                LostAt = Base.Target,
                Explanation = "ICMP passes, but a UDP datagram got no answer: its checksum did not arrive whole, or a packet filter drops UDP.",
                Fix = "Switch transmit checksum offload off at both ends: Set-XenDomainNic -TransmitChecksumOffload $false, and in the domain 'ethtool -K <nic> tx off'.",
            });
        }

        return Judge(report.Of(PathProbeKind.Tcp) switch
        {
            ProbeOutcome.Refused => result with { Reason = PathReason.NotListening, LostAt = Base.Target, Explanation = $"The path works, but nobody listens on port {request.TcpPort} of {address}.", Fix = "Start the service there, or let it listen on that address." },
            ProbeOutcome.Unanswered => result with { Reason = PathReason.NotListening, LostAt = Base.Target, Explanation = $"The path works, but a connection to port {request.TcpPort} of {address} is not answered: a packet filter may drop it.", Fix = "Check the packet filter of the target." },
            _ => result with { Explanation = $"Frames arrive and are answered{(result.Mtu is { } mtu ? $", up to packets of {mtu} bytes" : "")}." },
        });
    }

    /// <summary>The result for a service that must not answer there.</summary>
    /// <param name="probe">The attempt to connect.</param>
    /// <returns>What was found.</returns>
    public XenVlanPathResult FromService(PathProbe probe)
    {
        var answers = probe.Outcome is ProbeOutcome.Answered;
        var result = Base with { Probes = [probe], Reachable = answers };
        return Judge(answers
            ? result with { Reason = PathReason.NotIsolated, Explanation = $"Port {request.TcpPort} of {address} answers although it must not.", Fix = "Let the service listen on the address of its VLAN only." }
            : result with { Explanation = $"Port {request.TcpPort} of {address} does not answer{(probe.Outcome is ProbeOutcome.Refused ? ": nobody listens there" : "")}." });
    }

    private static bool Agrees(bool predicted, bool reachable, ProbeOutcome full) =>
        predicted == (reachable && full is not ProbeOutcome.Unanswered);

    private XenVlanPathResult Isolation(XenVlanPathResult result)
    {
        if (!result.Reachable)
            return result with { Explanation = prediction?.Forward.Obstacle is { } hop ? $"Nothing arrives: {hop.HostName}/{hop.Interface} {hop.Action}." : "Nothing arrives." };

        var elsewhere = prediction?.Forward.AlsoArrivesAt ?? [];
        return result with
        {
            Reason = PathReason.NotIsolated,
            Explanation = elsewhere.Count > 0
                ? $"{address} answers ARP although it must not: the request arrives at {string.Join(", ", elsewhere)} of {target!.Host.HostName}, and Linux answers for any of its addresses on any interface."
                : $"{address} answers ARP although it must not.",
            Fix = elsewhere.Count > 0 ? $"On {target!.Host.HostName}: sysctl -w net.ipv4.conf.all.arp_ignore=1" : "Look at the hops for where the two VLANs meet.",
        };
    }

    private XenVlanPathResult SizeProblem(XenVlanPathResult result)
    {
        var hop = prediction?.Forward.Obstacle ?? prediction?.Back.Obstacle;
        return result with
        {
            Reason = PathReason.MtuTooSmall,
            LostAt = hop is null ? null : $"{hop.HostName}/{hop.Interface}",
            Explanation = hop is { Reason: PathReason.MtuTooSmall }
                ? $"Small packets pass, packets of {size} bytes do not: {hop.HostName}/{hop.Interface} {hop.Action}."
                : $"Small packets pass, packets of {size} bytes do not: some device on the way, perhaps a switch, has no room for them and the tag of 4 bytes.",
            Fix = hop is null ? "Raise the MTU of the devices on the way, or lower it at both ends." : PathFix.For(hop, target),
        };
    }

    private XenVlanPathResult Obstacle(XenVlanPathResult result)
    {
        if (prediction is null)
            return result with { Reason = PathReason.NoAnswer, Explanation = $"{address} does not answer, and no host that was read has that address." };
        var (forward, back) = prediction;
        if (!forward.IsConnected)
            return result with { Reason = PathReason.NoConnection, LostAt = source.ToString(), Explanation = $"Nothing connects {source} and {target}: they share no bridge and no wire.", Fix = "Put both on bridges whose uplinks are connected." };
        if (forward.Obstacle is { } hop)
            return result with { Reason = hop.Reason, LostAt = $"{hop.HostName}/{hop.Interface}", Explanation = $"{hop.HostName}/{hop.Interface} {hop.Action}.", Fix = PathFix.For(hop, target) };
        if (back.Obstacle is { } returning)
            return result with { Reason = PathReason.AnswerLost, LostAt = $"{returning.HostName}/{returning.Interface}", Explanation = $"Frames arrive, but the answer is lost: {returning.HostName}/{returning.Interface} {returning.Action}.", Fix = PathFix.For(returning, source) };
        return result with { Reason = PathReason.NoAnswer, LostAt = null, Explanation = Uncertain() };
    }

    private string Uncertain()
    {
        var hop = prediction!.Forward.Hops.Concat(prediction.Back.Hops).FirstOrDefault(h => h.Verdict is HopVerdict.Unknown);
        return hop is null
            ? $"{address} does not answer, although nothing that was read stands in the way."
            : $"Nothing that was read stands in the way, but {hop.HostName} {hop.Interface} {hop.Action}.";
    }

    private XenVlanPathResult Watched(XenVlanPathResult result, WatchReport seen)
    {
        var trace = PathTrace.OfRequests(result.Hops, seen);
        result = result with { Hops = trace.Hops };
        if (trace.LastSeen is not { } lastSeen)
            return result with { Reason = PathReason.NoAnswer, Explanation = Uncertain() };
        var at = PathTrace.Place(lastSeen);
        if (trace.FirstMissed is not { } firstMissed)
        {
            var answer = PathTrace.OfAnswers(result.AnswerHops, seen);
            return result with
            {
                Reason = PathReason.AnswerLost,
                LostAt = answer.LastSeen is { } back ? PathTrace.Place(back) : at,
                Explanation = answer.LastSeen is { } seenBack
                    ? $"Requests were seen as far as {at}, and answers as far as {PathTrace.Place(seenBack)}, but none came back."
                    : $"Requests were seen as far as {at}, but no answer came back.",
            };
        }

        var wire = trace.WireBetween;
        var missing = PathTrace.Place(firstMissed);
        var tags = lastSeen.Tags.Count > 0 ? $" with VLAN {string.Join(' ', lastSeen.Tags)}" : " untagged";
        return wire is null
            ? result with { Reason = PathReason.NoAnswer, LostAt = $"{at} → {missing}", Explanation = $"Requests were seen at {at}, and never came to {missing}." }
            : result with
            {
                Reason = PathReason.LostOnWire,
                LostAt = wire.Interface,
                Explanation = $"Requests left {at}{tags} and never came to {missing}: the switch or cable between them drops them.",
                Fix = PathFix.For(wire with { Reason = PathReason.LostOnWire }, target),
            };
    }

    // An expectation that was not checked is not met: silence must not pass for isolation.
    private XenVlanPathResult Judge(XenVlanPathResult result) => request.Expected switch
    {
        not PathExpectation.None when Unchecked(result) is { } probe => result with
        {
            AsExpected = false,
            Reason = PathReason.NotChecked,
            Explanation = $"{probe.Kind} could not be tried from {source.Host.HostName}: {probe.Detail}.",
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
