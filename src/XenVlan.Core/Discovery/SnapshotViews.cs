using XenVlan.Discovery.Views;
using XenVlan.Model;

namespace XenVlan.Discovery;

/// <summary>What a snapshot shows, as the objects users see. Nothing here asks the host again.</summary>
public static class SnapshotViews
{
    /// <summary>The host itself.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <returns>The host.</returns>
    public static XenHost Host(HostSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return HostView.Of(snapshot);
    }

    /// <summary>The bridges with their ports, of the Linux kernel and of Open vSwitch.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <returns>The bridges: first those of the kernel in the order of their interfaces' numbers, then Open vSwitch's by name.</returns>
    public static IReadOnlyList<XenBridge> Bridges(HostSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return BridgeView.Of(snapshot);
    }

    /// <summary>The NICs of the running domains, with and without an interface in this host.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <returns>The NICs in the order of domain and index.</returns>
    public static IReadOnlyList<XenDomainNic> DomainNics(HostSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return DomainNicView.Of(snapshot);
    }

    /// <summary>The VLAN subinterfaces.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <returns>The subinterfaces in the order of their numbers.</returns>
    public static IReadOnlyList<XenVlanInterface> VlanInterfaces(HostSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return VlanInterfaceView.Of(snapshot);
    }
}
