using System.Globalization;
using XenVlan.Discovery.Probe;
using XenVlan.Model;

namespace XenVlan.Discovery.Comparison;

/// <summary>What differs in network interfaces: what they are, their addresses, and what they are to bridges, bonds and VLANs.</summary>
internal static class InterfaceComparison
{
    // That of a domain's NIC too.
    private static readonly Aspect<NetworkInterface>[] ForAnyInterface =
    [
        new("Mtu", (i, _) => i.Mtu),
        new("IsUp", (i, _) => i.IsUp),
        new("HasCarrier", (i, _) => i.HasCarrier),
        new("IsPromiscuous", (i, _) => i.IsPromiscuous),
        new("IsAllMulticast", (i, _) => i.IsAllMulticast),
    ];

    private static readonly Aspect<NetworkInterface>[] Common =
    [
        new("Kind", (i, _) => i.Kind),
        new("Master", (i, names) => names.Of(i.Master)),
        .. ForAnyInterface,
    ];

    private static readonly Aspect<NetworkInterface>[] OfMachine = [new("Mac", (i, _) => i.Mac)];

    private static readonly Aspect<Offloads>[] OffloadAspects =
    [
        new("TransmitChecksumOffload", (o, _) => o.TransmitChecksum, NullIsUnknown: true),
        new("ReceiveVlanOffload", (o, _) => o.ReceiveVlan, NullIsUnknown: true),
        new("TransmitVlanOffload", (o, _) => o.TransmitVlan, NullIsUnknown: true),
        new("VlanFilterOffload", (o, _) => o.VlanFilter, NullIsUnknown: true),
    ];

    private static readonly Aspect<VlanDetails>[] VlanAspects =
    [
        new("Parent", (v, names) => names.Of(v.Parent)),
        new("VlanId", (v, _) => v.Id, NullIsUnknown: true),
        new("Protocol", (v, _) => v.Protocol),
    ];

    private static readonly Aspect<BondDetails>[] BondAspects =
    [
        new("Mode", (b, _) => b.Mode),
        new("Slaves", (b, names) => b.Slaves.Select(names.Of).Order(StringComparer.Ordinal)),
        new("ActiveSlave", (b, names) => names.Of(b.ActiveSlave)),
        new("HasLacpPartner", (b, _) => b.HasLacpPartner, NullIsUnknown: true),
    ];

    private static readonly Aspect<BondSlaveDetails>[] SlaveAspects =
    [
        new("IsActiveSlave", (s, _) => s.IsActive),
        new("SlaveHasLink", (s, _) => s.HasLink),
    ];

    private static readonly Aspect<BridgeDetails>[] BridgeAspects =
    [
        new("VlanFiltering", (b, _) => b.VlanFiltering),
        new("DefaultPvid", (b, _) => b.DefaultPvid),
        new("VlanProtocol", (b, _) => b.VlanProtocol),
        new("SpanningTree", (b, _) => b.SpanningTree),
        new("ForwardDelay", (b, _) => b.ForwardDelay),
        new("CallsIptables", (b, _) => b.CallsIptables),
        new("MultipleSpanningTrees", (b, _) => b.MultipleSpanningTrees),
        new("MulticastSnooping", (b, _) => b.Snooping?.IsOn, NullIsUnknown: true),
        new("MulticastSnoopingPerVlan", (b, _) => b.Snooping?.IsPerVlan, NullIsUnknown: true),
    ];

    private static readonly Aspect<BridgePortDetails>[] PortAspects =
    [
        new("State", (p, _) => p.State),
        new("Hairpin", (p, _) => p.Hairpin),
        new("Isolated", (p, _) => p.Isolated),
        new("Learning", (p, _) => p.Learning),
        new("UnicastFlood", (p, _) => p.UnicastFlood),
        new("BroadcastFlood", (p, _) => p.BroadcastFlood),
        new("MulticastFlood", (p, _) => p.MulticastFlood),
        new("Locked", (p, _) => p.Locked),
        new("NeighborSuppression", (p, _) => p.NeighborSuppression),
        new("ProxyArp", (p, _) => p.ProxyArp),
        new("VlanTunnel", (p, _) => p.VlanTunnel),
        new("MulticastToUnicast", (p, _) => p.MulticastToUnicast),
        new("MulticastRouter", (p, _) => p.MulticastRouter, NullIsUnknown: true),
        new("StoppedVlans", (p, _) => p.StoppedVlans),
    ];

    private static readonly Aspect<PortVlans>[] PortVlanAspects =
    [
        new("AllowedVlans", (v, _) => v.Allowed),
        new("UntaggedVlans", (v, _) => v.Untagged),
        new("Pvid", (v, _) => v.Pvid),
    ];

