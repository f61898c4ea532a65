using XenVlan.Model;
using XenVlan.Paths.Forwarding;
using XenVlan.Paths.Frames;
using XenVlan.Paths.Watching;

namespace XenVlan.Paths.Diagnosis;

/// <summary>Says in a finding what captures and counters saw.</summary>
internal static class CaptureDiagnosis
{
    /// <summary>What becomes of a kind of probe.</summary>
    /// <param name="path">The path.</param>
    /// <param name="prediction">The ways that were watched.</param>
    /// <param name="seen">What was seen there.</param>
    /// <param name="kind">The kind of probe; null for any.</param>
    /// <returns>The finding; null where nothing was seen at all.</returns>
    public static PathDiagnosis? Find(PathUnderTest path, PathPrediction prediction, WatchReport seen, PathProbeKind? kind = null)
    {
        var trace = PathTrace.OfRequests(prediction.Forward.Hops, seen, kind);
        if (OtherTag(trace, seen) is { } other)
            return other;
        if (trace.LastSeen is not { } last)
            return null;
        if (trace.FirstMissed is { } missed)
            return trace.WireBetween is { } wire ? OnWire(path, trace, wire, last, missed) : InHost(path, trace, last, missed, kind);
        return Silent(path, trace) ?? NotAnswered(path, prediction, seen, last, kind);
    }

    // Frames come out of the wire with other tags than they left with.
    private static PathDiagnosis? OtherTag(PathTrace trace, WatchReport seen)
    {
        for (var i = 0; i + 1 < trace.Hops.Count; i++)
        {
            var (wire, next) = (trace.Hops[i], trace.Hops[i + 1]);
            if (!wire.IsWire || seen.At(next.HostName, next.Interface)?.Tags is not { } tags || tags.SequenceEqual(next.Tags))
                continue;
            return new PathDiagnosis(
                PathReason.NativeVlanMismatch,
                wire.Interface,
                $"Frames leave {(i > 0 ? PathTrace.Place(trace.Hops[i - 1]) : "the other end")} {Said(wire.Tags)} and come to "
                    + $"{PathTrace.Place(next)} {Said(tags)}: the switch ports at both ends have different native VLANs.",
                $"Give the switch ports at both ends of {wire.Interface:unquoted} the same native VLAN."
            );
        }

        return null;
    }

    private static PathDiagnosis OnWire(PathUnderTest path, PathTrace trace, PathHop wire, PathHop last, PathHop missed)
    {
        var lost = wire with { Reason = PathReason.LostOnWire };
        var fix = new PathFix(path.Network).For(lost, path.Target?.Point, path.Size);

        // Where a bond has another way out, that one may work.
        var bond = trace
            .Hops.Select(h => path.Network.Find(h.HostName, h.Interface))
            .FirstOrDefault(p => p?.Interface.Bond is not null && p.Host.HostName == last.HostName);
        if (
            bond?.Interface.Bond is { ActiveSlave: { Length: > 0 } active } details
            && details.Slaves.FirstOrDefault(s => s != active && bond.Host.FindInterface(s) is { IsUp: true, HasCarrier: true })
                is { } other
        )
        {
            var command = PathFix.On(
                bond.Host.HostName,
                Hosts.ShellCommand.Of("ip", "link", "set", "dev", bond.Interface.Name, "type", "bond", "active_slave", other)
            );
            fix = Message.Of(
                $"{command} # and look after the switch port of {active:unquoted}: it has a link, and passes nothing; "
                    + $"'arp_ip_target' lets the bond see that"
            );
        }

        return new PathDiagnosis(
            PathReason.LostOnWire,
            wire.Interface,
            $"Requests left {PathTrace.Place(last)} {Said(last.Tags)} and never came to {PathTrace.Place(missed)}: the switch or cable "
                + $"between them drops them.",
            fix
        );
    }

    /// <summary>A rule of which was known that it may drop a packet, where the packet was seen before it and not behind it.</summary>
    /// <param name="path">The path.</param>
    /// <param name="trace">Where the packet was seen; null where nothing was watched.</param>
    /// <param name="content">What is in it.</param>
    /// <returns>The finding; null where there is no such rule.</returns>
    public static PathDiagnosis? Dropped(PathUnderTest path, PathTrace? trace, FrameContent content)
    {
        if (trace is not { LastSeen: { } last, FirstMissed: { } missed } || Between(trace).FirstOrDefault(MayStop) is not { } perhaps)
            return null;
        var hop = perhaps.Rule is null ? perhaps : perhaps with { Reason = PathReason.Filtered };
        return new PathDiagnosis(
            content.IsAnswer ? PathReason.AnswerLost : hop.Reason,
            PathTrace.Place(hop),
            $"{(content.IsAnswer ? "Answers" : "Requests")} were seen at {PathTrace.Place(last)} and not at {PathTrace.Place(missed)}, "
                + $"and {PathTrace.Place(hop)} {hop.Action}.",
            new PathFix(path.Network) { Content = content }.For(hop, null, path.Size)
        );
    }

