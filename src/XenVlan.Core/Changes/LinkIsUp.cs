using XenVlan.Model;

namespace XenVlan.Changes;

/// <summary>An interface is set up.</summary>
/// <param name="Name">The interface.</param>
public sealed record LinkIsUp(InterfaceName Name) : HostChange
{
    /// <inheritdoc/>
    internal override void Plan(Planning planning)
    {
        var link = planning.Get(Name);
        if (link.IsUp)
            return;

        planning.Add($"set {link.Name} up", planning.Links.SetUp(link.Name, up: true), planning.Links.SetUp(link.Name, up: false), link: link.Name);
        planning.Put(link with { IsUp = true });
    }
}
