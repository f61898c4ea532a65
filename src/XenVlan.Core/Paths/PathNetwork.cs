using XenVlan.Model;

namespace XenVlan.Paths;

/// <summary>Hosts and the wires between them: what a frame can travel through.</summary>
internal sealed class PathNetwork
{
    private readonly Dictionary<string, HostSnapshot> _hosts;
    private readonly IReadOnlyList<Wire> _wires;

    /// <summary>Makes a network.</summary>
    /// <param name="hosts">The snapshots of its hosts.</param>
    /// <param name="wires">Its wires, ends named as the snapshots' hosts are.</param>
    public PathNetwork(IEnumerable<HostSnapshot> hosts, IReadOnlyList<Wire> wires)
    {
        _hosts = hosts.DistinctBy(h => h.HostName, StringComparer.Ordinal).ToDictionary(h => h.HostName, StringComparer.Ordinal);
        _wires = wires;
    }

    /// <summary>Its hosts.</summary>
    public IEnumerable<HostSnapshot> Hosts => _hosts.Values;

    /// <summary>The interface of a host.</summary>
    /// <param name="host">The host.</param>
    /// <param name="name">The interface's name.</param>
    /// <returns>The place; null where there is none.</returns>
    public static PathPoint? Find(HostSnapshot host, string? name) =>
        host.FindInterface(name) is { } found ? new PathPoint(host, found) : null;

    /// <summary>Where a wire leads from an uplink.</summary>
    /// <param name="from">The uplink.</param>
    /// <returns>
    /// The other ends with the wire; where no wire is described for the uplink, every uplink of the other hosts that is
    /// on no described wire either, with a wire of which nothing is known.
    /// </returns>
    public IEnumerable<(Wire Wire, PathPoint Other)> AcrossWires(PathPoint from)
    {
        var described = false;
        foreach (var wire in _wires.Where(w => w.Ends.Any(e => IsAt(e, from))))
        {
            described = true;
            foreach (var end in wire.Ends.Where(e => !IsAt(e, from)))
            {
                if (_hosts.TryGetValue(end.HostName, out var host) && Find(host, end.Interface) is { } other)
                    yield return (wire, other);
            }
        }

        if (described || !IsUplink(from.Interface))
            yield break;

        foreach (var host in _hosts.Values.Where(h => !ReferenceEquals(h, from.Host) && h.IsDomain0))
        {
            foreach (var uplink in host.Interfaces.Where(IsUplink))
            {
                var other = new PathPoint(host, uplink);
                if (!_wires.Any(w => w.Ends.Any(e => IsAt(e, other))))
                    yield return (new Wire([End(from), End(other)], null, null, null), other);
            }
        }
    }

    /// <summary>What is on the other side of a vif, or of a domain's own NIC: the two share their Ethernet address.</summary>
    /// <param name="from">A vif in domain 0, or a NIC in a domain.</param>
    /// <returns>The other side, where a snapshot of it is there.</returns>
    public PathPoint? AcrossVif(PathPoint from)
    {
        if (from.Interface.Vif is { } vif)
        {
            var mac = from.Host.Vifs.FirstOrDefault(v => v.DomainId == vif.DomainId && v.Index == vif.Index)?.Mac;
            return mac is null ? null : Points(i => i.Kind is InterfaceKind.Physical && i.Mac == mac).FirstOrDefault(p => !p.Host.IsDomain0);
        }

        foreach (var host in _hosts.Values.Where(h => h.IsDomain0 && !ReferenceEquals(h, from.Host)))
        {
            var record = host.Vifs.FirstOrDefault(v => v.Mac is { } mac && mac == from.Interface.Mac);
            var back = record is null ? null : host.Interfaces.FirstOrDefault(i => i.Kind is InterfaceKind.Vif && i.Vif is { } v && v.DomainId == record.DomainId && v.Index == record.Index);
            if (back is not null)
                return new PathPoint(host, back);
        }

        return null;
    }

    private static bool IsUplink(NetworkInterface link) => link is { Kind: InterfaceKind.Physical, IsUp: true, Master: not null };

    private static bool IsAt(WireEnd end, PathPoint point) =>
        string.Equals(end.HostName, point.Host.HostName, StringComparison.Ordinal)
        && string.Equals(end.Interface, point.Interface.Name, StringComparison.Ordinal);

    private static WireEnd End(PathPoint point) => new(point.Host.HostName, point.Interface.Name);

    private IEnumerable<PathPoint> Points(Func<NetworkInterface, bool> which) =>
        _hosts.Values.SelectMany(h => h.Interfaces.Where(which).Select(i => new PathPoint(h, i)));
}
