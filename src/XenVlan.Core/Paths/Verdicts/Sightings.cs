using XenVlan.Model;
using XenVlan.Paths.Forwarding;
using XenVlan.Paths.Watching;

namespace XenVlan.Paths.Verdicts;

/// <summary>Says in a finding what captures and counters saw.</summary>
internal static class Sightings
{
    /// <summary>What becomes of a kind of probe.</summary>
    /// <param name="path">The path.</param>
    /// <param name="prediction">The ways that were watched.</param>
    /// <param name="seen">What was seen there.</param>
    /// <param name="kind">The kind of probe; null for any.</param>
    /// <returns>The finding; null where nothing was seen at all.</returns>
    public static PathFinding? Find(PathCase path, PathPrediction prediction, WatchReport seen, PathProbeKind? kind = null)
    {
        var trace = PathTrace.OfRequests(prediction.Forward.Hops, seen, kind);
        if (OtherTag(trace, seen) is { } other)
            return other;
        if (trace.LastSeen is not { } last)
            return null;
        if (trace.FirstMissed is { } missed)
            return trace.WireBetween is { } wire ? OnWire(path, trace, wire, last, missed) : InHost(path, trace, last, missed);
        return Silent(path, trace) ?? NotAnswered(path, prediction, seen, last, kind);
    }

    // Frames come out of the wire with other tags than they left with.
    private static PathFinding? OtherTag(PathTrace trace, WatchReport seen)
    {
        for (var i = 0; i + 1 < trace.Hops.Count; i++)
        {
            var (wire, next) = (trace.Hops[i], trace.Hops[i + 1]);
            if (!IsWire(wire) || seen.At(next.HostName, next.Interface)?.Tags is not { } tags || tags.SequenceEqual(next.Tags))
                continue;
            return new PathFinding(
                PathReason.NativeVlanMismatch,
                wire.Interface,
                $"Frames leave {(i > 0 ? PathTrace.Place(trace.Hops[i - 1]) : "the other end")} {Said(wire.Tags)} and come to {PathTrace.Place(next)} {Said(tags)}: the switch ports at both ends have different native VLANs.",
                $"Give the switch ports at both ends of {wire.Interface} the same native VLAN.");
        }

        return null;
    }

    private static PathFinding OnWire(PathCase path, PathTrace trace, PathHop wire, PathHop last, PathHop missed)
    {
        var lost = wire with { Reason = PathReason.LostOnWire };
        var fix = new PathFix(path.Network).For(lost, path.Target?.Point, path.Size);

        // Where a bond has another way out, that one may work.
        var bond = trace.Hops.Select(h => path.Network.Find(h.HostName, h.Interface)).FirstOrDefault(p => p?.Interface.Bond is not null && string.Equals(p.Host.HostName, last.HostName, StringComparison.Ordinal));
        if (bond?.Interface.Bond is { ActiveSlave: { Length: > 0 } active } details
            && details.Slaves.FirstOrDefault(s => !string.Equals(s, active, StringComparison.Ordinal) && bond.Host.FindInterface(s) is { IsUp: true, HasCarrier: true }) is { } other)
        {
            fix = PathFix.On(bond.Host.HostName, Hosts.ShellCommand.Of("ip", "link", "set", "dev", bond.Interface.Name, "type", "bond", "active_slave", other))
                + $" # and look after the switch port of {active}: it has a link, and passes nothing; 'arp_ip_target' lets the bond see that";
        }

        return new PathFinding(
            PathReason.LostOnWire,
            wire.Interface,
            $"Requests left {PathTrace.Place(last)} {Said(last.Tags)} and never came to {PathTrace.Place(missed)}: the switch or cable between them drops them.",
            fix);
    }

    private static PathFinding InHost(PathCase path, PathTrace trace, PathHop last, PathHop missed)
    {
        // A hop of which was known that it may drop the frame did.
        var between = trace.Hops.Skip(trace.Last).Take(trace.FirstMissing - trace.Last + 1);
        if (between.FirstOrDefault(h => h is { Verdict: HopVerdict.Unknown } and ({ Rule: not null } or { Reason: not PathReason.None })) is { } perhaps)
        {
            var hop = perhaps.Rule is null ? perhaps : perhaps with { Reason = PathReason.Filtered };
            return new PathFinding(hop.Reason, PathTrace.Place(hop), $"Requests were seen at {PathTrace.Place(last)} and not at {PathTrace.Place(missed)}, and {PathTrace.Place(hop)} {hop.Action}.", new PathFix(path.Network).For(hop, null, path.Size));
        }

        return new PathFinding(
            PathReason.LostInHost,
            PathTrace.Place(missed),
            $"Requests were seen at {PathTrace.Place(last)} {Said(last.Tags)}, and never came to {PathTrace.Place(missed)}. Nothing that was read tells why: a rule of tc or XDP, or a driver, may drop them.",
            null);
    }

    // All that could be watched saw it, and the last of it is the vif: what is in the domain cannot be seen.
    private static PathFinding? Silent(PathCase path, PathTrace trace)
    {
        var last = trace.LastSeen!;
        return path.Network.Find(last.HostName, last.Interface) is { Interface.Vif: { } vif } point
            ? new PathFinding(
                PathReason.DomainSilent,
                point.ToString(),
                $"Requests were handed to {point.Host.FindDomain(vif.DomainId)?.Name ?? $"domain {vif.DomainId}"} by {point}, and it does not answer: it is paused or frozen, its NIC has no driver or is down, or it has no such VLAN or address.",
                $"See what the domain does: xl list, xl console")
            : null;
    }

    private static PathFinding NotAnswered(PathCase path, PathPrediction prediction, WatchReport seen, PathHop last, PathProbeKind? kind)
    {
        var at = PathTrace.Place(last);
        var answer = PathTrace.OfAnswers(prediction.Back.Hops, seen, kind);
        if (answer.LastSeen is { } back)
        {
            var place = answer.FirstMissed is { } missed ? answer.WireBetween is { } wire ? wire.Interface : PathTrace.Place(missed) : PathTrace.Place(back);
            return new PathFinding(
                PathReason.AnswerLost,
                place,
                $"Requests arrive at {at}, and answers come back as far as {PathTrace.Place(back)}{(answer.FirstMissed is { } m ? $", but not to {PathTrace.Place(m)}" : "")}.",
                answer.WireBetween is { } between ? new PathFix(path.Network).For(between with { Reason = PathReason.LostOnWire }, path.Source.Point, path.Size) : null);
        }

        var host = path.Target?.Point.Host.HostName ?? "the other end";
        return new PathFinding(
            PathReason.AnswerLost,
            at,
            $"Requests arrive at {at}, and {host} sends no answer.",
            kind is null or PathProbeKind.Arp
                ? $"On {host}, look at 'sysctl net.ipv4.conf.all.arp_ignore' and that of the interface, which make Linux keep silent on ARP, at arptables, and whether the address is there."
                : $"On {host}, look at its packet filter ('nft list ruleset', 'iptables-save') and its routes: an answer needs a way back.");
    }

    private static bool IsWire(PathHop hop) => string.Equals(hop.HostName, WireHop.HostName, StringComparison.Ordinal);

    private static string Said(IReadOnlyList<VlanTag> tags) => tags.Count > 0 ? $"with the tag {string.Join(' ', tags)}" : "without a tag";
}
