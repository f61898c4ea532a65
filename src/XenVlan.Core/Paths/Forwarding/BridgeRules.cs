using XenVlan.Model;
using XenVlan.Paths.Filters;

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
    public static void Enter(ForwardingRules rules, in WalkState state, PathPoint bridge, NetworkInterface? port, PathReason obstacle, string why, List<Move> moves)
    {
        if (obstacle is PathReason.None && port?.Port is { State: not BridgePortState.Forwarding } stuck)
        {
            obstacle = PathReason.PortNotForwarding;
            why = NotForwarding(rules, bridge.Interface, stuck);
        }

        var (frame, verdict, reason, action) = Admit(rules, state.Frame, bridge.Interface, port);
        var to = new WalkState(bridge, WalkStage.Bridged, frame, port?.Name);
        if (obstacle is not PathReason.None)
        {
            moves.Add(ForwardingRules.Drop(to, obstacle, why));
            return;
        }

        var move = new Move(to, verdict, reason, action);
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
    public static void Forward(ForwardingRules rules, in WalkState state, List<Move> moves)
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
            var to = new WalkState(new PathPoint(host, port), WalkStage.Sending, frame);
            var obstacle = PortObstacle(rules, bridge, from, port, learned, out var why);
            var move = obstacle is PathReason.None ? new Move(to, verdict, reason, action) : ForwardingRules.Drop(to, obstacle, why);
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

    private static (Frame Frame, HopVerdict Verdict, PathReason Reason, string Action) Admit(ForwardingRules rules, Frame frame, NetworkInterface bridge, NetworkInterface? port)
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
                ? (frame, HopVerdict.Drops, PathReason.VlanNotAllowedOnBridge, rules.Say($"does not let its own host use VLAN {outer.Vlan}, only {vlans.Allowed}"))
                : (frame, HopVerdict.Drops, PathReason.VlanNotAllowedOnPort, rules.Say($"does not pass VLAN {outer.Vlan}, only {vlans.Allowed}"));
        }

        if (vlans.Pvid is not { } pvid)
        {
            return frame.Outer is { } other
                ? (frame, HopVerdict.Drops, PathReason.ProtocolMismatch, rules.Say($"has no PVID for frames without an {Standard(details.VlanProtocol)} tag, and this one is tagged {other}"))
                : (frame, HopVerdict.Drops, PathReason.NoPvid, rules.Say("drops frames without a tag: it has no PVID"));
        }

        return frame.Push(new VlanTag(pvid, details.VlanProtocol)) is { } tagged
            ? (tagged, HopVerdict.Passes, PathReason.None, rules.Say($"lets it into {bridge.Name} as VLAN {pvid}"))
            : (frame, HopVerdict.Unknown, PathReason.None, rules.Say($"would have to put one more tag on it than the {Frame.MaximumTags} that are followed"));
    }

    private static (Frame Frame, HopVerdict Verdict, PathReason Reason, string Action) Release(ForwardingRules rules, Frame frame, NetworkInterface bridge, NetworkInterface port)
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
    private static Move Filter(ForwardingRules rules, in WalkState state, Move move, NetworkInterface? inPort, NetworkInterface? outPort)
    {
        if (move.Verdict is HopVerdict.Drops)
            return move;
        var bridge = state.Point.Interface.Name;
        var (verdict, rule) = PacketFilters.Judge(state.Point.Host, bridge, inPort?.Name, outPort?.Name, move.To.Frame, rules.Content);
        return Filtered(rules, move, verdict, rule, outPort is null ? rules.Say("hand it up") : rules.Say($"get it from {bridge}"));
    }

    private static Move Filtered(ForwardingRules rules, Move move, HopVerdict verdict, PacketFilterRule? rule, string what) => verdict switch
    {
        HopVerdict.Drops => move with { Verdict = HopVerdict.Drops, Reason = PathReason.Filtered, Rule = rule, Action = rules.Say($"does not {what}: a packet filter drops it ({rule})") },
        HopVerdict.Unknown => move with { Verdict = HopVerdict.Unknown, Rule = rule, Action = rules.Say($"may not {what}: a packet filter may drop it ({rule})") },
        _ => move,
    };

    // br_pass_frame_up in net/bridge/br_input.c
    private static Move PassUp(ForwardingRules rules, in WalkState state)
    {
        var (host, bridge) = state.Point;
        var frame = state.Frame;
        var self = host.IsDomain0 ? "domain 0" : "the host";
        var to = new WalkState(state.Point, WalkStage.Receiving, frame);
        if (!bridge.Bridge!.VlanFiltering || frame.Outer is not { } tag)
            return ForwardingRules.Pass(to, rules.Say($"hands it up to {self}, {frame.Describe()}"));
        if (bridge.PortVlans is not { } vlans)
            return new Move(to, HopVerdict.Unknown, PathReason.None, rules.Say($"may hand it up to {self}: its VLANs could not be seen"));
        if (vlans.Allowed.Contains(tag.Vlan))
        {
            var up = vlans.Untagged.Contains(tag.Vlan) ? frame.Pop() : frame;
            return ForwardingRules.Pass(to with { Frame = up }, rules.Say($"hands it up to {self}, {up.Describe()}"));
        }

        return bridge.IsPromiscuous
            ? ForwardingRules.Pass(to, rules.Say($"hands it up to {self}, {frame.Describe()}: it is promiscuous"))
            : ForwardingRules.Drop(to, PathReason.VlanNotAllowedOnBridge, rules.Say($"does not let {self} have VLAN {tag.Vlan}, only {vlans.Allowed}"));
    }

    private static PathReason PortObstacle(ForwardingRules rules, NetworkInterface bridge, NetworkInterface? from, NetworkInterface port, string? learned, out string why)
    {
        why = "";
        var details = port.Port!;
        if (details.State is not BridgePortState.Forwarding)
        {
            why = NotForwarding(rules, bridge, details);
            return PathReason.PortNotForwarding;
        }

        if (from?.Port is { Isolated: true } && details.Isolated)
        {
            why = rules.Say($"is isolated, as {from.Name} is, so {bridge.Name} passes nothing between them");
            return PathReason.PortsIsolated;
        }

        // What the bridge knows the port of is not flooded. What the host itself sends to all goes out everywhere (br_flood).
        var isFlooded = rules.Cast switch
        {
            FrameCast.Unicast => learned is not null || details.UnicastFlood,
            FrameCast.Multicast => from is null || details.MulticastFlood,
            _ => from is null || details.BroadcastFlood,
        };
        if (isFlooded)
            return PathReason.None;
        why = rules.Say(rules.Cast switch
        {
            FrameCast.Unicast => "is set not to get frames for addresses that its bridge does not know",
            FrameCast.Multicast => "is set not to get multicasts",
            _ => "is set not to get broadcasts",
        });
        return PathReason.FloodingOff;
    }

    private static string NotForwarding(ForwardingRules rules, NetworkInterface bridge, BridgePortDetails port) =>
        rules.Say($"is a port of {bridge.Name} that does not forward: it is {port.State}");

    private static string Admitted(ForwardingRules rules, Frame frame, NetworkInterface bridge, NetworkInterface? port) => port is null
        ? rules.Say($"floods it to its ports, {frame.Describe()}")
        : rules.Say($"lets it into {bridge.Name}, {frame.Describe()}");

    private static string Standard(VlanProtocol protocol) => protocol is VlanProtocol.Dot1AD ? "802.1ad" : "802.1Q";
}
