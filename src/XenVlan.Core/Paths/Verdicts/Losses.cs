using XenVlan.Model;
using XenVlan.Paths.Filters;
using XenVlan.Paths.Forwarding;
using XenVlan.Paths.Probing;
using XenVlan.Paths.Watching;

namespace XenVlan.Paths.Verdicts;

/// <summary>Says why some probes are lost where others pass.</summary>
internal static class Losses
{
    /// <summary>What keeps probes from passing where the neighbour answers.</summary>
    /// <param name="path">The path.</param>
    /// <param name="report">What came of the probes.</param>
    /// <param name="seen">What was seen on the hops; null where nothing was watched.</param>
    /// <returns>The finding; null where nothing was lost.</returns>
    public static PathFinding? Find(PathCase path, ProbeReport report, WatchReport? seen)
    {
        if (report.Of(PathProbeKind.Ping) is ProbeOutcome.Unanswered)
            return Filtered(path, FrameKind.Icmp, null) ?? Seen(path, seen, PathProbeKind.Ping) ?? Silent(path);
        if (report.Of(PathProbeKind.FullSizePing) is ProbeOutcome.Unanswered)
            return TooLarge(path, report, seen);
        if (report.Of(PathProbeKind.Udp) is ProbeOutcome.Unanswered || report.Of(PathProbeKind.UdpBack) is ProbeOutcome.Unanswered)
            return Filtered(path, FrameKind.Udp, ProbeScript.UdpPort) ?? BadChecksum(path, seen);
        return report.Of(PathProbeKind.Tcp) switch
        {
            ProbeOutcome.Refused => new PathFinding(
                PathReason.NotListening,
                path.TargetName,
                $"The path works, but nobody listens on port {path.Port} of {path.Address}.",
                $"Start the service of port {path.Port} there, or let it listen on {path.Address}."),
            ProbeOutcome.Unanswered => Filtered(path, FrameKind.Tcp, path.Port) ?? new PathFinding(
                PathReason.NotListening,
                path.TargetName,
                $"The path works, but a connection to port {path.Port} of {path.Address} is not answered: a packet filter may drop it.",
                "Check the packet filter of the target."),
            _ => null,
        };
    }

    private static PathFinding? Filtered(PathCase path, FrameKind kind, int? port)
    {
        if (path.Of(kind, port) is not { } prediction)
            return null;
        if (prediction.Forward.Obstacle is { Reason: PathReason.Filtered } hop)
            return Obstacles.OfHop(path, hop, path.Target?.Point);
        if (prediction.Back.Obstacle is { Reason: PathReason.Filtered } back)
            return Obstacles.Answer(path, back);
        return path.Target is { IsBehind: false } target ? Own(path, target.Point, new FrameContent(kind, port, path.IsIPv6)) : null;
    }

    // The target's own packet filter.
    private static PathFinding? Own(PathCase path, PathPoint target, FrameContent content)
    {
        var (verdict, rule) = PacketFilters.JudgeOwn(target.Host, target.Interface.Name, isInput: true, content);
        return verdict is HopVerdict.Drops && rule is not null
            ? new PathFinding(PathReason.Filtered, path.TargetName, $"The packet filter of {target.Host.HostName} drops it: {rule}.", PathFix.On(target.Host.HostName, FilterFix.Delete(rule)))
            : null;
    }

    private static PathFinding? Seen(PathCase path, WatchReport? seen, PathProbeKind kind) =>
        seen is not null && path.Small is { } prediction ? Sightings.Find(path, prediction, seen, kind) : null;

    private static PathFinding Silent(PathCase path) => new(
        PathReason.NoAnswer,
        path.TargetName,
        $"{path.Address} answers for its Ethernet address, but not to ICMP: a packet filter may drop it, or its answer has no way back.",
        "Check the packet filter and the routes of the target.");

