using XenVlan.Discovery.Views;
using XenVlan.Model;
using XenVlan.Paths.Frames;

namespace XenVlan.Paths.Forwarding;

/// <summary>
/// What a bridge of Open vSwitch does with a frame while it switches as it does without flows of somebody's own (action
/// NORMAL): the port's <c>tag</c>, <c>trunks</c> and <c>vlan_mode</c> (<c>ovs-vswitchd.conf.db(5)</c>, table Port).
/// </summary>
internal static class OpenVSwitchRules
{
    private const string Tunnel = "dot1q-tunnel";

    /// <summary>A frame comes to a bridge.</summary>
    /// <param name="rules">Whoever asks.</param>
    /// <param name="state">The frame and the interface.</param>
    /// <param name="bridge">The bridge.</param>
    /// <param name="port">The port the interface belongs to.</param>
    /// <param name="obstacle">What keeps the frame from the bridge already.</param>
    /// <param name="why">The same in words.</param>
    /// <param name="moves">Takes the move.</param>
    public static void Enter(
        ForwardingRules rules,
        in WalkState state,
        OpenVSwitchBridge bridge,
        OpenVSwitchPort port,
        PathReason obstacle,
        string why,
        List<Transition> moves
    )
    {
        if (rules.IndexOf(state).Find(bridge.Name) is not { } place)
            return;
        var (frame, verdict, reason, action) = Admit(rules, state.Frame, bridge, port);
        var to = new WalkState(place, WalkStage.Bridged, frame, port.Name);
        moves.Add(obstacle is PathReason.None ? new Transition(to, verdict, reason, action) : ForwardingRules.Drop(to, obstacle, why));
    }

    /// <summary>Where a bridge sends a frame that it has let in.</summary>
    /// <param name="rules">Whoever asks.</param>
    /// <param name="state">The frame and the bridge.</param>
    /// <param name="moves">Takes the moves: one an interface.</param>
    public static void Forward(ForwardingRules rules, in WalkState state, List<Transition> moves)
    {
        var index = rules.IndexOf(state);
        if (index.FindOpenVSwitch(state.Point.Interface) is not { Bridge: var bridge })
            return;
        foreach (var port in bridge.Ports)
        {
            if (port.Name == state.Ingress)
                continue;
            var (frame, reason, action) = Release(rules, state.Frame, bridge, port);
            foreach (var member in port.Interfaces.Select(index.Find).OfType<InterfaceRef>())
            {
                // What leaves by an interface Open vSwitch made itself is received on it by the host.
                var isInternal = member.Interface.Kind is InterfaceKind.OpenVSwitch;
                var to = new WalkState(member, isInternal ? WalkStage.Receiving : WalkStage.Sending, frame);
                var move = reason is PathReason.None ? ForwardingRules.Pass(to, action) : ForwardingRules.Drop(to, reason, action);

                // ovs_vport_send in net/openvswitch/vport.c looks at the MTU without the outermost tag.
                moves.Add(
                    move with
                    {
                        At = member.Interface.Name,
                        Direction = PathDirection.Out,
                        Room = isInternal ? null : member.Interface.Mtu - frame.InnerTagBytes,
                    }
                );
            }
        }
    }

    private static (Frame Frame, HopVerdict Verdict, PathReason Reason, string Action) Admit(
        ForwardingRules rules,
        Frame frame,
        OpenVSwitchBridge bridge,
        OpenVSwitchPort port
    )
    {
        var vlans = OpenVSwitchVlans.Of(port);
        var isTunnel = port.Mode == Tunnel;
        if (isTunnel && vlans.Pvid is { } service)
        {
            return frame.Push(new VlanTag(service, VlanProtocol.Dot1AD)) is { } twice
                ? (twice, HopVerdict.Passes, PathReason.None, rules.Say($"lets it into {bridge.Name} inside VLAN {service}"))
                : (frame, HopVerdict.Unknown, PathReason.None, rules.Say("would have to put a third tag on it"));
        }

        if (frame.Outer is { } tag)
        {
            if (OpenVSwitchVlans.IsAccess(port))
                return (
                    frame,
                    HopVerdict.Drops,
                    PathReason.VlanNotAllowedOnPort,
                    rules.Say($"is an access port of VLAN {port.Tag} and takes no tagged frames")
                );
            return vlans.Allowed.Contains(tag.Vlan)
                ? (frame, HopVerdict.Passes, PathReason.None, rules.Say($"lets it into {bridge.Name}, {frame.Describe()}"))
                : (
                    frame,
                    HopVerdict.Drops,
                    PathReason.VlanNotAllowedOnPort,
                    rules.Say($"does not pass VLAN {tag.Vlan}, only {vlans.Allowed}")
                );
        }

        return vlans.Pvid is { } pvid
            ? (
                frame.Push(new VlanTag(pvid, VlanProtocol.Dot1Q))!.Value,
                HopVerdict.Passes,
                PathReason.None,
                rules.Say($"lets it into {bridge.Name} as VLAN {pvid}")
            )
            : (frame, HopVerdict.Passes, PathReason.None, rules.Say($"lets it into {bridge.Name} untagged"));
    }

    private static (Frame Frame, PathReason Reason, string Action) Release(
        ForwardingRules rules,
        Frame frame,
        OpenVSwitchBridge bridge,
        OpenVSwitchPort port
    )
    {
        var vlans = OpenVSwitchVlans.Of(port);
        if (frame.Outer is not { } tag)
        {
            // Untagged frames on the bridge are of VLAN 0, which every trunk without a list carries.
            return OpenVSwitchVlans.IsAccess(port) || !port.Trunks.IsEmpty
                ? (frame, PathReason.VlanNotAllowedOnPort, rules.Say("passes no frames without a VLAN"))
                : (frame, PathReason.None, rules.Say($"gets it from {bridge.Name} untagged"));
        }

        var left = vlans.Untagged.Contains(tag.Vlan) ? frame.Pop() : frame;
        return vlans.Allowed.Contains(tag.Vlan)
            ? (left, PathReason.None, rules.Say($"gets it from {bridge.Name}, {left.Describe()}"))
            : (left, PathReason.VlanNotAllowedOnPort, rules.Say($"does not pass VLAN {tag.Vlan}, only {vlans.Allowed}"));
    }
}
