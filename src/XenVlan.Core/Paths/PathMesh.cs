using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Paths.Ends;

namespace XenVlan.Paths;

/// <summary>Pairs up interfaces that share a VLAN.</summary>
public static class PathMesh
{
    /// <summary>The paths between all VLAN interfaces of one VLAN that are on different hosts.</summary>
    /// <param name="interfaces">The interfaces.</param>
    /// <param name="basis">What all paths have in common.</param>
    /// <returns>
    /// A path a pair, by VLAN; it ends at the interface that has an address, as something must answer. Pairs without any
    /// address are left out: nothing can be sent between them.
    /// </returns>
    public static IReadOnlyList<PathRequest> Between(IEnumerable<XenVlanInterface> interfaces, PathRequest basis)
    {
        ArgumentNullException.ThrowIfNull(interfaces);
        ArgumentNullException.ThrowIfNull(basis);
        var paths = new List<PathRequest>();
        var distinct = interfaces.Where(i => i.VlanId is not null).DistinctBy(i => (i.HostName, i.Name));
        foreach (var vlan in distinct.GroupBy(i => (Id: i.VlanId!.Value, i.Protocol)).OrderBy(g => g.Key.Id))
        {
            var members = vlan.ToList();
            for (var i = 0; i < members.Count; i++)
            {
                for (var j = i + 1; j < members.Count; j++)
                {
                    if (Path(members[i], members[j], basis) is { } path)
                        paths.Add(path);
                }
            }
        }

        return paths;
    }

    private static PathRequest? Path(XenVlanInterface one, XenVlanInterface other, PathRequest basis)
    {
        if (one.HostName == other.HostName)
            return null;
        var (from, to) = HasAddress(other) ? (one, other) : (other, one);
        return HasAddress(to) || basis.Offline
            ? basis with
            {
                FromHost = HostTarget.Parse(from.HostName),
                FromInterface = new InterfaceName(from.Name),
                To = new PathTarget { Host = HostTarget.Parse(to.HostName), Interface = new InterfaceName(to.Name) },
            }
            : null;
    }

    private static bool HasAddress(XenVlanInterface link) => link.ParsedAddresses.Any(a => !a.IsLinkLocal);
}
