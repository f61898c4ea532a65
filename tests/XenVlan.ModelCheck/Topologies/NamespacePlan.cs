namespace XenVlan.ModelCheck.Topologies;

/// <summary>A network namespace that stands for a host or a domain, and the commands that furnish it.</summary>
/// <param name="Name">Its name, such as <c>h1</c> for a host and <c>g2</c> for a domain.</param>
internal sealed record NamespacePlan(string Name)
{
    /// <summary>Lines for <c>ip -batch</c>: devices, and up with them.</summary>
    public List<string> Links { get; } = [];

    /// <summary>Whether a bridge has a spanning tree, whose ports listen and learn for a while before they forward.</summary>
    public bool HasSpanningTree { get; set; }

    /// <summary>Lines for <c>bridge -batch</c>: the VLANs of ports.</summary>
    public List<string> Vlans { get; } = [];

    /// <summary>Lines for <c>bridge -batch</c>, once all links are up: who listens to which multicasts.</summary>
    public List<string> Groups { get; } = [];

    /// <summary>Lines for <c>ip -batch</c>, once all links are up: what a link that comes up would undo.</summary>
    public List<string> Late { get; } = [];
}
