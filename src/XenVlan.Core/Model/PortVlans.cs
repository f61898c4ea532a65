namespace XenVlan.Model;

/// <summary>The VLANs of one port of a VLAN-filtering bridge, or of the bridge itself.</summary>
/// <param name="Allowed">The VLANs whose frames may pass.</param>
/// <param name="Untagged">Those of them that leave the port without a tag.</param>
/// <param name="Pvid">The VLAN that untagged frames entering the port belong to; null drops them.</param>
public sealed record PortVlans(VlanSet Allowed, VlanSet Untagged, VlanId? Pvid)
{
    /// <summary>A port that passes nothing.</summary>
    public static PortVlans Empty { get; } = new(VlanSet.None, VlanSet.None, null);

    /// <summary>What a port of an access VLAN has: that VLAN, untagged both ways.</summary>
    /// <param name="vlan">The VLAN.</param>
    /// <returns>The port's VLANs.</returns>
    public static PortVlans Access(VlanId vlan) => new(VlanSet.Of(vlan), VlanSet.Of(vlan), vlan);

    /// <summary>What a trunk port has: tagged VLANs, and at most one untagged.</summary>
    /// <param name="allowed">The VLANs that pass tagged.</param>
    /// <param name="native">The VLAN of untagged frames; null drops them.</param>
    /// <returns>The port's VLANs.</returns>
    public static PortVlans Trunk(VlanSet allowed, VlanId? native)
    {
        ArgumentNullException.ThrowIfNull(allowed);
        return native is { } id
            ? new(allowed.Union(VlanSet.Of(id)), VlanSet.Of(id), id)
            : new(allowed, VlanSet.None, null);
    }
}
