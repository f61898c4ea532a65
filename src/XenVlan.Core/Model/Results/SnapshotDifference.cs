namespace XenVlan.Model;

/// <summary>One thing in which two snapshots differ.</summary>
public sealed record SnapshotDifference
{
    /// <summary>The host of the reference, the snapshot that is compared with.</summary>
    public required string HostName { get; init; }

    /// <summary>The host of the other snapshot; the same where two moments of one host are compared.</summary>
    public required string DifferenceHostName { get; init; }

    /// <summary>What kind of thing differs.</summary>
    public required SnapshotDifferenceKind Kind { get; init; }

    /// <summary>
    /// What differs: an interface's name, a NIC as <c>web:0</c> (domain and index), a packet filter's chain, what could not be seen.
    /// </summary>
    public required string Subject { get; init; }

    /// <summary>What of it differs, such as <c>Mtu</c>; null where only one of the snapshots has it at all.</summary>
    public string? Property { get; init; }

    /// <summary>What the reference has, as text; null where it has nothing there.</summary>
    public string? Reference { get; init; }

    /// <summary>What the other snapshot has, as text; null where it has nothing there.</summary>
    public string? Difference { get; init; }
}

/// <summary>What differs between two snapshots.</summary>
public enum SnapshotDifferenceKind
{
    /// <summary>The host itself: its kernel, Xen, toolstack, network managers, or what bridges hand to packet filters.</summary>
    Host,

    /// <summary>A program that XenVlan uses.</summary>
    Program,

    /// <summary>A running domain.</summary>
    Domain,

    /// <summary>An interface that is none of the following.</summary>
    Interface,

    /// <summary>A VLAN interface.</summary>
    VlanInterface,

    /// <summary>A bond.</summary>
    Bond,

    /// <summary>A bridge, of the kernel or of Open vSwitch.</summary>
    Bridge,

    /// <summary>A port of a bridge: its state and flags.</summary>
    BridgePort,

    /// <summary>The VLANs of a port, or of a bridge itself.</summary>
    PortVlans,

    /// <summary>A NIC of a domain, with the interface that serves it.</summary>
    DomainNic,

    /// <summary>An address of an interface.</summary>
    Address,

    /// <summary>A chain of a packet filter, or a rule in it.</summary>
    PacketFilter,

    /// <summary>What LLDP tells of the other end of a cable.</summary>
    Neighbor,

    /// <summary>What one of the snapshots could not see. It is not compared.</summary>
    NotSeen,
}
