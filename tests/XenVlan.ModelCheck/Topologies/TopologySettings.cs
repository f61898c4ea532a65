namespace XenVlan.ModelCheck.Topologies;

/// <summary>Gives the devices of a topology their settings: VLANs and flags of ports, what is up and what is down.</summary>
internal static class TopologySettings
{
    /// <summary>Adds the settings, when all devices are there.</summary>
    public static void Add(TopologyBuilder builder)
    {
        var bridges = builder.Devices.Where(d => d.Kind is DeviceKind.Bridge).ToList();
        foreach (var bridge in bridges)
        {
            AddVlans(builder, bridge, bridge);
            foreach (var port in builder.Devices.Where(d => ReferenceEquals(d.Master, bridge)))
            {
                AddVlans(builder, port, bridge);
                AddFlags(builder.Dice, port);
            }
        }

        AddIsolation(builder);
        AddHairpin(builder);
        foreach (var device in builder.Devices)
            device.Space.Links.Add($"link set {device.Name} up");
        if (builder.Dice.Percent(20))
        {
            foreach (var device in builder.Dice.Shuffled(builder.Devices).Take(builder.Dice.Between(1, 2)))
                device.Space.Links.Add($"link set {device.Name} down");
        }
    }

    private static void AddVlans(TopologyBuilder builder, Device device, Device bridge)
    {
        var dice = builder.Dice;
        if (!dice.Percent(bridge.Filters ? 80 : 5))
            return;
        var self = ReferenceEquals(device, bridge) ? " self" : "";
        var vlans = device.Space.Vlans;
        switch (dice.Below(100))
        {
            // A trunk of all VLANs, the commonest.
            case < 65:
                vlans.Add($"vlan add dev {device.Name} vid 2-4094{self}");
                break;

            // An access port.
            case < 83:
                if (bridge.DefaultPvid != 0)
                    vlans.Add($"vlan del dev {device.Name} vid {bridge.DefaultPvid}{self}");
                vlans.Add($"vlan add dev {device.Name} vid {builder.VlanId()} pvid untagged{self}");
                break;

            // Anything.
            default:
                foreach (var id in builder.VlanIds.Where(_ => dice.Percent(70)))
                    vlans.Add(
                        $"vlan add dev {device.Name} vid "
                            + $"{id}{(dice.Percent(15) ? " pvid" : "")}{(dice.Percent(25) ? " untagged" : "")}{self}"
                    );
                break;
        }
    }

    private static void AddFlags(Dice dice, Device port)
    {
        foreach (var flag in new[] { "learning", "flood", "mcast_flood", "bcast_flood" })
        {
            if (dice.Percent(3))
                port.Space.Links.Add($"link set {port.Name} type bridge_slave {flag} off");
        }

        // 0 disabled, 1 listening, 2 learning, 4 blocking: bridge(8). A link that comes up forwards again, and starts a timer that
        // ends listening and learning also without a spanning tree (br_make_forwarding, br_forward_delay_timer_expired), unless
        // there is no delay.
        if (dice.Percent(2))
        {
            port.Space.Links.Add($"link set {port.Master!.Name} type bridge forward_delay 0");
            port.Space.Late.Add($"link set {port.Name} type bridge_slave state {dice.Of([0, 1, 2, 4])}");
        }
    }

    private static void AddIsolation(TopologyBuilder builder)
    {
        if (!builder.Dice.Percent(12))
            return;
        foreach (var port in Ports(builder).Where(_ => builder.Dice.Percent(60)))
            port.Space.Links.Add($"link set {port.Name} type bridge_slave isolated on");
    }

    // Two ports that send frames back where they came from would send one back and forth for ever. One in all that is
    // joined cannot.
    private static void AddHairpin(TopologyBuilder builder)
    {
        var done = new HashSet<Device>();
        foreach (var port in builder.Dice.Shuffled(Ports(builder)))
        {
            if (builder.Dice.Percent(4) && port.Peer is { Master: null } && done.Add(port.Root()))
                port.Space.Links.Add($"link set {port.Name} type bridge_slave hairpin on");
        }
    }

    private static IEnumerable<Device> Ports(TopologyBuilder builder) => builder.Devices.Where(d => d.Master?.Kind is DeviceKind.Bridge);
}
