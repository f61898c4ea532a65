namespace XenVlan.Model;

/// <summary>What an interface has while it is a port of a Linux bridge.</summary>
public sealed record BridgePortDetails
{
    /// <summary>The port's number on its bridge, from 1: the smallest that was free when it was added; 0 where it could not be seen.</summary>
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

    /// <summary>Whether neighbours that the host knows are not asked for out of this port (<c>neigh_suppress</c>, since Linux 4.15).</summary>
    public bool NeighborSuppression { get; init; }

    /// <summary>Whether nothing that is flooded goes out of this port (<c>proxy_arp</c>, since Linux 3.19).</summary>
    public bool ProxyArp { get; init; }

    /// <summary>Whether VLANs become numbers of tunnels there (<c>vlan_tunnel</c>, since Linux 4.11).</summary>
    public bool VlanTunnel { get; init; }

    /// <summary>Whether multicasts are sent to each listener by its own address (<c>mcast_to_unicast</c>, since Linux 4.11).</summary>
    public bool MulticastToUnicast { get; init; }

    /// <summary>What multicast routers behind it mean (<c>mcast_router</c>): 0 none, 1 as heard, 2 always, 3 for a while; null where not seen.</summary>
    public int? MulticastRouter { get; init; }

    /// <summary>The VLANs that have a state of their own there which is not forwarding (since Linux 5.6); null for none.</summary>
    public VlanSet? StoppedVlans { get; init; }
}
