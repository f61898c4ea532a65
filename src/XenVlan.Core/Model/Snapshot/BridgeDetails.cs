namespace XenVlan.Model;

/// <summary>What only a bridge of the Linux kernel has.</summary>
public sealed record BridgeDetails
{
    /// <summary>Whether the bridge filters VLANs. Kernels before 3.9 cannot.</summary>
    public bool VlanFiltering { get; init; }

    /// <summary>The VLAN that new ports get as PVID while filtering; null for none.</summary>
    public VlanId? DefaultPvid { get; init; }

    /// <summary>The tag the bridge looks at.</summary>
    public VlanProtocol VlanProtocol { get; init; }

    /// <summary>Whether the bridge speaks the spanning tree protocol.</summary>
    public bool SpanningTree { get; init; }

    /// <summary>How long a new port listens, and then learns, before it forwards; in seconds.</summary>
    public double ForwardDelay { get; init; }

    /// <summary>Whether IPv4 packets crossing the bridge pass iptables' FORWARD chain (<c>nf_call_iptables</c>).</summary>
    public bool CallsIptables { get; init; }

    /// <summary>
    /// Whether each VLAN has spanning-tree states of its own (<c>mst_enabled</c>, since Linux 5.18), so that those of the ports do
    /// not count. An iproute2 that cannot show it cannot set it either, and it is taken for off.
    /// </summary>
    public bool MultipleSpanningTrees { get; init; }

    /// <summary>What it does with multicasts; null where that is not known.</summary>
    public MulticastSnooping? Snooping { get; init; }
}

/// <summary>What an interface has while it is a port of a Linux bridge.</summary>
public sealed record BridgePortDetails
{
    /// <summary>The port's number on its bridge, from 1: the smallest that was free when it was added; 0 where it could not be
    /// seen.</summary>
    public int Number { get; init; }

    /// <summary>The spanning-tree state. Only a forwarding port passes frames.</summary>
    public BridgePortState State { get; init; }

    /// <summary>Whether frames may leave by the port they came in.</summary>
    public bool Hairpin { get; init; }

    /// <summary>Whether the port may not exchange frames with other isolated ports.</summary>
    public bool Isolated { get; init; }

    /// <summary>Whether the port learns the addresses behind it.</summary>
    public bool Learning { get; init; } = true;

    /// <summary>Whether frames to unknown addresses are sent out of this port.</summary>
    public bool UnicastFlood { get; init; } = true;

    /// <summary>Whether broadcasts are sent out of this port.</summary>
    public bool BroadcastFlood { get; init; } = true;

    /// <summary>Whether multicasts nobody has joined, which IPv6's neighbour discovery uses, are sent out of this port.</summary>
    public bool MulticastFlood { get; init; } = true;

    /// <summary>
    /// Whether it lets in frames of those senders only whom the bridge's forwarding table has behind it (<c>locked</c>, since Linux
    /// 5.18; with <c>mab</c> such entries are made, and wait to be unlocked).
    /// </summary>
    public bool Locked { get; init; }

    /// <summary>Whether neighbours that the host knows are not asked for out of this port (<c>neigh_suppress</c>, since Linux
    /// 4.15).</summary>
    public bool NeighborSuppression { get; init; }

    /// <summary>Whether nothing that is flooded goes out of this port (<c>proxy_arp</c>, since Linux 3.19).</summary>
    public bool ProxyArp { get; init; }

    /// <summary>Whether VLANs become numbers of tunnels there (<c>vlan_tunnel</c>, since Linux 4.11).</summary>
    public bool VlanTunnel { get; init; }

    /// <summary>Whether multicasts are sent to each listener by its own address (<c>mcast_to_unicast</c>, since Linux 4.11).</summary>
    public bool MulticastToUnicast { get; init; }

    /// <summary>What multicast routers behind it mean (<c>mcast_router</c>): 0 none, 1 as heard, 2 always, 3 for a while; null where not
    /// seen.</summary>
    public int? MulticastRouter { get; init; }

    /// <summary>The VLANs that have a state of their own there which is not forwarding (since Linux 5.6); null for none.</summary>
    public VlanSet? StoppedVlans { get; init; }
}

/// <summary>The spanning-tree state of a bridge port; the numbers are the kernel's (<c>BR_STATE_*</c> in
/// <c>linux/if_bridge.h</c>).</summary>
public enum BridgePortState
{
    /// <summary>Down or without carrier.</summary>
    Disabled = 0,

    /// <summary>Listening: forwards nothing yet.</summary>
    Listening = 1,

    /// <summary>Learning addresses: forwards nothing yet.</summary>
    Learning = 2,

    /// <summary>Forwarding frames.</summary>
    Forwarding = 3,

    /// <summary>Blocked by the spanning tree.</summary>
    Blocking = 4,
}

/// <summary>The VLANs of one port of a VLAN-filtering bridge, or of the bridge itself.</summary>
/// <param name="Allowed">The VLANs whose frames may pass.</param>
/// <param name="Untagged">Those of them that leave the port without a tag.</param>
/// <param name="Pvid">The VLAN that untagged frames entering the port belong to; null drops them.</param>
public sealed record PortVlans(VlanSet Allowed, VlanSet Untagged, VlanId? Pvid)
{
    /// <summary>A port that passes nothing.</summary>
    public static PortVlans Empty { get; } = new(VlanSet.None, VlanSet.None, null);

    /// <summary>What a port of an access VLAN has: that VLAN (PVID, untagged).</summary>
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
        return native is { } id ? new(allowed.Union(VlanSet.Of(id)), VlanSet.Of(id), id) : new(allowed, VlanSet.None, null);
    }
}

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

    /// <summary>The ports behind which routers or queriers were heard, which get all multicasts; null where they could not be
    /// seen.</summary>
    public IReadOnlyList<string>? RouterPorts { get; init; }

    /// <summary>Who listens to IPv6's groups (<c>bridge mdb</c>); null where that could not be seen.</summary>
    public IReadOnlyList<MulticastMember>? Members { get; init; }
}

/// <summary>A port of a bridge behind which somebody listens to a group.</summary>
/// <param name="Port">The port; the bridge's own name for its host.</param>
/// <param name="Group">The group's IPv6 address, as .NET writes it.</param>
/// <param name="Vlan">The VLAN, on a bridge that filters; null for none.</param>
/// <param name="IsConditional">Whether only some senders are heard, or the port is blocked for some.</param>
public sealed record MulticastMember(string Port, string Group, VlanId? Vlan, bool IsConditional);
