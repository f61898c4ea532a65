using XenVlan.Model;

namespace XenVlan.Topology;

/// <summary>A VLAN interface of a host or of a domain's guest.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parent">The interface whose tagged frames it takes.</param>
/// <param name="VlanId">Its VLAN.</param>
/// <param name="Protocol">Its tag.</param>
/// <param name="Mtu">Its MTU in bytes, 68 to 65535; null leaves it as it is.</param>
/// <param name="Addresses">Its addresses.</param>
public sealed record TopologyVlanInterface(
    InterfaceName Name,
    InterfaceName Parent,
    VlanId VlanId,
    VlanProtocol Protocol,
    int? Mtu,
    IReadOnlyList<InterfaceAddress> Addresses)
{
    /// <summary>Where its name stands in the document.</summary>
    public SourcePosition Position { get; init; }
}
