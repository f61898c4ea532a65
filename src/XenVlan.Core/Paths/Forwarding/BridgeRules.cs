using XenVlan.Model;
using XenVlan.Paths.Filters;
using XenVlan.Paths.Frames;

namespace XenVlan.Paths.Forwarding;

/// <summary>
/// What a bridge of the Linux kernel does with a frame: <c>br_handle_frame</c> and <c>br_handle_frame_finish</c>
/// (<c>net/bridge/br_input.c</c>) for one that comes in by a port, <c>br_dev_xmit</c> (<c>br_device.c</c>) for one of the
/// host's own, <c>br_allowed_ingress</c>, <c>br_allowed_egress</c> and <c>br_handle_vlan</c> (<c>br_vlan.c</c>) for VLANs,
/// <c>br_flood</c> and <c>should_deliver</c> (<c>br_forward.c</c>) for where it goes.
/// </summary>
internal static class BridgeRules
{
    /// <summary>A frame comes to a bridge.</summary>
    /// <param name="rules">Whoever asks.</param>
    /// <param name="state">The frame, and the port, or the bridge itself for the host's own.</param>
    /// <param name="bridge">The bridge.</param>
    /// <param name="port">The port; null for the host's own.</param>
    /// <param name="obstacle">What keeps the frame from the bridge already.</param>
    /// <param name="why">The same in words.</param>
    /// <param name="moves">Takes the move.</param>
    public static void Enter(
        ForwardingRules rules,
        in WalkState state,
        InterfaceRef bridge,
        NetworkInterface? port,
        PathReason obstacle,
        string why,
        List<Transition> moves
    )
    {
        var (frame, verdict, reason, action) = Admit(rules, state.Frame, bridge.Interface, port);
        if (
            obstacle is PathReason.None
            && port?.Port is { } entrance
            && IsStopped(rules, bridge.Interface, entrance, frame, out var stopped)
        )
        {
            obstacle = PathReason.PortNotForwarding;
            why = stopped;
        }

        var to = new WalkState(bridge, WalkStage.Bridged, frame, port?.Name);
        if (obstacle is not PathReason.None)
        {
            moves.Add(ForwardingRules.Drop(to, obstacle, why));
            return;
        }

        var move = new Transition(to, verdict, reason, action);
        if (port is { Port: { } details } && verdict is HopVerdict.Passes)
            move = Conditional(rules, move, bridge.Interface, details);
        if (port is not null)
        {
            // NF_BR_PRE_ROUTING comes before the VLAN is looked at.
            var (filter, rule) = PacketFilters.JudgeEntering(bridge.Host, bridge.Interface.Name, port.Name, state.Frame, rules.Content);
            move = Filtered(rules, move, filter, rule, rules.Say($"let it into {bridge.Interface.Name}"));
        }

        moves.Add(move);
    }

    /// <summary>Where a bridge sends a frame that it has let in.</summary>
    /// <param name="rules">Whoever asks.</param>
    /// <param name="state">The frame and the bridge.</param>
    /// <param name="moves">Takes the moves: one a port, and one to the host itself.</param>
    public static void Forward(ForwardingRules rules, in WalkState state, List<Transition> moves)
    {
        var (host, bridge) = state.Point;
        var index = rules.IndexOf(state);
        var from = index.Find(state.Ingress)?.Interface;
        var learned = rules.Learned.Find(state.Point, LearningVlan(bridge, state.Frame));
        foreach (var port in index.PortsOf(bridge))
        {
            if (ReferenceEquals(port, from) && !port.Port!.Hairpin)
                continue;
            var (frame, verdict, reason, action) = Release(rules, state.Frame, bridge, port);
            var to = new WalkState(new InterfaceRef(host, port), WalkStage.Sending, frame);
            var obstacle = PortObstacle(rules, state.Frame, bridge, from, port, learned, out var why, out var isCertain);
            var move =
                obstacle is PathReason.None ? new Transition(to, verdict, reason, action)
                : isCertain ? ForwardingRules.Drop(to, obstacle, why)
                : verdict is HopVerdict.Drops ? new Transition(to, verdict, reason, action)
                : new Transition(to, HopVerdict.Unknown, obstacle, why);
            if (port.Port is { VlanTunnel: true } && bridge.Bridge!.VlanFiltering && move.Verdict is HopVerdict.Passes)
                move = move with
                {
                    Verdict = HopVerdict.Unknown,
                    Action = rules.Say($"may get it from {bridge.Name} without its tag, as a tunnel's: vlan_tunnel"),
                };
            move = move with { At = port.Name, Direction = PathDirection.Out, Room = LinkRules.ForwardRoom(rules, host, port, frame) };
            moves.Add(Filter(rules, state, move, from, port));
        }

        if (from is not null)
            moves.Add(Filter(rules, state, PassUp(rules, state), from, outPort: null));
    }

