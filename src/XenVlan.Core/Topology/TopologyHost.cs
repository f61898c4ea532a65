using XenVlan.Hosts;

namespace XenVlan.Topology;

/// <summary>A host of a topology document: what its network shall be.</summary>
/// <param name="Name">Its name in the document, unique over hosts and domains.</param>
/// <param name="Target">How it is reached.</param>
/// <param name="Bridges">Its bridges; those it has besides are left as they are.</param>
/// <param name="VlanInterfaces">Its VLAN interfaces; those it has besides are left as they are.</param>
public sealed record TopologyHost(
    string Name,
    HostTarget Target,
    IReadOnlyList<TopologyBridge> Bridges,
    IReadOnlyList<TopologyVlanInterface> VlanInterfaces)
{
    /// <summary>Where its name stands in the document.</summary>
    public SourcePosition Position { get; init; }
}
