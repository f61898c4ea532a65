using XenVlan.Model;

namespace XenVlan.Topology.Yaml;

/// <summary>Reads the NICs of a domain.</summary>
internal static class NicReader
{
    private static readonly ValueKey<InterfaceName> Bridge = new("bridge", Formats.Interface, "The bridge the NIC is on", IsRequired: true);

    private static readonly ValueKey<VlanId?> Access = new(
        "access",
        Formats.Vlan,
        "The one VLAN the NIC carries, untagged; not together with trunk"
    );

    private static readonly ValueKey<VlanSet> Trunk = new(
        "trunk",
        Formats.Vlans,
        "The VLANs the NIC may carry, tagged; not together with access"
    );

    private static readonly ValueKey<VlanId?> Native = new(
        "native",
        Formats.Vlan,
        "The VLAN of a trunk's untagged frames; only with trunk"
    );

    private static readonly ValueKey<int?> Mtu = new("mtu", Formats.Mtu, "The vif's MTU in bytes; left as it is by default");

    private static readonly ValueKey<bool?> TransmitChecksum = new(
        "transmitChecksum",
        Formats.Boolean,
        "Whether the vif offloads transmit checksums; left as it is by default"
    );

    /// <summary>The keys of a NIC.</summary>
    public static Shape Shape { get; } = new("nic", "a domain's NIC", Bridge, Access, Trunk, Native, Mtu, TransmitChecksum);

    /// <summary>Reads a NIC.</summary>
    /// <returns>The NIC; null when its bridge is not valid.</returns>
    public static TopologyNic? Read(int index, DocumentMap map, DocumentErrors errors)
    {
        if (map.Has(Access) && map.Has(Trunk))
            errors.Add(map.PositionOf(Trunk), "A NIC has either access, for one VLAN untagged, or trunk, for tagged VLANs; not both.");
        if (map.Has(Native) && !map.Has(Trunk))
            errors.Add(map.PositionOf(Native), "native needs trunk; for one VLAN untagged, write access instead.");

        var access = map.Get(Access);
        var trunk = map.Get(Trunk);
        var native = map.Get(Native);
        var mtu = map.Get(Mtu);
        var transmitChecksum = map.Get(TransmitChecksum);
        return map.Get(Bridge) is { } bridge
            ? new TopologyNic(index, bridge, access, trunk, native, mtu, transmitChecksum) { Position = map.Position }
            : null;
    }
}
