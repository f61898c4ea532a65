using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace XenVlan.Tests.Paths;

/// <summary>Makes frames byte by byte, as they are captured.</summary>
internal static class CapturedFrames
{
    public const int Icmp = 1;
    public const int Tcp = 6;
    public const int Udp = 17;
    public const int IcmpV6 = 58;
    public const int Syn = 0x02;
    public const int Reset = 0x04;
    public const int Ack = 0x10;

    /// <summary>A frame of Ethernet.</summary>
    /// <param name="from">The address it comes from.</param>
    /// <param name="type">What its content is.</param>
    /// <param name="content">Its content.</param>
    /// <param name="tags">Its tags, outermost first: their type, and what is in them.</param>
    public static byte[] Ethernet(string from, int type, byte[] content, params (int Type, int Tag)[] tags) =>
        EthernetTo(type == 0x0806 && content[7] == 1 ? "ff:ff:ff:ff:ff:ff" : "52:54:00:62:00:01", from, type, content, tags);

    public static byte[] EthernetTo(string to, string from, int type, byte[] content, params (int Type, int Tag)[] tags) =>
        [
            .. Convert.FromHexString(to.Replace(":", "", StringComparison.Ordinal)),
            .. Convert.FromHexString(from.Replace(":", "", StringComparison.Ordinal)),
            .. tags.SelectMany(t => (byte[])[.. Two(t.Type), .. Two(t.Tag)]),
            .. Two(type),
            .. content,
        ];

    public static byte[] Arp(int operation, string sender, string target) =>
        [.. Convert.FromHexString("000108000604"), .. Two(operation), .. new byte[6], .. Ip(sender), .. new byte[6], .. Ip(target)];

    public static byte[] Packet(string from, string to, int protocol, byte[] content) =>
        IPAddress.Parse(from).GetAddressBytes().Length == 4
            ? [0x45, 0, .. Two(20 + content.Length), 0, 0, 0x40, 0, 64, (byte)protocol, 0, 0, .. Ip(from), .. Ip(to), .. content]
            : [0x60, 0, 0, 0, .. Two(content.Length), (byte)protocol, 64, .. Ip(from), .. Ip(to), .. content];

    public static byte[] Echo(int type, int size) => [(byte)type, .. new byte[size - 1]];

    /// <summary>A neighbour solicitation (135) or advertisement (136).</summary>
    public static byte[] Neighbor(int type, string target) => [(byte)type, .. new byte[7], .. Ip(target)];

    public static byte[] Datagram(string from, string to, int port, int size, int? checksum = null)
    {
        byte[] datagram = [.. Two(52532), .. Two(port), .. Two(8 + size), 0, 0, .. Encoding.ASCII.GetBytes(new string('x', size))];
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(6), (ushort)(checksum ?? Checksum(from, to, datagram)));
        return datagram;
    }

    public static byte[] Segment(int from, int to, int flags) =>
        [.. Two(from), .. Two(to), .. new byte[8], 0x50, (byte)flags, .. new byte[6]];

    /// <summary>"Port unreachable", with what could not be delivered.</summary>
    public static byte[] Unreachable(int type, int code, byte[] packet) => [(byte)type, (byte)code, .. new byte[6], .. packet];

    /// <summary>A file as <c>tcpdump -w</c> writes it.</summary>
    public static byte[] Pcap(bool isBigEndian, uint magic, int linkType, params byte[][] frames) =>
        [
            .. Four(magic, isBigEndian),
            .. new byte[16],
            .. Four((uint)linkType, isBigEndian),
            .. frames.SelectMany(f =>
                (byte[])[.. new byte[8], .. Four((uint)f.Length, isBigEndian), .. Four((uint)f.Length, isBigEndian), .. f]
            ),
        ];

    // By words of 32 bits that are folded at the end, as RFC 1071 allows.
    private static int Checksum(string from, string to, byte[] datagram)
    {
        byte[] all = [.. Ip(from), .. Ip(to), 0, Udp, .. Two(datagram.Length), .. datagram, .. new byte[3]];
        var sum = 0UL;
        for (var at = 0; at + 4 <= all.Length; at += 4)
            sum += BinaryPrimitives.ReadUInt32BigEndian(all.AsSpan(at));
        while (sum > 0xffff)
            sum = (sum & 0xffff) + (sum >> 16);
        return sum == 0xffff ? 0xffff : (int)(~sum & 0xffff);
    }

    private static byte[] Ip(string address) => IPAddress.Parse(address).GetAddressBytes();

    private static byte[] Two(int value) => [(byte)(value >> 8), (byte)value];

    private static byte[] Four(uint value, bool isBigEndian)
    {
        var bytes = new byte[4];
        if (isBigEndian)
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
