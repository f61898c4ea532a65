using System.Text.Json;
using XenVlan.Model;

namespace XenVlan.Discovery.Filters;

/// <summary>Reads the JSON of a rule of nftables.</summary>
/// <param name="chain">The chain it is in.</param>
/// <param name="sets">The sets that it may name.</param>
/// <param name="map">Gives a verdict map by its name; null where it is not known, or too large.</param>
/// <param name="textReader">Reads what the text says better.</param>
internal sealed class NftJsonRuleReader(PacketFilterChain chain, NftSets sets, Func<string, NftJsonMap?> map, NftRuleReader textReader)
{
    private static readonly string[] Combinations = ["&", "|", "^", "<<", ">>"];

    private enum Meaning
    {
        Nothing,
        Perhaps,
        Unknown,
    }

    /// <summary>Reads a rule.</summary>
    /// <param name="value">The rule.</param>
    /// <param name="text">Its text; null where that is not known.</param>
    /// <param name="handle">Its handle.</param>
    /// <returns>The rule; several for a verdict map, one for each of its elements.</returns>
    public IReadOnlyList<PacketFilterRule> Read(JsonElement value, string? text, long? handle)
    {
        var statements =
            value.TryGetProperty("expr", out var list) && list.ValueKind is JsonValueKind.Array
                ? [.. list.EnumerateArray()]
                : Array.Empty<JsonElement>();

        // Of the matches of iptables and ebtables the JSON has the name alone, the text what they look at.
        if (text is not null && statements.Any(IsOnlyInText))
            return textReader.Read(text, handle);
        var rule = chain.Rule(text ?? Described(statements, handle)) with { Handle = handle };
        var matches = new List<PacketFilterMatch>();
        var isUnknown = false;
        foreach (var statement in statements)
        {
            if (NftJson.Only(statement) is not var (name, content))
            {
                NftTerms.Add(matches, PacketFilterMatch.Other);
                isUnknown = true;
                continue;
            }

            if (NftJson.Verdict(name, content) is var (action, target))
                return [rule with { Action = action, Target = target, Matches = matches }];
            switch (name)
            {
                case "match":
                    Match(content, matches);
                    break;
                case "mangle":
                    Mangle(content, matches);
                    break;
                case "vmap":
                    return Map(rule, content, matches);
                case "snat" or "masquerade":
                    OfFamily(content, matches);
                    return [rule with { Action = PacketFilterAction.Accept, Matches = matches }];
                default:
                    isUnknown |= Other(name, content, matches);
                    break;
            }
        }

        return [rule with { Matches = matches, Action = isUnknown ? PacketFilterAction.Unknown : PacketFilterAction.Continue }];
    }

    // A statement that libnftables has no JSON for is the text of it.
    private static bool IsOnlyInText(JsonElement statement) => NftJson.Only(statement) is not var (name, _) || name is "xt";

    private static Meaning Of(string statement) =>
        statement switch
        {
            "counter" or "log" or "comment" or "last" or "ct helper" or "ct timeout" or "ct expectation" or "secmark" => Meaning.Nothing,

            // These go on with the next statement, or with the next rule; "limit" only when it is not exceeded.
            "limit" or "quota" or "ct count" or "set" or "map" or "meter" or "flow" or "notrack" or "dup" or "reset" => Meaning.Perhaps,
            _ => Meaning.Unknown,
        };

    // Whether it may decide.
    private bool Other(string name, JsonElement content, List<PacketFilterMatch> matches)
    {
        var meaning = Of(name);
        if (meaning is Meaning.Nothing)
            return false;
        NftTerms.Add(matches, PacketFilterMatch.Other);
        if (content.ValueKind is JsonValueKind.Object && content.TryGetProperty("elem", out var element))
            _ = Left(
                NftJson.Only(element) is ("elem", { ValueKind: JsonValueKind.Object } whole) && whole.TryGetProperty("val", out var value)
                    ? value
                    : element,
                matches
            );

        OfFamily(content, matches);
        return meaning is Meaning.Unknown;
    }

    // "dnat ip to 10.0.0.1" is for IPv4 alone (nft_nat_inet_eval in the kernel's net/netfilter/nft_nat.c).
    private void OfFamily(JsonElement content, List<PacketFilterMatch> matches)
    {
        if (NftJson.Text(content, "family") is { } family)
            NftTerms.Add(matches, NftTerms.Selector(chain.Family, [family], 0).Implied);
    }

    private void Match(JsonElement match, List<PacketFilterMatch> matches)
    {
        var selector =
            match.ValueKind is JsonValueKind.Object && match.TryGetProperty("left", out var left)
                ? Left(left, matches)
                : NftSelector.Unknown;
        var op = NftJson.Text(match, "op");
        var values = op is "==" or "!=" or "in" && match.TryGetProperty("right", out var right) ? Right(right, op, selector) : null;
        NftTerms.Add(matches, NftTerms.Match(selector, values, op is "!="));
    }

