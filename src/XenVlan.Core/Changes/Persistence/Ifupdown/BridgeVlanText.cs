using XenVlan.Model;

namespace XenVlan.Changes.Persistence.Ifupdown;

/// <summary>The <c>bridge vlan</c> commands (bridge(8)) in a stanza.</summary>
internal static class BridgeVlanText
{
    /// <summary>The commands about one port, or about the bridge itself.</summary>
    /// <param name="stanza">The stanza of the bridge.</param>
    /// <param name="name">The port or bridge.</param>
    /// <returns>Their words, each with the index of its line.</returns>
    public static IEnumerable<(int Index, IReadOnlyList<string> Words)> Of(InterfacesStanza stanza, string name) =>
        stanza.UpCommands.Where(c =>
            c.Words is [var program, "vlan" or "v", "add" or "del", ..]
            && program.EndsWith("bridge", StringComparison.Ordinal)
            && After(c.Words, "dev") == name
        );

    /// <summary>What a port has after some commands.</summary>
    /// <returns>What it has; null where a command cannot be understood.</returns>
    public static PortVlans? Result(PortVlans vlans, IEnumerable<(int Index, IReadOnlyList<string> Words)> commands)
    {
        foreach (var (_, words) in commands)
        {
            if (!VlanSet.TryParse(After(words, "vid"), out var ids))
                return null;

            var isAdded = words[2] is "add";
            var pvid =
                isAdded && words.Contains("pvid", StringComparer.Ordinal) ? ids.First()
                : vlans.Pvid is { } old && ids.Contains(old) ? null
                : vlans.Pvid;
            var untagged = vlans.Untagged.Except(ids);
            vlans = new PortVlans(
                isAdded ? vlans.Allowed.Union(ids) : vlans.Allowed.Except(ids),
                isAdded && words.Contains("untagged", StringComparer.Ordinal) ? untagged.Union(ids) : untagged,
                pvid
            );
        }

        return vlans;
    }

    private static string? After(IReadOnlyList<string> words, string key)
    {
        for (var i = 0; i + 1 < words.Count; i++)
        {
            if (words[i] == key)
                return words[i + 1];
        }

        return null;
    }
}
