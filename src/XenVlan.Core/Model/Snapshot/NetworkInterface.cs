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

/// <summary>What a network interface is.</summary>
public enum InterfaceKind
{
    /// <summary>Something XenVlan has no special knowledge of: a dummy, a tunnel, one end of a veth pair.</summary>
    Other,

    /// <summary>A network card, or what a virtual machine sees as one (in a domU, its <c>vif</c> frontend).</summary>
    Physical,

    /// <summary>The loopback interface.</summary>
    Loopback,

    /// <summary>A bridge of the Linux kernel.</summary>
    Bridge,

    /// <summary>A VLAN subinterface.</summary>
    Vlan,

    /// <summary>A bond of several interfaces.</summary>
    Bond,

    /// <summary>A domain's backend interface in domain 0.</summary>
    Vif,

    /// <summary>A tap device, such as the emulated NIC of an HVM domain.</summary>
    Tap,

    /// <summary>A bridge or an internal port of Open vSwitch.</summary>
    OpenVSwitch,
}

/// <summary>Frames counted by an interface since it was made.</summary>
/// <param name="Received">Frames received.</param>
/// <param name="Sent">Frames sent.</param>
/// <param name="ReceivedDropped">Frames received and dropped.</param>
/// <param name="SentDropped">Frames dropped instead of sent.</param>
public sealed record InterfaceCounters(long Received, long Sent, long ReceivedDropped, long SentDropped);

/// <summary>What an interface leaves to its hardware, or for a vif to the other domain; null where it could not be seen.</summary>
/// <param name="TransmitChecksum">
/// Whether checksums of frames sent are left out (<c>tx-checksumming</c> of ethtool). On a vif or a domU's NIC this is
/// what leaves UDP with partial checksums where some other party takes the frame as it is.
/// </param>
/// <param name="ReceiveVlan">Whether the tag is taken off received frames by hardware (<c>rx-vlan-offload</c>).</param>
/// <param name="TransmitVlan">Whether the tag is put on sent frames by hardware (<c>tx-vlan-offload</c>).</param>
/// <param name="VlanFilter">Whether hardware drops VLANs nobody asked for (<c>rx-vlan-filter</c>).</param>
public sealed record Offloads(bool? TransmitChecksum, bool? ReceiveVlan, bool? TransmitVlan, bool? VlanFilter);

/// <summary>Which NIC of which domain a vif is the backend of.</summary>
/// <param name="DomainId">The domain's number while it runs.</param>
/// <param name="Index">The NIC's number in that domain, from 0.</param>
public sealed record VifIdentity(int DomainId, int Index);

/// <summary>What only a VLAN subinterface has.</summary>
/// <param name="Parent">The name of the interface whose tagged frames it takes.</param>
/// <param name="Id">Its VLAN; null when the host did not let it be seen.</param>
/// <param name="Protocol">Its tag.</param>
public sealed record VlanDetails(string Parent, VlanId? Id, VlanProtocol Protocol);

/// <summary>What only a bond has.</summary>
/// <param name="Mode">Such as <c>active-backup</c> or <c>802.3ad</c>, in the kernel's words.</param>
/// <param name="ActiveSlave">The slave in use, in modes that have one.</param>
/// <param name="Slaves">All its slaves.</param>
public sealed record BondDetails(string Mode, string? ActiveSlave, IReadOnlyList<string> Slaves)
{
    /// <summary>The mode that speaks LACP.</summary>
    internal const string Lacp = "802.3ad";

    /// <summary>
    /// The Ethernet address of the LACP partner (<c>ad_partner_mac</c>), all zero where nobody answers; null in other modes, and
    /// where it could not be seen: the kernel tells root only.
    /// </summary>
    public MacAddress? LacpPartner { get; init; }

    /// <summary>Whether a LACP partner answers; null in other modes, and where it could not be seen.</summary>
    internal bool? HasLacpPartner => LacpPartner is { } partner ? partner.ToString() != "00:00:00:00:00:00" : null;
}

/// <summary>What an interface has while it is a slave of a bond.</summary>
/// <param name="IsActive">Whether the bond takes frames from it (<c>bonding_slave/state</c>).</param>
/// <param name="HasLink">Whether the bond's own link monitoring finds it working (<c>bonding_slave/mii_status</c>).</param>
/// <param name="AggregatorId">The LACP aggregator it is in; null for other modes, and where it could not be seen.</param>
public sealed record BondSlaveDetails(bool IsActive, bool HasLink, int? AggregatorId);
