using XenVlan.Model;
using XenVlan.Paths.Filters;
using XenVlan.Paths.Frames;

namespace XenVlan.Paths.Forwarding;

/// <summary>
/// What a host does with a frame that an interface has received, in the order of <c>__netif_receive_skb_core</c>
/// (<c>net/core/dev.c</c>): a VLAN interface of the frame's outermost tag takes it (<c>vlan_do_receive</c>), else the
/// handler of a bond, a bridge or Open vSwitch, else the host's own network stack. Each VLAN interface and bond begins
/// anew.
/// </summary>
internal sealed class ReceivingRules(PathNetwork network, FrameContent content, BridgeRules bridges, OpenVSwitchRules openVSwitch)
{
    /// <summary>What may become of the frame.</summary>
    public void Add(in WalkState arriving, List<Transition> moves)
    {
        var state = arriving with { Frame = arriving.Frame.Received };
        var index = network.IndexOf(state.Point.Host);
        var link = state.Point.Interface;
        var obstacle = LinkRules.Check(link);
        var first = moves.Count;
        var master = index.Find(link.Master);
        var behind = obstacle;
        InterfaceRef? possible = null;
        if (state.Frame.Outer is { } tag && index.TakerOf(link, tag) is { } taker)
        {
            var takes = TakesFirst(state.Point);
            moves.Add(Take(tag, new WalkState(taker, WalkStage.Receiving, state.Frame.Pop()), takes, obstacle));
            if (takes is Taking.Yes)
                behind ??= Taken(taker, tag, master);
            possible = takes is Taking.Perhaps ? taker : null;
        }

        if (master?.Interface.Bond is { } bond)
            GiveToBond(state, master, bond, behind, moves);
        else if (master?.Interface.Bridge is not null && link.Port is not null)
            GiveToBridge(state, master, possible, behind, moves);
        else if (index.FindOpenVSwitch(link) is { } member && link.Kind is not InterfaceKind.OpenVSwitch)
            openVSwitch.Enter(state, member.Bridge, member.Port, behind, moves);
        else if (state.Frame.TagCount == 0)
            Deliver(state, behind, moves);

        var mtu = LinkRules.ReceiveMtu(link, arriving.Frame);
        var filter = PacketFilters.JudgeReceived(state.Point.Host, link.Name, state.Frame, content);
        for (var i = first; i < moves.Count; i++)
            moves[i] = moves[i].Filter(filter, PacketFilterHook.Ingress) with
            {
                Direction = PathDirection.In,
                Mtu = moves[i].Mtu is { } other && mtu is { } own ? Math.Min(other, own) : moves[i].Mtu ?? mtu,
            };
    }

    // Before 2.6.37 a network card that took tags off gave frames to VLAN interfaces itself, and any other gave them to the
    // bridge first.
    private static Taking TakesFirst(InterfaceRef point) =>
        point.Interface.Port is null || point.Host.Kernel.IsAtLeast(2, 6, 37) || point.Host.Kernel.Version.Major == 0
            ? Taking.Yes
            : point.Interface.Offloads?.ReceiveVlan switch
            {
                true => Taking.Yes,
                false => Taking.No,
                null => Taking.Perhaps,
            };

    // One that is down drops the frame (vlan_do_receive).
    private static Transition Take(VlanTag tag, WalkState to, Taking takes, Obstacle? obstacle) =>
        takes switch
        {
            _ when obstacle is not null => Transition.Drop(to, obstacle),
            Taking.Yes => Transition.Pass(to, new Untagged(tag, to.Point.Interface.Name)),
            Taking.Perhaps => Transition.Doubt(to, new AccelerationNotSeen(to.Point.Interface.Name)),
            _ => Transition.Drop(to, new TakenByBridge(to.Point.Interface.Name)),
        };

    private static TakenByVlanInterface? Taken(InterfaceRef taker, VlanTag tag, InterfaceRef? master) =>
        master is null
            ? null
            : new TakenByVlanInterface(
                taker.Interface.Name,
                tag,
                !taker.Interface.IsUp,
                master.Interface.Name,
                master.Interface.Bond is not null
            );

    private static void GiveToBond(in WalkState state, InterfaceRef master, BondDetails bond, Obstacle? obstacle, List<Transition> moves)
    {
        // bond_should_deliver_exact_match in drivers/net/bonding/bond_main.c
        var link = state.Point.Interface;
        var isActive = link.Slave?.IsActive ?? (bond.ActiveSlave is not { Length: > 0 } active || active == link.Name);
        var to = new WalkState(master, WalkStage.Receiving, state.Frame);
        var unused = isActive ? null : new InactiveSlave(master.Interface.Name);
        moves.Add(Transition.Make(to, obstacle ?? unused, new HandedOn(master.Interface.Name)));
    }

    private void GiveToBridge(in WalkState state, InterfaceRef master, InterfaceRef? taker, Obstacle? obstacle, List<Transition> moves)
    {
        var first = moves.Count;
        bridges.Enter(state, master, state.Point.Interface, obstacle, moves);
        for (var i = first; taker is not null && i < moves.Count; i++)
        {
            if (moves[i].Verdict is HopVerdict.Passes)
                moves[i] = moves[i].Doubted(new AccelerationNotSeen(taker.Interface.Name));
        }
    }

    private static void Deliver(in WalkState state, Obstacle? obstacle, List<Transition> moves)
    {
        var to = state with { Stage = WalkStage.Delivered };
        moves.Add(obstacle is null ? new Transition(to, HopVerdict.Delivers, new Delivered()) : Transition.Drop(to, obstacle));
    }

    private enum Taking
    {
        No,
        Perhaps,
        Yes,
    }
}
