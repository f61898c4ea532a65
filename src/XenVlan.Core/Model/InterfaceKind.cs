namespace XenVlan.Model;

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
