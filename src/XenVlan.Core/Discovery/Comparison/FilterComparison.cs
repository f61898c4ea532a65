using System.Globalization;
using System.Text.RegularExpressions;
using XenVlan.Discovery.Filters;
using XenVlan.Model;

namespace XenVlan.Discovery.Comparison;

/// <summary>What differs in packet filters: chains, their policies, and the rules in them with their order.</summary>
internal static partial class FilterComparison
{
    private static readonly Aspect<PacketFilterChain>[] Aspects =
    [
        new("Hook", (c, _) => c.Hook),
        new("Devices", (c, names) => c.Devices.Select(names.Of).Order(StringComparer.Ordinal)),
        new("Policy", (c, _) => c.Policy),
    ];

    /// <summary>Compares all chains.</summary>
    public static void Compare(DifferenceList list)
    {
        if (!list.BothSaw(PacketFilterReader.IsOmission))
            return;
        const SnapshotDifferenceKind kind = SnapshotDifferenceKind.PacketFilter;
        var pairs = list.Pairs(list.Reference.PacketFilters, list.Difference.PacketFilters, (c, _) => NameOf(c));
        foreach (var (name, mine, other) in pairs)
        {
            if (mine is null || other is null)
            {
                list.Add(kind, name, null, Describe(mine), Describe(other));
                continue;
            }

            list.Compare(kind, name, Aspects, mine, other);
            CompareRules(list, name, Rules(mine, list.ReferenceNames), Rules(other, list.DifferenceNames));
        }
    }

    private static void CompareRules(DifferenceList list, string chain, List<Rule> mine, List<Rule> others)
    {
        const SnapshotDifferenceKind kind = SnapshotDifferenceKind.PacketFilter;
        var (kept, gone) = Part(mine, others);
        var (keptToo, added) = Part(others, mine);
        foreach (var rule in gone)
            list.Add(kind, chain, "Rule", rule.Text, null);
        foreach (var rule in added)
            list.Add(kind, chain, "Rule", null, rule.Text);

        var moved = kept.Zip(keptToo).FirstOrDefault(r => r.First.Text != r.Second.Text);
        if (moved != default)
        {
            list.Add(kind, chain, "Order", moved.First.Text, moved.Second.Text);
            return;
        }

        // A named set's elements are not in the text of the rule.
        foreach (var (before, after) in kept.Zip(keptToo))
            list.Add(kind, chain, $"Matches of {before.Text}", before.Matches, after.Matches);
    }

    // Those that the others have too, in their order, and those that they have not. A rule may be there twice.
    private static (List<Rule> Common, List<Rule> Own) Part(List<Rule> rules, List<Rule> others)
    {
        var left = others
            .GroupBy(r => r.Text, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.Count(), StringComparer.Ordinal);
        var parts = rules.ToLookup(r => left.TryGetValue(r.Text, out var count) && (left[r.Text] = count - 1) >= 0);
        return ([.. parts[true]], [.. parts[false]]);
    }

    private static List<Rule> Rules(PacketFilterChain chain, StableNames names) =>
        [.. chain.Rules.Select(r => new Rule(names.In(Volatile().Replace(r.Text, "")), names.In(Matches(r))))];

    private static string Matches(PacketFilterRule rule) =>
        string.Join("; ", rule.Matches.Select(m => $"{(m.IsNegated ? "not " : "")}{m.Kind} {string.Join(", ", m.Values)}".TrimEnd()));

    private static string NameOf(PacketFilterChain chain) => $"{chain.Program} {chain.Family} {chain.Table} {chain.Name}";

    private static string? Describe(PacketFilterChain? chain) =>
        chain is null
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{chain.Hook}, policy {chain.Policy}, {chain.Rules.Count} rules");

    // What nft counts.
    [GeneratedRegex(@" (?:packets \d+ bytes \d+|used \d+ \w+|used (?:never|\w+ ago|\d\w*))\b", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Volatile();

    private sealed record Rule(string Text, string Matches);
}
