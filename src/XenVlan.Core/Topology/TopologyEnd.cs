using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Topology;

/// <summary>What an expectation can name: a host, or the guest of a domain.</summary>
/// <param name="Name">The name of the host or of the domain in the document.</param>
/// <param name="Target">How it is reached.</param>
/// <param name="VlanInterfaces">Its VLAN interfaces.</param>
public sealed record TopologyEnd(string Name, HostTarget Target, IReadOnlyList<TopologyVlanInterface> VlanInterfaces)
{
    /// <summary>The end's interface on a VLAN.</summary>
    /// <param name="vlan">The VLAN.</param>
    /// <returns>The first interface with that VLAN and an address; null when there is none.</returns>
    public TopologyVlanInterface? InterfaceOn(VlanId vlan) =>
        VlanInterfaces.FirstOrDefault(i => i.VlanId == vlan && i.Addresses.Count > 0);
}
