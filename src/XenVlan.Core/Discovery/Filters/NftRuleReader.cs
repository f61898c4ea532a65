using XenVlan.Model;

namespace XenVlan.Discovery.Filters;

/// <summary>Reads a rule of nftables.</summary>
/// <param name="chain">The chain it is in.</param>
/// <param name="set">Gives the elements of a set by its name; null where they are not known.</param>
internal sealed class NftRuleReader(PacketFilterChain chain, Func<string, IReadOnlyList<string>?> set)
{
    private static readonly HashSet<string> LogOptions = new(StringComparer.Ordinal)
    {
        "prefix",
        "level",
        "flags",
        "group",
        "snaplen",
        "queue-threshold",
    };
    private static readonly HashSet<string> Diverting = new(StringComparer.Ordinal)
    {
        "dnat",
        "redirect",
        "tproxy",
        "fwd",
        "synproxy",
        "xt",
    };

    /// <summary>Reads a rule.</summary>
    /// <param name="text">Its text, without its handle.</param>
    /// <param name="handle">Its handle.</param>
    /// <returns>The rule; several for a verdict map, one for each of its elements.</returns>
    public IReadOnlyList<PacketFilterRule> Read(string text, long? handle)
    {
        var rule = new PacketFilterRule
        {
            Program = chain.Program,
            Family = chain.Family,
            Table = chain.Table,
            Chain = chain.Name,
            Handle = handle,
            Text = text,
        };
        var words = RuleWords.Split(text);
        var matches = new List<PacketFilterMatch>();
        var at = 0;
        while (at < words.Count)
        {
            switch (words[at])
            {
                case "accept" or "drop" or "reject" or "return" or "continue" or "jump" or "goto" or "queue":
                    var (action, target) = Action([.. words.Skip(at)]);
                    return [rule with { Action = action, Target = target, Matches = matches }];
                case "counter":
                    at += at + 4 < words.Count && words[at + 1] == "packets" ? 5 : 1;
                    break;
                case "comment":
                    at += 2;
                    break;
                case "log":
                    at++;
                    while (at < words.Count && LogOptions.Contains(words[at]))
                        at += 2;
                    break;
                default:
                    if (Condition(words, ref at, matches) is { } elements)
                        return
                        [
                            .. elements.Select(e => rule with { Matches = [.. matches, e.Match], Action = e.Action, Target = e.Target }),
                        ];
                    break;
            }
        }

        // What sends a packet elsewhere, or to a program, need not say what becomes of it.
        return
        [
            rule with
            {
                Matches = matches,
                Action = words.Any(Diverting.Contains) ? PacketFilterAction.Unknown : PacketFilterAction.Continue,
            },
        ];
    }

    /// <summary>The elements of a list.</summary>
    /// <param name="words">The words between the braces.</param>
    /// <returns>The elements, without commas.</returns>
    internal static IReadOnlyList<string> List(IEnumerable<string> words) =>
        string.Join(' ', words).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static (PacketFilterAction Action, string? Target) Action(IReadOnlyList<string> words) =>
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

    // Reads "vlan id 10", "udp dport { 53, 67 }", "iifname != \"eth1\"", and what it does not know word by word.
    private List<(PacketFilterMatch Match, PacketFilterAction Action, string? Target)>? Condition(
        IReadOnlyList<string> words,
        ref int at,
        List<PacketFilterMatch> matches
    )
    {
        var (kind, length) = Selector(words, at, out var implied);
        var isOfIPv6 = words[at] is "icmpv6";
        if (implied is not null)
            matches.Add(implied);
        if (length == 0)
        {
            matches.Add(PacketFilterMatch.Other);
            at++;
            return null;
        }

        at += length;
        if (at < words.Count && words[at] == "set")
        {
            // A statement, which changes the packet and decides nothing.
            at += 2;
            return null;
        }

        if (at < words.Count && words[at] == "vmap")
            return Map(words, ref at, kind, isOfIPv6);

        var isNegated = at < words.Count && words[at] == "!=";
        if (isNegated || (at < words.Count && words[at] == "=="))
            at++;
        var values = Values(words, ref at);
        matches.Add(Match(kind, values, isNegated, isOfIPv6));
        return null;
    }

