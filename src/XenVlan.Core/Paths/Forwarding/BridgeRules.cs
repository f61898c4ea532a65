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
internal sealed class BridgeRules(PathNetwork network, FrameCast cast, FrameContent content, LearnedPorts learned)
{
    private readonly SnoopingRules _snooping = new(cast, content);

    /// <summary>A frame comes to a bridge.</summary>
    /// <param name="state">The frame, and the port, or the bridge itself for the host's own.</param>
    /// <param name="bridge">The bridge.</param>
    /// <param name="port">The port; null for the host's own.</param>
    /// <param name="obstacle">What keeps the frame from the bridge already; null for nothing.</param>
    /// <param name="moves">Takes the move.</param>
    public void Enter(in WalkState state, InterfaceRef bridge, NetworkInterface? port, Obstacle? obstacle, List<Transition> moves)
    {
        var decision = Admit(state.Frame, bridge, port);
        if (port?.Port is { } entrance)
            obstacle ??= Stopped(bridge.Interface, entrance, decision.Frame);

        var to = new WalkState(bridge, WalkStage.Bridged, decision.Frame, port?.Name);
        if (obstacle is not null)
        {
            moves.Add(Transition.Drop(to, obstacle));
            return;
        }

        var move = decision.MoveTo(to);
        if (port is { Port: { } details } && move.Verdict is HopVerdict.Passes && Doubt(bridge.Interface, details) is { } doubt)
            move = move.Doubted(doubt);
        if (port is not null)
        {
            // NF_BR_PRE_ROUTING comes before the VLAN is looked at.
            var filter = PacketFilters.JudgeEntering(bridge.Host, bridge.Interface.Name, port.Name, state.Frame, content);
            move = move.Filter(filter, PacketFilterHook.Prerouting, bridge.Interface.Name);
        }

        moves.Add(move);
    }

    /// <summary>Where a bridge sends a frame that it has let in.</summary>
    /// <param name="state">The frame and the bridge.</param>
    /// <param name="moves">Takes the moves: one a port, and one to the host itself.</param>
    public void Forward(in WalkState state, List<Transition> moves)
    {
        var (host, bridge) = state.Point;
        var index = network.IndexOf(host);
        var from = index.Find(state.Ingress)?.Interface;
        var known = learned.Find(state.Point, LearningVlan(bridge, state.Frame));
        foreach (var port in index.PortsOf(bridge))
        {
            if (ReferenceEquals(port, from) && !port.Port!.Hairpin)
                continue;
            var decision = Decide(state.Frame, bridge, from, port, known);
            var move = decision.MoveTo(new WalkState(new InterfaceRef(host, port), WalkStage.Sending, decision.Frame)) with
            {
                At = port.Name,
                Direction = PathDirection.Out,
                Mtu = LinkRules.ForwardMtu(index, port, decision.Frame),
            };
            moves.Add(Filter(state, move, from, port));
        }

        if (from is not null)
            moves.Add(Filter(state, PassUp(state), from, outPort: null));
    }

    /// <summary>The VLAN for which a bridge learns where an address is.</summary>
    /// <returns>The VLAN; 0 where the bridge does not filter.</returns>
    public static int LearningVlan(NetworkInterface bridge, Frame frame) =>
        bridge.Bridge is { VlanFiltering: true } && frame.Outer is { } tag ? tag.Vlan.Value : 0;

    private static BridgeSide Self(HostSnapshot host) => host.IsDomain0 ? BridgeSide.Domain0 : BridgeSide.Host;

    private static PortDecision Admit(Frame frame, InterfaceRef place, NetworkInterface? port)
    {
        var bridge = place.Interface;
        var details = bridge.Bridge!;
        var side = port is null ? Self(place.Host) : BridgeSide.Port;
        if (!details.VlanFiltering)
            return Admitted(frame, bridge, port);
        if ((port ?? bridge).PortVlans is not { } vlans)
            return PortDecision.Doubt(frame, new VlansNotSeen(bridge.Name, side, IsEntry: true));

        // A tag of the other standard counts as none, and stays inside (__allowed_ingress).
        if (frame.Outer is { } outer && outer.Protocol == details.VlanProtocol)
            return vlans.Allowed.Contains(outer.Vlan)
                ? Admitted(frame, bridge, port)
                : PortDecision.Drop(frame, new VlanNotAllowed(outer.Vlan, vlans.Allowed, side, IsSent: port is null));

        if (vlans.Pvid is not { } pvid)
            return PortDecision.Drop(frame, frame.Outer is { } other ? new NoPvidForProtocol(other, details.VlanProtocol) : new NoPvid());

        var tag = new VlanTag(pvid, details.VlanProtocol);
        return frame.Push(tag) is { } tagged
            ? PortDecision.Pass(tagged, new Entered(bridge.Name, tag))
            : PortDecision.Doubt(frame, new TooManyTags(Frame.MaximumTags));
    }

