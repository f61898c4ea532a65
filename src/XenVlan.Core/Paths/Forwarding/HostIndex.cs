using XenVlan.Model;

namespace XenVlan.Paths.Forwarding;

/// <summary>A host's interfaces, found by what a frame asks for.</summary>
internal sealed class HostIndex
{
    private readonly Dictionary<string, NetworkInterface> _byName;
    private readonly ILookup<string, NetworkInterface> _ports;
    private readonly ILookup<string, NetworkInterface> _vlans;
    private readonly Dictionary<(string Parent, VlanTag Tag), NetworkInterface> _byTag;
    private readonly Dictionary<string, (OpenVSwitchBridge Bridge, OpenVSwitchPort Port)> _openVSwitch;

    /// <summary>Makes an index.</summary>
    public HostIndex(HostSnapshot host)
    {
        Host = host;
        _byName = host.Interfaces.DistinctBy(i => i.Name, StringComparer.Ordinal).ToDictionary(i => i.Name, StringComparer.Ordinal);
        _ports = host.Interfaces.Where(i => i.Port is not null && i.Master is not null).ToLookup(i => i.Master!, StringComparer.Ordinal);
        _vlans = host.Interfaces.Where(i => i.Vlan is not null).ToLookup(i => i.Vlan!.Parent, StringComparer.Ordinal);
        _byTag = [];
        foreach (var link in host.Interfaces)
        {
            if (link.Vlan is { Id: { } id } vlan)
                _ = _byTag.TryAdd((vlan.Parent, new VlanTag(id, vlan.Protocol)), link);
        }

        _openVSwitch = new(StringComparer.Ordinal);
        foreach (var bridge in host.OpenVSwitchBridges)
        {
            foreach (var port in bridge.Ports)
            {
                foreach (var member in port.Interfaces)
                    _ = _openVSwitch.TryAdd(member, (bridge, port));
            }
        }
    }

    /// <summary>The host.</summary>
    public HostSnapshot Host { get; }

    /// <summary>The interface of a name.</summary>
    /// <returns>The place; null where there is none.</returns>
    public InterfaceRef? Find(string? name) =>
        name is not null && _byName.TryGetValue(name, out var found) ? new InterfaceRef(Host, found) : null;

    /// <summary>The ports of a Linux bridge.</summary>
    public IEnumerable<NetworkInterface> PortsOf(NetworkInterface bridge) => _ports[bridge.Name];

    /// <summary>The VLAN interfaces on an interface.</summary>
    public IEnumerable<NetworkInterface> VlansOf(NetworkInterface parent) => _vlans[parent.Name];

    /// <summary>The VLAN interface that takes an interface's frames with a tag.</summary>
    /// <param name="parent">The interface that receives them.</param>
    /// <param name="tag">The tag.</param>
    /// <returns>The VLAN interface; null where there is none.</returns>
    public InterfaceRef? TakerOf(NetworkInterface parent, VlanTag tag) =>
        _byTag.TryGetValue((parent.Name, tag), out var taker) ? new InterfaceRef(Host, taker) : null;

    /// <summary>What an interface is to Open vSwitch.</summary>
    /// <returns>Its bridge and port; null where it is no part of one.</returns>
    public (OpenVSwitchBridge Bridge, OpenVSwitchPort Port)? FindOpenVSwitch(NetworkInterface link) =>
        _openVSwitch.TryGetValue(link.Name, out var found) ? found : null;
}
