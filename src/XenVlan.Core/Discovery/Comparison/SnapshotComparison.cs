using XenVlan.Discovery.Probe;
using XenVlan.Model;

namespace XenVlan.Discovery.Comparison;

/// <summary>
/// What differs between two snapshots: of one host at two moments, or of two hosts. What changes by itself is no difference: times,
/// counters, the numbers of interfaces and ports, who is heard to listen to multicasts, and the number of a domain and of its vifs
/// where a domain of that name runs on both. Nor is what two machines cannot have alike: their names, their Ethernet addresses, the
/// addresses that are made of these, and the ports at the other ends of their cables.
/// </summary>
public static class SnapshotComparison
{
    private static readonly Aspect<HostSnapshot>[] Host =
    [
        new("Kernel", (h, _) => h.Kernel),
        new("XenVersion", (h, _) => h.XenVersion),
        new("IsDomain0", (h, _) => h.IsDomain0),
        new("Toolstack", (h, _) => h.Toolstack),
        new("NetworkManagers", (h, _) => h.NetworkManagers.Select(m => m.ToString())),
    ];

    private static readonly Aspect<BridgeNetfilter>[] Netfilter =
    [
        new("CallsIptables", (n, _) => n.CallsIptables),
        new("CallsIp6tables", (n, _) => n.CallsIp6tables),
        new("CallsArptables", (n, _) => n.CallsArptables),
        new("FiltersVlanTagged", (n, _) => n.FiltersVlanTagged),
    ];

    /// <summary>Compares two snapshots.</summary>
    /// <param name="reference">The snapshot that is compared with.</param>
    /// <param name="difference">The other.</param>
    /// <returns>A difference each, kind after kind; none where they are alike.</returns>
    public static IReadOnlyList<SnapshotDifference> Compare(HostSnapshot reference, HostSnapshot difference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(difference);
        var list = new DifferenceList(reference, difference);
        CompareHosts(list);
        CompareDomains(list);
        if (list.BothSaw(g => g.What == GapList.Interfaces))
            InterfaceComparison.Compare(list);
        if (list.BothSaw(g => g.What == GapList.OpenVSwitch))
            OpenVSwitchComparison.Compare(list);
        if (list.BothSaw(g => g.What == GapList.Domains))
            NicComparison.Compare(list);
        FilterComparison.Compare(list);
        if (list.BothSaw(g => g.What == GapList.Neighbors))
            NeighborComparison.Compare(list);
        CompareGaps(list);
        return list.All;
    }

    private static void CompareHosts(DifferenceList list)
    {
        const SnapshotDifferenceKind kind = SnapshotDifferenceKind.Host;
        var (before, after) = (list.Reference, list.Difference);
        if (list.IsOneMachine)
            list.Add(kind, before.HostName, "NodeName", before.NodeName, after.NodeName);
        list.Compare(kind, before.HostName, Host, before, after);
        list.Add(kind, "br_netfilter", null, Loaded(before.BridgeNetfilter), Loaded(after.BridgeNetfilter));
        list.Compare(kind, "br_netfilter", Netfilter, before.BridgeNetfilter, after.BridgeNetfilter);
        foreach (var (name, mine, other) in list.Pairs(before.Programs, after.Programs, (p, _) => p))
            list.Add(SnapshotDifferenceKind.Program, name, null, Found(mine), Found(other));

        static string? Loaded(BridgeNetfilter? module) => module is null ? null : "loaded";
        static string? Found(string? program) => program is null ? null : "found";
    }

    private static void CompareDomains(DifferenceList list)
    {
        if (!list.BothSaw(g => g.What == GapList.Domains))
            return;
        var pairs = list.Pairs(list.Reference.Domains, list.Difference.Domains, (d, names) => names.Domain(d.Id));
        foreach (var (name, mine, other) in pairs)
            list.Add(SnapshotDifferenceKind.Domain, name, null, Running(mine), Running(other));

        static string? Running(XenDomain? domain) => domain is null ? null : "running";
    }

    private static void CompareGaps(DifferenceList list)
    {
        foreach (var (what, mine, other) in list.Pairs(list.Reference.NotSeen, list.Difference.NotSeen, (g, _) => g.What))
        {
            // Of a gap in both the reason may be worded otherwise.
            if (mine is null || other is null)
                list.Add(SnapshotDifferenceKind.NotSeen, what, null, mine?.Why, other?.Why);
        }
    }
}
