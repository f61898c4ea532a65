using XenVlan.Model;
using XenVlan.Paths.Frames;

namespace XenVlan.Paths.Forwarding;

/// <summary>What becomes of a frame that leaves a host: by a vif into a domain, or by a wire to another host.</summary>
internal sealed class WireRules(PathNetwork network)
{
    /// <summary>What may become of a frame that an interface sends out.</summary>
    /// <param name="state">The frame and the interface.</param>
    /// <param name="obstacle">What keeps the interface from sending; null for nothing.</param>
    /// <param name="moves">Takes the moves.</param>
    public void Leave(in WalkState state, Obstacle? obstacle, List<Transition> moves)
    {
        if (network.AcrossVif(state.Point) is { } peer)
            moves.Add(
                Transition.Make(
                    new WalkState(peer, WalkStage.Receiving, state.Frame),
                    obstacle,
                    new CrossedVif(peer.Host.HostName, peer.Interface.Name)
                )
            );

        int? mtu = state.Point.Interface.Kind is InterfaceKind.Physical ? state.Point.Interface.Mtu - state.Frame.InnerTagBytes : null;
        moves.Add(
            Transition.Make(state with { Stage = WalkStage.Transmitted }, obstacle, new Transmitted()) with
            {
                Mtu = obstacle is null ? mtu : null,
            }
        );
    }

    /// <summary>Where a frame comes to that has left an interface.</summary>
    /// <param name="state">The frame and the interface it has left.</param>
    /// <param name="moves">Takes the moves.</param>
    public void Cross(in WalkState state, List<Transition> moves)
    {
        foreach (var (wire, end) in network.AcrossWires(state.Point))
        {
            // A switch sends the native VLAN without a tag.
            var frame =
                wire.Native is { } native && state.Frame.Outer is { Protocol: VlanProtocol.Dot1Q } outer && outer.Vlan == native
                    ? state.Frame.Pop()
                    : state.Frame;
            var to = new WalkState(end, WalkStage.Receiving, frame);
            moves.Add(OnWire(wire, state.Frame, to) with { Direction = PathDirection.Across, Mtu = wire.Mtu });
        }
    }

    private static Transition OnWire(Wire wire, Frame frame, WalkState to) =>
        (frame.Outer, wire.Vlans) switch
        {
            ({ } tag, { }) when tag.Vlan == wire.Native => Transition.Pass(to, new Carried(tag.Vlan, IsNative: true)),
            ({ } tag, { } vlans) when vlans.Contains(tag.Vlan) => Transition.Pass(to, new Carried(tag.Vlan)),
            ({ } tag, { }) when wire.IsLearned => Transition.Doubt(to, new VlanNotAnnounced(tag.Vlan)),
            ({ } tag, { } vlans) => Transition.Drop(to, new VlanNotOnWire(tag.Vlan, vlans)),
            (_, null) => Transition.Doubt(to, new WireNotDescribed()),
            _ => Transition.Pass(to, new Carried(null)),
        };
}
