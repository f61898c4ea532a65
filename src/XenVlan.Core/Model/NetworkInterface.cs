namespace XenVlan.Model;

/// <summary>One network interface as a host showed it.</summary>
public sealed record NetworkInterface
{
    /// <summary>The kernel's name for it.</summary>
    public required string Name { get; init; }

    /// <summary>The kernel's number for it, unique on the host.</summary>
    public int Index { get; init; }

    /// <summary>What it is.</summary>
    public InterfaceKind Kind { get; init; }

    /// <summary>Its Ethernet address; null for interfaces without one.</summary>
    public MacAddress? Mac { get; init; }

    /// <summary>The largest packet it sends, in bytes, without Ethernet header and tag.</summary>
    public int Mtu { get; init; }

    /// <summary>Whether an administrator (or a script) set it up.</summary>
    public bool IsUp { get; init; }

    /// <summary>Whether there is a link; false for an interface that is not up.</summary>
    public bool HasCarrier { get; init; }

    /// <summary>
    /// Whether it takes frames for any address: somebody captures on it, or it, or a VLAN interface on it, is a port of a
    /// bridge. A VLAN-filtering bridge that is so lets its host have frames of VLANs it would not pass to it else
    /// (<c>br_pass_frame_up</c> in <c>net/bridge/br_input.c</c>).
    /// </summary>
    public bool IsPromiscuous { get; init; }

    /// <summary>Whether it takes all multicasts (<c>IFF_ALLMULTI</c>).</summary>
    public bool IsAllMulticast { get; init; }

    /// <summary>The bridge, bond or Open vSwitch it is a part of.</summary>
    public string? Master { get; init; }

    /// <summary>Its IPv4 and IPv6 addresses.</summary>
    public IReadOnlyList<InterfaceAddress> Addresses { get; init; } = [];

    /// <summary>What it has as a bridge; null for any other kind.</summary>
    public BridgeDetails? Bridge { get; init; }

    /// <summary>What it has as a port of a Linux bridge; null where it is none.</summary>
    public BridgePortDetails? Port { get; init; }

    /// <summary>
    /// Its VLANs as a port of a Linux bridge, or as the bridge itself; null where it is neither, or the host did not let
    /// them be seen. They count only while the bridge filters, but are there all the time.
    /// </summary>
    public PortVlans? PortVlans { get; init; }

    /// <summary>What it has as a VLAN subinterface; null for any other kind.</summary>
    public VlanDetails? Vlan { get; init; }

    /// <summary>What it has as a bond; null for any other kind.</summary>
    public BondDetails? Bond { get; init; }

    /// <summary>What it has as a slave of a bond; null where it is none.</summary>
    public BondSlaveDetails? Slave { get; init; }

    /// <summary>Whose NIC it serves; null unless it is a vif, or the tap device of an HVM domain's NIC.</summary>
    public VifIdentity? Vif { get; init; }

    /// <summary>What it leaves to hardware; null where the host did not say.</summary>
    public Offloads? Offloads { get; init; }

    /// <summary>Its counters.</summary>
    public InterfaceCounters? Counters { get; init; }
}
