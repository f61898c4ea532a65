using System.Globalization;
using System.Net;
using System.Net.Sockets;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Paths.Probing;

/// <summary>What probes are known by among other traffic: their addresses, and sizes nobody else uses.</summary>
/// <param name="Source">The address they come from; null where the source has none of the target's family.</param>
/// <param name="SourceMac">The Ethernet address they come from; null where it is not known.</param>
/// <param name="Target">The address they go to.</param>
/// <param name="SmallSize">The size of the small ICMP echo's packet, in bytes.</param>
/// <param name="UdpSize">The size of what a UDP probe carries, in bytes.</param>
/// <param name="TcpPort">The TCP port that is tried, 1 to 65535; null for none.</param>
internal sealed record ProbeSignature(IPAddress? Source, MacAddress? SourceMac, IPAddress Target, int SmallSize, int UdpSize, int? TcpPort)
{
    private const int SmallestPacket = 68 + 17;
    private const int SmallestDatagram = 17;

    /// <summary>Whether the probes are of IPv6.</summary>
    public bool IsIPv6 => Target.AddressFamily is AddressFamily.InterNetworkV6;

    /// <summary>The bytes of the IP header (RFC 791 without options, RFC 8200).</summary>
    public int HeaderSize => IsIPv6 ? 40 : 20;

    /// <summary>Makes a signature.</summary>
    /// <param name="source">The interface the probes come from.</param>
    /// <param name="from">The address they come from; null for the interface's own in the target's network, or its first.</param>
    /// <param name="target">The address they go to.</param>
    /// <param name="packetSize">The size of the full packet, in bytes; the small one is no larger.</param>
    /// <param name="tcpPort">The TCP port that is tried; null for none.</param>
    public static ProbeSignature Make(NetworkInterface source, IPAddress? from, IPAddress target, int packetSize, int? tcpPort)
    {
        var own = source.Addresses.Where(a => a.Address.AddressFamily == target.AddressFamily).ToList();
        var address = from ?? own.Find(a => a.NetworkContains(target))?.Address ?? own.Find(a => !a.IsLinkLocal)?.Address;

        // Two random digits each: sizes from 85 to 340 bytes, and from 17 to 272.
        var random = UniqueToken.New("");
        return new ProbeSignature(
            address,
            source.Mac,
            target,
            Math.Min(packetSize, SmallestPacket + Digits(random, 0)),
            SmallestDatagram + Digits(random, 2),
            tcpPort
        );
    }

    private static int Digits(string random, int at) =>
        int.Parse(random.AsSpan(at, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
