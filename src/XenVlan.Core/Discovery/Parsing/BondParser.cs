using XenVlan.Model;

namespace XenVlan.Discovery.Parsing;

/// <summary>
/// Reads <c>/proc/net/bonding/*</c> (<c>bond_info_show_master</c> in the kernel's <c>drivers/net/bonding/bond_procfs.c</c>),
/// for kernels that do not have bonds in sysfs.
/// </summary>
internal static class BondParser
{
    private const string Folder = "/proc/net/bonding/";

    /// <summary>Reads the bonds.</summary>
    /// <param name="lines">Lines of the form <c>/proc/net/bonding/bond0:line</c>; those of other files are left out.</param>
    public static Dictionary<string, BondDetails> Parse(IEnumerable<string> lines)
    {
        var modes = new Dictionary<string, string>(StringComparer.Ordinal);
        var active = new Dictionary<string, string>(StringComparer.Ordinal);
        var slaves = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var partners = new Dictionary<string, MacAddress>(StringComparer.Ordinal);
        foreach (var (path, line) in FileLines.Parse(lines.Where(l => l.StartsWith(Folder, StringComparison.Ordinal))))
        {
            var bond = path[Folder.Length..];
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            if (colon < 0)
                continue;

            var value = line[(colon + 2)..].Trim();
            switch (line[..colon].Trim())
            {
                case "Bonding Mode":
                    _ = modes.TryAdd(bond, Mode(value));
                    _ = slaves.TryAdd(bond, []);
                    break;
                case "Currently Active Slave" when value != "None":
                    _ = active.TryAdd(bond, value);
                    break;
                case "Partner Mac Address" when MacAddress.TryParse(value, out var partner):
                    _ = partners.TryAdd(bond, partner);
                    break;
                case "Slave Interface" when slaves.TryGetValue(bond, out var list):
                    list.Add(value);
                    break;
            }
        }

        return modes.ToDictionary(
            m => m.Key,
            m => new BondDetails(m.Value, active.GetValueOrDefault(m.Key), slaves[m.Key])
            {
                LacpPartner = partners.TryGetValue(m.Key, out var partner) ? partner : null,
            },
            StringComparer.Ordinal
        );
    }

    // To the words that sysfs uses (bond_mode_tbl and bond_mode_name in the kernel's drivers/net/bonding).
    private static string Mode(string text) =>
        text switch
        {
            _ when text.Contains("(round-robin)", StringComparison.Ordinal) => "balance-rr",
            _ when text.Contains("(active-backup)", StringComparison.Ordinal) => "active-backup",
            _ when text.Contains("(xor)", StringComparison.Ordinal) => "balance-xor",
            _ when text.Contains("(broadcast)", StringComparison.Ordinal) => "broadcast",
            _ when text.Contains("802.3ad", StringComparison.Ordinal) => "802.3ad",
            "transmit load balancing" => "balance-tlb",
            "adaptive load balancing" => "balance-alb",
            _ => text,
        };
}
