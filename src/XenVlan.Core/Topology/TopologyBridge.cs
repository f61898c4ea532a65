using XenVlan.Model;

namespace XenVlan.Topology;

/// <summary>A bridge of a host. What is null is left as it is.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Uplinks">The ports that lead out of the machine.</param>
/// <param name="VlanFiltering">Whether it shall look at VLAN tags.</param>
/// <param name="Mtu">Its MTU in bytes, 68 to 65535.</param>
/// <param name="UplinkVlans">The VLANs its uplinks carry tagged; only with <paramref name="VlanFiltering"/>.</param>
/// <param name="UplinkNative">The VLAN of its uplinks' untagged frames; only with <paramref name="VlanFiltering"/>.</param>
/// <param name="OwnVlans">
/// The VLANs of domain 0's own tagged traffic on it; only with <paramref name="VlanFiltering"/>.
/// </param>
public sealed record TopologyBridge(
    InterfaceName Name,
    IReadOnlyList<InterfaceName> Uplinks,
    bool? VlanFiltering = null,
    int? Mtu = null,
    VlanSet? UplinkVlans = null,
    VlanId? UplinkNative = null,
    VlanSet? OwnVlans = null)
{
    /// <summary>Where its name stands in the document.</summary>
    public SourcePosition Position { get; init; }
}
