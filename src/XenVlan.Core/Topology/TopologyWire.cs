using XenVlan.Model;

namespace XenVlan.Topology;

/// <summary>A link between uplinks, through whatever switch there is.</summary>
/// <param name="Ends">Two ends or more.</param>
/// <param name="Vlans">The VLANs it carries tagged; null when that is not known.</param>
/// <param name="Native">The VLAN of its untagged frames; null when that is not known.</param>
/// <param name="Mtu">The largest packet it carries in bytes, without the tag, 68 to 65535; null when that is not known.</param>
public sealed record TopologyWire(
    IReadOnlyList<TopologyWireEnd> Ends,
    VlanSet? Vlans = null,
    VlanId? Native = null,
    int? Mtu = null)
{
    /// <summary>Where it begins in the document.</summary>
    public SourcePosition Position { get; init; }
}
