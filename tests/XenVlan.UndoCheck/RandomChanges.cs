using XenVlan.Changes;
using XenVlan.Changes.Desired;
using XenVlan.Model;
using XenVlan.ModelCheck.Topologies;

namespace XenVlan.UndoCheck;

/// <summary>Changes by chance, of every kind there is, that can be planned on a host.</summary>
internal static class RandomChanges
{
    private const int Tries = 60;

    /// <summary>Makes a plan.</summary>
    /// <param name="dice">The chance.</param>
    /// <param name="random">The host as it was made.</param>
    /// <param name="host">The host as it was read.</param>
    /// <returns>The plan; one without steps where nothing could be found to change.</returns>
    public static ChangePlan Make(Dice dice, RandomHost random, HostSnapshot host)
    {
        var wanted = dice.Between(1, 4);
        var plan = ChangePlan.Make(host, []);
        for (var i = 0; i < Tries && plan.Changes.Count < wanted; i++)
        {
            try
            {
                var next = ChangePlan.Make(host, [.. plan.Changes, .. One(dice, random, plan.After)]);
                if (next.Steps.Count > plan.Steps.Count)
                    plan = next;
            }
            catch (XenVlanException)
            {
                // That change cannot be made on this host, or not after the others.
            }
        }

        return plan;
    }

    private static IEnumerable<HostChange> One(Dice dice, RandomHost random, HostSnapshot host)
    {
        List<string> ports = [.. random.Nics, .. random.Vifs];
        List<string> all = [.. ports, .. random.Bridges, .. random.Vlans];
        var link = new InterfaceName(dice.Of(all));
        var vlan = random.Vlans.Count == 0 ? null : new InterfaceName(dice.Of(random.Vlans));
        var bridge = new InterfaceName(dice.Of(random.Bridges));
        var id = new VlanId(dice.Of([10, 20, 30, 50, 100, 200, 1000]));
        var mtu = dice.Of([1500, 1400, 1280, 1200, 9000, 1492]);
        var addresses = host.FindInterface(link.Value)?.Addresses.Where(a => !a.IsLinkLocal).ToList() ?? [];
        switch (dice.Below(16))
        {
            case 0 or 1 or 2:
                return [new MtuIs(link, mtu)];
            case 3 or 4:
                return [new BridgePortPresent(bridge, new InterfaceName(dice.Of(ports)))];
            case 5 when vlan is not null:
                return [new VlanInterfaceAbsent(vlan)];
            case 6 when vlan is not null:
                return
                [
                    new VlanInterfaceSettings(vlan)
                    {
                        Mtu = dice.Percent(60) ? mtu : null,
                        Addresses = dice.Percent(60) ? Some(dice) : null,
                    },
                ];
            case 7 or 8:
                return
                [
                    new VlanInterfacePresent
                    {
                        Parent = link,
                        VlanId = id,
                        Mtu = dice.Percent(30) ? mtu : null,
                        Addresses = Some(dice),
                        Protocol = dice.Percent(10) ? VlanProtocol.Dot1AD : VlanProtocol.Dot1Q,
                    },
                ];
            case 9:
                return [new BridgeFilteringIs(bridge, dice.Percent(50))];
            case 10:
                return
                [
                    new PortVlansAre(
                        link,
                        dice.Percent(50)
                            ? PortVlans.Access(id)
                            : PortVlans.Trunk(
                                VlanSet.Parse(dice.Of(["10", "10,20-25", "1-4094", "30,50"])),
                                dice.Percent(50) ? new VlanId(30) : null
                            )
                    ),
                ];
            case 11:
                return [new TaggedVlansAre(link, VlanSet.Parse(dice.Of(["10", "20-29,1000"])), dice.Percent(30) ? id : null)];
            case 12:
                return [new LinkIsUp(link)];
            case 13:
                return [new TransmitChecksumIs(link, dice.Percent(50))];
            case 14 when addresses.Count > 0:
                return [new AddressAbsent(link, dice.Of(addresses))];
            case 15 when host.FindInterface(bridge.Value) is { } trunk:
                return dice.Percent(40) ? [new BridgePresent(new InterfaceName("newbr"))] : [.. VlanBridge.For(host, trunk, id).Changes];
            default:
                return [new UplinksPass(bridge, VlanSet.Of(id)), new AddressPresent(link, InterfaceAddress.Parse("10.77.0.1/24"))];
        }
    }

    private static IReadOnlyList<InterfaceAddress> Some(Dice dice) =>
        dice.Below(4) switch
        {
            0 => [],
            1 => [InterfaceAddress.Parse($"10.60.{dice.Below(200)}.1/24")],
            2 => [InterfaceAddress.Parse($"fd00:60:{dice.Below(200)}::1/64")],
            _ => [InterfaceAddress.Parse("10.61.0.1/24"), InterfaceAddress.Parse($"10.61.0.{dice.Between(2, 200)}/24")],
        };
}