    private NftSelector Left(JsonElement left, List<PacketFilterMatch> matches)
    {
        if (NftJson.Only(left) is not var (name, content))
            return NftSelector.Unknown;
        if (name is "concat" && content.ValueKind is JsonValueKind.Array)
        {
            foreach (var part in content.EnumerateArray())
                _ = Left(part, matches);
            return NftSelector.Unknown;
        }

        if (Combinations.Contains(name))
        {
            if (content.ValueKind is JsonValueKind.Array && content.GetArrayLength() > 0)
                _ = Left(content[0], matches);
            return NftSelector.Unknown;
        }

        var words = Words(name, content);
        var selector = words.Count == 0 ? NftSelector.Unknown : NftTerms.Selector(chain.Family, words, 0);
        NftTerms.Add(matches, selector.Implied);
        return selector.Length == words.Count ? selector : NftSelector.Unknown;
    }

    // As the text has them: "tcp dport", "arp saddr ip", "meta iifname", "ct original saddr".
    private static IReadOnlyList<string> Words(string name, JsonElement content) =>
        name switch
        {
            "payload" => [.. Split(NftJson.Text(content, "protocol")), .. Split(NftJson.Text(content, "field"))],
            "meta" or "ct" => [name, .. Split(NftJson.Text(content, "dir")), .. Split(NftJson.Text(content, "key"))],
            _ => [.. Split(name), .. Split(NftJson.Text(content, "name"))],
        };

    private static string[] Split(string? words) => words?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    private IReadOnlyList<string>? Right(JsonElement right, string op, NftSelector selector)
    {
        if (right.ValueKind is JsonValueKind.String && right.GetString() is ['@', .. var name])
            return sets.Values(chain, name, selector);
        if (NftJson.Only(right) is ("set", var elements))
            return NftTerms.Values(selector, NftJson.Values(elements));

        // Flags, of which one must be set.
        if (right.ValueKind is JsonValueKind.Array && op is not "in")
            return null;
        return NftTerms.Values(selector, NftJson.Values(right));
    }

    // What is written without having been read cannot fail.
    private void Mangle(JsonElement mangle, List<PacketFilterMatch> matches)
    {
        if (
            mangle.ValueKind is not JsonValueKind.Object
            || !mangle.TryGetProperty("key", out var key)
            || !mangle.TryGetProperty("value", out var value)
            || NftJson.Only(key) is not var (name, _)
        )
        {
            NftTerms.Add(matches, PacketFilterMatch.Other);
            return;
        }

        _ = Left(key, matches);
        if (name is not ("payload" or "meta" or "ct") || NftJson.Value(value) is null)
            NftTerms.Add(matches, PacketFilterMatch.Other);
    }

    private IReadOnlyList<PacketFilterRule> Map(PacketFilterRule rule, JsonElement vmap, List<PacketFilterMatch> matches)
    {
        var selector =
            vmap.ValueKind is JsonValueKind.Object && vmap.TryGetProperty("key", out var key) ? Left(key, matches) : NftSelector.Unknown;
        var found = vmap.ValueKind is JsonValueKind.Object && vmap.TryGetProperty("data", out var data) ? Data(data) : null;
        if (found is null)
            return [rule with { Matches = [.. matches, PacketFilterMatch.Other], Action = PacketFilterAction.Unknown }];
        return
        [
            .. found.Elements.Select(e =>
                rule with
                {
                    Matches = [.. matches, NftTerms.Match(selector, NftTerms.Values(selector, e.Key is null ? null : [e.Key]))],
                    Action = e.Action,
                    Target = e.Target,
                }
            ),
        ];
    }

    private NftJsonMap? Data(JsonElement data) =>
        data.ValueKind is JsonValueKind.String
            ? data.GetString() is ['@', .. var name]
                ? map(name)
                : null
            : NftJson.Only(data) is ("set", var elements)
                ? NftJsonMap.Read(elements)
                : null;

    // For a rule that came between the two readings, or whose text was cut off.
    private static string Described(IEnumerable<JsonElement> statements, long? handle) =>
        $"{(handle is null ? "rule" : $"rule of handle {handle}")}: {string.Join(", ", statements.Select(Described))}";

    private static string Described(JsonElement statement)
    {
        if (NftJson.Only(statement) is not var (name, content))
            return "?";
        if (
            name is not "mangle"
            || content.ValueKind is not JsonValueKind.Object
            || !content.TryGetProperty("key", out var key)
            || NftJson.Only(key) is not ("payload", var payload)
        )
            return name;
        var value = content.TryGetProperty("value", out var written) ? NftJson.Value(written) : null;
        return $"{string.Join(' ', Words("payload", payload))} set {value ?? "?"}";
    }
}
