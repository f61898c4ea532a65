using XenVlan.Model;

namespace XenVlan.Discovery.Comparison;

/// <summary>What differs in what LLDP tells of the other ends of cables.</summary>
internal static class NeighborComparison
{
    /// <summary>Compares all neighbours.</summary>
    public static void Compare(DifferenceList list)
    {
        var pairs = list.Pairs(ByInterface(list.Reference), ByInterface(list.Difference), (n, _) => n.Key);
        foreach (var (name, mine, other) in pairs)
            list.Add(SnapshotDifferenceKind.Neighbor, name, null, Describe(mine), Describe(other));

        static IEnumerable<IGrouping<string, LldpNeighbor>> ByInterface(HostSnapshot host) => host.Neighbors.GroupBy(n => n.Interface);

        string? Describe(IEnumerable<LldpNeighbor>? neighbors) =>
            neighbors is null ? null : string.Join("; ", neighbors.Select(Words).Order(StringComparer.Ordinal));

        string Words(LldpNeighbor neighbor)
        {
            // Two machines are on different ports of a switch.
            var port = list.IsOneMachine ? $" port {neighbor.PortDescription ?? neighbor.PortId}" : "";
            var pvid = neighbor.Pvid?.ToString() ?? "?";
            return $"{neighbor.SystemName ?? neighbor.ChassisId}{port}, VLANs {neighbor.Vlans}, PVID {pvid}";
        }
    }
}
