using System.Globalization;
using System.Net;
using System.Net.Sockets;
using XenVlan.Model;

namespace XenVlan.Discovery.Parsing;

/// <summary>
/// Reads <c>bridge -d mdb show</c> (<c>print_mdb_entry</c> and <c>br_print_router_ports</c> in iproute2's <c>bridge/mdb.c</c>):
/// <c>dev BRIDGE port PORT grp GROUP [src ADDRESS] temp|permanent … [filter_mode MODE] [blocked] [vid VLAN]</c>, and
/// <c>router ports on BRIDGE: PORT …</c>. iproute2 before 4.18 begins an entry with another order of the same words.
/// </summary>
internal static class MulticastParser
{
    private const string Routers = "router ports on ";

    /// <summary>Reads who listens.</summary>
    /// <param name="lines">The output's lines.</param>
    /// <param name="routers">Gets the router ports by bridge.</param>
    /// <returns>The listeners to groups of IPv6, by bridge.</returns>
    public static Dictionary<string, List<MulticastMember>> Parse(IEnumerable<string> lines, out Dictionary<string, List<string>> routers)
    {
        routers = new(StringComparer.Ordinal);
        var found = new Dictionary<string, List<MulticastMember>>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            if (line.StartsWith(Routers, StringComparison.Ordinal))
            {
                var colon = line.IndexOf(": ", StringComparison.Ordinal);
                if (colon > 0)
                    List(routers, line[Routers.Length..colon])
                        .AddRange(line[(colon + 2)..].Split(' ', StringSplitOptions.RemoveEmptyEntries));
                continue;
            }

            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (
                After(words, "dev") is { } bridge
                && After(words, "port") is { } port
                && After(words, "grp") is { } group
                && IPAddress.TryParse(group, out var address)
                && address.AddressFamily is AddressFamily.InterNetworkV6
            )
            {
                var isConditional = words.Contains("src") || words.Contains("blocked") || After(words, "filter_mode") is "include";
                List(found, bridge).Add(new MulticastMember(port, address.ToString(), Vlan(After(words, "vid")), isConditional));
            }
        }

        return found;
    }

    private static VlanId? Vlan(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id is >= VlanId.Minimum and <= VlanId.Maximum
            ? new VlanId(id)
            : null;

    private static string? After(string[] words, string word)
    {
        var at = Array.IndexOf(words, word);
        return at >= 0 && at + 1 < words.Length ? words[at + 1] : null;
    }

    private static List<T> List<T>(Dictionary<string, List<T>> lists, string key)
    {
        if (!lists.TryGetValue(key, out var list))
            lists.Add(key, list = []);
        return list;
    }
}
