using XenVlan.Discovery.Parsing;
using XenVlan.Discovery.Probe;
using XenVlan.Model;

namespace XenVlan.Discovery.Filters;

/// <summary>Puts a host's packet filters together from what the probe printed of them.</summary>
internal static class PacketFilterReader
{
    private const string ProgramLine = "program ";
    private const string All = "packet filters";
    private const string Some = "some rules of ";

    // What iptables on top of nftables keeps its rules in; nft does not understand all of them.
    private static readonly HashSet<string> IptablesTables = new(StringComparer.Ordinal) { "filter", "nat", "mangle", "raw", "security" };

    /// <summary>Reads the chains.</summary>
    /// <param name="output">What the probe printed.</param>
    /// <param name="isRoot">Whether it was read as root.</param>
    /// <param name="omissions">Takes what could not be seen.</param>
    public static IReadOnlyList<PacketFilterChain> Read(SnapshotOutput output, bool isRoot, GapList omissions)
    {
        if (!output.Has("filters"))
            return [];
        if (!isRoot)
        {
            omissions.Add(All, "only root may see them; log in as root");
            return [];
        }

        var ip = Saved(output, "filters-ip", "ip", omissions);
        var ip6 = Saved(output, "filters-ip6", "ip6", omissions);
        var nft = Nft(output, omissions);

        // What iptables says of its own rules is better than what nft makes of them.
        var isSaved = ip.Concat(ip6).Select(c => (c.Family, c.Table)).ToHashSet();
        return
        [
            .. nft.Where(c => !(IptablesTables.Contains(c.Table) && isSaved.Contains((c.Family, c.Table)))),
            .. Ebtables(output, omissions),
            .. ip,
            .. ip6,
            .. Saved(output, "filters-arp", "arp", omissions),
        ];
    }

    /// <summary>Whether something that could not be seen are packet filters, or some of their rules.</summary>
    /// <param name="omission">What could not be seen.</param>
    public static bool IsOmission(Gap omission) => omission.What == All || omission.What.StartsWith(Some, StringComparison.Ordinal);

    /// <summary>What bridges hand to iptables.</summary>
    /// <returns>The settings; null where <c>br_netfilter</c> is not loaded.</returns>
    public static BridgeNetfilter? Bridges(SnapshotOutput output)
    {
        var values = FileLines.FirstLines(output["filters"].Lines);
        bool IsOn(string name, bool unknown) =>
            values.TryGetValue("/proc/sys/net/bridge/bridge-nf-" + name, out var value) ? value != "0" : unknown;
        return values.Keys.Any(k => k.StartsWith("/proc/sys/net/bridge/", StringComparison.Ordinal))
            ? new BridgeNetfilter(
                IsOn("call-iptables", true),
                IsOn("call-ip6tables", true),
                IsOn("call-arptables", true),
                IsOn("filter-vlan-tagged", false)
            )
            : null;
    }

    private static IReadOnlyList<PacketFilterChain> Nft(SnapshotOutput output, GapList omissions)
    {
        if (!output.Has("filters-nft"))
            return [];
        var section = output["filters-nft"];
        var listing = omissions.Read(Some + "nftables", "nft", null, () => NftParser.List(section.Lines));
        if (listing is null)
            return [];

        // nft before 0.9 has no JSON, and some are built without it.
        if (output.Has("filters-nft-json") && NftJsonReader.Read(output["filters-nft-json"].Lines, listing) is { } chains)
            return chains;
        if (!section.Succeeded)
            omissions.Add(Some + "nftables", omissions.Reason("nft", "nftables", section));
        return omissions.Read(Some + "nftables", "nft", [], listing.Read);
    }

    private static IReadOnlyList<PacketFilterChain> Ebtables(SnapshotOutput output, GapList omissions)
    {
        if (!output.Has("filters-ebtables"))
            return [];
        var section = output["filters-ebtables"];
        if (!section.Succeeded)
            omissions.Add(Some + "ebtables", omissions.Reason("ebtables", "ebtables", section));
        return omissions.Read(Some + "ebtables", "ebtables", [], () => EbtablesParser.Parse(Program(section, "ebtables"), section.Lines));
    }

    private static IReadOnlyList<PacketFilterChain> Saved(SnapshotOutput output, string name, string family, GapList omissions)
    {
        if (!output.Has(name))
            return [];
        var section = output[name];
        var program = Program(
            section,
            family switch
            {
                "ip6" => "ip6tables",
                "arp" => "arptables",
                _ => "iptables",
            }
        );
        if (!section.Succeeded)
            omissions.Add(Some + program, omissions.Reason(program, program, section));
        return omissions.Read(Some + program, program, [], () => new IptablesParser(program, family).Parse(section.Lines));
    }

    // The program that showed the rules is told first, for there may be two of a name.
    private static string Program(SnapshotSection section, string usual) =>
        section.Lines is [var first, ..] && first.StartsWith(ProgramLine, StringComparison.Ordinal) ? first[ProgramLine.Length..] : usual;
}