    private static PortDecision Admitted(Frame frame, NetworkInterface bridge, NetworkInterface? port) =>
        PortDecision.Pass(frame, port is null ? new Flooded() : new Entered(bridge.Name));

    // What a port gets is first a question of the port, then of its VLANs.
    private PortDecision Decide(Frame frame, NetworkInterface bridge, NetworkInterface? from, NetworkInterface port, string? known)
    {
        var release = Release(frame, bridge, port);
        var obstacle = PortObstacle(frame, bridge, from, port, known, out var isCertain);
        if (obstacle is not null && (isCertain || release.Verdict is not HopVerdict.Drops))
            return isCertain ? PortDecision.Drop(release.Frame, obstacle) : PortDecision.Doubt(release.Frame, obstacle);
        return port.Port is { VlanTunnel: true } && bridge.Bridge!.VlanFiltering && release.Verdict is HopVerdict.Passes
            ? PortDecision.Doubt(release.Frame, new TunnelNotKnown(bridge.Name, IsEntry: false))
            : release;
    }

    private static PortDecision Release(Frame frame, NetworkInterface bridge, NetworkInterface port)
    {
        if (!bridge.Bridge!.VlanFiltering || frame.Outer is not { } tag)
            return PortDecision.Pass(frame, new Forwarded(bridge.Name));
        if (port.PortVlans is not { } vlans)
            return PortDecision.Doubt(frame, new VlansNotSeen(bridge.Name, BridgeSide.Port, IsEntry: false));

        var left = vlans.Untagged.Contains(tag.Vlan) ? frame.Uncover() : frame;
        return vlans.Allowed.Contains(tag.Vlan)
            ? PortDecision.Pass(left, new Forwarded(bridge.Name))
            : PortDecision.Drop(left, new VlanNotAllowed(tag.Vlan, vlans.Allowed, BridgeSide.Port));
    }

    // NF_BR_FORWARD, NF_BR_LOCAL_OUT and NF_BR_LOCAL_IN see the frame as it leaves the bridge.
    private Transition Filter(in WalkState state, Transition move, NetworkInterface? inPort, NetworkInterface? outPort)
    {
        if (move.Verdict is HopVerdict.Drops)
            return move;
        var bridge = state.Point.Interface.Name;
        var filter = PacketFilters.Judge(state.Point.Host, bridge, inPort?.Name, outPort?.Name, move.To.Frame, content);
        var hook =
            outPort is null ? PacketFilterHook.Input
            : inPort is null ? PacketFilterHook.Output
            : PacketFilterHook.Forward;
        return move.Filter(filter, hook, bridge);
    }

    // br_handle_frame_finish lets what a locked port does not know pass nowhere; br_handle_ingress_vlan_tunnel tags what came by a tunnel.
    private static Obstacle? Doubt(NetworkInterface bridge, BridgePortDetails port) =>
        port switch
        {
            { Locked: true } => new PortLocked(bridge.Name),
            { VlanTunnel: true } when bridge.Bridge!.VlanFiltering => new TunnelNotKnown(bridge.Name, IsEntry: true),
            _ => null,
        };

    // br_pass_frame_up in net/bridge/br_input.c
    private Transition PassUp(in WalkState state)
    {
        var (host, bridge) = state.Point;
        var frame = state.Frame;
        var self = Self(host);
        var to = new WalkState(state.Point, WalkStage.Receiving, frame);
        var isSnooped = _snooping.IsSnooped(bridge, frame);
        var reaches = isSnooped is false ? true : _snooping.ReachesHost(bridge, frame);
        if (isSnooped is true && reaches is false)
            return Transition.Drop(to, new MulticastSnooped(bridge.Name, self, _snooping.Group));
        var move = PassUp(bridge, frame, self, to);
        return reaches is true || move.Verdict is HopVerdict.Drops
            ? move
            : move.Doubted(new SnoopingNotSeen(bridge.Name, self, IsQuerierKnown: isSnooped is true));
    }