    /// <summary>Compares all interfaces but those that serve domains' NICs.</summary>
    public static void Compare(DifferenceList list)
    {
        var (before, after) = (Own(list.Reference), Own(list.Difference));
        foreach (var (name, mine, other) in list.Pairs(before, after, (i, _) => i.Name))
        {
            var kind = KindOf((mine ?? other)!);
            if (mine is null || other is null)
            {
                list.Add(kind, name, null, Describe(mine, list.ReferenceNames), Describe(other, list.DifferenceNames));
                continue;
            }

            list.Compare(kind, name, Common, mine, other);
            if (list.IsOneMachine)
                list.Compare(kind, name, OfMachine, mine, other);
            list.Compare(kind, name, VlanAspects, mine.Vlan, other.Vlan);
            list.Compare(kind, name, BondAspects, mine.Bond, other.Bond);
            list.Compare(kind, name, BridgeAspects, mine.Bridge, other.Bridge);
            list.Compare(kind, name, SlaveAspects, mine.Slave, other.Slave);
            CompareParts(list, kind, name, mine, other);
        }

        static IEnumerable<NetworkInterface> Own(HostSnapshot host) => host.Interfaces.Where(i => !StableNames.IsOfNic(i));
    }

    /// <summary>Compares the interfaces that serve one NIC of a domain.</summary>
    /// <param name="list">Takes the differences.</param>
    /// <param name="nic">The NIC.</param>
    /// <param name="mine">The reference's interface.</param>
    /// <param name="other">The other snapshot's.</param>
    public static void CompareVifs(DifferenceList list, string nic, NetworkInterface mine, NetworkInterface other)
    {
        list.Compare(SnapshotDifferenceKind.DomainNic, nic, ForAnyInterface, mine, other);
        CompareParts(list, SnapshotDifferenceKind.DomainNic, nic, mine, other);
    }

    /// <summary>An interface in a line.</summary>
    /// <param name="link">The interface; null for none.</param>
    /// <param name="names">The names of its host.</param>
    /// <returns>Such as <c>VLAN 10 on xenbr0, MTU 1500, up, 10.10.0.1/24</c>; null for none.</returns>
    public static string? Describe(NetworkInterface? link, StableNames names)
    {
        if (link is null)
            return null;
        string?[] parts =
        [
            link.Vlan is { } vlan ? $"VLAN {vlan.Id?.ToString() ?? "?"} on {names.Of(vlan.Parent)}" : link.Kind.ToString(),
            link.Bond is { } bond ? $"{bond.Mode} of {string.Join(" ", bond.Slaves)}" : null,
            link.Master is { } master ? $"on {names.Of(master)}" : null,
            link.PortVlans is { } vlans ? Describe(vlans) : null,
            string.Create(CultureInfo.InvariantCulture, $"MTU {link.Mtu}"),
            link.IsUp ? "up" : "down",
            .. link.Addresses.Where(a => !a.IsLinkLocal).Select(a => a.ToString()),
        ];
        return string.Join(", ", parts.OfType<string>());
    }

    private static string Describe(PortVlans vlans) =>
        $"VLANs {vlans.Allowed}, untagged {vlans.Untagged}, PVID {vlans.Pvid?.ToString() ?? "none"}";

    private static SnapshotDifferenceKind KindOf(NetworkInterface link) =>
        link.Kind switch
        {
            InterfaceKind.Bridge => SnapshotDifferenceKind.Bridge,
            InterfaceKind.Vlan => SnapshotDifferenceKind.VlanInterface,
            InterfaceKind.Bond => SnapshotDifferenceKind.Bond,
            _ => SnapshotDifferenceKind.Interface,
        };

    private static void CompareParts(
        DifferenceList list,
        SnapshotDifferenceKind kind,
        string name,
        NetworkInterface mine,
        NetworkInterface other
    )
    {
        list.Compare(kind, name, OffloadAspects, mine.Offloads, other.Offloads);
        list.Compare(SnapshotDifferenceKind.BridgePort, name, PortAspects, mine.Port, other.Port);
        list.Compare(SnapshotDifferenceKind.PortVlans, name, PortVlanAspects, mine.PortVlans, other.PortVlans);
        if (list.BothSaw(g => g.What is GapList.Addresses or GapList.SomeAddresses))
        {
            foreach (var (address, has, hasToo) in list.Pairs(Addresses(mine), Addresses(other), (a, _) => a))
                list.Add(SnapshotDifferenceKind.Address, name, null, has, hasToo);
        }

        // The kernel makes these of Ethernet addresses.
        IEnumerable<string> Addresses(NetworkInterface link) =>
            link.Addresses.Where(a => list.IsOneMachine || !a.IsLinkLocal).Select(a => a.ToString());
    }
}
