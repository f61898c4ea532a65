using XenVlan.Hosts;

namespace XenVlan.Topology;

/// <summary>The inside of a domain that can be logged into.</summary>
/// <param name="Target">How it is reached.</param>
/// <param name="VlanInterfaces">Its VLAN interfaces; those it has besides are left as they are.</param>
public sealed record TopologyGuest(HostTarget Target, IReadOnlyList<TopologyVlanInterface> VlanInterfaces)
{
    /// <summary>Where the key <c>guest</c> stands in the document.</summary>
    public SourcePosition Position { get; init; }
}
