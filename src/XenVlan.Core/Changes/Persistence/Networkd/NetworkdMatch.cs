using XenVlan.Changes.Persistence.Files;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence.Networkd;

/// <summary>Tells whether a <c>.network</c> file is for an interface (systemd.network(5), [MATCH] SECTION OPTIONS).</summary>
internal static class NetworkdMatch
{
    /// <summary>The answers.</summary>
    public enum Answer
    {
        /// <summary>It is not.</summary>
        No,

        /// <summary>It is.</summary>
        Yes,

        /// <summary>It depends on what a snapshot does not hold, such as the driver.</summary>
        Unknown,
    }

    /// <summary>Whether a file is for an interface.</summary>
    /// <param name="unit">The file.</param>
    /// <param name="name">The interface.</param>
    /// <param name="link">What is known of it; null where it is not there.</param>
    public static Answer Of(NetworkdUnit unit, string name, NetworkInterface? link)
    {
        var answer = Answer.Yes;
        foreach (
            var key in unit
                .Files.SelectMany(f => f.Entries)
                .Where(e => e.Section is "Match")
                .Select(e => e.Key!)
                .Distinct(StringComparer.Ordinal)
        )
        {
            var words = unit.All("Match", key).SelectMany(v => v.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToList();
            switch (key)
            {
                case "Name":
                    var isNegated = words.Count > 0 && words[0].StartsWith('!');
                    if (words.Exists(w => Glob.Matches(w.TrimStart('!'), name)) == isNegated)
                        return Answer.No;
                    break;
                case "MACAddress" or "PermanentMACAddress":
                    if (link?.Mac is not { } mac || !words.Exists(w => MacAddress.TryParse(w, out var wanted) && wanted.Equals(mac)))
                        return Answer.No;
                    break;
                case "Type" or "Kind":
                    if (!words.Exists(w => w == TypeOf(link)))
                        return Answer.No;
                    break;
                default:
                    answer = Answer.Unknown;
                    break;
            }
        }

        return answer;
    }

    /// <summary>The one interface a file is for.</summary>
    /// <returns>Its name; null where the file matches by anything but a plain name.</returns>
    public static string? LiteralName(NetworkdUnit unit) =>
        unit.Files.SelectMany(f => f.Entries).All(e => e.Section is not "Match" || e.Key is "Name")
        && unit.All("Match", "Name") is [var only]
        && !only.Any(c => c is '*' or '?' or '[' or '!' || char.IsWhiteSpace(c))
            ? only
            : null;

    private static string TypeOf(NetworkInterface? link) =>
        link?.Kind switch
        {
            InterfaceKind.Physical or InterfaceKind.Vif => "ether",
            InterfaceKind.Bridge => "bridge",
            InterfaceKind.Vlan => "vlan",
            InterfaceKind.Bond => "bond",
            InterfaceKind.Loopback => "loopback",
            _ => "",
        };
}
