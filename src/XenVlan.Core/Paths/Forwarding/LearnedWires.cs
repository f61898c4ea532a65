using XenVlan.Model;

namespace XenVlan.Paths.Forwarding;

/// <summary>
/// Works out what joins hosts from what they hear by LLDP: two of them that hear each other are joined by a cable; two that
/// hear one switch are joined by it, on the VLANs it announces at both ports.
/// </summary>
internal static class LearnedWires
{
    /// <summary>Works them out.</summary>
    public static IReadOnlyList<Wire> Of(IReadOnlyCollection<HostSnapshot> hosts)
    {
        var wires = new List<Wire>();
        var onSwitches = new List<(WireEnd End, LldpNeighbor Neighbor)>();
        foreach (var host in hosts)
        {
            foreach (var neighbor in host.Neighbors)
            {
                var end = new WireEnd(host.HostName, neighbor.Interface);
                if (hosts.Select(h => FindEnd(h, neighbor)).FirstOrDefault(e => e is not null && e != end) is { } other)
                {
                    // Both ends may hear each other.
                    if (!wires.Exists(w => w.Ends.Contains(end) && w.Ends.Contains(other)))
                        wires.Add(new Wire([end, other], VlanSet.All, null, null) { IsLearned = true });
                }
                else
                {
                    onSwitches.Add((end, neighbor));
                }
            }
        }

        foreach (var ofSwitch in onSwitches.GroupBy(p => p.Neighbor.ChassisId, StringComparer.OrdinalIgnoreCase))
        {
            var ports = ofSwitch.ToList();
            for (var i = 0; i < ports.Count; i++)
            {
                for (var j = i + 1; j < ports.Count; j++)
                    wires.Add(ThroughSwitch(ports[i], ports[j]));
            }
        }

        return wires;
    }

    private static Wire ThroughSwitch((WireEnd End, LldpNeighbor Neighbor) one, (WireEnd End, LldpNeighbor Neighbor) other)
    {
        var announces = !one.Neighbor.Vlans.IsEmpty && !other.Neighbor.Vlans.IsEmpty;
        var native = one.Neighbor.Pvid == other.Neighbor.Pvid ? one.Neighbor.Pvid : null;
        return new Wire([one.End, other.End], announces ? one.Neighbor.Vlans.Intersect(other.Neighbor.Vlans) : null, native, null)
        {
            IsLearned = true,
        };
    }

    private static WireEnd? FindEnd(HostSnapshot host, LldpNeighbor neighbor)
    {
        var link = MacAddress.TryParse(neighbor.PortId, out var mac)
            ? host
                .Interfaces.Where(i => i.Mac == mac && i.Vlan is null && i.Bridge is null && i.Bond is null)
                .OrderBy(i => i.Kind is InterfaceKind.Physical ? 0 : 1)
                .FirstOrDefault()
            : null;
        if (link is null && string.Equals(neighbor.SystemName, host.NodeName, StringComparison.OrdinalIgnoreCase))
            link = host.FindInterface(neighbor.PortId) ?? host.FindInterface(neighbor.PortDescription);
        return link is null ? null : new WireEnd(host.HostName, link.Name);
    }
}
