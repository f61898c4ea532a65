namespace XenVlan.Model;

/// <summary>What the machine or switch at the other end of a cable says of itself by LLDP (IEEE 802.1AB).</summary>
public sealed record LldpNeighbor
{
    /// <summary>The interface it was heard on.</summary>
    public required string Interface { get; init; }

    /// <summary>The neighbour's identity: an Ethernet address for most.</summary>
    public required string ChassisId { get; init; }

    /// <summary>The neighbour's name; null where it does not say.</summary>
    public string? SystemName { get; init; }

    /// <summary>Its port at the other end: an Ethernet address, or an interface's name.</summary>
    public string? PortId { get; init; }

    /// <summary>That port in words; the interface's name where the neighbour is a Linux host.</summary>
    public string? PortDescription { get; init; }

    /// <summary>The VLANs the port announces. Neighbours do not announce all that they pass: a VLAN that is not there is not known.</summary>
    public VlanSet Vlans { get; init; } = VlanSet.None;

    /// <summary>The VLAN of untagged frames on the port; null where it does not say.</summary>
    public VlanId? Pvid { get; init; }
}