    /// <summary>The VLAN for which a bridge learns where an address is.</summary>
    /// <param name="bridge">The bridge.</param>
    /// <param name="frame">The frame on it.</param>
    /// <returns>The VLAN; 0 where the bridge does not filter.</returns>
    public static int LearningVlan(NetworkInterface bridge, Frame frame) =>
        bridge.Bridge is { VlanFiltering: true } && frame.Outer is { } tag ? tag.Vlan.Value : 0;

    private static (Frame Frame, HopVerdict Verdict, PathReason Reason, string Action) Admit(
        ForwardingRules rules,
        Frame frame,
        NetworkInterface bridge,
        NetworkInterface? port
    )
    {
        var details = bridge.Bridge!;
        if (!details.VlanFiltering)
            return (frame, HopVerdict.Passes, PathReason.None, Admitted(rules, frame, bridge, port));
        if ((port ?? bridge).PortVlans is not { } vlans)
            return (frame, HopVerdict.Unknown, PathReason.None, rules.Say($"may let it into {bridge.Name}: its VLANs could not be seen"));

        // A tag of the other standard counts as none, and stays inside (__allowed_ingress).
        if (frame.Outer is { } outer && outer.Protocol == details.VlanProtocol)
        {
            if (vlans.Allowed.Contains(outer.Vlan))
                return (frame, HopVerdict.Passes, PathReason.None, Admitted(rules, frame, bridge, port));
            return port is null
                ? (
                    frame,
                    HopVerdict.Drops,
                    PathReason.VlanNotAllowedOnBridge,
                    rules.Say($"does not let its own host use VLAN {outer.Vlan}, only {vlans.Allowed}")
                )
                : (
                    frame,
                    HopVerdict.Drops,
                    PathReason.VlanNotAllowedOnPort,
                    rules.Say($"does not pass VLAN {outer.Vlan}, only {vlans.Allowed}")
                );
        }

        if (vlans.Pvid is not { } pvid)
        {
            return frame.Outer is { } other
                ? (
                    frame,
                    HopVerdict.Drops,
                    PathReason.ProtocolMismatch,
                    rules.Say($"has no PVID for frames without an {Standard(details.VlanProtocol)} tag, and this one is tagged {other}")
                )
                : (frame, HopVerdict.Drops, PathReason.NoPvid, rules.Say("drops frames without a tag: it has no PVID"));
        }

        return frame.Push(new VlanTag(pvid, details.VlanProtocol)) is { } tagged
            ? (tagged, HopVerdict.Passes, PathReason.None, rules.Say($"lets it into {bridge.Name} as VLAN {pvid}"))
            : (
                frame,
                HopVerdict.Unknown,
                PathReason.None,
                rules.Say($"would have to put one more tag on it than the {Frame.MaximumTags} that are followed")
            );
    }

