using System.Net;

namespace XenVlan.Paths.Forwarding;

/// <summary>What is in a frame, as far as packet filters and bridges look at it.</summary>
/// <param name="Kind">The protocol.</param>
/// <param name="Port">The UDP or TCP port it goes to, 1 to 65535; null for other protocols, and where it is not known.</param>
/// <param name="IsIPv6">Whether it is of IPv6; its neighbour discovery stands where IPv4 has ARP.</param>
internal readonly record struct FrameContent(FrameKind Kind, int? Port = null, bool IsIPv6 = false)
{
    private const int EchoReply = 0;
    private const int Unreachable = 3;
    private const int Echo = 8;
    private const int Unreachable6 = 1;
    private const int Echo6 = 128;
    private const int EchoReply6 = 129;
    private const int Solicitation6 = 135;
    private const int Advertisement6 = 136;

    /// <summary>The question for an IPv4 neighbour's address.</summary>
    public static FrameContent Arp { get; } = new(FrameKind.Neighbor);

    /// <summary>The IP address it comes from, for ARP the sender's; null where it is not known.</summary>
    public IPAddress? From { get; init; }

    /// <summary>The IP address it goes to, for ARP the one that is asked for; null where it is not known.</summary>
    public IPAddress? To { get; init; }

    /// <summary>Whether it is the answer to something.</summary>
    public bool IsAnswer { get; init; }

    /// <summary>Whether it is the answer to a datagram to a closed port: an error of ICMP.</summary>
    public bool IsError { get; init; }

    /// <summary>The port it comes from, 1 to 65535; null where the sender's kernel chooses it, or there is none.</summary>
    public int? SourcePort { get; init; }

    /// <summary>The type of ICMP (RFC 792, RFC 4443, RFC 4861); null for other protocols.</summary>
    public int? IcmpType => this switch
    {
        { Kind: FrameKind.Neighbor, IsIPv6: true } => IsAnswer ? Advertisement6 : Solicitation6,
        { Kind: FrameKind.Icmp, IsError: true } => IsIPv6 ? Unreachable6 : Unreachable,
        { Kind: FrameKind.Icmp, IsIPv6: true } => IsAnswer ? EchoReply6 : Echo6,
        { Kind: FrameKind.Icmp } => IsAnswer ? EchoReply : Echo,
        _ => null,
    };

    /// <summary>
    /// What connection tracking takes it for, as each probe is a flow of its own: <c>nf_conntrack_in</c> in
    /// <c>net/netfilter/nf_conntrack_core.c</c>; neighbour discovery it lets be (<c>nf_conntrack_proto_icmpv6.c</c>), and
    /// what is not of IP counts as invalid (<c>nft_ct_get_eval</c> in <c>net/netfilter/nft_ct.c</c>).
    /// </summary>
    public string State => this switch
    {
        { Kind: FrameKind.Neighbor } => IsIPv6 ? "untracked" : "invalid",
        { IsError: true } => "related",
        { IsAnswer: true } => "established",
        _ => "new",
    };

    /// <summary>What answers it.</summary>
    /// <returns>The answer: to a datagram, as nobody listens on its port, an error of ICMP.</returns>
    public FrameContent Answer() => this with
    {
        Kind = Kind is FrameKind.Udp ? FrameKind.Icmp : Kind,
        Port = null,
        SourcePort = Kind is FrameKind.Tcp ? Port : null,
        From = To,
        To = From,
        IsAnswer = true,
        IsError = Kind is FrameKind.Udp,
    };
}