    private static bool MayStop(PathHop hop) =>
        hop is { Verdict: HopVerdict.Unknown } and ({ Rule: not null } or { Reason: not PathReason.None });

    // A capture sees what is sent behind all rules, and what is received before any.
    private static IEnumerable<PathHop> Between(PathTrace trace)
    {
        var first = trace.LastSeen is { Direction: PathDirection.In } ? trace.Last : trace.Last + 1;
        var end = trace.FirstMissed is { Direction: PathDirection.In } ? trace.FirstMissing : trace.FirstMissing + 1;
        return trace.Hops.Skip(first).Take(end - first);
    }

    private static PathDiagnosis InHost(PathUnderTest path, PathTrace trace, PathHop last, PathHop missed, PathProbeKind? kind)
    {
        if (
            Dropped(path, trace, kind is null or PathProbeKind.Arp ? path.ContentOf(FrameKind.Neighbor) : path.ContentOf(FrameKind.Icmp)) is
            { } dropped
        )
            return dropped;
        var doubt = Between(trace).FirstOrDefault(h => h.Verdict is HopVerdict.Unknown);
        return new PathDiagnosis(
            PathReason.LostInHost,
            PathTrace.Place(missed),
            $"Requests were seen at {PathTrace.Place(last)} {Said(last.Tags)}, and never came to {PathTrace.Place(missed)}. "
                + (
                    doubt is null
                        ? "Nothing that was read tells why: a rule of tc, of XDP or of ebtables' tables nat and broute, or a driver, "
                            + "may drop them."
                        : $"It may be that {PathTrace.Place(doubt)} {doubt.Action}."
                ),
            null
        );
    }

    // All that could be watched saw it, and the last of it is the vif: what is in the domain cannot be seen.
    private static PathDiagnosis? Silent(PathUnderTest path, PathTrace trace)
    {
        var last = trace.LastSeen!;
        return path.Network.Find(last.HostName, last.Interface) is { Interface.Vif: { } vif } point
            ? new PathDiagnosis(
                PathReason.DomainSilent,
                point.ToString(),
                $"Requests were handed to {point.Host.FindDomain(vif.DomainId)?.Name ?? $"domain {vif.DomainId}"} by {point}, and it "
                    + $"does not answer: it is paused or frozen, its NIC has no driver or is down, or it has no such VLAN or address.",
                $"See what the domain does: xl list, xl console"
            )
            : null;
    }

    private static PathDiagnosis NotAnswered(
        PathUnderTest path,
        PathPrediction prediction,
        WatchReport seen,
        PathHop last,
        PathProbeKind? kind
    )
    {
        var at = PathTrace.Place(last);
        var answer = PathTrace.OfAnswers(prediction.Back.Hops, seen, kind);
        if (
            Dropped(path, answer, path.ContentOf(kind is null or PathProbeKind.Arp ? FrameKind.Neighbor : FrameKind.Icmp).Answer()) is
            { } dropped
        )
            return dropped;
        if (answer.LastSeen is { } back)
        {
            var place = answer.FirstMissed is { } missed
                ? answer.WireBetween is { } wire
                    ? wire.Interface
                    : PathTrace.Place(missed)
                : PathTrace.Place(back);
            return new PathDiagnosis(
                PathReason.AnswerLost,
                place,
                $"Requests arrive at {at}, and answers come back as far as "
                    + $"{PathTrace.Place(back)}{(answer.FirstMissed is { } m ? $", but not to {PathTrace.Place(m)}" : "")}.",
                answer.WireBetween is { } between
                    ? new PathFix(path.Network).For(between with { Reason = PathReason.LostOnWire }, path.Source.Point, path.Size)
                    : null
            );
        }

        // The host's own packet filters, behind which nothing can be seen.
        var own =
            prediction.Forward.Hops is [.., { Verdict: HopVerdict.Unknown } taking] ? taking
            : prediction.Back.Hops is [{ Verdict: HopVerdict.Unknown } sending, ..] ? sending
            : null;
        var host = path.Target?.Point.Host.HostName ?? "the other end";
        return new PathDiagnosis(
            PathReason.AnswerLost,
            at,
            $"Requests arrive at {at}, and {host} sends no "
                + $"answer{(own is null ? "" : $": it may be that {PathTrace.Place(own)} {own.Action}")}.",
            kind is null or PathProbeKind.Arp
                ? Message.Of(
                    $"On {host:unquoted}, look at 'sysctl net.ipv4.conf.all.arp_ignore' and that of the interface, which make Linux keep "
                        + $"silent on ARP, at arptables, and whether the address is there."
                )
                : Message.Of(
                    $"On {host:unquoted}, look at its packet filter ('nft list ruleset', 'iptables-save') and its routes: an answer "
                        + $"needs a way back."
                )
        );
    }

    private static string Said(IReadOnlyList<VlanTag> tags) => tags.Count > 0 ? $"with the tag {string.Join(' ', tags)}" : "without a tag";
}
