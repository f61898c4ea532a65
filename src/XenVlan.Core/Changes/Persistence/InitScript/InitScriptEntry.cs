using System.Globalization;
using System.Text;
using XenVlan.Changes.Persistence.Common;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence.InitScript;

/// <summary>A line of <c>/etc/xenvlan/vlans</c>: a kind, a name, and words <c>key=value</c>.</summary>
/// <param name="Kind">Such as <c>vlan</c>.</param>
/// <param name="Name">The interface.</param>
/// <param name="Words">The rest, in its order.</param>
internal sealed record InitScriptEntry(string Kind, string Name, IReadOnlyList<string> Words)
{
    private static readonly string[] Kinds = ["vlan", "bridge", "interface"];
    private static readonly string[] Order =
    [
        "parent",
        "id",
        "protocol",
        "mtu",
        "address",
        "port",
        "filtering",
        "vlans",
        "untagged",
        "without",
        "pvid",
    ];

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="problem">What is wrong with it, if anything is.</param>
    /// <returns>The entry; null for an empty line or a comment, and where something is wrong.</returns>
    public static InitScriptEntry? Parse(string line, out string? problem)
    {
        problem = null;
        var words = line.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || words[0].StartsWith('#'))
            return null;

        var unknown = words
            .Skip(2)
            .FirstOrDefault(w => !Order.Contains(w.Split('=')[0], StringComparer.Ordinal) || !w.Contains('=', StringComparison.Ordinal));
        problem =
            line.Contains('\r', StringComparison.Ordinal)
                ? "The line ends in CR LF, which the script takes for a part of it. Convert the file: sed -i 's/\\r$//'."
            : words.Length < 2 || !Kinds.Contains(words[0], StringComparer.Ordinal)
                ? $"A line begins with {string.Join(", ", Kinds)} and a name."
            : unknown is not null
                ? $"{DisplayText.Quote(unknown)} is none of the words that may follow: {string.Join(", ", Order.Select(o => o + "=…"))}."
            : null;
        return problem is null ? new InitScriptEntry(words[0], words[1], [.. words.Skip(2)]) : null;
    }

    /// <summary>The entry with what is wanted.</summary>
    public InitScriptEntry With(DesiredInterface wanted)
    {
        var entry = this;
        if (wanted.Vlan is { } vlan)
        {
            entry = entry
                .With("parent", vlan.Parent)
                .With("id", vlan.Id.ToString()!)
                .With("protocol", vlan.Protocol is VlanProtocol.Dot1AD ? "802.1ad" : null);
        }

        if (wanted.Mtu is { } mtu)
            entry = entry.With("mtu", mtu.ToString(CultureInfo.InvariantCulture));
        foreach (
            var address in wanted.Addresses.Where(a =>
                !entry.All("address").Any(t => InterfaceAddress.TryParse(t, out var there) && there.Equals(a))
            )
        )
            entry = entry.Plus("address", address.ToString());
        foreach (var port in wanted.Ports.Except(entry.All("port"), StringComparer.Ordinal))
            entry = entry.Plus("port", port);
        if (wanted.VlanFiltering is { } on)
            entry = entry.With(
                "filtering",
                on ? "1"
                    : entry.All("filtering").Any() ? "0"
                    : null
            );
        return wanted.Vlans is { } vlans ? entry.With(vlans) : entry;
    }

    /// <summary>The entry without a port.</summary>
    public InitScriptEntry WithoutPort(string port) => this with { Words = [.. Words.Where(w => w != "port=" + port)] };

    /// <summary>The entry without an address.</summary>
    /// <param name="address">The address.</param>
    /// <param name="instead">One to stand in its place; null for none.</param>
    public InitScriptEntry WithoutAddress(InterfaceAddress address, InterfaceAddress? instead) =>
        this with
        {
            Words =
            [
                .. Words
                    .Select(w =>
                        !w.StartsWith("address=", StringComparison.Ordinal)
                        || !InterfaceAddress.TryParse(w["address=".Length..], out var there)
                        || there != address
                            ? w
                        : instead is null ? null
                        : $"address={instead}"
                    )
                    .OfType<string>(),
            ],
        };

    /// <summary>The values of a key.</summary>
    public IEnumerable<string> All(string key) =>
        Words.Where(w => w.StartsWith(key + "=", StringComparison.Ordinal)).Select(w => w[(key.Length + 1)..]);

    /// <summary>The line of another entry in which only the words differ that are not the same.</summary>
    /// <returns>The line of this one, with the blanks of that.</returns>
    public string In(string line)
    {
        string[] wanted = [Kind, Name, .. Words];
        var text = new StringBuilder();
        var (at, written) = (0, 0);
        while (at < line.Length)
        {
            var word = at;
            while (word < line.Length && IsBlank(line[word]))
                word++;
            var end = word;
            while (end < line.Length && !IsBlank(line[end]))
                end++;
            if (end == word)
                break;

            var there = line[word..end];
            var same = Array.IndexOf(wanted, there, written);
            while (same > written)
                _ = text.Append(' ').Append(wanted[written++]);
            if (same >= 0 || (written < wanted.Length && IsOfSameKey(there, wanted[written])))
                _ = text.Append(line, at, word - at).Append(wanted[written++]);
            at = end;
        }

        foreach (var word in wanted.Skip(written))
            _ = text.Append(' ').Append(word);
        return text.Append(line, at, line.Length - at).ToString();
    }

    /// <summary>The line.</summary>
    /// <returns>Such as <c>vlan xenbr0.10 parent=xenbr0 id=10</c>.</returns>
    public override string ToString() => string.Join(' ', [Kind, Name, .. Words]);

    private static bool IsBlank(char c) => c is ' ' or '\t' or '\n';

    private static bool IsOfSameKey(string word, string other) =>
        word.Split('=')[0] == other.Split('=')[0] || !other.Contains('=', StringComparison.Ordinal);

    // A new port has VLAN 1 already (PVID, untagged).
    private InitScriptEntry With(PortVlans vlans)
    {
        var fresh = PortVlans.Access(new VlanId(VlanId.Minimum));
        var isFresh = vlans.Equals(fresh);
        return With("vlans", isFresh ? null : Text(vlans.Allowed.Except(vlans.Untagged)))
            .With("untagged", isFresh ? null : Text(vlans.Untagged))
            .With("without", Text(fresh.Allowed.Except(vlans.Allowed)))
            .With("pvid", isFresh ? null : vlans.Pvid?.ToString());
    }

    private static string? Text(VlanSet set) => set.IsEmpty ? null : set.ToString();

    private InitScriptEntry With(string key, string? value)
    {
        if (All(key).LastOrDefault() == value)
            return this;
        var without = this with { Words = [.. Words.Where(w => !w.StartsWith(key + "=", StringComparison.Ordinal))] };
        return value is null ? without : without.Plus(key, value);
    }

    private InitScriptEntry Plus(string key, string value)
    {
        var at = Words.Count(w => Array.IndexOf(Order, w.Split('=')[0]) <= Array.IndexOf(Order, key));
        return this with { Words = [.. Words.Take(at), $"{key}={value}", .. Words.Skip(at)] };
    }
}
