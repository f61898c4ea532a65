using XenVlan.Model;
using XenVlan.Paths.Filters;

namespace XenVlan.Paths.Forwarding;

/// <summary>
/// What a host does with a frame that an interface has received, in the order of <c>__netif_receive_skb_core</c>
/// (<c>net/core/dev.c</c>): a VLAN interface of the frame's outermost tag takes it (<c>vlan_do_receive</c>), else the
/// handler of a bond, a bridge or Open vSwitch, else the host's own network stack. Each VLAN interface and bond begins
/// anew.
/// </summary>
internal static class ReceivingRules
{
    /// <summary>What may become of the frame.</summary>
    /// <param name="rules">Whoever asks.</param>
    /// <param name="arriving">The frame and the interface.</param>
    /// <param name="moves">Takes the moves.</param>
    public static void Add(ForwardingRules rules, in WalkState arriving, List<Transition> moves)
    {
        var state = arriving with { Frame = arriving.Frame.Received };
        var index = rules.IndexOf(state);
        var link = state.Point.Interface;
        var obstacle = LinkRules.Obstacle(rules, link, out var why);
        var first = moves.Count;
        var taker = state.Frame.Outer is { } tag ? index.TakerOf(link, tag) : null;
        var takes = taker is null ? Taking.No : TakesFirst(state.Point);
        if (taker is not null)
            moves.Add(Take(rules, state, taker, takes, obstacle, why));

        var master = index.Find(link.Master);
        if (master is not null && taker is not null && takes is Taking.Yes && obstacle is PathReason.None)
        {
            obstacle = PathReason.TakenByVlanInterface;
            why = rules.Say(
                $"has a VLAN interface {taker.Interface.Name}, which takes VLAN {state.Frame.Outer} before {Kind(master)} "
                    + $"{master.Interface.Name} sees it{(taker.Interface.IsUp ? "" : ", and drops it, for it is down")}"
            );
        }

        if (master?.Interface.Bond is { } bond)
            GiveToBond(rules, state, master, bond, obstacle, why, moves);
        else if (master?.Interface.Bridge is not null && link.Port is not null)
            GiveToBridge(rules, state, master, takes, obstacle, why, moves);
        else if (index.FindOpenVSwitch(link) is { } member && link.Kind is not InterfaceKind.OpenVSwitch)
            OpenVSwitchRules.Enter(rules, state, member.Bridge, member.Port, obstacle, why, moves);
        else if (state.Frame.TagCount == 0)
            Deliver(rules, state, obstacle, why, moves);

        var room = LinkRules.ReceiveRoom(link, arriving.Frame);
        var (filter, rule) = PacketFilters.JudgeReceived(state.Point.Host, link.Name, state.Frame, rules.Content);
        for (var i = first; i < moves.Count; i++)
            moves[i] = BridgeRules.Filtered(rules, moves[i], filter, rule, "take it") with
            {
                Direction = PathDirection.In,
                Room = moves[i].Room is { } other && room is { } own ? Math.Min(other, own) : moves[i].Room ?? room,
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

    private static Transition Take(
        ForwardingRules rules,
        in WalkState state,
        InterfaceRef taker,
        Taking takes,
        PathReason obstacle,
        string why
    )
    {
        // One that is down drops the frame (vlan_do_receive).
        var to = new WalkState(taker, WalkStage.Receiving, state.Frame.Pop());
        if (obstacle is not PathReason.None)
            return ForwardingRules.Drop(to, obstacle, why);
        return takes switch
        {
            Taking.Yes => ForwardingRules.Pass(to, rules.Say($"hands it to {taker.Interface.Name}, which takes VLAN {state.Frame.Outer}")),
            Taking.Perhaps => new Transition(
                to,
                HopVerdict.Unknown,
                PathReason.None,
                rules.Say(
                    $"hands it to {taker.Interface.Name} or to its bridge, by the network card's VLAN acceleration, which could not be seen"
                )
            ),
            _ => ForwardingRules.Drop(
                to,
                PathReason.TakenByBridge,
                rules.Say($"gives it to its bridge before {taker.Interface.Name} sees it, as kernels before 2.6.37 do")
            ),
        };
    }

    private static void GiveToBond(
        ForwardingRules rules,
        in WalkState state,
        InterfaceRef master,
        BondDetails bond,
        PathReason obstacle,
        string why,
        List<Transition> moves
    )
    {
        // bond_should_deliver_exact_match in drivers/net/bonding/bond_main.c
        var link = state.Point.Interface;
        var isActive = link.Slave?.IsActive ?? (bond.ActiveSlave is not { Length: > 0 } active || active == link.Name);
        var to = new WalkState(master, WalkStage.Receiving, state.Frame);
        moves.Add(
            (obstacle, isActive) switch
            {
                (not PathReason.None, _) => ForwardingRules.Drop(to, obstacle, why),
                (_, false) => ForwardingRules.Drop(
                    to,
                    PathReason.InactiveSlave,
                    rules.Say($"is a slave that {master.Interface.Name} does not use now")
                ),
                _ => ForwardingRules.Pass(to, rules.Say($"hands it to {master.Interface.Name}")),
            }
        );
    }

    private static void GiveToBridge(
        ForwardingRules rules,
        in WalkState state,
        InterfaceRef master,
        Taking takes,
        PathReason obstacle,
        string why,
        List<Transition> moves
    )
    {
        var first = moves.Count;
        BridgeRules.Enter(rules, state, master, state.Point.Interface, obstacle, why, moves);
        for (var i = first; takes is Taking.Perhaps && i < moves.Count; i++)
        {
            if (moves[i].Verdict is HopVerdict.Passes)
                moves[i] = moves[i] with { Verdict = HopVerdict.Unknown };
        }
    }

    private static string Kind(InterfaceRef master) => master.Interface.Bond is not null ? "bond" : "bridge";

    private static void Deliver(ForwardingRules rules, in WalkState state, PathReason obstacle, string why, List<Transition> moves)
    {
        var to = state with { Stage = WalkStage.Delivered };
        moves.Add(
            obstacle is PathReason.None
                ? new Transition(to, HopVerdict.Delivers, PathReason.None, rules.Say("receives it"))
                : ForwardingRules.Drop(to, obstacle, why)
        );
    }

    private enum Taking
    {
        No,
        Perhaps,
        Yes,
    }
}
