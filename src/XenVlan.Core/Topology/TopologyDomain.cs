namespace XenVlan.Topology;

/// <summary>A domain of a topology document.</summary>
/// <param name="Name">Its name on its host, unique over hosts and domains of the document.</param>
/// <param name="HostName">The name of its host in the document.</param>
/// <param name="Nics">Its NICs, in the document's order; those it has besides are left as they are.</param>
/// <param name="Guest">The inside of the domain; null when nobody can log into it.</param>
public sealed record TopologyDomain(
    string Name,
    string HostName,
    IReadOnlyList<TopologyNic> Nics,
    TopologyGuest? Guest = null)
{
    /// <summary>Where its name stands in the document.</summary>
    public SourcePosition Position { get; init; }
}
