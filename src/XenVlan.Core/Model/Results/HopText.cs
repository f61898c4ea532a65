namespace XenVlan.Model;

/// <summary>What happens to a frame at a hop, in words.</summary>
internal static class HopText
{
    /// <summary>Says it.</summary>
    /// <returns>What goes on after the hop's place, without a full stop.</returns>
    public static string Of(PathHop hop) =>
        hop.Event switch
        {
            Sent => "sends it",
            Tagged it => $"tags it {it.Tag} and hands it to {it.To}",
            Untagged it => $"hands it to {it.To}, which takes VLAN {it.Tag}",
            HandedOn it => $"hands it to {it.To}",
            Transmitted => $"sends it out, {Tags(hop.Tags)}",
            CrossedVif it => $"hands it to {it.HostName}/{it.Interface}, {Tags(hop.Tags)}",
            Carried { Vlan: null } => "carries untagged frames",
            Carried it => $"carries VLAN {it.Vlan}{(it.IsNative ? " without a tag: it is the native VLAN" : "")}",
            Flooded => $"floods it to its ports, {Tags(hop.Tags)}",
            Entered { Tag: { } tag } it => $"lets it into {it.Bridge} {(hop.Tags.Count > 0 ? "inside" : "as")} VLAN {tag.Vlan}",
            Entered it => $"lets it into {it.Bridge}, {Tags(hop.Tags)}",
            Forwarded it => $"gets it from {it.Bridge}, {Tags(hop.Tags)}",
            PassedUp it => $"hands it up to {Self(it.To)}, {Tags(it.Removed is null ? hop.Tags : [.. hop.Tags.Skip(1)])}"
                + (it.IsPromiscuous ? ": it is promiscuous" : ""),
            Delivered => "receives it",
            Obstacle obstacle => Of(obstacle, hop.Tags),
            _ => throw new ArgumentException($"There are no words for {hop.Event.Type}.", nameof(hop)),
        };

    private static string Of(Obstacle obstacle, IReadOnlyList<VlanTag> tags) =>
        obstacle switch
        {
            InterfaceDown => "is down",
            NoCarrier it => it.IsVif ? "has no link: the domain's NIC is down" : "has no link",
            InactiveSlave it => $"is a slave that {it.Bond} does not use now",
            MtuTooSmall it => $"has room for packets of {it.Mtu} bytes, not {it.Size}",
            TakenByVlanInterface it => $"has a VLAN interface {it.VlanInterface}, which takes VLAN {it.Tag} before "
                + $"{(it.IsBond ? "bond" : "bridge")} {it.Master} sees it{(it.IsDown ? ", and drops it, for it is down" : "")}",
            TakenByBridge it => $"gives it to its bridge before {it.VlanInterface} sees it, as kernels before 2.6.37 do",
            AccelerationNotSeen it => $"hands it to {it.VlanInterface} or to its bridge, by the network card's VLAN acceleration, which "
                + $"could not be seen",
            Filtered it => $"does not {Crossing(it.Hook, it.Bridge)}: a packet filter drops it ({it.Rule})",
            MayBeFiltered { Rule: null } it => $"may not {Crossing(it.Hook, it.Bridge)}: its packet filters could not be seen",
            MayBeFiltered it => $"may not {Crossing(it.Hook, it.Bridge)}: a packet filter may drop it ({it.Rule})",
            VlanNotOnWire it => $"does not carry VLAN {it.Vlan}, only {it.Allowed}",
            VlanNotAnnounced it => $"is not announced for VLAN {it.Vlan}; it may carry it",
            WireNotDescribed => "is not described; it may carry the frame",
            NativeVlanMismatch { TakenFor: { } now } it => $"takes frames without a tag for VLAN {now}, and this one left the other end as "
                + $"VLAN {it.Vlan}",
            NativeVlanMismatch it => $"takes VLAN {it.Vlan} for its native VLAN and passes it on without a tag",
            OtherTagExpected { Interface: { } link } it => $"gets it {Tags(tags)}, and {link} is VLAN {it.Expected}",
            OtherTagExpected it => $"sends it out {Tags(tags)}, and behind it "
                + $"{(it.Expected is { } tag ? $"VLAN {tag}" : "an untagged frame")} is expected",
            ForAnotherInterface it => $"gets it {Tags(tags)}, which is for {it.Interface}",
            NoInterfaceForVlan it => $"gets it {Tags(tags)}, and {it.HostName} has no interface for that VLAN there",
            _ => OnBridge(obstacle),
        };

