using XenVlan.Model;

namespace XenVlan.Topology;

/// <summary>An end of a wire.</summary>
/// <param name="HostName">The name of the host in the document.</param>
/// <param name="Interface">The interface the wire is plugged into.</param>
public sealed record TopologyWireEnd(string HostName, InterfaceName Interface)
{
    /// <summary>Where it stands in the document.</summary>
    public SourcePosition Position { get; init; }

    /// <summary>The end as the document writes it.</summary>
    /// <returns>Such as <c>a/eth1</c>.</returns>
    public override string ToString() => $"{HostName}/{Interface}";
}
