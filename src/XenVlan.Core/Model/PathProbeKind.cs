namespace XenVlan.Model;

/// <summary>What is sent to find out whether a path works.</summary>
public enum PathProbeKind
{
    /// <summary>An ARP request (RFC 826), the first thing any two IPv4 neighbours exchange; for IPv6, neighbour discovery (RFC 4861).</summary>
    Arp,

    /// <summary>A small ICMP echo.</summary>
    Ping,

    /// <summary>An ICMP echo of the full packet size that must not be fragmented.</summary>
    FullSizePing,

    /// <summary>
    /// A UDP datagram to a port nobody listens on. The receiver's kernel checks the checksum before it answers "port
    /// unreachable" (<c>__udp4_lib_rcv</c> in <c>net/ipv4/udp.c</c>), so an answer proves that checksums arrive whole.
    /// </summary>
    Udp,

    /// <summary>A TCP connection to a port.</summary>
    Tcp,

    /// <summary>The same datagram from the other end to this one; needs a host at the other end that can be reached.</summary>
    UdpBack,
}