    private static PathFinding TooLarge(PathCase path, ProbeReport report, WatchReport? seen)
    {
        var passed = report.LargestPassed is { } largest ? $"Packets of {largest} bytes pass, packets of {path.Size} bytes do not" : $"Small packets pass, packets of {path.Size} bytes do not";
        var prediction = path.Full;
        var hop = prediction?.Forward.Obstacle ?? prediction?.Back.Obstacle;
        if (hop is { Reason: PathReason.MtuTooSmall })
        {
            var fix = new PathFix(path.Network).For(hop, path.Target?.Point, path.Size);
            return new PathFinding(PathReason.MtuTooSmall, PathTrace.Place(hop), $"{passed}: {PathTrace.Place(hop)} {hop.Action}.", fix);
        }

        // Nothing that was read is too small, so it is what cannot be read: seen by captures, or the only wire there is.
        var trace = seen is null || prediction is null ? null : PathTrace.OfRequests(prediction.Forward.Hops, seen, PathProbeKind.FullSizePing);
        var back = seen is null || prediction is null ? null : PathTrace.OfAnswers(prediction.Back.Hops, seen, PathProbeKind.FullSizePing);
        var wires = prediction?.Forward.Hops.Where(h => string.Equals(h.HostName, WireHop.HostName, StringComparison.Ordinal)).ToList() ?? [];
        var lost = trace?.WireBetween ?? trace?.FirstMissed ?? back?.WireBetween ?? back?.FirstMissed ?? (wires.Count == 1 ? wires[0] : null);
        if (lost is null)
        {
            return new PathFinding(
                PathReason.MtuTooSmall,
                null,
                $"{passed}: some device on the way, perhaps a switch, has no room for them and the tag of 4 bytes.",
                "Raise the MTU of the devices on the way, or lower it at both ends.");
        }

        return new PathFinding(
            PathReason.MtuTooSmall,
            PathTrace.Place(lost),
            $"{passed}: they are lost at {PathTrace.Place(lost)}, where a switch may have no room for them and the tag of 4 bytes.",
            new PathFix(path.Network).For(lost with { Reason = PathReason.MtuTooSmall }, path.Target?.Point, path.Size));
    }

    private static PathFinding BadChecksum(PathCase path, WatchReport? seen)
    {
        var hops = path.Small?.Forward.Hops ?? [];
        var wire = hops.ToList().FindLastIndex(h => string.Equals(h.HostName, WireHop.HostName, StringComparison.Ordinal));
        var bad = seen is null ? null : hops.Skip(wire + 1).FirstOrDefault(h => seen.At(h.HostName, h.Interface) is { HasBadChecksum: true });
        var said = $"ICMP passes, but a UDP datagram got no answer: {(bad is null ? "its checksum did not arrive whole, or a packet filter drops UDP" : $"at {PathTrace.Place(bad)} its checksum was wrong")}.";

        // A rule that writes checksums is more to the point than offloads.
        foreach (var host in path.Network.Hosts.Where(h => hops.Any(p => string.Equals(p.HostName, h.HostName, StringComparison.Ordinal))))
        {
            if (PacketFilters.Spoiler(host) is { } rule)
                return new PathFinding(PathReason.BadChecksum, bad is null ? path.TargetName : PathTrace.Place(bad), $"{said} {host.HostName} has a rule that writes checksums: {rule}.", PathFix.On(host.HostName, FilterFix.Delete(rule)));
        }

        if (seen is not null && bad is null && Seen(path, seen, PathProbeKind.Udp) is { Reason: not PathReason.AnswerLost } lost)
            return lost;
        return new PathFinding(
            PathReason.BadChecksum,
            bad is null ? path.TargetName : PathTrace.Place(bad),
            said,
            $"Switch transmit checksum offload off at both ends: {Offload(path)}in the domain 'ethtool -K <nic> tx off'.");
    }

    private static string Offload(PathCase path)
    {
        var vif = path.Small?.Forward.Hops.Select(h => path.Network.Find(h.HostName, h.Interface)).FirstOrDefault(p => p?.Interface.Vif is not null);
        return (vif is null ? null : PathFix.SetNic(vif, "-TransmitChecksumOffload $false")) is { } command ? command + ", and " : "";
    }
}
