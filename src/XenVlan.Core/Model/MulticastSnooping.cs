namespace XenVlan.Model;

/// <summary>
/// What a bridge of the Linux kernel does with multicasts, which IPv6's neighbour discovery needs. Where it snoops and a querier
/// is known, a group's frames go to those only who reported that they listen (<c>net/bridge/br_multicast.c</c>).
/// </summary>
public sealed record MulticastSnooping
{
    /// <summary>A bridge that does not snoop: multicasts go everywhere.</summary>
    public static MulticastSnooping Off { get; } = new() { HasMldQuerier = false };

    /// <summary>Whether the bridge snoops (<c>mcast_snooping</c>).</summary>
    public bool IsOn { get; init; }

    /// <summary>Whether it does so for each VLAN by itself (<c>mcast_vlan_snooping</c>).</summary>
    public bool IsPerVlan { get; init; }

    /// <summary>
    /// Whether the bridge knows somebody who asks for listeners of IPv6's groups (MLD), itself included; without one it floods.
    /// Null where that could not be seen.
    /// </summary>
    public bool? HasMldQuerier { get; init; }

    /// <summary>
    /// Whether the host itself gets all multicasts, as a router does (<c>mcast_router 2</c>). Null where it may count as one because it
    /// asked for listeners: a VLAN interface on the bridge is a port of another bridge, where somebody may ask.
    /// </summary>
    public bool? IsRouter { get; init; } = false;

    /// <summary>The ports behind which routers or queriers were heard, which get all multicasts; null where they could not be seen.</summary>
    public IReadOnlyList<string>? RouterPorts { get; init; }

    /// <summary>Who listens to IPv6's groups (<c>bridge mdb</c>); null where that could not be seen.</summary>
    public IReadOnlyList<MulticastMember>? Members { get; init; }
}