    private static List<(PacketFilterMatch Match, PacketFilterAction Action, string? Target)> Map(
        IReadOnlyList<string> words,
        ref int at,
        PacketFilterMatchKind kind,
        bool isOfIPv6
    )
    {
        at++;
        if (at >= words.Count || words[at] != "{")
            return [(PacketFilterMatch.Other, PacketFilterAction.Unknown, null)];
        var elements = List(words.Skip(at + 1).TakeWhile(w => w != "}"));
        at = words.Count;
        return
        [
            .. elements
                .Select(e => e.Split(':', 2, StringSplitOptions.TrimEntries))
                .Where(e => e.Length == 2)
                .Select(e =>
                {
                    var (action, target) = Action(e[1].Split(' '));
                    return (Match(kind, [e[0]], isNegated: false, isOfIPv6), action, target);
                }),
        ];
    }

    private IReadOnlyList<string>? Values(IReadOnlyList<string> words, ref int at)
    {
        if (at >= words.Count)
            return null;
        if (words[at] == "{")
        {
            var elements = List(words.Skip(at + 1).TakeWhile(w => w != "}"));
            while (at < words.Count && words[at] != "}")
                at++;
            at++;
            return elements;
        }

        var word = words[at++];
        return word.StartsWith('@') ? set(word[1..]) : [word];
    }

    private static PacketFilterMatch Match(PacketFilterMatchKind kind, IReadOnlyList<string>? values, bool isNegated, bool isOfIPv6)
    {
        if (kind is PacketFilterMatchKind.Other || values is null)
            return PacketFilterMatch.Other;

        // "established,related" is one word.
        var known = values
            .SelectMany(v => kind is PacketFilterMatchKind.State ? v.Split(',') : [v])
            .Select(v =>
                kind is PacketFilterMatchKind.IcmpType
                    ? isOfIPv6
                        ? Icmp.Number6(v)
                        : Icmp.Number(v)
                    : Value(kind, v)
            )
            .ToList();
        return known.Contains(null) ? PacketFilterMatch.Other : new PacketFilterMatch(kind, [.. known.Select(v => v!)], isNegated);
    }

    private static string? Value(PacketFilterMatchKind kind, string value) =>
        kind switch
        {
            PacketFilterMatchKind.EtherType or PacketFilterMatchKind.Payload => value switch
            {
                "8021q" or "vlan" or "0x8100" => "vlan",
                "8021ad" or "0x88a8" => "0x88a8",
                "0x0800" => "ip",
                "0x86dd" => "ip6",
                "0x0806" => "arp",
                _ => value,
            },
            PacketFilterMatchKind.State => OptionMatches.State(value),
            PacketFilterMatchKind.Protocol => value switch
            {
                "ipv6-icmp" => "icmpv6",
                _ => value,
            },
            PacketFilterMatchKind.Vlan or PacketFilterMatchKind.Port or PacketFilterMatchKind.SourcePort => value.All(c =>
                char.IsAsciiDigit(c) || c == '-'
            )
                ? value
                : null,
            _ => value,
        };

    private (PacketFilterMatchKind Kind, int Length) Selector(IReadOnlyList<string> words, int at, out PacketFilterMatch? implied)
    {
        var first = words[at];
        var second = at + 1 < words.Count ? words[at + 1] : "";
        implied = (first, second) switch
        {
            ("ip" or "ip6" or "arp", _) => new PacketFilterMatch(PacketFilterMatchKind.Payload, [first]),
            ("tcp" or "udp" or "icmp" or "icmpv6", _) => new PacketFilterMatch(PacketFilterMatchKind.Protocol, [first]),
            _ => null,
        };
        var isBridge = chain.Family is "bridge" or "netdev";
        return (first, second) switch
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
            ("arp", "saddr") when at + 2 < words.Count && words[at + 2] == "ip" => (PacketFilterMatchKind.Source, 3),
            ("arp", "daddr") when at + 2 < words.Count && words[at + 2] == "ip" => (PacketFilterMatchKind.Destination, 3),
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
}
