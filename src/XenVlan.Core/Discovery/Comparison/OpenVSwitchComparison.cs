using XenVlan.Model;

namespace XenVlan.Discovery.Comparison;

/// <summary>What differs in the bridges of Open vSwitch and their ports.</summary>
internal static class OpenVSwitchComparison
{
    private static readonly Aspect<OpenVSwitchBridge>[] BridgeAspects = [new("SpanningTree", (b, _) => b.SpanningTree)];

    private static readonly Aspect<Port>[] PortAspects =
    [
        new("Bridge", (p, _) => p.Bridge),
        new("Interfaces", (p, names) => p.Details.Interfaces.Select(names.Of).Order(StringComparer.Ordinal)),
        new("IsFakeBridge", (p, _) => p.Details.IsFakeBridge),
    ];

    // An empty set of trunks is all of them.
    private static readonly Aspect<Port>[] VlanAspects =
    [
        new("Tag", (p, _) => p.Details.Tag),
        new("Trunks", (p, _) => p.Details.Trunks.IsEmpty ? "all" : p.Details.Trunks),
        new("Mode", (p, _) => p.Details.Mode),
    ];

    /// <summary>Compares all bridges and ports.</summary>
    public static void Compare(DifferenceList list)
    {
        const SnapshotDifferenceKind kind = SnapshotDifferenceKind.Bridge;
        var (before, after) = (list.Reference.OpenVSwitchBridges, list.Difference.OpenVSwitchBridges);
        foreach (var (name, mine, other) in list.Pairs(before, after, (b, _) => b.Name))
        {
            list.Add(kind, name, null, Describe(mine), Describe(other));
            list.Compare(kind, name, BridgeAspects, mine, other);
        }

        foreach (var (name, mine, other) in list.Pairs(Ports(before), Ports(after), (p, names) => names.Of(p.Details.Name)!))
        {
            if (mine is null || other is null)
                list.Add(SnapshotDifferenceKind.BridgePort, name, null, Describe(mine), Describe(other));
            list.Compare(SnapshotDifferenceKind.BridgePort, name, PortAspects, mine, other);
            list.Compare(SnapshotDifferenceKind.PortVlans, name, VlanAspects, mine, other);
        }
    }

    private static string? Describe(OpenVSwitchBridge? bridge) => bridge is null ? null : "Open vSwitch";

    private static string? Describe(Port? port) =>
        port is null
            ? null
            : $"on {port.Bridge}, tag {port.Details.Tag?.ToString() ?? "none"}, trunks "
                + $"{(port.Details.Trunks.IsEmpty ? "all" : port.Details.Trunks.ToString())}";

    private static IEnumerable<Port> Ports(IEnumerable<OpenVSwitchBridge> bridges) =>
        bridges.SelectMany(b => b.Ports.Select(p => new Port(b.Name, p)));

    private sealed record Port(string Bridge, OpenVSwitchPort Details);
}
