using XenVlan.Model;

namespace XenVlan.Paths.Ends;

/// <summary>The way of a frame out of its host, for a path whose other end is on no host that was read.</summary>
internal static class PathDeparture
{
    private const int MostHops = 16;

    /// <summary>Follows a frame to the interfaces by which it can leave.</summary>
    /// <returns>The hops in their order: what is below the source, and the uplinks of a bridge it comes to.</returns>
    public static IReadOnlyList<PathHop> From(ResolvedEnd source)
    {
        var hops = new List<PathHop>();
        var tags = source.Endpoint.Tag is { } tag ? [tag] : new List<VlanTag>();
        if (source.Nic is { } nic)
        {
            if (nic.Host.FindInterface(nic.Nic.Bridge) is { } bridge)
                Uplinks(hops, nic.Host, bridge, tags);
            return hops;
        }

        Down(hops, source.Point.Host, source.Point.Interface, tags);
        return hops;
    }

    private static void Down(List<PathHop> hops, HostSnapshot host, NetworkInterface link, List<VlanTag> tags)
    {
        if (hops.Count >= MostHops)
            return;
        hops.Add(
            new PathHop
            {
                HostName = host.HostName,
                Interface = link.Name,
                Event = new Sent(),
                Direction = PathDirection.Out,
                Tags = [.. tags],
                Verdict = HopVerdict.Unknown,
            }
        );
        switch (link)
        {
            case { Vlan: { Id: { } id } vlan } when host.FindInterface(vlan.Parent) is { } parent:
                Down(hops, host, parent, [new VlanTag(id, vlan.Protocol), .. tags]);
                break;
            case { Bridge: not null }:
                Uplinks(hops, host, link, tags);
                break;
            case { Bond: { } bond }
                when host.FindInterface(
                    bond.ActiveSlave is { Length: > 0 } active ? active
                    : bond.Slaves is [var first, ..] ? first
                    : null
                )
                    is { } slave:
                Down(hops, host, slave, tags);
                break;
            default:
                break;
        }
    }

    private static void Uplinks(List<PathHop> hops, HostSnapshot host, NetworkInterface bridge, List<VlanTag> tags)
    {
        foreach (var port in host.Interfaces.Where(i => i.Master == bridge.Name))
        {
            if (port.Kind is InterfaceKind.Physical or InterfaceKind.Bond or InterfaceKind.Vlan)
                Down(hops, host, port, tags);
        }
    }
}
