using System.Globalization;
using XenVlan.Model;

namespace XenVlan.Discovery.Views;

/// <summary>The domains' NICs that a snapshot shows.</summary>
internal sealed class DomainNicView
{
    private readonly HostSnapshot _snapshot;
    private readonly ILookup<int, string> _domains;
    private readonly Dictionary<string, NetworkInterface> _interfaces;
    private readonly Dictionary<string, OpenVSwitchPort> _ports;
    private readonly Dictionary<string, NicVlans> _plainBridges = new(StringComparer.Ordinal);
    private readonly HashSet<string> _bridges = new(StringComparer.Ordinal);

    private DomainNicView(HostSnapshot snapshot)
    {
        _snapshot = snapshot;
        _domains = snapshot.Domains.ToLookup(d => d.Id, d => d.Name);
        _interfaces = snapshot
            .Interfaces.GroupBy(i => i.Name, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        _ports = [];
        foreach (var port in snapshot.OpenVSwitchBridges.SelectMany(b => b.Ports))
        {
            foreach (var member in port.Interfaces)
                _ports[member] = port;
        }

        foreach (var bridge in BridgeView.Of(snapshot))
        {
            _bridges.Add(bridge.Name);
            if (bridge.Kind is BridgeKind.Linux)
                _plainBridges[bridge.Name] = PlainBridge(bridge);
        }
    }

    /// <summary>Makes the view.</summary>
    public static IReadOnlyList<XenDomainNic> Of(HostSnapshot snapshot)
    {
        var view = new DomainNicView(snapshot);

        // Domain 0's own vif0.0, which old network-bridge scripts made, leads to an interface of domain 0 and is no NIC.
        var interfaces = snapshot.Interfaces.Where(i => i.Vif is { DomainId: not 0 }).ToLookup(i => i.Vif!);
        var records = snapshot.Vifs.Where(v => v.DomainId != 0).ToLookup(v => new VifIdentity(v.DomainId, v.Index));
        return
        [
            .. records
                .Select(r => r.Key)
                .Union(interfaces.Select(i => i.Key))
                .OrderBy(k => k.DomainId)
                .ThenBy(k => k.Index)
                .Select(k => view.Nic(k, records[k].ToList(), interfaces[k].ToList())),
        ];
    }

    private static NicVlans PlainBridge(XenBridge bridge)
    {
        var uplinks = bridge.Ports.Where(p => p.IsUplink).ToList();
        if (uplinks.Count == 0 || uplinks.Exists(p => p.Role is not BridgePortRole.Vlan))
            return NicVlans.Everything;

        var ids = uplinks.Select(p => bridge.Snapshot.FindInterface(p.Name)?.Vlan?.Id).Distinct().ToList();
        return ids.Count == 1 ? NicVlans.OfAccess(ids[0]) : NicVlans.Everything;
    }

    private XenDomainNic Nic(VifIdentity identity, List<VifRecord> records, List<NetworkInterface> interfaces)
    {
        var vif = interfaces.Find(i => i.Kind is InterfaceKind.Vif);
        var tap = interfaces.Find(i => i.Kind is InterfaceKind.Tap);

        // A NIC has one backend, but a driver domain that went away leaves its record behind.
        var record = records.Find(r => r.BackendDomainId == 0) ?? records.FirstOrDefault();
        var connected = vif ?? tap;
        var vlans = Vlans(connected);
        return new XenDomainNic
        {
            HostName = _snapshot.HostName,
            DomainName =
                _domains[identity.DomainId].FirstOrDefault() ?? string.Create(CultureInfo.InvariantCulture, $"domain {identity.DomainId}"),
            DomainId = identity.DomainId,
            Index = identity.Index,
            Vif = vif?.Name,
            Tap = tap?.Name,
            Ethernet = record?.Mac,
            Bridge = connected is null ? record?.Bridge : BridgeOf(connected),
            Mode = vlans.Mode,
            Access = vlans.Access,
            Allowed = vlans.Allowed,
            Native = vlans.Native,
            Mtu = connected?.Mtu ?? record?.Mtu,
            Offloads = vif?.Offloads,
            State = record?.State is { } state and >= (int)NicState.Initialising and <= (int)NicState.Closed
                ? (NicState)state
                : NicState.Unknown,
            Snapshot = _snapshot,
        };
    }

    // The master of Open vSwitch's ports is ovs-system, which says nothing of their bridge.
    private string? BridgeOf(NetworkInterface port) => port.Master is { } master && _bridges.Contains(master) ? master : null;

    private NicVlans Vlans(NetworkInterface? port)
    {
        if (port?.Master is null)
            return NicVlans.Unknown;
        if (_ports.TryGetValue(port.Name, out var ovs))
        {
            return OpenVSwitchVlans.IsAccess(ovs) ? NicVlans.OfAccess(ovs.Tag) : NicVlans.Of(OpenVSwitchVlans.Of(ovs));
        }

        if (!_interfaces.TryGetValue(port.Master, out var bridge) || bridge.Bridge is not { } details)
            return NicVlans.Unknown;
        if (!details.VlanFiltering)
            return _plainBridges.GetValueOrDefault(port.Master, NicVlans.Everything);
        return port.PortVlans is { } vlans ? NicVlans.Of(vlans) : NicVlans.Unknown;
    }
}
