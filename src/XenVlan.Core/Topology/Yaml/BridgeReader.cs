using XenVlan.Model;

namespace XenVlan.Topology.Yaml;

/// <summary>Reads the bridges of a host.</summary>
internal static class BridgeReader
{
    private static readonly ValueKey<InterfaceName> Uplinks = new(
        "uplinks",
        Formats.Interface,
        "The ports that lead out of the machine: network cards, bonds",
        KeyForm.List
    );

    private static readonly ValueKey<bool?> VlanFiltering = new(
        "vlanFiltering",
        Formats.Boolean,
        "Whether the bridge filters VLANs; left as it is by default"
    );

    private static readonly ValueKey<int?> Mtu = new("mtu", Formats.Mtu, "The bridge's MTU in bytes; left as it is by default");

    private static readonly ValueKey<VlanSet> UplinkVlans = new(
        "uplinkVlans",
        Formats.Vlans,
        "The VLANs the uplinks carry tagged; only with vlanFiltering: true"
    );

    private static readonly ValueKey<VlanId?> UplinkNative = new(
        "uplinkNative",
        Formats.Vlan,
        "The VLAN of the uplinks' untagged frames; only with vlanFiltering: true"
    );

    private static readonly ValueKey<VlanSet> OwnVlans = new(
        "ownVlans",
        Formats.Vlans,
        "The VLANs of domain 0's own tagged traffic on the bridge; only with vlanFiltering: true"
    );

    /// <summary>The keys of a bridge.</summary>
    public static Shape Shape { get; } = new("bridge", "a bridge", Uplinks, VlanFiltering, Mtu, UplinkVlans, UplinkNative, OwnVlans);

    /// <summary>Reads a bridge.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="map">Its object.</param>
    /// <param name="interfaces">The interfaces of the host so far.</param>
    /// <param name="errors">Where errors go.</param>
    public static TopologyBridge Read(InterfaceName name, DocumentMap map, InterfaceChecks interfaces, DocumentErrors errors)
    {
        interfaces.AddName(name, map.Position);
        var uplinks = map.GetList(Uplinks);
        foreach (var uplink in uplinks)
            interfaces.AddUplink(name, uplink);

        var vlanFiltering = map.Get(VlanFiltering);
        if (vlanFiltering is not true)
        {
            foreach (var key in new DocumentKey[] { UplinkVlans, UplinkNative, OwnVlans }.Where(map.Has))
                errors.Add(
                    map.PositionOf(key),
                    $"{key.Name} needs vlanFiltering: true; a bridge that does not filter VLANs lets every VLAN pass."
                );
        }

        return new TopologyBridge(
            name,
            [.. uplinks.Select(u => u.Value)],
            vlanFiltering,
            map.Get(Mtu),
            map.Get(UplinkVlans),
            map.Get(UplinkNative),
            map.Get(OwnVlans)
        )
        {
            Position = map.Position,
        };
    }
}