    private static (Frame Frame, HopVerdict Verdict, PathReason Reason, string Action) Release(
        ForwardingRules rules,
        Frame frame,
        NetworkInterface bridge,
        NetworkInterface port
    )
    {
        if (!bridge.Bridge!.VlanFiltering || frame.Outer is not { } tag)
            return (frame, HopVerdict.Passes, PathReason.None, rules.Say($"gets it from {bridge.Name}, {frame.Describe()}"));
        if (port.PortVlans is not { } vlans)
            return (frame, HopVerdict.Unknown, PathReason.None, rules.Say($"may get it from {bridge.Name}: its VLANs could not be seen"));

        var left = vlans.Untagged.Contains(tag.Vlan) ? frame.Uncover() : frame;
        return vlans.Allowed.Contains(tag.Vlan)
            ? (left, HopVerdict.Passes, PathReason.None, rules.Say($"gets it from {bridge.Name}, {left.Describe()}"))
            : (left, HopVerdict.Drops, PathReason.VlanNotAllowedOnPort, rules.Say($"does not pass VLAN {tag.Vlan}, only {vlans.Allowed}"));
    }

    // NF_BR_FORWARD, NF_BR_LOCAL_OUT and NF_BR_LOCAL_IN see the frame as it leaves the bridge.
    private static Transition Filter(
        ForwardingRules rules,
        in WalkState state,
        Transition move,
        NetworkInterface? inPort,
        NetworkInterface? outPort
    )
    {
        if (move.Verdict is HopVerdict.Drops)
            return move;
        var bridge = state.Point.Interface.Name;
        var (verdict, rule) = PacketFilters.Judge(state.Point.Host, bridge, inPort?.Name, outPort?.Name, move.To.Frame, rules.Content);
        return Filtered(rules, move, verdict, rule, outPort is null ? rules.Say("hand it up") : rules.Say($"get it from {bridge}"));
    }

    /// <summary>What a packet filter makes of a move.</summary>
    /// <param name="rules">Whoever asks.</param>
    /// <param name="move">The move.</param>
    /// <param name="verdict">What the filter does.</param>
    /// <param name="rule">The rule that does; null where the rules could not be seen.</param>
    /// <param name="what">What would be done with the frame, in words.</param>
    /// <returns>The move. What is dropped anyhow is not only perhaps dropped.</returns>
    internal static Transition Filtered(ForwardingRules rules, Transition move, HopVerdict verdict, PacketFilterRule? rule, string what) =>
        verdict switch
        {
            HopVerdict.Drops => move with
            {
                Verdict = HopVerdict.Drops,
                Reason = PathReason.Filtered,
                Rule = rule,
                Action = rules.Say($"does not {what}: a packet filter drops it ({rule})"),
            },
            HopVerdict.Unknown when move.Verdict is not HopVerdict.Drops => move with
            {
                Verdict = HopVerdict.Unknown,
                Rule = rule,
                Action = rules.Say($"may not {what}: {FilterText.May(rule)}"),
            },
            _ => move,
        };

    // br_handle_frame_finish lets what a locked port does not know pass nowhere; br_handle_ingress_vlan_tunnel tags what came by a tunnel.
    private static Transition Conditional(ForwardingRules rules, Transition move, NetworkInterface bridge, BridgePortDetails port) =>
        port switch
        {
            { Locked: true } => move with
            {
                Verdict = HopVerdict.Unknown,
                Reason = PathReason.PortLocked,
                Action = rules.Say(
                    $"may not let it into {bridge.Name}: it is locked, so only senders in the forwarding table behind it are let in"
                ),
            },
            { VlanTunnel: true } when bridge.Bridge!.VlanFiltering => move with
            {
                Verdict = HopVerdict.Unknown,
                Action = rules.Say($"may take it for another VLAN, by the tunnel it came from: vlan_tunnel"),
            },
            _ => move,
        };

