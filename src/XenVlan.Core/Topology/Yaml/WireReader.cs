using XenVlan.Model;

namespace XenVlan.Topology.Yaml;

/// <summary>Reads the wires of a document.</summary>
internal static class WireReader
{
    private static readonly ValueKey<TopologyWireEnd> Between = new(
        "between",
        Formats.TopologyWireEnd,
        "The ends, each host/interface; two or more",
        KeyForm.List,
        IsRequired: true
    );

    private static readonly ValueKey<VlanSet> Vlans = new(
        "vlans",
        Formats.Vlans,
        "The VLANs the switch lets through tagged; unknown by default"
    );

    private static readonly ValueKey<VlanId?> Native = new("native", Formats.Vlan, "The VLAN of untagged frames; unknown by default");

    private static readonly ValueKey<int?> Mtu = new(
        "mtu",
        Formats.Mtu,
        "The largest packet in bytes, without the tag; unknown by default"
    );

    /// <summary>The keys of a wire.</summary>
    public static Shape Shape { get; } = new("wire", "a wire", Between, Vlans, Native, Mtu);

    /// <summary>Reads a wire.</summary>
    public static TopologyWire Read(DocumentMap map, DocumentContext context)
    {
        var ends = map.GetList(Between);
        if (map.Has(Between) && ends.Count < 2 && !map.IsFaulty)
            context.Errors.Add(map.PositionOf(Between), "A wire needs two ends or more, such as [a/eth1, b/eth1].");

        var first = new Dictionary<TopologyWireEnd, SourcePosition>();
        foreach (var (end, position) in ends)
        {
            context.CheckHost(end.HostName, position);
            if (!first.TryAdd(end, position))
                context.Errors.Add(position, $"The wire has the end {DisplayText.Quote(end.ToString())} already, at {first[end]}.");
        }

        return new TopologyWire(
            [.. ends.Select(e => e.Value with { Position = e.Position })],
            map.Get(Vlans),
            map.Get(Native),
            map.Get(Mtu)
        )
        {
            Position = map.Position,
        };
    }
}
