using System.Net;

namespace XenVlan.Paths.Forwarding;

/// <summary>What is in a frame, as far as packet filters and bridges look at it.</summary>
/// <param name="Kind">The protocol.</param>
/// <param name="Port">The UDP or TCP port it goes to, 1 to 65535; null for other protocols.</param>
/// <param name="IsIPv6">Whether it is of IPv6; its neighbour discovery stands where IPv4 has ARP.</param>
internal readonly record struct FrameContent(FrameKind Kind, int? Port = null, bool IsIPv6 = false)
{
    /// <summary>The question for an IPv4 neighbour's address.</summary>
    public static FrameContent Arp { get; } = new(FrameKind.Neighbor);

    /// <summary>The IP address it goes to, for ARP the one that is asked for; null where it is not known.</summary>
    public IPAddress? To { get; init; }
}
