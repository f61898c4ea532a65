using System.Globalization;
using XenVlan.Model;
using XenVlan.Paths.Forwarding;

namespace XenVlan.Paths.Filters;

/// <summary>A frame in front of a packet filter, as far as the filter looks at it.</summary>
/// <param name="Bridge">The bridge it crosses; null for none.</param>
/// <param name="InPort">The bridge's port it came in by; null for the host itself.</param>
/// <param name="OutPort">The bridge's port it leaves by; null for the host itself.</param>
/// <param name="Frame">The frame.</param>
/// <param name="Content">What is in it.</param>
internal sealed record FilterCrossing(string? Bridge, string? InPort, string? OutPort, Frame Frame, FrameContent Content)
{
    private const string AnyVlan = "vlan";

    /// <summary>The interface a filter of IP takes it for having come in by.</summary>
    public string? InInterface { get; init; } = Bridge;

    /// <summary>The interface a filter of IP takes it for leaving by.</summary>
    public string? OutInterface { get; init; } = Bridge;

    /// <summary>Whether a condition holds.</summary>
    /// <param name="match">The condition.</param>
    /// <returns>Whether it does; null where that is not known.</returns>
    public bool? Holds(PacketFilterMatch match) => Meets(match) is { } meets ? meets != match.IsNegated : null;

    private bool? Meets(PacketFilterMatch match) => match.Kind switch
    {
        PacketFilterMatchKind.InPort => IsName(match, InPort),
        PacketFilterMatchKind.OutPort => IsName(match, OutPort),
        PacketFilterMatchKind.InInterface => IsName(match, InInterface),
        PacketFilterMatchKind.OutInterface => IsName(match, OutInterface),
        PacketFilterMatchKind.Bridge => IsName(match, Bridge),
        PacketFilterMatchKind.Vlan => Frame.Outer is { } tag && match.Values.Any(v => Contains(v, tag.Vlan.Value)),
        PacketFilterMatchKind.EtherType => match.Values.Contains(Frame.Outer is { } outer ? TagType(outer.Protocol) : Payload, StringComparer.Ordinal),
        PacketFilterMatchKind.Payload => match.Values.Contains(Payload, StringComparer.Ordinal) || (Frame.TagCount > 0 && match.Values.Contains(AnyVlan, StringComparer.Ordinal)),
        PacketFilterMatchKind.Protocol => match.Values.Any(IsProtocol),
        PacketFilterMatchKind.Port => Content.Port is { } port ? match.Values.Any(v => Contains(v, port)) : Content.Kind is FrameKind.Udp or FrameKind.Tcp ? null : false,
        _ => null,
    };

    private string Payload => Content.IsIPv6 ? "ip6" : Content.Kind is FrameKind.Neighbor ? "arp" : "ip";

    private static string TagType(VlanProtocol protocol) => protocol is VlanProtocol.Dot1AD ? "0x88a8" : AnyVlan;

    private bool IsProtocol(string value) => Content switch
    {
        { Kind: FrameKind.Udp } => value is "udp" or "17" or "all",
        { Kind: FrameKind.Tcp } => value is "tcp" or "6" or "all",
        { IsIPv6: true } => value is "icmpv6" or "58" or "all",
        { Kind: FrameKind.Icmp } => value is "icmp" or "1" or "all",
        _ => false,
    };

    private static bool IsName(PacketFilterMatch match, string? name) =>
        name is not null && match.Values.Any(v => v.EndsWith('*') ? name.StartsWith(v[..^1], StringComparison.Ordinal) : string.Equals(v, name, StringComparison.Ordinal));

    // "53" or "30-40".
    private static bool Contains(string range, int value)
    {
        var ends = range.Split('-', 2);
        return int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && value >= first && value <= last;
    }
}