    // br_pass_frame_up in net/bridge/br_input.c
    private static Transition PassUp(ForwardingRules rules, in WalkState state)
    {
        var (host, bridge) = state.Point;
        var frame = state.Frame;
        var self = host.IsDomain0 ? "domain 0" : "the host";
        var to = new WalkState(state.Point, WalkStage.Receiving, frame);
        var isSnooped = SnoopingRules.IsSnooped(rules, bridge, frame);
        var reaches = isSnooped is false ? true : SnoopingRules.ReachesHost(rules, bridge, frame);
        var why =
            reaches is true ? ""
            : isSnooped is true && reaches is false
                ? rules.Say(
                    $"does not hand it up to {self}: it snoops multicasts, and {self} did not report that it listens to "
                        + $"{SnoopingRules.Group(rules.Content.To)}"
                )
            : rules.Say($"may not hand it up to {self}: it snoops multicasts, and whether {self} gets this one is not known");
        if (isSnooped is true && reaches is false)
            return ForwardingRules.Drop(to, PathReason.MulticastSnooped, why);
        var move = PassUp(rules, bridge, frame, self, to);
        return reaches is true || move.Verdict is HopVerdict.Drops
            ? move
            : move with
            {
                Verdict = HopVerdict.Unknown,
                Reason = PathReason.MulticastSnooped,
                Action = why,
            };
    }

    private static Transition PassUp(ForwardingRules rules, NetworkInterface bridge, Frame frame, string self, WalkState to)
    {
        if (!bridge.Bridge!.VlanFiltering || frame.Outer is not { } tag)
            return ForwardingRules.Pass(to, rules.Say($"hands it up to {self}, {frame.Describe()}"));
        if (bridge.PortVlans is not { } vlans)
            return new Transition(
                to,
                HopVerdict.Unknown,
                PathReason.None,
                rules.Say($"may hand it up to {self}: its VLANs could not be seen")
            );
        if (vlans.Allowed.Contains(tag.Vlan))
        {
            var up = vlans.Untagged.Contains(tag.Vlan) ? frame.Pop() : frame;
            return ForwardingRules.Pass(to with { Frame = up }, rules.Say($"hands it up to {self}, {up.Describe()}"));
        }

        return bridge.IsPromiscuous
            ? ForwardingRules.Pass(to, rules.Say($"hands it up to {self}, {frame.Describe()}: it is promiscuous"))
            : ForwardingRules.Drop(
                to,
                PathReason.VlanNotAllowedOnBridge,
                rules.Say($"does not let {self} have VLAN {tag.Vlan}, only {vlans.Allowed}")
            );
    }

    private static PathReason PortObstacle(
        ForwardingRules rules,
        Frame frame,
        NetworkInterface bridge,
        NetworkInterface? from,
        NetworkInterface port,
        string? learned,
        out string why,
        out bool isCertain
    )
    {
        isCertain = true;
        var details = port.Port!;
        if (IsStopped(rules, bridge, details, frame, out why))
            return PathReason.PortNotForwarding;
        if (from?.Port is { Isolated: true } && details.Isolated)
        {
            why = rules.Say($"is isolated, as {from.Name} is, so {bridge.Name} passes nothing between them");
            return PathReason.PortsIsolated;
        }

        var isSnooped = SnoopingRules.IsSnooped(rules, bridge, frame);
        var reaches = isSnooped is false ? null : SnoopingRules.Reaches(rules, bridge, port, frame);
        if (isSnooped is true && reaches is true)
            return PathReason.None;
        if (isSnooped is true && reaches is false)
        {
            why = rules.Say(
                $"does not get it: {bridge.Name} snoops multicasts, a querier is known, and behind this port nobody reported to listen "
                    + $"to {SnoopingRules.Group(rules.Content.To)}"
            );
            return PathReason.MulticastSnooped;
        }

        var reason = FloodObstacle(rules, from, port, learned, out why);
        if (isSnooped is false || (isSnooped is null && reaches is false && reason is not PathReason.None))
        {
            if (reason is not PathReason.None || !IsSuppressed(rules, bridge, from, port, learned))
                return reason;
            isCertain = false;
            why = rules.Say(
                $"may not get it from {bridge.Name}: neigh_suppress keeps questions from it for neighbours that the host itself knows"
            );
            return PathReason.NeighborsSuppressed;
        }

        // Whether there is a querier is not known, or who listens.
        if (isSnooped is null && reaches is true && reason is PathReason.None)
            return PathReason.None;
        isCertain = false;
        why = rules.Say(
            $"may not get it: {bridge.Name} snoops multicasts, and "
                + $"{(isSnooped is null ? "whether it knows a querier" : "who listens")} could not be seen"
        );
        return PathReason.MulticastSnooped;
    }

