using XenVlan.Discovery.Views;
using XenVlan.Model;
using XenVlan.Paths.Frames;

namespace XenVlan.Paths.Forwarding;

/// <summary>
/// What a bridge of Open vSwitch does with a frame while it switches as it does without flows of somebody's own (action
/// NORMAL): the port's <c>tag</c>, <c>trunks</c> and <c>vlan_mode</c> (<c>ovs-vswitchd.conf.db(5)</c>, table Port).
/// </summary>
internal sealed class OpenVSwitchRules(PathNetwork network)
{
    private const string Tunnel = "dot1q-tunnel";

    /// <summary>A frame comes to a bridge.</summary>
    /// <param name="state">The frame and the interface.</param>
    /// <param name="bridge">The bridge.</param>
    /// <param name="port">The port the interface belongs to.</param>
    /// <param name="obstacle">What keeps the frame from the bridge already; null for nothing.</param>
    /// <param name="moves">Takes the move.</param>
    public void Enter(in WalkState state, OpenVSwitchBridge bridge, OpenVSwitchPort port, Obstacle? obstacle, List<Transition> moves)
    {
        if (network.IndexOf(state.Point.Host).Find(bridge.Name) is not { } place)
            return;
        var decision = Admit(state.Frame, bridge, port);
        var to = new WalkState(place, WalkStage.Bridged, decision.Frame, port.Name);
        moves.Add(obstacle is null ? decision.MoveTo(to) : Transition.Drop(to, obstacle));
    }

    /// <summary>Where a bridge sends a frame that it has let in.</summary>
    /// <param name="state">The frame and the bridge.</param>
    /// <param name="moves">Takes the moves: one an interface.</param>
    public void Forward(in WalkState state, List<Transition> moves)
    {
        var index = network.IndexOf(state.Point.Host);
        if (index.FindOpenVSwitch(state.Point.Interface) is not { Bridge: var bridge })
            return;
        foreach (var port in bridge.Ports)
        {
            if (port.Name == state.Ingress)
                continue;
            var decision = Release(state.Frame, bridge, port);
            foreach (var member in port.Interfaces.Select(index.Find).OfType<InterfaceRef>())
            {
                // What leaves by an interface Open vSwitch made itself is received on it by the host.
                var isInternal = member.Interface.Kind is InterfaceKind.OpenVSwitch;
                var to = new WalkState(member, isInternal ? WalkStage.Receiving : WalkStage.Sending, decision.Frame);

                // ovs_vport_send in net/openvswitch/vport.c looks at the MTU without the outermost tag.
                moves.Add(
                    decision.MoveTo(to) with
                    {
                        At = member.Interface.Name,
                        Direction = PathDirection.Out,
                        Mtu = isInternal ? null : member.Interface.Mtu - decision.Frame.InnerTagBytes,
                    }
                );
            }
        }
    }

    private static PortDecision Admit(Frame frame, OpenVSwitchBridge bridge, OpenVSwitchPort port)
    {
        var vlans = OpenVSwitchVlans.Of(port);
        if (port.Mode == Tunnel && vlans.Pvid is { } service)
            return Enter(frame, bridge, new VlanTag(service, VlanProtocol.Dot1AD));

        if (frame.Outer is { } tag)
        {
            if (OpenVSwitchVlans.IsAccess(port))
                return PortDecision.Drop(frame, new TaggedOnAccessPort(port.Tag));
            return vlans.Allowed.Contains(tag.Vlan)
                ? PortDecision.Pass(frame, new Entered(bridge.Name))
                : PortDecision.Drop(frame, new VlanNotAllowed(tag.Vlan, vlans.Allowed, BridgeSide.Port));
        }

        return vlans.Pvid is { } pvid
            ? Enter(frame, bridge, new VlanTag(pvid, VlanProtocol.Dot1Q))
            : PortDecision.Pass(frame, new Entered(bridge.Name));
    }

    private static PortDecision Enter(Frame frame, OpenVSwitchBridge bridge, VlanTag tag) =>
        frame.Push(tag) is { } tagged
            ? PortDecision.Pass(tagged, new Entered(bridge.Name, tag))
            : PortDecision.Doubt(frame, new TooManyTags(Frame.MaximumTags));

    private static PortDecision Release(Frame frame, OpenVSwitchBridge bridge, OpenVSwitchPort port)
    {
        var vlans = OpenVSwitchVlans.Of(port);
        if (frame.Outer is not { } tag)
        {
            // Untagged frames on the bridge are of VLAN 0, which every trunk without a list carries.
            return OpenVSwitchVlans.IsAccess(port) || !port.Trunks.IsEmpty
                ? PortDecision.Drop(frame, new UntaggedNotAllowed())
                : PortDecision.Pass(frame, new Forwarded(bridge.Name));
        }

        var left = vlans.Untagged.Contains(tag.Vlan) ? frame.Pop() : frame;
        return vlans.Allowed.Contains(tag.Vlan)
            ? PortDecision.Pass(left, new Forwarded(bridge.Name))
            : PortDecision.Drop(left, new VlanNotAllowed(tag.Vlan, vlans.Allowed, BridgeSide.Port));
    }
}
