using XenVlan.Model;
using XenVlan.Paths.Frames;

namespace XenVlan.Paths.Forwarding;

/// <summary>What becomes of a frame that leaves a host: by a vif into a domain, or by a wire to another host.</summary>
internal static class WireRules
{
    /// <summary>What may become of a frame that an interface sends out.</summary>
    /// <param name="rules">Whoever asks.</param>
    /// <param name="state">The frame and the interface.</param>
    /// <param name="obstacle">What keeps the interface from sending.</param>
    /// <param name="why">The same in words.</param>
    /// <param name="moves">Takes the moves.</param>
    public static void Leave(ForwardingRules rules, in WalkState state, PathReason obstacle, string why, List<Transition> moves)
    {
        if (rules.Network.AcrossVif(state.Point) is { } domain)
        {
            var to = new WalkState(domain, WalkStage.Receiving, state.Frame);
            moves.Add(
                obstacle is PathReason.None
                    ? ForwardingRules.Pass(to, rules.Say($"hands it to {domain}, {state.Frame.Describe()}"))
                    : ForwardingRules.Drop(to, obstacle, why)
            );
        }

        var left = state with { Stage = WalkStage.Transmitted };
        int? room = state.Point.Interface.Kind is InterfaceKind.Physical ? state.Point.Interface.Mtu - state.Frame.InnerTagBytes : null;
        moves.Add(
            obstacle is PathReason.None
                ? ForwardingRules.Pass(left, rules.Say($"sends it out, {state.Frame.Describe()}")) with
                {
                    Room = room,
                }
                : ForwardingRules.Drop(left, obstacle, why)
        );
    }

    /// <summary>Where a frame comes to that has left an interface.</summary>
    /// <param name="rules">Whoever asks.</param>
    /// <param name="state">The frame and the interface it has left.</param>
    /// <param name="moves">Takes the moves.</param>
    public static void Cross(ForwardingRules rules, in WalkState state, List<Transition> moves)
    {
        var from = state.Point;
        foreach (var (wire, end) in rules.Network.AcrossWires(from))
        {
            // A switch sends the native VLAN without a tag.
            var frame =
                wire.Native is { } native && state.Frame.Outer is { Protocol: VlanProtocol.Dot1Q } outer && outer.Vlan == native
                    ? state.Frame.Pop()
                    : state.Frame;
            var to = new WalkState(end, WalkStage.Receiving, frame);
            moves.Add(Across(rules, OnWire(rules, wire, state.Frame, to), from, end));
        }
    }

    private static Transition Across(ForwardingRules rules, Transition move, InterfaceRef from, InterfaceRef to) =>
        move with
        {
            Direction = PathDirection.Across,
            IsOnWire = true,
            At = rules.Say($"{from} – {to}"),
        };

    private static Transition OnWire(ForwardingRules rules, Wire wire, Frame frame, WalkState to)
    {
        var move = (frame.Outer, wire.Vlans) switch
        {
            ({ } tag, { } vlans) when tag.Vlan == wire.Native => ForwardingRules.Pass(
                to,
                rules.Say($"carries VLAN {tag.Vlan} without a tag: it is the native VLAN")
            ),
            ({ } tag, { } vlans) when vlans.Contains(tag.Vlan) => ForwardingRules.Pass(to, rules.Say($"carries VLAN {tag.Vlan}")),
            ({ } tag, { }) when wire.IsLearned => new Transition(
                to,
                HopVerdict.Unknown,
                PathReason.None,
                rules.Say($"is not announced for VLAN {tag.Vlan}; it may carry it")
            ),
            ({ } tag, { } vlans) => ForwardingRules.Drop(
                to,
                PathReason.VlanNotOnWire,
                rules.Say($"does not carry VLAN {tag.Vlan}, only {vlans}")
            ),
            (_, null) => new Transition(to, HopVerdict.Unknown, PathReason.None, rules.Say("is not described; it may carry the frame")),
            _ => ForwardingRules.Pass(to, rules.Say("carries untagged frames")),
        };
        return move with { Room = wire.Mtu };
    }
}
