using XenVlan.Model;

namespace XenVlan.Discovery.Filters;

/// <summary>Reads the text of a rule of nftables.</summary>
/// <param name="chain">The chain it is in.</param>
/// <param name="sets">The sets that it may name.</param>
internal sealed class NftRuleReader(PacketFilterChain chain, NftSets sets)
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

    // What makes more of a selector or a value than it is by itself.
    private static readonly HashSet<string> Operators = new(StringComparer.Ordinal)
    {
        "<",
        ">",
        "<=",
        ">=",
        "&",
        "|",
        "^",
        "<<",
        ">>",
        "/",
        "!",
    };

    private static readonly HashSet<string> OfElements = new(StringComparer.Ordinal)
    {
        "timeout",
        "expires",
        "counter",
        "quota",
        "limit",
        "last",
        "comment",
    };

    /// <summary>Reads a rule.</summary>
    /// <param name="text">Its text, without its handle.</param>
    /// <param name="handle">Its handle.</param>
    /// <returns>The rule; several for a verdict map, one for each of its elements.</returns>
    public IReadOnlyList<PacketFilterRule> Read(string text, long? handle)
    {
        var rule = chain.Rule(text) with { Handle = handle };
        var words = RuleWords.Split(NftListing.Spaced(text));
        var matches = new List<PacketFilterMatch>();
        var at = 0;
        while (at < words.Count)
        {
            switch (words[at])
            {
                case "accept" or "drop" or "reject" or "return" or "continue" or "jump" or "goto" or "queue":
                    var (action, target) = NftTerms.Verdict([.. words.Skip(at)]);
                    return [rule with { Action = action, Target = target, Matches = matches }];
                case "snat" or "masquerade":
                    // Both end the chain (nf_nat_setup_info in net/netfilter/nf_nat_core.c); "snat ip to 10.0.0.1" is for IPv4 alone.
                    if (at + 1 < words.Count && words[at + 1] is "ip" or "ip6")
                        NftTerms.Add(matches, NftTerms.Selector(chain.Family, [words[at + 1]], 0).Implied);
                    return [rule with { Action = PacketFilterAction.Accept, Matches = matches }];
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
                case "add" or "update" or "delete" when at + 3 < words.Count && words[at + 2] == "{":
                    // "add @seen { ip saddr }"
                    NftTerms.Add(matches, PacketFilterMatch.Other);
                    NftTerms.Add(matches, NftTerms.Selector(chain.Family, words, at + 3).Implied);
                    while (at < words.Count && words[at] != "}")
                        at++;
                    at++;
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

        return
        [
            rule with
            {
                Matches = matches,
                Action = words.Any(NftTerms.IsDiverting) ? PacketFilterAction.Unknown : PacketFilterAction.Continue,
            },
        ];
    }

    /// <summary>The elements of a list.</summary>
    /// <param name="words">The words between the braces.</param>
    /// <returns>The elements, without commas, and without what is not compared, such as how long they last.</returns>
    internal static IReadOnlyList<string> List(IEnumerable<string> words)
    {
        var elements = new List<string>();
        var element = new List<string>();
        foreach (var word in words)
        {
            var isLast = word.EndsWith(',');
            element.Add(isLast ? word[..^1] : word);
            if (isLast)
                End();
        }

        End();
        return elements;

        void End()
        {
            // "80 counter packets 0 bytes 0 : drop" is of a map.
            var value = element.TakeWhile(w => !OfElements.Contains(w) && w != ":").Concat(element.SkipWhile(w => w != ":"));
            var text = string.Join(' ', value);
            if (text.Length > 0)
                elements.Add(text);
            element.Clear();
        }
    }

    // Reads "vlan id 10", "udp dport { 53, 67 }", "iifname != \"eth1\"", and what it does not know word by word.
    private List<(PacketFilterMatch Match, PacketFilterAction Action, string? Target)>? Condition(
        IReadOnlyList<string> words,
        ref int at,
        List<PacketFilterMatch> matches
    )
    {
        var selector = NftTerms.Selector(chain.Family, words, at);
        NftTerms.Add(matches, selector.Implied);
        if (selector.Length == 0)
        {
            NftTerms.Add(matches, PacketFilterMatch.Other);
            at++;
            return null;
        }

        at += selector.Length;
        if (at < words.Count && words[at] == "set")
        {
            // A statement, which changes the packet and decides nothing.
            at += 2;
            return null;
        }

        while (at + 1 < words.Count && words[at] == ".")
        {
            var next = NftTerms.Selector(chain.Family, words, at + 1);
            NftTerms.Add(matches, next.Implied);
            at += 1 + Math.Max(1, next.Length);
            selector = NftSelector.Unknown;
        }

        if (at < words.Count && Operators.Contains(words[at]))
        {
            selector = NftSelector.Unknown;
            at++;
        }

        if (at < words.Count && words[at] == "vmap")
            return Map(words, ref at, selector);

        var isNegated = at < words.Count && words[at] == "!=";
        if (isNegated || (at < words.Count && words[at] == "=="))
            at++;
        var values = Values(words, ref at, selector);

        // "established | related" is a number, and none of the two.
        if (at < words.Count && Operators.Contains(words[at]))
            values = null;
        NftTerms.Add(matches, NftTerms.Match(selector, values, isNegated));
        return null;
    }

    private static List<(PacketFilterMatch Match, PacketFilterAction Action, string? Target)> Map(
        IReadOnlyList<string> words,
        ref int at,
        NftSelector selector
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
                .Select(e => e.Split(" : ", 2))
                .Where(e => e.Length == 2)
                .Select(e =>
                {
                    var (action, target) = NftTerms.Verdict(e[1].Split(' '));
                    return (NftTerms.Match(selector, NftTerms.Values(selector, [e[0]])), action, target);
                }),
        ];
    }

    private IReadOnlyList<string>? Values(IReadOnlyList<string> words, ref int at, NftSelector selector)
    {
        if (at >= words.Count)
            return null;
        if (words[at] == "{")
        {
            var elements = List(words.Skip(at + 1).TakeWhile(w => w != "}"));
            while (at < words.Count && words[at] != "}")
                at++;
            at++;
            return NftTerms.Values(selector, elements);
        }

        var word = words[at++];
        return word.StartsWith('@') ? sets.Values(chain, word[1..], selector) : NftTerms.Values(selector, [word]);
    }
}
