namespace XenVlan.Model;

/// <summary>What is sent to find out whether a path works.</summary>
public enum PathProbeKind
{
    /// <summary>An ARP request (RFC 826), the first thing any two IPv4 neighbours exchange.</summary>
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
}
