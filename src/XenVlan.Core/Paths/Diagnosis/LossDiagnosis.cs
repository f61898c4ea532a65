using XenVlan.Model;
using XenVlan.Paths.Filters;
using XenVlan.Paths.Forwarding;
using XenVlan.Paths.Probing;
using XenVlan.Paths.Watching;

namespace XenVlan.Paths.Diagnosis;

/// <summary>Says why some probes are lost where others pass.</summary>
/// <param name="path">The path.</param>
/// <param name="forecast">What the model says of each kind of packet; null where the target is not known.</param>
/// <param name="report">What came of the probes.</param>
/// <param name="seen">What was seen on the hops; null where nothing was watched.</param>
internal sealed class LossDiagnosis(PathUnderTest path, PathForecast? forecast, ProbeReport report, WatchReport? seen)
{
    /// <summary>What keeps probes from passing where the neighbour answers.</summary>
    /// <returns>The finding; null where nothing was lost.</returns>
    public PathDiagnosis? Find()
    {
        if (report.Of(PathProbeKind.Ping) is ProbeOutcome.Unanswered)
            return Filtered(PathProbeKind.Ping) ?? Seen(PathProbeKind.Ping) ?? Silent();
        if (report.Of(PathProbeKind.FullSizePing) is ProbeOutcome.Unanswered)
            return Filtered(PathProbeKind.FullSizePing) ?? TooLarge();
        if (report.Of(PathProbeKind.Udp) is ProbeOutcome.Unanswered)
            return Filtered(PathProbeKind.Udp) ?? BadChecksum(PathProbeKind.Udp);
        if (report.Of(PathProbeKind.UdpBack) is ProbeOutcome.Unanswered)
            return Filtered(PathProbeKind.UdpBack) ?? BadChecksum(PathProbeKind.UdpBack);
        return report.Of(PathProbeKind.Tcp) switch
        {
            ProbeOutcome.Refused => new PathDiagnosis(
                PathReason.NotListening,
                path.TargetName,
                $"The path works, but nobody listens on port {path.Port} of {path.Address}.",
                $"Start the service of port {path.Port ?? 0} there, or let it listen on {path.Address}."
            ),
            ProbeOutcome.Unanswered => Filtered(PathProbeKind.Tcp)
                ?? new PathDiagnosis(
                    PathReason.NotListening,
                    path.TargetName,
                    $"The path works, but a connection to port {path.Port} of {path.Address} is not answered: "
                        + $"{MayDrop(PathProbeKind.Tcp) ?? "a packet filter may drop it"}.",
                    $"Check the packet filter of the target."
                )
                {
                    IsSupposed = true,
                },
            _ => null,
        };
    }

    // A packet filter that drops it; or that may, where it was seen before and not behind.
    private PathDiagnosis? Filtered(PathProbeKind kind)
    {
        if (forecast?.Of(kind) is not { } packet)
            return null;
        var (there, back) = (packet.Way.Forward, packet.Way.Back);
        var isOurs = kind is not PathProbeKind.UdpBack && seen is not null;
        var requests = isOurs ? PathTrace.OfRequests(there.Hops, seen!, kind) : null;
        var answers = isOurs ? PathTrace.OfAnswers(back.Hops, seen!, kind) : null;
        if ((Stops(there, requests) || (there.Obstacle is null && Stops(back, answers))) && forecast.Obstacle(packet) is { } found)
            return found;
        return CaptureDiagnosis.Dropped(path, requests, packet.Content) ?? CaptureDiagnosis.Dropped(path, answers, packet.Content.Answer());
    }

    // An obstacle beyond which it was seen is none.
    private static bool Stops(WalkResult way, PathTrace? trace) =>
        way.Obstacle is { Reason: PathReason.Filtered } hop && (trace is null || trace.Last <= way.Hops.ToList().IndexOf(hop));

    private PathDiagnosis? Seen(PathProbeKind kind) =>
        seen is not null && forecast?.Of(kind) is { } packet ? CaptureDiagnosis.Find(path, packet.Way, seen, kind) : null;

    // What may drop it, of all that was read, as the rest of a sentence.
    private string? MayDrop(PathProbeKind kind) =>
        forecast?.Of(kind)?.Way.Hops.FirstOrDefault(h => h.Verdict is HopVerdict.Unknown) is { } hop
            ? $"{PathTrace.Place(hop)} {hop.Action}"
            : null;

    private PathDiagnosis Silent() =>
        new(
            PathReason.NoAnswer,
            path.TargetName,
            $"{path.Address} answers for its Ethernet address, but not to ICMP: "
                + $"{MayDrop(PathProbeKind.Ping) ?? "a packet filter may drop it"}, or its answer has no way back.",
            $"Check the packet filter and the routes of the target."
        );

