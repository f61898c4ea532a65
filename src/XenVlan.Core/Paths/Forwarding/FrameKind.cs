namespace XenVlan.Paths.Forwarding;

/// <summary>The protocol of a frame.</summary>
internal enum FrameKind
{
    /// <summary>ARP (RFC 826), or IPv6's neighbour discovery (RFC 4861).</summary>
    Neighbor,

    /// <summary>ICMP echo.</summary>
    Icmp,

    /// <summary>UDP.</summary>
    Udp,

    /// <summary>TCP.</summary>
    Tcp,
}
