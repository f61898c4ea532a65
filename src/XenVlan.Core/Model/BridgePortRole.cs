namespace XenVlan.Model;

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
