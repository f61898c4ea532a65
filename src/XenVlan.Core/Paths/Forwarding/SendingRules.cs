using XenVlan.Model;

namespace XenVlan.Paths.Forwarding;

/// <summary>
/// What an interface does with a frame it is to send: a VLAN interface tags it (<c>vlan_dev_hard_start_xmit</c> in
/// <c>net/8021q/vlan_dev.c</c>), a bridge floods it (<c>br_dev_xmit</c>), a bond gives it to a slave
/// (<c>bond_start_xmit</c>), and anything else sends it out.
/// </summary>
internal sealed class SendingRules(PathNetwork network, BridgeRules bridges, OpenVSwitchRules openVSwitch, WireRules wires)
{
    /// <summary>What may become of the frame.</summary>
    public void Add(in WalkState state, List<Transition> moves)
    {
        var link = state.Point.Interface;
        var index = network.IndexOf(state.Point.Host);
        var obstacle = LinkRules.Check(link);
        if (link.Vlan is { } vlan)
            Tag(state, vlan, index, obstacle, moves);
        else if (link.Bridge is not null)
            bridges.Enter(state, state.Point, port: null, obstacle, moves);
        else if (link.Bond is { } bond)
            GiveToSlaves(state, bond, index, obstacle, moves);
        else if (link.Kind is InterfaceKind.OpenVSwitch && index.FindOpenVSwitch(link) is { } own)
            openVSwitch.Enter(state, own.Bridge, own.Port, obstacle, moves);
        else
            wires.Leave(state, obstacle, moves);
    }

    private static void Tag(in WalkState state, VlanDetails vlan, HostIndex index, Obstacle? obstacle, List<Transition> moves)
    {
        if (vlan.Id is not { } id || index.Find(vlan.Parent) is not { } parent)
            return;
        var tag = new VlanTag(id, vlan.Protocol);
        if (state.Frame.Push(tag) is { } tagged)
            moves.Add(Transition.Make(new WalkState(parent, WalkStage.Sending, tagged), obstacle, new Tagged(tag, parent.Interface.Name)));
    }

    private static void GiveToSlaves(in WalkState state, BondDetails bond, HostIndex index, Obstacle? obstacle, List<Transition> moves)
    {
        var slaves = bond.Slaves.Select(index.Find).OfType<InterfaceRef>().ToList();
        var used = slaves.Where(s => IsUsed(bond, s.Interface)).ToList();
        foreach (var slave in used.Count > 0 ? used : slaves)
        {
            var to = new WalkState(slave, WalkStage.Sending, state.Frame);
            moves.Add(Transition.Make(to, obstacle, new HandedOn(slave.Interface.Name)));
        }
    }

    private static bool IsUsed(BondDetails bond, NetworkInterface slave) =>
        bond.ActiveSlave is { Length: > 0 } active ? active == slave.Name : slave.Slave is null or { IsActive: true, HasLink: true };
}
