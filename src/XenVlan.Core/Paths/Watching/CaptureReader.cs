using System.Buffers.Binary;
using XenVlan.Model;
using XenVlan.Paths.Probing;

namespace XenVlan.Paths.Watching;

/// <summary>Picks the probes of a signature, and their answers, out of the frames that were captured on one interface.</summary>
/// <param name="signature">What the probes are known by.</param>
internal sealed class CaptureReader(ProbeSignature signature)
{
    private const int MacSize = 6;
    private const int TcpSyn = 0x02;
    private const int TcpReset = 0x04;
    private const int TcpAck = 0x10;

    private readonly byte[] _target = signature.Target.GetAddressBytes();
    private readonly byte[]? _source = signature.Source?.GetAddressBytes();
    private readonly byte[]? _sourceMac = signature.SourceMac?.GetAddressBytes();
    private readonly HashSet<PathProbeKind> _requests = [];
    private readonly HashSet<PathProbeKind> _answers = [];
    private IReadOnlyList<VlanTag>? _tags;
    private bool _hasBadChecksum;

    // Linux asks a neighbour that it knows alone whether he is still there (arp_solicit in net/ipv4/arp.c, ndisc_solicit in
    // net/ipv6/ndisc.c), at any time. That is no probe, passes where a question to all does not, and so does its answer.
    private bool _isAskedAlone;

    private enum EtherType
    {
        IPv4 = 0x0800,
        Arp = 0x0806,
        Dot1Q = 0x8100,
        IPv6 = 0x86dd,
        Dot1AD = 0x88a8,

        // Older equipment's for the outer of two tags; Linux calls it QINQ1.
        OldDot1AD = 0x9100,
    }

    private enum Protocol
    {
        Icmp = 1,
        Tcp = 6,
        Udp = 17,
        IcmpV6 = 58,
    }

    /// <summary>How much of a frame is needed, in bytes: two tags and the larger IP header before the whole of a UDP probe.</summary>
    /// <param name="signature">What the probes are known by.</param>
    public static int FrameSize(ProbeSignature signature) => (2 * MacSize) + 2 + (2 * 4) + 40 + 8 + Math.Max(signature.UdpSize, 64);

    /// <summary>Takes a frame.</summary>
    /// <param name="frame">Its bytes, from the destination's address on; its end may not have been captured.</param>
    public void Add(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < (2 * MacSize) + 2)
            return;
        var isSourceMac = _sourceMac is null || frame.Slice(MacSize, MacSize).SequenceEqual(_sourceMac);
        var tags = new List<VlanTag>();
        var rest = frame[(2 * MacSize)..];
        while (rest.Length >= 6 && (EtherType)Number(rest, 0) is var kind and (EtherType.Dot1Q or EtherType.Dot1AD or EtherType.OldDot1AD))
        {
            if ((Number(rest, 2) & 0xfff) is > 0 and < 0xfff and var id)
                tags.Add(new VlanTag(new VlanId(id), kind is EtherType.Dot1Q ? VlanProtocol.Dot1Q : VlanProtocol.Dot1AD));
            rest = rest[4..];
        }

