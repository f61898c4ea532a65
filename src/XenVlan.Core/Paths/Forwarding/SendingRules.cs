using XenVlan.Model;

namespace XenVlan.Paths.Forwarding;

/// <summary>
/// What an interface does with a frame it is to send: a VLAN interface tags it (<c>vlan_dev_hard_start_xmit</c> in
/// <c>net/8021q/vlan_dev.c</c>), a bridge floods it (<c>br_dev_xmit</c>), a bond gives it to a slave
/// (<c>bond_start_xmit</c>), and anything else sends it out.
/// </summary>
internal static class SendingRules
{
    /// <summary>What may become of the frame.</summary>
    /// <param name="rules">Whoever asks.</param>
    /// <param name="state">The frame and the interface.</param>
    /// <param name="moves">Takes the moves.</param>
    public static void Add(ForwardingRules rules, in WalkState state, List<Transition> moves)
    {
        var link = state.Point.Interface;
        var index = rules.IndexOf(state);
        var obstacle = LinkRules.Obstacle(rules, link, out var why);
        if (link.Vlan is { } vlan)
            Tag(rules, state, vlan, index, obstacle, why, moves);
        else if (link.Bridge is not null)
            BridgeRules.Enter(rules, state, state.Point, port: null, obstacle, why, moves);
        else if (link.Bond is { } bond)
            GiveToSlaves(rules, state, bond, index, obstacle, why, moves);
        else if (link.Kind is InterfaceKind.OpenVSwitch && index.FindOpenVSwitch(link) is { } own)
            OpenVSwitchRules.Enter(rules, state, own.Bridge, own.Port, obstacle, why, moves);
        else
            WireRules.Leave(rules, state, obstacle, why, moves);
    }

    private static void Tag(
        ForwardingRules rules,
        in WalkState state,
        VlanDetails vlan,
        HostIndex index,
        PathReason obstacle,
        string why,
        List<Transition> moves
    )
    {
        if (
            vlan.Id is not { } id
            || index.Find(vlan.Parent) is not { } parent
            || state.Frame.Push(new VlanTag(id, vlan.Protocol)) is not { } tagged
        )
            return;
        var to = new WalkState(parent, WalkStage.Sending, tagged);
        moves.Add(
            obstacle is PathReason.None
                ? ForwardingRules.Pass(to, rules.Say($"tags it {new VlanTag(id, vlan.Protocol)} and hands it to {parent.Interface.Name}"))
                : ForwardingRules.Drop(to, obstacle, why)
        );
    }

    private static void GiveToSlaves(
        ForwardingRules rules,
        in WalkState state,
        BondDetails bond,
        HostIndex index,
        PathReason obstacle,
        string why,
        List<Transition> moves
    )
    {
        var slaves = bond.Slaves.Select(index.Find).OfType<InterfaceRef>().ToList();
        var used = slaves.Where(s => IsUsed(bond, s.Interface)).ToList();
        foreach (var slave in used.Count > 0 ? used : slaves)
        {
            var to = new WalkState(slave, WalkStage.Sending, state.Frame);
            moves.Add(
                obstacle is PathReason.None
                    ? ForwardingRules.Pass(to, rules.Say($"hands it to {slave.Interface.Name}"))
                    : ForwardingRules.Drop(to, obstacle, why)
            );
        }
    }

    private static bool IsUsed(BondDetails bond, NetworkInterface slave) =>
        bond.ActiveSlave is { Length: > 0 } active ? active == slave.Name : slave.Slave is null or { IsActive: true, HasLink: true };
}
