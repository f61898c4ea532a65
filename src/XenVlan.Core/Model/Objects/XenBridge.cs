using System.Text.Json.Serialization;

namespace XenVlan.Model;

/// <summary>A bridge of a host, with its ports.</summary>
public sealed record XenBridge : XenObject
{
    /// <summary>The host it is on.</summary>
    public override string HostName { get; internal init; } = "";

    /// <summary>Its name.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>Its name once more, as other objects call the bridge that they are on.</summary>
    [JsonIgnore]
    public string Bridge => Name;

    /// <summary>What implements it.</summary>
    public BridgeKind Kind { get; internal init; }

    /// <summary>Whether it filters VLANs. Open vSwitch always does.</summary>
    public bool VlanFiltering { get; internal init; }

    /// <summary>The VLAN that new ports get as PVID while filtering; null for none.</summary>
    public int? DefaultPvid { get; internal init; }

    /// <summary>The tag it looks at.</summary>
    public VlanProtocol VlanProtocol { get; internal init; }

    /// <summary>The VLANs that domain 0's own traffic on the bridge may use; null where it does not filter.</summary>
    public string? OwnVlans => Own?.Allowed.ToString();

    /// <summary>The VLAN of domain 0's own untagged traffic on the bridge; null for none or where it does not filter.</summary>
    public int? OwnPvid => Own?.Pvid?.Value;

    /// <summary>Whether it speaks the spanning tree protocol.</summary>
    public bool SpanningTree { get; internal init; }

    /// <summary>Its MTU in bytes.</summary>
    public int Mtu { get; internal init; }

    /// <summary>Its Ethernet address.</summary>
    public string? Mac { get; internal init; }

    /// <summary>Whether it is set up.</summary>
    public bool IsUp { get; internal init; }

    /// <summary>Domain 0's addresses on it.</summary>
    public IReadOnlyList<string> Addresses => [.. ParsedAddresses.Select(a => a.ToString())];

    /// <summary>Its ports, in the order they were added.</summary>
    public IReadOnlyList<XenBridgePort> Ports { get; internal init; } = [];

    /// <summary>The names of the ports that lead out of the machine.</summary>
    public IReadOnlyList<string> Uplinks => [.. Ports.Where(p => p.IsUplink).Select(p => p.Name)];

    internal PortVlans? Own { get; init; }

    internal IReadOnlyList<InterfaceAddress> ParsedAddresses { get; init; } = [];
}

/// <summary>What implements a bridge.</summary>
public enum BridgeKind
{
    /// <summary>The Linux kernel.</summary>
    Linux,

    /// <summary>Open vSwitch.</summary>
    OpenVSwitch,
}

/// <summary>A port of a bridge.</summary>
public sealed record XenBridgePort : XenObject
{
    /// <summary>The host of its bridge.</summary>
    [JsonIgnore]
    public override string HostName { get; internal init; } = "";

    /// <summary>The bridge it is a port of.</summary>
    [JsonIgnore]
    public string Bridge { get; internal init; } = "";

    /// <summary>The interface's name.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>What it leads to.</summary>
    public BridgePortRole Role { get; internal init; }

    /// <summary>Whether frames leave the machine by it: a network card, a bond, or a VLAN of one.</summary>
    public bool IsUplink { get; internal init; }

    /// <summary>The domain behind a vif or tap; null for others, and where names could not be seen.</summary>
    public string? DomainName { get; internal init; }

    /// <summary>The VLANs it passes; null where the bridge does not filter, or the host did not let them be seen.</summary>
    public string? AllowedVlans => Vlans?.Allowed.ToString();

    /// <summary>Those that leave it without a tag.</summary>
    public string? UntaggedVlans => Vlans?.Untagged.ToString();

    /// <summary>The VLAN of untagged frames that enter it.</summary>
    public int? Pvid => Vlans?.Pvid?.Value;

    /// <summary>Its spanning-tree state; null for Open vSwitch.</summary>
    public BridgePortState? State { get; internal init; }

    /// <summary>Its MTU in bytes.</summary>
    public int Mtu { get; internal init; }

    /// <summary>Whether it may not exchange frames with other isolated ports.</summary>
    public bool IsIsolated { get; internal init; }

    /// <summary>What it is as a bond, or what its VLAN interface's parent is; null where neither is one.</summary>
    public XenBond? Bond { get; internal init; }

    /// <summary>Domain 0's addresses on it, where it is domain 0's own (<see cref="BridgePortRole.Internal"/>).</summary>
    public IReadOnlyList<string> Addresses => [.. ParsedAddresses.Select(a => a.ToString())];

    /// <summary>Whether Open vSwitch shows it as a bridge of its own, of the one VLAN that it carries (<c>ovs-vsctl add-br</c> with a
    /// parent).</summary>
    public bool IsFakeBridge { get; internal init; }

    internal PortVlans? Vlans { get; init; }

    internal IReadOnlyList<InterfaceAddress> ParsedAddresses { get; init; } = [];

    /// <summary>The port's name.</summary>
    /// <returns>Such as <c>vif1.0</c>.</returns>
    public override string ToString() => Name;
}

/// <summary>What a bridge port leads to.</summary>
public enum BridgePortRole
{
    /// <summary>Something else, such as a veth pair.</summary>
    Other,

    /// <summary>A network card: out of the machine.</summary>
    Uplink,

    /// <summary>A bond of network cards: out of the machine.</summary>
    Bond,

    /// <summary>A VLAN subinterface: one VLAN of what its parent leads to.</summary>
    Vlan,

    /// <summary>A domain, by its paravirtual NIC.</summary>
    Vif,

    /// <summary>A domain, by its emulated NIC.</summary>
    Tap,

    /// <summary>Domain 0 itself, by an interface that Open vSwitch made: an internal port, or a fake bridge.</summary>
    Internal,
}

/// <summary>A bond that is a port of a bridge, or carries its VLANs.</summary>
/// <param name="Mode">Such as <c>active-backup</c> or <c>802.3ad</c>, in the kernel's words.</param>
/// <param name="Slaves">Its slaves.</param>
/// <param name="ActiveSlaves">Those the bond takes frames from; empty where that could not be seen.</param>
/// <param name="LacpPartner">The Ethernet address of its LACP partner; null in other modes, for none, and where it could not be
/// seen.</param>
/// <param name="HasLacpPartner">Whether a LACP partner answers; null in other modes, and where it could not be seen.</param>
public sealed record XenBond(
    string Mode,
    IReadOnlyList<string> Slaves,
    IReadOnlyList<string> ActiveSlaves,
    string? LacpPartner,
    bool? HasLacpPartner
)
{
    /// <summary>The bond in words.</summary>
    /// <returns>Such as <c>active-backup of eth1, eth2, active: eth1</c>.</returns>
    public override string ToString()
    {
        var active = ActiveSlaves.Count > 0 ? $", active: {string.Join(", ", ActiveSlaves)}" : "";
        var partner = (Mode, HasLacpPartner) switch
        {
            (_, true) => $", LACP partner {LacpPartner}",
            (_, false) => ", no LACP partner",
            (BondDetails.Lacp, null) => ", LACP partner not known",
            _ => "",
        };
        return $"{Mode} of {(Slaves.Count > 0 ? string.Join(", ", Slaves) : "nothing")}{active}{partner}";
    }
}
