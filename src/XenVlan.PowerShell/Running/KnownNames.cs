using XenVlan.Discovery;
using XenVlan.Model;

namespace XenVlan.PowerShell.Running;

/// <summary>The names there were on a host when it was last read; completion offers them.</summary>
internal sealed record KnownNames
{
    /// <summary>The bridges.</summary>
    public required IReadOnlyList<string> Bridges { get; init; }

    /// <summary>The running domains, without domain 0.</summary>
    public required IReadOnlyList<string> Domains { get; init; }

    /// <summary>All network interfaces.</summary>
    public required IReadOnlyList<string> Interfaces { get; init; }

    /// <summary>The VLAN interfaces.</summary>
    public required IReadOnlyList<string> VlanInterfaces { get; init; }

    /// <summary>The names in a snapshot.</summary>
    public static KnownNames Of(HostSnapshot snapshot) =>
        new()
        {
            Bridges = [.. SnapshotViews.Bridges(snapshot).Select(b => b.Name)],
            Domains = [.. snapshot.Domains.Where(d => d.Id != 0).Select(d => d.Name)],
            Interfaces = [.. snapshot.Interfaces.Select(i => i.Name)],
            VlanInterfaces = [.. SnapshotViews.VlanInterfaces(snapshot).Select(i => i.Name)],
        };
}
