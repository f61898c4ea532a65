namespace XenVlan.Model;

/// <summary>What a condition of a packet filter's rule looks at.</summary>
public enum PacketFilterMatchKind
{
    /// <summary>Something that is not understood here; the rule may or may not match.</summary>
    Other,

    /// <summary>The bridge port the frame came in by.</summary>
    InPort,

    /// <summary>The bridge port the frame leaves by.</summary>
    OutPort,

    /// <summary>The interface the packet came in by; for a packet that crosses a bridge, the bridge.</summary>
    InInterface,

    /// <summary>The interface the packet leaves by; for a packet that crosses a bridge, the bridge.</summary>
    OutInterface,

    /// <summary>The bridge.</summary>
    Bridge,

    /// <summary>The VLAN of the frame's tag; a frame without a tag does not match.</summary>
    Vlan,

    /// <summary>The frame's EtherType, which for a tagged frame is the tag's: <c>ip</c>, <c>ip6</c>, <c>arp</c>, <c>vlan</c> or a number.</summary>
    EtherType,

    /// <summary>What the frame carries, whether tagged or not: <c>ip</c>, <c>ip6</c> or <c>arp</c>.</summary>
    Payload,

    /// <summary>The protocol on top of IP: <c>icmp</c>, <c>icmpv6</c>, <c>udp</c>, <c>tcp</c> or a number.</summary>
    Protocol,

    /// <summary>The UDP or TCP port it goes to.</summary>
    Port,

    /// <summary>The IP address it comes from, for ARP that of the sender: an address, a network such as <c>10.0.0.0/8</c>, or a range.</summary>
    Source,

    /// <summary>The IP address it goes to, for ARP that of the target: as <see cref="Source"/>.</summary>
    Destination,

    /// <summary>The UDP or TCP port it comes from.</summary>
    SourcePort,

    /// <summary>The type of ICMP, a number; its code is not understood.</summary>
    IcmpType,

    /// <summary>What connection tracking takes the packet for: <c>new</c>, <c>established</c>, <c>related</c>, <c>untracked</c> or <c>invalid</c>.</summary>
    State,
}