        switch ((EtherType)Number(rest, 0))
        {
            case EtherType.Arp:
                TakeArp(rest[2..], isSourceMac, isAlone: (frame[0] & 1) == 0, tags);
                break;
            case EtherType.IPv4 when !signature.IsIPv6:
                TakeIPv4(rest[2..], tags);
                break;
            case EtherType.IPv6 when signature.IsIPv6:
                TakeIPv6(rest[2..], isSourceMac, tags);
                break;
            default:
                break;
        }
    }

    /// <summary>What was seen.</summary>
    /// <returns>What was seen of all frames so far.</returns>
    public WatchedPlace Result(string host, string link) =>
        new(host, link, Evidence.Capture)
        {
            Requests = _requests,
            Answers = _answers,
            Tags = _tags,
            HasBadChecksum = _hasBadChecksum,
        };

    // RFC 826, of Ethernet and IPv4: the operation at 6, the sender's address at 14, the wanted one at 24.
    private void TakeArp(ReadOnlySpan<byte> arp, bool isSourceMac, bool isAlone, List<VlanTag> tags)
    {
        if (arp.Length < 28 || Number(arp, 2) != (int)EtherType.IPv4 || signature.IsIPv6)
            return;
        var sender = arp.Slice(14, 4);
        switch (Number(arp, 6))
        {
            // The kernel's own request names the sender; one that claims no address yet (RFC 5227) names none.
            case 1 when IsTarget(arp.Slice(24, 4)) && (IsSource(sender) || (isSourceMac && sender.IndexOfAnyExcept((byte)0) < 0)):
                AskedNeighbor(isAlone, tags);
                break;
            case 2 when IsTarget(sender):
                AnsweredNeighbor();
                break;
            default:
                break;
        }
    }

    private void TakeIPv4(ReadOnlySpan<byte> packet, List<VlanTag> tags)
    {
        if (packet.Length < 20 || packet[0] >> 4 != 4)
            return;
        var header = (packet[0] & 0xf) * 4;
        var isLaterFragment = (Number(packet, 6) & 0x1fff) != 0;
        if (header < 20 || packet.Length < header || isLaterFragment)
            return;
        var (size, protocol) = (Number(packet, 2), (Protocol)packet[9]);
        Take(packet[header..], protocol, size - header, packet.Slice(12, 4), packet.Slice(16, 4), tags);
    }

    private void TakeIPv6(ReadOnlySpan<byte> packet, bool isSourceMac, List<VlanTag> tags)
    {
        const int header = 40;
        if (packet.Length < header || packet[0] >> 4 != 6)
            return;
        var (size, protocol) = (Number(packet, 4), (Protocol)packet[6]);
        var content = packet[header..];

        // Neighbour solicitation and advertisement (RFC 4861): the target address is at 8.
        if (protocol is Protocol.IcmpV6 && content.Length >= 24 && content[0] is 135 or 136)
        {
            if (!IsTarget(content.Slice(8, 16)))
                return;
            if (content[0] is 136)
                AnsweredNeighbor();
            else if (isSourceMac)
                AskedNeighbor(isAlone: packet[24] != 0xff, tags);
            return;
        }

        Take(content, protocol, size, packet.Slice(8, 16), packet.Slice(24, 16), tags);
    }

    private void Take(
        ReadOnlySpan<byte> content,
        Protocol protocol,
        int size,
        ReadOnlySpan<byte> from,
        ReadOnlySpan<byte> to,
        List<VlanTag> tags
    )
    {
        if (content.Length < 8)
            return;
        if (IsSource(from) && IsTarget(to))
        {
            if (Request(content, protocol, size) is { } request)
                Asked(request, tags);
            _hasBadChecksum |= IsProbe(content, protocol, size) && HasBadChecksum(content, size, from, to);
        }
        else if (IsTarget(from) && Answer(content, protocol, size, isToSource: IsSource(to)) is { } answer)
        {
            _ = _answers.Add(answer);
        }
    }

    private PathProbeKind? Request(ReadOnlySpan<byte> content, Protocol protocol, int size) =>
        protocol switch
        {
            Protocol.Icmp when content[0] is 8 => Echo(size),
            Protocol.IcmpV6 when content[0] is 128 => Echo(size),
            Protocol.Udp when IsProbe(content, protocol, size) => PathProbeKind.Udp,
            Protocol.Tcp when Number(content, 2) == signature.TcpPort && HasFlags(content, TcpSyn, without: TcpAck) => PathProbeKind.Tcp,
            _ => null,
        };

    private PathProbeKind? Answer(ReadOnlySpan<byte> content, Protocol protocol, int size, bool isToSource) =>
        protocol switch
        {
            // Whoever else asks for the service gets its answer from the same end.
            Protocol.Tcp when Number(content, 0) == signature.TcpPort => HasFlags(content, TcpSyn | TcpAck) || HasFlags(content, TcpReset)
                ? PathProbeKind.Tcp
                : null,
            _ when !isToSource => null,
            Protocol.Icmp when content[0] is 0 => Echo(size),
            Protocol.IcmpV6 when content[0] is 129 => Echo(size),
            Protocol.Icmp when (content[0], content[1]) is (3, 3) => Refused(content[8..]),
            Protocol.IcmpV6 when (content[0], content[1]) is (1, 4) => Refused(content[8..]),
            _ => null,
        };

    // Nobody listens where a UDP probe goes: the answer is that the port cannot be reached, with the probe's own headers.
    private PathProbeKind? Refused(ReadOnlySpan<byte> quoted)
    {
        if (quoted.IsEmpty)
            return null;
        var header = signature.IsIPv6 ? 40 : (quoted[0] & 0xf) * 4;
        return
            quoted.Length >= header + 4
            && (Protocol)quoted[signature.IsIPv6 ? 6 : 9] is Protocol.Udp
            && Number(quoted[header..], 2) == ProbeScript.UdpPort
            ? PathProbeKind.Udp
            : null;
    }

    private PathProbeKind Echo(int size) =>
        size + signature.HeaderSize == signature.SmallSize ? PathProbeKind.Ping : PathProbeKind.FullSizePing;

    private bool IsProbe(ReadOnlySpan<byte> content, Protocol protocol, int size) =>
        protocol is Protocol.Udp && Number(content, 2) == ProbeScript.UdpPort && size - 8 == signature.UdpSize;

    // RFC 768: a sum of zero says that none was made; over IPv6 there has to be one (RFC 8200, 8.1).
    private bool HasBadChecksum(ReadOnlySpan<byte> datagram, int size, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        if (datagram.Length < size)
            return false;
        if (Number(datagram, 6) == 0)
            return signature.IsIPv6;
        var sum = Sum(from) + Sum(to) + (int)Protocol.Udp + size + Sum(datagram[..size]);
        while (sum > 0xffff)
            sum = (sum & 0xffff) + (sum >> 16);
        return sum != 0xffff;
    }

    private static int Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0;
        for (var at = 0; at < bytes.Length; at += 2)
            sum += (bytes[at] << 8) | (at + 1 < bytes.Length ? bytes[at + 1] : 0);
        return sum;
    }

    private static bool HasFlags(ReadOnlySpan<byte> segment, int flags, int without = 0) =>
        segment.Length > 13 && (segment[13] & flags) == flags && (segment[13] & without) == 0;

    private void AskedNeighbor(bool isAlone, List<VlanTag> tags)
    {
        _isAskedAlone = isAlone;
        if (!isAlone)
            Asked(PathProbeKind.Arp, tags);
    }

    private void AnsweredNeighbor()
    {
        if (!_isAskedAlone)
            _ = _answers.Add(PathProbeKind.Arp);
    }

    private void Asked(PathProbeKind kind, IReadOnlyList<VlanTag> tags)
    {
        _ = _requests.Add(kind);
        _tags = tags;
    }

    private bool IsSource(ReadOnlySpan<byte> address) => _source is null || address.SequenceEqual(_source);

    private bool IsTarget(ReadOnlySpan<byte> address) => address.SequenceEqual(_target);

    private static int Number(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
}