    // What the bridge knows the port of is not flooded. What the host itself sends to all goes out everywhere (br_flood).
    private static PathReason FloodObstacle(
        ForwardingRules rules,
        NetworkInterface? from,
        NetworkInterface port,
        string? learned,
        out string why
    )
    {
        why = "";
        if (rules.Cast is FrameCast.Unicast && learned is not null)
            return PathReason.None;
        var details = port.Port!;
        if (details.ProxyArp)
        {
            why = rules.Say("gets nothing that is flooded: proxy_arp lets its bridge answer in place of those behind it");
            return PathReason.NeighborsSuppressed;
        }

        var isFlooded = rules.Cast switch
        {
            FrameCast.Unicast => details.UnicastFlood,
            FrameCast.Multicast => from is null || details.MulticastFlood,
            _ => from is null || details.BroadcastFlood,
        };
        if (isFlooded)
            return PathReason.None;
        why = rules.Say(
            rules.Cast switch
            {
                FrameCast.Unicast => "is set not to get frames for addresses that its bridge does not know",
                FrameCast.Multicast => "is set not to get multicasts",
                _ => "is set not to get broadcasts",
            }
        );
        return PathReason.FloodingOff;
    }

    // br_do_proxy_suppress_arp and br_do_suppress_nd in net/bridge/br_arp_nd_proxy.c: by what the host knows of the neighbour.
    private static bool IsSuppressed(
        ForwardingRules rules,
        NetworkInterface bridge,
        NetworkInterface? from,
        NetworkInterface port,
        string? learned
    ) =>
        port.Port!.NeighborSuppression
        && rules.Content.Kind is FrameKind.Neighbor
        && !(rules.Cast is FrameCast.Unicast && learned is not null)
        && from?.Port is not { NeighborSuppression: true };

    // br_mst_is_enabled leaves it to the states of VLANs, which br_vlan_state_allowed looks at in any case.
    private static bool IsStopped(ForwardingRules rules, NetworkInterface bridge, BridgePortDetails port, Frame frame, out string why)
    {
        why = "";
        if (port.State is not BridgePortState.Forwarding && !bridge.Bridge!.MultipleSpanningTrees)
            why = NotForwarding(rules, bridge, port);
        else if (bridge.Bridge!.VlanFiltering && frame.Outer is { } tag && port.StoppedVlans?.Contains(tag.Vlan) is true)
            why = rules.Say($"is a port of {bridge.Name} that does not forward VLAN {tag.Vlan}: its state there is not forwarding");
        else
            return false;
        return true;
    }

    private static string NotForwarding(ForwardingRules rules, NetworkInterface bridge, BridgePortDetails port) =>
        rules.Say($"is a port of {bridge.Name} that does not forward: it is {port.State}");

    private static string Admitted(ForwardingRules rules, Frame frame, NetworkInterface bridge, NetworkInterface? port) =>
        port is null
            ? rules.Say($"floods it to its ports, {frame.Describe()}")
            : rules.Say($"lets it into {bridge.Name}, {frame.Describe()}");

    private static string Standard(VlanProtocol protocol) => protocol is VlanProtocol.Dot1AD ? "802.1ad" : "802.1Q";
}
