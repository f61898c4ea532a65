namespace XenVlan.Paths.Forwarding;

/// <summary>Whom a frame is for, which decides where a bridge sends it.</summary>
internal enum FrameCast
{
    /// <summary>Everybody: an ARP request.</summary>
    Broadcast,

    /// <summary>Those who listen to a group: a question of IPv6's neighbour discovery.</summary>
    Multicast,

    /// <summary>One address: an answer, or anything once the neighbours know each other.</summary>
    Unicast,
}
