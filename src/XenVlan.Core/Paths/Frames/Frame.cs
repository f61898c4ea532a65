using System.Net;
using XenVlan.Model;

namespace XenVlan.Paths.Frames;

/// <summary>A frame's tags.</summary>
/// <param name="Outer">The outermost tag; null for none.</param>
/// <param name="Inner">The tags inside the outermost; null for none.</param>
/// <param name="IsOuterInside">
/// Whether the outermost tag is a part of the packet, and not carried beside it (<c>vlan_tci</c>): a bridge took another one
/// off, and the frame has not been received again since.
/// </param>
internal readonly record struct Frame(VlanTag? Outer, InnerTags? Inner, bool IsOuterInside = false)
{
    /// <summary>
    /// How many tags a frame may have here. The kernel knows no such limit; but where bridges of the two standards are in a
    /// loop, there must be an end to it.
    /// </summary>
    public const int MaximumTags = 8;

    /// <summary>The bytes of an 802.1Q tag (IEEE 802.1Q, 9.3).</summary>
    public const int TagSize = 4;

    /// <summary>A frame without a tag.</summary>
    public static Frame Untagged { get; }

    /// <summary>Its tags, outermost first.</summary>
    public IReadOnlyList<VlanTag> Tags
    {
        get
        {
            if (Outer is not { } outer)
                return [];
            var tags = new List<VlanTag> { outer };
            for (var inner = Inner; inner is not null; inner = inner.Below)
                tags.Add(inner.Tag);
            return tags;
        }
    }

    /// <summary>How many tags it has.</summary>
    public int TagCount => (Outer is null ? 0 : 1) + (Inner?.Count ?? 0);

    /// <summary>
    /// The bytes of the tags that count as a part of the packet: all but the outermost, which the kernel carries beside the
    /// packet (<c>vlan_tci</c>, set by <c>skb_vlan_untag</c> in <c>net/core/skbuff.c</c>) or the room for which is allowed
    /// for anyhow.
    /// </summary>
    public int InnerTagBytes => Math.Max(0, TagCount - 1) * TagSize;

    /// <summary>The bytes of the tags that are a part of the packet now.</summary>
    public int InsideBytes => InnerTagBytes + (IsOuterInside ? TagSize : 0);

    /// <summary>The frame as it is once received: the outermost tag beside it.</summary>
    public Frame Received => this with { IsOuterInside = false };

    /// <summary>The frame with a tag put around it; null where it has as many as may be.</summary>
    public Frame? Push(VlanTag tag) =>
        TagCount == MaximumTags ? null : new Frame(tag, Outer is { } outer ? new InnerTags(outer, Inner) : null);

    /// <summary>The frame without its outermost tag.</summary>
    public Frame Pop() => new(Inner?.Tag, Inner?.Below);

    /// <summary>The frame without its outermost tag, the one inside left where it is: as a port of a bridge sends it.</summary>
    public Frame Uncover() => Pop() with { IsOuterInside = Inner is not null };

    /// <summary>
    /// The frame's tags as people say them: what the compiler would write prints <see cref="Received"/> within itself without end.
    /// </summary>
    /// <returns>Such as <c>tagged 10</c> or <c>untagged</c>.</returns>
    public override string ToString() => HopText.Tags(Tags);
}

/// <summary>The tags of a frame inside its outermost.</summary>
/// <param name="Tag">The first of them.</param>
/// <param name="Below">Those inside that one; null for none.</param>
internal sealed record InnerTags(VlanTag Tag, InnerTags? Below)
{
    /// <summary>How many they are.</summary>
    public int Count { get; } = 1 + (Below?.Count ?? 0);
}

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
    public int? IcmpType =>
        this switch
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
    public string State =>
        this switch
        {
            { Kind: FrameKind.Neighbor } => IsIPv6 ? "untracked" : "invalid",
            { IsError: true } => "related",
            { IsAnswer: true } => "established",
            _ => "new",
        };

    /// <summary>What answers it.</summary>
    /// <returns>The answer: to a datagram, as nobody listens on its port, an error of ICMP.</returns>
    public FrameContent Answer() =>
        this with
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
