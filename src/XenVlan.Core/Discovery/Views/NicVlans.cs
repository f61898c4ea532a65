using XenVlan.Model;

namespace XenVlan.Discovery.Views;

/// <summary>How a domain's NIC meets VLANs.</summary>
/// <param name="Mode">Access or trunk.</param>
/// <param name="Access">The VLAN of an access NIC.</param>
/// <param name="Allowed">The VLANs a trunk NIC may use, tagged.</param>
/// <param name="Native">The VLAN of a trunk's untagged frames.</param>
internal sealed record NicVlans(NicMode Mode, VlanId? Access, VlanSet? Allowed, VlanId? Native)
{
    /// <summary>It could not be seen.</summary>
    public static NicVlans Unknown { get; } = new(NicMode.Unknown, null, null, null);

    /// <summary>A NIC whose tags nobody looks at.</summary>
    public static NicVlans Everything { get; } = new(NicMode.Trunk, null, VlanSet.All, null);

    /// <summary>A NIC of one VLAN.</summary>
    /// <param name="vlan">The VLAN; null where it could not be seen.</param>
    public static NicVlans OfAccess(VlanId? vlan) => new(NicMode.Access, vlan, null, null);

    /// <summary>The NIC behind a port of a filtering Linux bridge.</summary>
    public static NicVlans Of(PortVlans port) =>
        port.Allowed.Count == 1 && port.Pvid is { } pvid && port.Untagged.Contains(pvid)
            ? OfAccess(pvid)
            : new NicVlans(NicMode.Trunk, null, port.Allowed.Except(port.Untagged), port.Pvid);
}
