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

        // The kernel sets VLAN interfaces up with their parent (net/8021q/vlan.c, vlan_device_event), and down again.
        planning.Add(
            $"set {link.Name} up",
            planning.Links.SetUp(link.Name, up: true),
            planning.Links.SetUp(link.Name, up: false),
            Up(planning.Host, link.Name),
            link.Name,
            [.. link.Addresses.Any(a => a.IsIPv6) ? [new KeptState(link.Name, KeptExtent.Addresses)] : Array.Empty<KeptState>()]);
    }

    private static HostSnapshot Up(HostSnapshot host, string name) => host.Interfaces
        .Where(i => string.Equals(i.Vlan?.Parent, name, StringComparison.Ordinal) && !i.IsUp)
        .Aggregate(
            host.FindInterface(name) is { } link ? host.Replacing(link with { IsUp = true }) : host,
            (h, above) => Up(h, above.Name));
}
