using System.Globalization;
using System.Text;
using XenVlan.Model;

namespace XenVlan.Discovery.Filters;

/// <summary>Reads what <c>nft -a list ruleset</c> prints (<c>nft(8)</c>).</summary>
internal sealed class NftParser
{
    private const int LongestWhole = 100_000;

    private readonly NftSets _sets = new();
    private readonly List<NftListedChain> _chains = [];
    private string _family = "";
    private string _table = "";
    private long? _tableHandle;

    private NftParser() { }

    /// <summary>Reads the chains.</summary>
    public static IReadOnlyList<PacketFilterChain> Parse(IEnumerable<string> lines) => List(lines).Read();

    /// <summary>Takes the chains apart.</summary>
    public static NftListing List(IEnumerable<string> lines)
    {
        var parser = new NftParser();
        parser.Read(Whole(lines));
        return new NftListing(parser._chains, parser._sets);
    }

    // A long set goes over several lines.
    private static IEnumerable<string> Whole(IEnumerable<string> lines)
    {
        var open = new StringBuilder();
        var (depth, isQuoted) = (0, false);
        foreach (var line in lines.Select(l => l.Trim()).Where(l => l.Length > 0))
        {
            var isFirst = open.Length == 0;
            _ = isFirst ? open.Append(line) : open.Append(' ').Append(line);
            Count(line, ref depth, ref isQuoted);
            if ((isFirst && IsBlock(line)) || depth <= 0 || open.Length > LongestWhole)
            {
                yield return open.ToString();
                _ = open.Clear();
                (depth, isQuoted) = (0, false);
            }
        }

        if (open.Length > 0)
            yield return open.ToString();
    }

    private static bool IsBlock(string line) =>
        WithoutHandle(line, out _).EndsWith('{')
        && line.Split(' ', 2)[0]
            is "table"
                or "chain"
                or "set"
                or "map"
                or "flowtable"
                or "counter"
                or "quota"
                or "limit"
                or "ct"
                or "secmark"
                or "synproxy";

    // How many braces are open, outside of quotation marks.
    private static void Count(string line, ref int depth, ref bool isQuoted)
    {
        foreach (var c in line)
        {
            if (c == '"')
                isQuoted = !isQuoted;
            else if (!isQuoted && c is ('{' or '}'))
                depth += c == '{' ? 1 : -1;
        }
    }

    private static string WithoutHandle(string line, out long? handle)
    {
        const string mark = "# handle ";
        var at = line.LastIndexOf(mark, StringComparison.Ordinal);
        handle =
            at >= 0 && long.TryParse(line.AsSpan(at + mark.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : null;
        return (handle is null ? line : line[..at]).TrimEnd();
    }

    private void Read(IEnumerable<string> lines)
    {
        List<(string, long?)>? rules = null;
        string? set = null;
        foreach (var line in lines)
        {
            var text = WithoutHandle(line, out var handle);
            string[] words = [.. RuleWords.Split(NftListing.Spaced(text))];
            if (words.Length == 0 || text.StartsWith('#'))
                continue;
            if (words is ["table", var family, var table, "{"])
            {
                (_family, _table, _tableHandle, rules, set) = (family, table, handle, null, null);
            }
            else if (words is ["chain", var name, "{"])
            {
                (rules, set) = ([], null);
                var head = new PacketFilterChain
                {
                    Program = "nft",
                    Family = _family,
                    Table = _table,
                    Name = name,
                };
                _chains.Add(new NftListedChain(head, _tableHandle, rules));
            }
            else if (IsBlock(line))
            {
                (rules, set) = (null, words[0] is "set" ? words[1] : null);
            }
            else if (text == "}")
            {
                (rules, set) = (null, null);
            }
            else if (set is not null && words is ["elements", "=", "{", .. var elements, "}"])
            {
                _sets.Add(_family, _table, set, NftRuleReader.List(elements));
            }
            else if (rules is not null && words is ["type", _, "hook", ..])
            {
                _chains[^1] = _chains[^1] with { Head = Hooked(_chains[^1].Head, words) };
            }
            else if (rules is not null && words[0] is not "comment" && text != "xt")
            {
                rules.Add((text, handle));
            }
        }
    }

    // type filter hook ingress devices = { "eth0", "eth1" } priority filter; policy accept;
    private static PacketFilterChain Hooked(PacketFilterChain chain, string[] words)
    {
        var hook = words.Length > 3 ? words[3] : "";
        var devices = words
            .TakeWhile(w => w is not "priority")
            .Skip(4)
            .Where(w => w is not ("device" or "devices" or "=" or "{" or "}"))
            .Select(w => w.Trim(','));
        return chain with
        {
            Hook = NftTerms.Hook(hook),
            Devices = [.. devices],
            Policy = words.Contains("drop;") ? PacketFilterAction.Drop : PacketFilterAction.Accept,
        };
    }
}