    private PathDiagnosis TooLarge()
    {
        var passed = report.LargestPassed is { } largest
            ? $"Packets of {largest} bytes pass, packets of {path.Size} bytes do not"
            : $"Small packets pass, packets of {path.Size} bytes do not";
        var prediction = path.Full;
        var hop = prediction?.Forward.Obstacle ?? prediction?.Back.Obstacle;
        if (hop is { Reason: PathReason.MtuTooSmall })
        {
            var fix = new PathFix(path.Network).For(hop, path.Target?.Point, path.Size);
            return new PathDiagnosis(PathReason.MtuTooSmall, PathTrace.Place(hop), $"{passed}: {PathTrace.Place(hop)} {hop.Action}.", fix);
        }

        // Nothing that was read is too small, so it is what cannot be read: seen by captures, or the only wire there is.
        // A size up to which all passes speaks for it.
        var isSupposed = report.LargestPassed is null;
        var trace =
            seen is null || prediction is null ? null : PathTrace.OfRequests(prediction.Forward.Hops, seen, PathProbeKind.FullSizePing);
        var back = seen is null || prediction is null ? null : PathTrace.OfAnswers(prediction.Back.Hops, seen, PathProbeKind.FullSizePing);
        var wires = prediction?.Forward.Hops.Where(h => h.IsWire).ToList() ?? [];
        var lost =
            trace?.WireBetween ?? trace?.FirstMissed ?? back?.WireBetween ?? back?.FirstMissed ?? (wires.Count == 1 ? wires[0] : null);
        if (lost is null)
        {
            return new PathDiagnosis(
                PathReason.MtuTooSmall,
                null,
                $"{passed}: some device on the way, perhaps a switch, has no room for them and the tag of 4 bytes.",
                $"Raise the MTU of the devices on the way, or lower it at both ends."
            )
            {
                IsSupposed = isSupposed,
            };
        }

        return new PathDiagnosis(
            PathReason.MtuTooSmall,
            PathTrace.Place(lost),
            $"{passed}: they are lost at {PathTrace.Place(lost)}, where a switch may have no room for them and the tag of 4 bytes.",
            new PathFix(path.Network).For(lost with { Reason = PathReason.MtuTooSmall }, path.Target?.Point, path.Size)
        )
        {
            IsSupposed = isSupposed,
        };
    }

    private PathDiagnosis BadChecksum(PathProbeKind kind)
    {
        var hops = path.Small?.Forward.Hops ?? [];
        var wire = hops.ToList().FindLastIndex(h => h.IsWire);
        var bad = seen is null
            ? null
            : hops.Skip(wire + 1).FirstOrDefault(h => seen.At(h.HostName, h.Interface) is { HasBadChecksum: true });
        var why = bad is null
            ? $"its checksum did not arrive whole, or {MayDrop(kind) ?? "a packet filter drops UDP"}"
            : $"at {PathTrace.Place(bad)} its checksum was wrong";
        var said = $"ICMP passes, but a UDP datagram got no answer: {why}.";

        // A rule that writes checksums is more to the point than offloads.
        foreach (var host in path.Network.Hosts.Where(h => hops.Any(p => p.HostName == h.HostName)))
        {
            if (PacketFilters.Spoiler(host) is { } rule)
                return new PathDiagnosis(
                    PathReason.BadChecksum,
                    bad is null ? path.TargetName : PathTrace.Place(bad),
                    $"{said} {host.HostName} has a rule that writes checksums: {rule}.",
                    PathFix.On(host.HostName, FilterFix.Delete(rule))
                );
        }

        if (seen is not null && bad is null && kind is PathProbeKind.Udp && Seen(kind) is { Reason: not PathReason.AnswerLost } lost)
            return lost;
        return new PathDiagnosis(
            PathReason.BadChecksum,
            bad is null ? path.TargetName : PathTrace.Place(bad),
            said,
            $"Switch transmit checksum offload off at both ends: {Offload()}in the domain 'ethtool -K <nic> tx off'."
        )
        {
            IsSupposed = bad is null,
        };
    }

    private Message Offload()
    {
        var vif = path
            .Small?.Forward.Hops.Select(h => path.Network.Find(h.HostName, h.Interface))
            .FirstOrDefault(p => p?.Interface.Vif is not null);
        return (vif is null ? null : PathFix.SetNic(vif, nic => nic with { TransmitChecksum = false })) is { } remedy
            ? Message.Of($"{remedy}, and ")
            : Message.Of($"");
    }
}
