using System.Globalization;
using XenVlan.Model;

namespace XenVlan.Discovery.Filters;

/// <summary>What nftables' words mean, in the text of a rule as in its JSON (<c>nft(8)</c>, <c>libnftables-json(5)</c>).</summary>
internal static class NftTerms
{
    // An element of a set or map that stands for whatever no other does.
    private const string CatchAll = "*";

    private static readonly HashSet<string> Diverting = new(StringComparer.Ordinal)
    {
        "dnat",
        "redirect",
        "tproxy",
        "fwd",
        "synproxy",
        "xt",
    };

    /// <summary>Whether a statement sends a packet elsewhere, or to a program, and need not say what becomes of it.</summary>
    public static bool IsDiverting(string statement) => Diverting.Contains(statement);

    /// <summary>Where the kernel asks a chain.</summary>
    /// <param name="name">Its hook.</param>
    /// <returns>The hook; <see cref="PacketFilterHook.None"/> for those that are not judged.</returns>
    public static PacketFilterHook Hook(string name) =>
        name switch
        {
            "ingress" => PacketFilterHook.Ingress,
            "prerouting" => PacketFilterHook.Prerouting,
            "input" => PacketFilterHook.Input,
            "forward" => PacketFilterHook.Forward,
            "output" => PacketFilterHook.Output,
            "postrouting" => PacketFilterHook.Postrouting,
            _ => PacketFilterHook.None,
        };

    /// <summary>What a verdict does.</summary>
    /// <param name="words">The verdict, and the chain it names.</param>
    public static (PacketFilterAction Action, string? Target) Verdict(IReadOnlyList<string> words) =>
        words switch
        {
            ["accept", ..] => (PacketFilterAction.Accept, null),
            ["drop" or "reject", ..] => (PacketFilterAction.Drop, null),
            ["return", ..] => (PacketFilterAction.Return, null),
            ["jump", var to, ..] => (PacketFilterAction.Jump, to),
            ["goto", var to, ..] => (PacketFilterAction.Goto, to),
            ["continue", ..] => (PacketFilterAction.Continue, null),
            _ => (PacketFilterAction.Unknown, null),
        };

    /// <summary>What a condition looks at.</summary>
    /// <param name="family">The family of the rule's table.</param>
    /// <param name="words">Words.</param>
    /// <param name="at">Where the selector begins.</param>
    /// <returns>The selector; of no words where it is none.</returns>
    public static NftSelector Selector(string family, IReadOnlyList<string> words, int at)
    {
        var first = words[at];
        var second = at + 1 < words.Count ? words[at + 1] : "";
        var third = at + 2 < words.Count ? words[at + 2] : "";
        var (kind, length) = Kind(family is "bridge" or "netdev", first, second, third);
        var implied = first switch
        {
            "ip" or "ip6" or "arp" => new PacketFilterMatch(PacketFilterMatchKind.Payload, [first]),
            "tcp" or "udp" or "icmp" or "icmpv6" => new PacketFilterMatch(PacketFilterMatchKind.Protocol, [first]),
            _ => null,
        };
        return new NftSelector(kind, implied, first is "icmpv6", length);
    }

    /// <summary>Values as conditions hold them.</summary>
    /// <param name="selector">What has them.</param>
    /// <param name="values">The values, as nft prints them; null where they are not known.</param>
    /// <returns>The values; null where one is not understood.</returns>
    public static IReadOnlyList<string>? Values(NftSelector selector, IReadOnlyList<string>? values)
    {
        if (selector.Kind is PacketFilterMatchKind.Other || values is null)
            return null;

        // "established,related" is one word.
        var known = values
            .SelectMany(v => selector.Kind is PacketFilterMatchKind.State ? v.Split(',') : [v])
            .Select(v => Value(selector, v))
            .ToList();
        return known.Contains(null) ? null : [.. known.Select(v => v!)];
    }

    /// <summary>A condition.</summary>
    /// <param name="selector">What it looks at.</param>
    /// <param name="values">What it may be, as <see cref="Values"/> gives it.</param>
    /// <param name="isNegated">Whether it must be none of them.</param>
    public static PacketFilterMatch Match(NftSelector selector, IReadOnlyList<string>? values, bool isNegated = false) =>
        values is null ? PacketFilterMatch.Other : new PacketFilterMatch(selector.Kind, values, isNegated);

    /// <summary>Adds a condition to those of a rule; of those that are not understood, one says all.</summary>
    public static void Add(List<PacketFilterMatch> matches, PacketFilterMatch? match)
    {
        if (match is not null && !(ReferenceEquals(match, PacketFilterMatch.Other) && matches.Contains(match)))
            matches.Add(match);
    }

