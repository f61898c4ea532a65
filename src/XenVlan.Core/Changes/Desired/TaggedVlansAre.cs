using XenVlan.Model;

namespace XenVlan.Changes.Desired;

/// <summary>
/// A port of a Linux bridge, or the bridge itself, passes exactly these VLANs tagged; what it does with untagged frames
/// stays as it is unless a native VLAN is given.
/// </summary>
/// <param name="Name">The port or the bridge.</param>
/// <param name="Tagged">The VLANs.</param>
/// <param name="Native">The VLAN of its untagged frames; null leaves them as they are.</param>
public sealed record TaggedVlansAre(InterfaceName Name, VlanSet Tagged, VlanId? Native = null) : HostChange
{
    /// <inheritdoc/>
    internal override void Plan(PlanBuilder planning)
    {
        var now = planning.Get(Name).PortVlans ?? PortVlans.Empty;
        var wanted = Native is { } native
            ? PortVlans.Trunk(Tagged, native)
            : new PortVlans(Tagged.Union(now.Untagged), now.Untagged, now.Pvid);
        new PortVlansAre(Name, wanted).Plan(planning);
    }
}
