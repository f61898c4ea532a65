using XenVlan.Model;

namespace XenVlan.Discovery.Filters;

/// <summary>Reads what <c>ebtables -L</c> prints, of which the older program and the one on top of nftables differ only in white
/// space.</summary>
internal static class EbtablesParser
{
    private const string TableLine = "Bridge table: ";
    private const string ChainLine = "Bridge chain: ";

    /// <summary>Reads the chains.</summary>
    /// <param name="program">The program that deletes the rules.</param>
    /// <param name="lines">The output's lines.</param>
    public static IReadOnlyList<PacketFilterChain> Parse(string program, IEnumerable<string> lines)
    {
        var chains = new List<PacketFilterChain>();
        var rules = new List<PacketFilterRule>();
        var table = "filter";
        foreach (var line in lines)
        {
            if (line.StartsWith(TableLine, StringComparison.Ordinal))
            {
                table = line[TableLine.Length..].Trim();
            }
            else if (line.StartsWith(ChainLine, StringComparison.Ordinal))
            {
                // "Bridge chain: FORWARD, entries: 3, policy: ACCEPT"
                var fields = line[ChainLine.Length..].Split(',', StringSplitOptions.TrimEntries);
                rules = [];
                chains.Add(
                    new PacketFilterChain
                    {
                        Program = program,
                        Family = "bridge",
                        Table = table,
                        Name = fields[0],
                        Hook = Hook(fields[0]),
                        Policy = Policy(fields[^1]),
                        Rules = rules,
                    }
                );
            }
            else if (chains.Count > 0 && line.StartsWith('-'))
            {
                rules.Add(Rule(chains[^1], line.Trim()));
            }
        }

        return chains;
    }

    private static PacketFilterHook Hook(string chain) =>
        chain switch
        {
            "INPUT" => PacketFilterHook.Input,
            "FORWARD" => PacketFilterHook.Forward,
            "OUTPUT" => PacketFilterHook.Output,
            "PREROUTING" => PacketFilterHook.Prerouting,
            "POSTROUTING" => PacketFilterHook.Postrouting,
            _ => PacketFilterHook.None,
        };

    private static PacketFilterAction Policy(string field) =>
        field switch
        {
            "policy: DROP" => PacketFilterAction.Drop,
            "policy: RETURN" => PacketFilterAction.Return,
            _ => PacketFilterAction.Accept,
        };

    private static PacketFilterRule Rule(PacketFilterChain chain, string text)
    {
        var words = RuleWords.Split(text).ToList();
        var at = words.IndexOf("-j");
        var (action, target) =
            at < 0 || at + 1 >= words.Count ? (PacketFilterAction.Continue, null) : IptablesParser.Action("-j", words[at + 1]);
        return chain.Rule(text) with
        {
            Action = action,
            Target = target,
            Matches = OptionMatches.Read(at < 0 ? words : words[..at], isBridge: true),
        };
    }
}