    private static string? Value(NftSelector selector, string value)
    {
        if (value == CatchAll)
            return null;
        return selector.Kind switch
        {
            PacketFilterMatchKind.EtherType or PacketFilterMatchKind.Payload => EtherType(value),
            PacketFilterMatchKind.State => OptionMatches.State(value),
            PacketFilterMatchKind.IcmpType => selector.IsOfIPv6 ? Icmp.Number6(value) : Icmp.Number(value),
            PacketFilterMatchKind.Protocol => value switch
            {
                "ipv6-icmp" => "icmpv6",
                _ => IsRange(value) ? null : value,
            },
            PacketFilterMatchKind.Vlan or PacketFilterMatchKind.Port or PacketFilterMatchKind.SourcePort => value.All(c =>
                char.IsAsciiDigit(c) || c == '-'
            )
                ? value
                : null,
            _ => value,
        };
    }

    private static string? EtherType(string value) =>
        value switch
        {
            "8021q" or "vlan" or "0x8100" => "vlan",
            "8021ad" or "0x88a8" => "0x88a8",
            "0x0800" => "ip",
            "0x86dd" => "ip6",
            "0x0806" => "arp",
            _ when value.Contains('-', StringComparison.Ordinal) => null,

            // The text has numbers in hexadecimal, the JSON in decimal.
            _ when ushort.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => EtherType($"0x{number:x4}"),
            _ => value,
        };

    private static bool IsRange(string value) =>
        value.Contains('-', StringComparison.Ordinal) && value.All(c => char.IsAsciiDigit(c) || c == '-');

    private static (PacketFilterMatchKind Kind, int Length) Kind(bool isBridge, string first, string second, string third) =>
        (first, second) switch
        {
            ("iifname" or "iif", _) => (isBridge ? PacketFilterMatchKind.InPort : PacketFilterMatchKind.InInterface, 1),
            ("oifname" or "oif", _) => (isBridge ? PacketFilterMatchKind.OutPort : PacketFilterMatchKind.OutInterface, 1),
            ("meta", "iifname" or "iif") => (isBridge ? PacketFilterMatchKind.InPort : PacketFilterMatchKind.InInterface, 2),
            ("meta", "oifname" or "oif") => (isBridge ? PacketFilterMatchKind.OutPort : PacketFilterMatchKind.OutInterface, 2),
            ("meta", "ibrname" or "obrname") => (PacketFilterMatchKind.Bridge, 2),
            ("vlan", "id") => (PacketFilterMatchKind.Vlan, 2),
            ("ether", "type") => (PacketFilterMatchKind.EtherType, 2),
            ("meta", "protocol") or ("vlan", "type") => (PacketFilterMatchKind.Payload, 2),
            ("meta", "l4proto") or ("ip", "protocol") or ("ip6", "nexthdr") => (PacketFilterMatchKind.Protocol, 2),
            ("tcp" or "udp" or "th", "dport") => (PacketFilterMatchKind.Port, 2),
            ("tcp" or "udp" or "th", "sport") => (PacketFilterMatchKind.SourcePort, 2),
            ("ip" or "ip6", "saddr") => (PacketFilterMatchKind.Source, 2),
            ("ip" or "ip6", "daddr") => (PacketFilterMatchKind.Destination, 2),
            ("arp", "saddr") when third == "ip" => (PacketFilterMatchKind.Source, 3),
            ("arp", "daddr") when third == "ip" => (PacketFilterMatchKind.Destination, 3),
            ("icmp" or "icmpv6", "type") => (PacketFilterMatchKind.IcmpType, 2),
            ("ct", "state") => (PacketFilterMatchKind.State, 2),
            (
                "meta"
                    or "ether"
                    or "vlan"
                    or "ip"
                    or "ip6"
                    or "arp"
                    or "icmp"
                    or "icmpv6"
                    or "tcp"
                    or "udp"
                    or "th"
                    or "ct"
                    or "fib"
                    or "rt",
                _
            ) when second.Length > 0 => (PacketFilterMatchKind.Other, 2),
            _ => (PacketFilterMatchKind.Other, 0),
        };
}

/// <summary>What a condition looks at.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Implied">What holds where there is such a thing: a TCP port is of TCP. Null where nothing follows.</param>
/// <param name="IsOfIPv6">Whether types of ICMP are IPv6's.</param>
/// <param name="Length">How many words it is.</param>
internal readonly record struct NftSelector(PacketFilterMatchKind Kind, PacketFilterMatch? Implied, bool IsOfIPv6, int Length)
{
    /// <summary>One that is not understood.</summary>
    public static NftSelector Unknown { get; } = new(PacketFilterMatchKind.Other, null, false, 0);
}
