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
}
