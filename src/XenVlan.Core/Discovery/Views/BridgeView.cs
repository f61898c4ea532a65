using XenVlan.Model;

namespace XenVlan.Discovery.Views;

/// <summary>The bridges that a snapshot shows.</summary>
internal static class BridgeView
{
    /// <summary>Makes the view.</summary>
    public static IReadOnlyList<XenBridge> Of(HostSnapshot snapshot)
    {
        var members = snapshot.Interfaces.Where(i => i.Master is not null).ToLookup(i => i.Master!, StringComparer.Ordinal);
        var domains = snapshot.Domains.ToLookup(d => d.Id, d => d.Name);
        var linux = snapshot
            .Interfaces.Where(i => i.Kind is InterfaceKind.Bridge)
            .Select(b => LinuxBridge(snapshot, b, members[b.Name], domains));
        var ovs = snapshot.OpenVSwitchBridges.Select(b => OpenVSwitchBridge(snapshot, b, domains));
        return [.. linux, .. ovs];
    }

    /// <summary>What an interface leads to when it is a port of a bridge.</summary>
    public static BridgePortRole Role(InterfaceKind? kind) =>
        kind switch
        {
            InterfaceKind.Physical => BridgePortRole.Uplink,
            InterfaceKind.Bond => BridgePortRole.Bond,
            InterfaceKind.Vlan => BridgePortRole.Vlan,
            InterfaceKind.Vif => BridgePortRole.Vif,
            InterfaceKind.Tap => BridgePortRole.Tap,
            InterfaceKind.OpenVSwitch => BridgePortRole.Internal,
            _ => BridgePortRole.Other,
        };

    private static XenBridge LinuxBridge(
        HostSnapshot snapshot,
        NetworkInterface bridge,
        IEnumerable<NetworkInterface> members,
        ILookup<int, string> domains
    )
    {
        var details = bridge.Bridge ?? new BridgeDetails();
        var ports = members
            .OrderBy(m => m.Port?.Number ?? 0)
            .ThenBy(m => m.Index)
            .Select(m =>
                Port(snapshot, bridge.Name, m.Name, m, Role(m.Kind), details.VlanFiltering ? m.PortVlans : null, domains) with
                {
                    Bond = Bond(snapshot, m),
                }
            );
        return new XenBridge
        {
            HostName = snapshot.HostName,
            Name = bridge.Name,
            Kind = BridgeKind.Linux,
            VlanFiltering = details.VlanFiltering,
            DefaultPvid = details.DefaultPvid?.Value,
            VlanProtocol = details.VlanProtocol,
            Own = details.VlanFiltering ? bridge.PortVlans : null,
            SpanningTree = details.SpanningTree,
            Mtu = bridge.Mtu,
            Mac = bridge.Mac?.ToString(),
            IsUp = bridge.IsUp,
            ParsedAddresses = bridge.Addresses,
            Ports = [.. ports],
            Snapshot = snapshot,
        };
    }

    private static XenBond? Bond(HostSnapshot snapshot, NetworkInterface port)
    {
        if (VlanNesting.BottomOf(snapshot, port).Bond is not { } bond)
            return null;
        var active = bond.Slaves.Where(s => snapshot.FindInterface(s)?.Slave?.IsActive ?? s == bond.ActiveSlave);
        return new XenBond(
            bond.Mode,
            bond.Slaves,
            [.. active],
            bond.HasLacpPartner is true ? bond.LacpPartner?.ToString() : null,
            bond.HasLacpPartner
        );
    }

    private static XenBridge OpenVSwitchBridge(HostSnapshot snapshot, OpenVSwitchBridge bridge, ILookup<int, string> domains)
    {
        var own = snapshot.FindInterface(bridge.Name);
        var ownPort = bridge.Ports.FirstOrDefault(p => p.Name == bridge.Name);
        var ownVlans = ownPort is null ? null : OpenVSwitchVlans.Of(ownPort);
        return new XenBridge
        {
            HostName = snapshot.HostName,
            Name = bridge.Name,
            Kind = BridgeKind.OpenVSwitch,
            VlanFiltering = true,
            Own = ownVlans,
            SpanningTree = bridge.SpanningTree,
            Mtu = own?.Mtu ?? 0,
            Mac = own?.Mac?.ToString(),
            IsUp = own?.IsUp ?? false,
            ParsedAddresses = own?.Addresses ?? [],
            Ports = [.. bridge.Ports.Where(p => p != ownPort).Select(p => OpenVSwitchPort(snapshot, bridge.Name, p, domains))],
            Snapshot = snapshot,
        };
    }

    private static XenBridgePort OpenVSwitchPort(HostSnapshot snapshot, string bridge, OpenVSwitchPort port, ILookup<int, string> domains)
    {
        var first = port.Interfaces.Select(snapshot.FindInterface).OfType<NetworkInterface>().FirstOrDefault();
        var role = port.Interfaces.Count > 1 ? BridgePortRole.Bond : Role(first?.Kind);
        return Port(snapshot, bridge, port.Name, first, role, OpenVSwitchVlans.Of(port), domains) with
        {
            ParsedAddresses = role is BridgePortRole.Internal ? first!.Addresses : [],
            IsFakeBridge = port.IsFakeBridge,
        };
    }

    private static XenBridgePort Port(
        HostSnapshot snapshot,
        string bridge,
        string name,
        NetworkInterface? member,
        BridgePortRole role,
        PortVlans? vlans,
        ILookup<int, string> domains
    ) =>
        new()
        {
            HostName = snapshot.HostName,
            Snapshot = snapshot,
            Bridge = bridge,
            Name = name,
            Role = role,
            IsUplink = role is BridgePortRole.Uplink or BridgePortRole.Bond or BridgePortRole.Vlan,
            DomainName = member?.Vif is { } vif ? domains[vif.DomainId].FirstOrDefault() : null,
            Vlans = vlans,
            State = member?.Port?.State,
            Mtu = member?.Mtu ?? 0,
            IsIsolated = member?.Port?.Isolated ?? false,
        };
}