    private static Transition PassUp(NetworkInterface bridge, Frame frame, BridgeSide self, WalkState to)
    {
        if (!bridge.Bridge!.VlanFiltering || frame.Outer is not { } tag)
            return Transition.Pass(to, new PassedUp(self));
        if (bridge.PortVlans is not { } vlans)
            return Transition.Doubt(to, new VlansNotSeen(bridge.Name, self, IsEntry: false));
        if (vlans.Allowed.Contains(tag.Vlan))
            return vlans.Untagged.Contains(tag.Vlan)
                ? Transition.Pass(to with { Frame = frame.Pop() }, new PassedUp(self, tag))
                : Transition.Pass(to, new PassedUp(self));

        return bridge.IsPromiscuous
            ? Transition.Pass(to, new PassedUp(self, IsPromiscuous: true))
            : Transition.Drop(to, new VlanNotAllowed(tag.Vlan, vlans.Allowed, self));
    }

    private Obstacle? PortObstacle(
        Frame frame,
        NetworkInterface bridge,
        NetworkInterface? from,
        NetworkInterface port,
        string? known,
        out bool isCertain
    )
    {
        isCertain = true;
        var details = port.Port!;
        if (Stopped(bridge, details, frame) is { } stopped)
            return stopped;
        if (from?.Port is { Isolated: true } && details.Isolated)
            return new PortsIsolated(bridge.Name, from.Name);

        var isSnooped = _snooping.IsSnooped(bridge, frame);
        var reaches = isSnooped is false ? null : _snooping.Reaches(bridge, port, frame);
        if (isSnooped is true && reaches is true)
            return null;
        if (isSnooped is true && reaches is false)
            return new MulticastSnooped(bridge.Name, BridgeSide.Port, _snooping.Group);

        var unflooded = FloodObstacle(from, port, known);
        if (isSnooped is false || (isSnooped is null && reaches is false && unflooded is not null))
        {
            if (unflooded is not null || !IsSuppressed(from, port, known))
                return unflooded;
            isCertain = false;
            return new NeighborsSuppressed(bridge.Name);
        }

        // Whether there is a querier is not known, or who listens.
        if (isSnooped is null && reaches is true && unflooded is null)
            return null;
        isCertain = false;
        return new SnoopingNotSeen(bridge.Name, BridgeSide.Port, IsQuerierKnown: isSnooped is not null);
    }

    // What the bridge knows the port of is not flooded. What the host itself sends to all goes out everywhere (br_flood).
    private Obstacle? FloodObstacle(NetworkInterface? from, NetworkInterface port, string? known)
    {
        if (cast is FrameCast.Unicast && known is not null)
            return null;
        var details = port.Port!;
        if (details.ProxyArp)
            return new AnsweredByProxy();

        var isFlooded = cast switch
        {
            FrameCast.Unicast => details.UnicastFlood,
            FrameCast.Multicast => from is null || details.MulticastFlood,
            _ => from is null || details.BroadcastFlood,
        };
        return isFlooded ? null : new FloodingOff(cast);
    }

    // br_do_proxy_suppress_arp and br_do_suppress_nd in net/bridge/br_arp_nd_proxy.c: by what the host knows of the neighbour.
    private bool IsSuppressed(NetworkInterface? from, NetworkInterface port, string? known) =>
        port.Port!.NeighborSuppression
        && content.Kind is FrameKind.Neighbor
        && !(cast is FrameCast.Unicast && known is not null)
        && from?.Port is not { NeighborSuppression: true };

    // br_mst_is_enabled leaves it to the states of VLANs, which br_vlan_state_allowed looks at in any case.
    private static Obstacle? Stopped(NetworkInterface bridge, BridgePortDetails port, Frame frame)
    {
        if (port.State is not BridgePortState.Forwarding && !bridge.Bridge!.MultipleSpanningTrees)
            return new PortNotForwarding(bridge.Name, port.State);
        return bridge.Bridge!.VlanFiltering && frame.Outer is { } tag && port.StoppedVlans?.Contains(tag.Vlan) is true
            ? new VlanNotForwarding(bridge.Name, tag.Vlan)
            : null;
    }
}
