namespace XenVlan.Model;

/// <summary>A bridge of Open vSwitch.</summary>
/// <param name="Name">Its name, which is also that of its internal interface.</param>
/// <param name="SpanningTree">Whether it speaks the spanning tree protocol.</param>
/// <param name="Ports">Its ports.</param>
public sealed record OpenVSwitchBridge(string Name, bool SpanningTree, IReadOnlyList<OpenVSwitchPort> Ports);

/// <summary>A port of an Open vSwitch bridge, as <c>ovs-vswitchd.conf.db(5)</c> describes it.</summary>
/// <param name="Name">The port's name.</param>
/// <param name="Interfaces">Its interfaces: one, or several for a bond.</param>
/// <param name="Tag">The VLAN of an access port, or the native VLAN of a trunk.</param>
/// <param name="Trunks">The VLANs a trunk carries; empty is all of them.</param>
/// <param name="Mode">The port's <c>vlan_mode</c>; null when the switch chooses by <paramref name="Tag"/>.</param>
/// <param name="IsFakeBridge">Whether it is shown as a bridge of its own, of the VLAN <paramref name="Tag"/>.</param>
public sealed record OpenVSwitchPort(
    string Name,
    IReadOnlyList<string> Interfaces,
    VlanId? Tag,
    VlanSet Trunks,
    string? Mode,
    bool IsFakeBridge = false
);