    private static string OnBridge(Obstacle obstacle) =>
        obstacle switch
        {
            PortNotForwarding it => $"is a port of {it.Bridge} that does not forward: it is {it.State}",
            VlanNotForwarding it => $"is a port of {it.Bridge} that does not forward VLAN {it.Vlan}: its state there is not forwarding",
            VlanNotAllowed { Side: BridgeSide.Port } it => $"does not pass VLAN {it.Vlan}, only {it.Allowed}",
            VlanNotAllowed { IsSent: true } it => $"does not let its own host use VLAN {it.Vlan}, only {it.Allowed}",
            VlanNotAllowed it => $"does not let {Self(it.Side)} have VLAN {it.Vlan}, only {it.Allowed}",
            TaggedOnAccessPort it => $"is an access port of VLAN {it.Vlan} and takes no tagged frames",
            UntaggedNotAllowed => "passes no frames without a VLAN",
            NoPvid => "drops frames without a tag: it has no PVID",
            NoPvidForProtocol it => $"has no PVID for frames without an {(it.Expected is VlanProtocol.Dot1AD ? "802.1ad" : "802.1Q")} tag, "
                + $"and this one is tagged {it.Tag}",
            TooManyTags it => $"would have to put one more tag on it than the {it.Maximum} that are followed",
            VlansNotSeen { IsEntry: true } it => $"may let it into {it.Bridge}: its VLANs could not be seen",
            VlansNotSeen { Side: BridgeSide.Port } it => $"may get it from {it.Bridge}: its VLANs could not be seen",
            VlansNotSeen it => $"may hand it up to {Self(it.Side)}: its VLANs could not be seen",
            TunnelNotKnown { IsEntry: true } => "may take it for another VLAN, by the tunnel it came from: vlan_tunnel",
            TunnelNotKnown it => $"may get it from {it.Bridge} without its tag, as a tunnel's: vlan_tunnel",
            PortLocked it => $"may not let it into {it.Bridge}: it is locked, so only senders in the forwarding table behind it are let in",
            PortsIsolated it => $"is isolated, as {it.From} is, so {it.Bridge} passes nothing between them",
            FloodingOff { Cast: FrameCast.Broadcast } => "is set not to get broadcasts",
            FloodingOff { Cast: FrameCast.Multicast } => "is set not to get multicasts",
            FloodingOff => "is set not to get frames for addresses that its bridge does not know",
            AnsweredByProxy => "gets nothing that is flooded: proxy_arp lets its bridge answer in place of those behind it",
            NeighborsSuppressed it => $"may not get it from {it.Bridge}: neigh_suppress keeps questions from it for neighbours that the "
                + $"host itself knows",
            MulticastSnooped { Side: BridgeSide.Port } it =>
                $"does not get it: {it.Bridge} snoops multicasts, a querier is known, and behind "
                    + $"this port nobody reported to listen to {it.Group}",
            MulticastSnooped it => $"does not hand it up to {Self(it.Side)}: it snoops multicasts, and {Self(it.Side)} did not report that "
                + $"it listens to {it.Group}",
            SnoopingNotSeen { Side: BridgeSide.Port } it => $"may not get it: {it.Bridge} snoops multicasts, and "
                + $"{(it.IsQuerierKnown ? "who listens" : "whether it knows a querier")} could not be seen",
            SnoopingNotSeen it => $"may not hand it up to {Self(it.Side)}: it snoops multicasts, and whether {Self(it.Side)} gets this one "
                + $"is not known",
            _ => throw new ArgumentException($"There are no words for {obstacle.Type}.", nameof(obstacle)),
        };

    /// <summary>A frame's tags as people say them.</summary>
    /// <param name="tags">The tags, outermost first.</param>
    /// <returns>Such as <c>tagged 10</c> or <c>untagged</c>.</returns>
    public static string Tags(IReadOnlyList<VlanTag> tags) =>
        tags.Count == 0 ? "untagged" : $"tagged {string.Join(" in ", tags.Reverse())}";

    private static string Self(BridgeSide side) => side is BridgeSide.Domain0 ? "domain 0" : "the host";

    private static string Crossing(PacketFilterHook hook, string? bridge) =>
        (hook, bridge) switch
        {
            (PacketFilterHook.Ingress, _) => "take it",
            (PacketFilterHook.Input, null) => "receive it",
            (PacketFilterHook.Input, _) => "hand it up",
            (PacketFilterHook.Output, null) => "send it",
            (PacketFilterHook.Prerouting, _) => $"let it into {bridge}",
            _ => $"get it from {bridge}",
        };
}
