using XenVlan.Model;

namespace XenVlan.Changes.Persistence.Common;

/// <summary>What is to last of one interface; null and empty leave a thing as it is configured.</summary>
internal sealed record DesiredInterface(string Name)
{
    /// <summary>The VLAN interface it is to be; its id is never null.</summary>
    public VlanDetails? Vlan { get; init; }

    /// <summary>Whether it is a bridge that is to be made.</summary>
    public bool IsBridge { get; init; }

    /// <summary>As a bridge: the ports it is to have, vifs and taps left out, which Xen's scripts put there.</summary>
    public IReadOnlyList<string> Ports { get; init; } = [];

    /// <summary>The bridge it is to be a port of.</summary>
    public string? Bridge { get; init; }

    /// <summary>The bridge whose port it will be, also where nothing is wanted of that.</summary>
    public string? Master { get; init; }

    /// <summary>Its MTU in bytes.</summary>
    public int? Mtu { get; init; }

    /// <summary>The addresses it is to have at least.</summary>
    public IReadOnlyList<InterfaceAddress> Addresses { get; init; } = [];

    /// <summary>Whether it is to have no others.</summary>
    public bool AddressesAreAll { get; init; }

    /// <summary>The addresses it is not to have.</summary>
    public IReadOnlyList<InterfaceAddress> AddressesGone { get; init; } = [];

    /// <summary>Its VLANs at boot: what was asked for, or else what the files give it and the VLANs that are to come up.</summary>
    /// <returns>The VLANs; null where nothing is wanted of them.</returns>
    public PortVlans? VlansBeside(PortVlans configured) =>
        VlansAreAsked || Vlans is null ? Vlans : configured with { Allowed = configured.Allowed.Union(VlansUp) };

    /// <summary>Whether nothing is to be there because of it.</summary>
    public bool SaysNothing =>
        this
            is {
                Vlan: null,
                IsBridge: false,
                Ports.Count: 0,
                Bridge: null,
                Mtu: null,
                Addresses.Count: 0,
                VlanFiltering: null,
                Vlans: null
            };

    /// <summary>As a bridge: whether it is to filter VLANs.</summary>
    public bool? VlanFiltering { get; init; }

    /// <summary>Its VLANs as a port of a bridge, or as the bridge itself.</summary>
    public PortVlans? Vlans { get; init; }

    /// <summary>As a bridge that filters: the VLANs of the VLAN interfaces on it, which it is to let up at least.</summary>
    public VlanSet VlansUp { get; init; } = VlanSet.None;

    /// <summary>Whether the VLANs were asked for, and do not just follow from a VLAN interface on a bridge.</summary>
    public bool VlansAreAsked { get; init; }
}

/// <summary>A port of a bridge, as a manager's files have it.</summary>
/// <param name="Bridge">The bridge.</param>
/// <param name="Port">The interface, or a pattern.</param>
/// <param name="Place">Where: <c>file:line</c>.</param>
internal sealed record ConfiguredPort(string Bridge, string Port, string Place)
{
    /// <summary>Whether it is for NICs of domains, and so no way out.</summary>
    public bool ServesDomains => Port.StartsWith("vif", StringComparison.Ordinal) || Port.StartsWith("tap", StringComparison.Ordinal);
}
