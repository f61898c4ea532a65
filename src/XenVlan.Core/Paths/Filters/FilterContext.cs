using System.Globalization;
using System.Net;
using XenVlan.Model;
using XenVlan.Paths.Frames;

namespace XenVlan.Paths.Filters;

/// <summary>A frame in front of a packet filter, as far as the filter looks at it.</summary>
/// <param name="Bridge">The bridge it crosses; null for none.</param>
/// <param name="InPort">The bridge's port it came in by; null for the host itself.</param>
/// <param name="OutPort">The bridge's port it leaves by; null for the host itself.</param>
/// <param name="Frame">The frame.</param>
/// <param name="Content">What is in it.</param>
internal sealed record FilterContext(string? Bridge, string? InPort, string? OutPort, Frame Frame, FrameContent Content)
{
    private const string AnyVlan = "vlan";
    private const int FirstChosenPort = 1024;
    private bool? _tracks;

    /// <summary>The interface a filter of IP takes it for having come in by.</summary>
    public string? InInterface { get; init; } = Bridge;

    /// <summary>The interface a filter of IP takes it for leaving by.</summary>
    public string? OutInterface { get; init; } = Bridge;

    /// <summary>All chains of the host.</summary>
    public IReadOnlyList<PacketFilterChain> Chains { get; init; } = [];

    // Whether connection tracking sees every packet: no rule lets any past it.
    private bool Tracks => _tracks ??= !Chains.Any(c => c.Rules.Any(r => r.Text.Contains("notrack", StringComparison.OrdinalIgnoreCase)));

    /// <summary>Whether a condition holds.</summary>
    /// <returns>Whether it does; null where that is not known.</returns>
    public bool? Holds(PacketFilterMatch match) => Meets(match) is { } meets ? meets != match.IsNegated : null;

    private bool? Meets(PacketFilterMatch match) =>
        match.Kind switch
        {
            PacketFilterMatchKind.InPort => IsName(match, InPort),
            PacketFilterMatchKind.OutPort => IsName(match, OutPort),
            PacketFilterMatchKind.InInterface => IsName(match, InInterface),
            PacketFilterMatchKind.OutInterface => IsName(match, OutInterface),
            PacketFilterMatchKind.Bridge => IsName(match, Bridge),
            PacketFilterMatchKind.Vlan => Frame.Outer is { } tag && match.Values.Any(v => Contains(v, tag.Vlan.Value)),
            PacketFilterMatchKind.EtherType => match.Values.Contains(
                Frame.Outer is { } outer ? TagType(outer.Protocol) : Payload,
                StringComparer.Ordinal
            ),
            PacketFilterMatchKind.Payload => match.Values.Contains(Payload, StringComparer.Ordinal)
                || (Frame.TagCount > 0 && match.Values.Contains(AnyVlan, StringComparer.Ordinal)),
            PacketFilterMatchKind.Protocol => match.Values.Any(IsProtocol),
            PacketFilterMatchKind.Port => IsPort(match, Content.Port),
            PacketFilterMatchKind.SourcePort => IsPort(match, Content.SourcePort),
            PacketFilterMatchKind.Source => IsAddress(match, Content.From),
            PacketFilterMatchKind.Destination => IsAddress(match, Content.To),
            PacketFilterMatchKind.IcmpType => Content.IcmpType is { } type && match.Values.Any(v => Contains(v, type)),
            PacketFilterMatchKind.State => Tracks ? match.Values.Contains(Content.State, StringComparer.Ordinal) : null,
            _ => null,
        };

    // A port that is not known is one that a kernel chose, which is none of the first 1024 (ip_local_port_range, ip-sysctl).
    private bool? IsPort(PacketFilterMatch match, int? port)
    {
        if (Content.Kind is not (FrameKind.Udp or FrameKind.Tcp))
            return false;
        if (port is { } known)
            return match.Values.Any(v => Contains(v, known));
        return match.Values.All(v => LastOf(v) is < FirstChosenPort) ? false : null;
    }

    private static bool? IsAddress(PacketFilterMatch match, IPAddress? address)
    {
        if (address is null)
            return null;
        bool? any = false;
        foreach (var value in match.Values)
        {
            var isIn = AddressSet.Contains(value, address);
            if (isIn is true)
                return true;
            any = isIn is null ? null : any;
        }

        return any;
    }

    private static int? LastOf(string range) =>
        int.TryParse(range.Split('-', 2)[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : null;

    private string Payload =>
        Content.IsIPv6 ? "ip6"
        : Content.Kind is FrameKind.Neighbor ? "arp"
        : "ip";

    private static string TagType(VlanProtocol protocol) => protocol is VlanProtocol.Dot1AD ? "0x88a8" : AnyVlan;

    private bool IsProtocol(string value) =>
        Content switch
        {
            { Kind: FrameKind.Udp } => value is "udp" or "17" or "all",
            { Kind: FrameKind.Tcp } => value is "tcp" or "6" or "all",
            { IsIPv6: true } => value is "icmpv6" or "58" or "all",
            { Kind: FrameKind.Icmp } => value is "icmp" or "1" or "all",
            _ => false,
        };

    private static bool IsName(PacketFilterMatch match, string? name) =>
        name is not null && match.Values.Any(v => v.EndsWith('*') ? name.StartsWith(v[..^1], StringComparison.Ordinal) : v == name);

    // "53" or "30-40".
    private static bool Contains(string range, int value)
    {
        var ends = range.Split('-', 2);
        return int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && value >= first
            && value <= last;
    }
}
