using XenVlan.Model;

namespace XenVlan.Topology;

/// <summary>
/// A NIC of a domain: an access NIC when <see cref="Access"/> is given, a trunk when <see cref="Trunk"/> is, and left
/// as it is when neither is. What is null is left as it is.
/// </summary>
/// <param name="Index">Its number in its domain, 0 to 255.</param>
/// <param name="Bridge">The bridge it is on.</param>
/// <param name="Access">The one VLAN it carries, untagged; never together with <paramref name="Trunk"/>.</param>
/// <param name="Trunk">The VLANs it may carry, tagged.</param>
/// <param name="Native">The VLAN of a trunk's untagged frames; only with <paramref name="Trunk"/>.</param>
/// <param name="Mtu">The vif's MTU in bytes, 68 to 65535.</param>
/// <param name="TransmitChecksum">Whether the vif may leave transmit checksums out (checksum offload).</param>
public sealed record TopologyNic(
    int Index,
    InterfaceName Bridge,
    VlanId? Access = null,
    VlanSet? Trunk = null,
    VlanId? Native = null,
    int? Mtu = null,
    bool? TransmitChecksum = null)
{
    /// <summary>Where its index stands in the document.</summary>
    public SourcePosition Position { get; init; }
}
