using XenVlan.Model;

namespace XenVlan.Discovery.Filters;

/// <summary>Reads what <c>iptables-save</c>, <c>ip6tables-save</c> and <c>arptables-save</c> print (<c>iptables-save(8)</c>).</summary>
/// <param name="program">The program that deletes the rules.</param>
/// <param name="family">The family of the tables: <c>ip</c>, <c>ip6</c> or <c>arp</c>.</param>
internal sealed class IptablesParser(string program, string family)
{
    private readonly Dictionary<(string Table, string Chain), (PacketFilterChain Chain, List<PacketFilterRule> Rules)> _chains = [];

    /// <summary>Reads the chains.</summary>
    public IReadOnlyList<PacketFilterChain> Parse(IEnumerable<string> lines)
    {
        string? table = null;
        foreach (var line in lines)
        {
            if (line.StartsWith('*'))
                table = line[1..].Trim();
            else if (table is not null && line.StartsWith(':'))
                Begin(table, line[1..].Split(' ', StringSplitOptions.RemoveEmptyEntries));
            else if (table is not null && line.StartsWith("-A ", StringComparison.Ordinal))
                Add(table, RuleWords.Split(line[3..]));
        }

        return [.. _chains.Values.Select(c => c.Chain with { Rules = c.Rules })];
    }

    private void Begin(string table, string[] words)
    {
        if (words.Length < 2)
            return;
        var chain = new PacketFilterChain
        {
            Program = program,
            Family = family,
            Table = table,
            Name = words[0],
            Hook = words[1] == "-" ? PacketFilterHook.None : Hook(words[0]),
            Policy = words[1] switch
            {
                "-" => PacketFilterAction.Return,
                "ACCEPT" => PacketFilterAction.Accept,
                _ => PacketFilterAction.Drop,
            },
        };
        _ = _chains.TryAdd((table, words[0]), (chain, []));
    }

    private static PacketFilterHook Hook(string chain) =>
        chain switch
        {
            "PREROUTING" => PacketFilterHook.Prerouting,
            "INPUT" => PacketFilterHook.Input,
            "FORWARD" => PacketFilterHook.Forward,
            "OUTPUT" => PacketFilterHook.Output,
            "POSTROUTING" => PacketFilterHook.Postrouting,
            _ => PacketFilterHook.None,
        };

    private void Add(string table, IReadOnlyList<string> words)
    {
        if (words.Count == 0 || !_chains.TryGetValue((table, words[0]), out var chain))
            return;
        var options = words.Skip(1).ToList();
        var (action, target) = Action(options, out var matching);
        chain.Rules.Add(
            new PacketFilterRule
            {
                Program = program,
                Family = family,
                Table = table,
                Chain = words[0],
                Text = Join(options),
                Action = action,
                Target = target,
                Matches = OptionMatches.Read(matching),
            }
        );
    }

    // What follows the target belongs to it: "-j REJECT --reject-with icmp-port-unreachable".
    private static (PacketFilterAction Action, string? Target) Action(List<string> options, out IReadOnlyList<string> matching)
    {
        var at = options.FindIndex(o => o is "-j" or "-g");
        matching = at < 0 ? options : options[..at];
        return at < 0 || at + 1 >= options.Count ? (PacketFilterAction.Continue, null) : Action(options[at], options[at + 1]);
    }

    /// <summary>What a target does.</summary>
    /// <param name="option"><c>-j</c> or <c>-g</c>.</param>
    /// <param name="target">The target.</param>
    /// <returns>The action, and the chain for a jump.</returns>
    internal static (PacketFilterAction Action, string? Target) Action(string option, string target) =>
        target switch
        {
            // A source address that is translated is the end of the chain too (nf_nat_setup_info in net/netfilter/nf_nat_core.c).
            "ACCEPT" or "SNAT" or "MASQUERADE" => (PacketFilterAction.Accept, null),
            "DROP" or "REJECT" => (PacketFilterAction.Drop, null),
            "RETURN" => (PacketFilterAction.Return, null),
            "QUEUE" or "NFQUEUE" or "SYNPROXY" or "STEAL" or "DNAT" or "REDIRECT" or "NETMAP" or "TPROXY" => (
                PacketFilterAction.Unknown,
                null
            ),
            "CONTINUE"
            or "LOG"
            or "NFLOG"
            or "ULOG"
            or "MARK"
            or "CONNMARK"
            or "mark"
            or "CLASSIFY"
            or "TRACE"
            or "NOTRACK"
            or "CT"
            or "TCPMSS"
            or "DSCP"
            or "TOS"
            or "CHECKSUM"
            or "SET"
            or "TTL"
            or "HL"
            or "AUDIT" => (PacketFilterAction.Continue, null),
            _ => (option == "-g" ? PacketFilterAction.Goto : PacketFilterAction.Jump, target),
        };

    // As it was printed, so that it can be found, but with words quoted that need it.
    private static string Join(IEnumerable<string> words) =>
        string.Join(
            ' ',
            words.Select(w =>
                w.Any(c => char.IsWhiteSpace(c) || c == '"') || w.Length == 0
                    ? $"\"{w.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""
                    : w
            )
        );
}
