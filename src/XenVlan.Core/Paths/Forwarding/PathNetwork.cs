using XenVlan.Model;

namespace XenVlan.Paths.Forwarding;

/// <summary>Hosts and the wires between them: what a frame can travel through.</summary>
internal sealed class PathNetwork
{
    private readonly Dictionary<string, HostIndex> _hosts;
    private readonly Dictionary<WireEnd, List<Wire>> _wires = [];
    private readonly ILookup<MacAddress, InterfaceRef> _frontends;
    private readonly ILookup<MacAddress, InterfaceRef> _backends;

    /// <summary>Makes a network.</summary>
    /// <param name="hosts">The snapshots of its hosts.</param>
    /// <param name="wires">Its wires, ends named as the snapshots' hosts are. Any interface may be the end of one.</param>
    public PathNetwork(IEnumerable<HostSnapshot> hosts, IReadOnlyList<Wire> wires)
    {
        _hosts = hosts
            .DistinctBy(h => h.HostName, StringComparer.Ordinal)
            .ToDictionary(h => h.HostName, h => new HostIndex(h), StringComparer.Ordinal);
        foreach (var wire in wires)
            Add(wire);

        // What somebody described is believed before what was heard.
        foreach (var wire in LearnedWires.Of([.. Hosts]).Where(w => !w.Ends.Any(_wires.ContainsKey)).ToList())
            Add(wire);

        _frontends = Hosts
            .Where(h => !h.IsDomain0)
            .SelectMany(h =>
                h.Interfaces.Where(i => i is { Kind: InterfaceKind.Physical, Mac: not null }).Select(i => new InterfaceRef(h, i))
            )
            .ToLookup(p => p.Interface.Mac!.Value);
        _backends = Hosts.Where(h => h.IsDomain0).SelectMany(Backends).ToLookup(b => b.Mac, b => b.Vif);
    }

    /// <summary>Its hosts.</summary>
    public IEnumerable<HostSnapshot> Hosts => _hosts.Values.Select(i => i.Host);

    /// <summary>The interface of a host.</summary>
    /// <returns>The place; null where there is none.</returns>
    public static InterfaceRef? Find(HostSnapshot host, string? name) =>
        host.FindInterface(name) is { } found ? new InterfaceRef(host, found) : null;

    /// <summary>An interface by the names of its host and itself.</summary>
    /// <returns>The place; null where there is none.</returns>
    public InterfaceRef? Find(string host, string link) => _hosts.TryGetValue(host, out var index) ? index.Find(link) : null;

    /// <summary>The same network with another snapshot of a host.</summary>
    public PathNetwork With(HostSnapshot host) => new([host, .. Hosts], [.. _wires.Values.SelectMany(w => w).Distinct()]);

    /// <summary>The index of a host.</summary>
    public HostIndex IndexOf(HostSnapshot host) => _hosts[host.HostName];

    /// <summary>Where a wire leads from an interface.</summary>
    /// <returns>
    /// The other ends with the wire; where no wire is described for an uplink, every uplink of the other hosts that is on
    /// no described wire either, with a wire of which nothing is known.
    /// </returns>
    public IEnumerable<(Wire Wire, InterfaceRef Other)> AcrossWires(InterfaceRef from)
    {
        if (_wires.TryGetValue(End(from), out var wires))
        {
            foreach (var wire in wires)
            {
                foreach (var end in wire.Ends.Where(e => e != End(from)))
                {
                    if (_hosts.TryGetValue(end.HostName, out var host) && host.Find(end.Interface) is { } other)
                        yield return (wire, other);
                }
            }

            yield break;
        }

        if (!IsUplink(from.Interface))
            yield break;

        foreach (var host in Hosts.Where(h => !ReferenceEquals(h, from.Host) && h.IsDomain0))
        {
            foreach (var uplink in host.Interfaces.Where(IsUplink))
            {
                var other = new InterfaceRef(host, uplink);
                if (!_wires.ContainsKey(End(other)))
                    yield return (new Wire([End(from), End(other)], null, null, null), other);
            }
        }
    }

    /// <summary>Whether what an interface sends goes to where nothing is known of.</summary>
    /// <returns>
    /// Whether it is a network card on no wire that is described or told by LLDP, or on one to a host that was not read; or a
    /// NIC of a domain that runs on no host that was read.
    /// </returns>
    public bool LeadsOut(InterfaceRef from) =>
        from.Interface.Kind is InterfaceKind.Physical
        && AcrossVif(from) is null
        && (!_wires.TryGetValue(End(from), out var wires) || wires.Exists(w => w.Ends.Any(e => Find(e.HostName, e.Interface) is null)));

    /// <summary>What is on the other side of a vif, or of a domain's own NIC: the two share their Ethernet address.</summary>
    /// <param name="from">A vif in domain 0, or a NIC in a domain.</param>
    /// <returns>The other side, where a snapshot of it is there.</returns>
    public InterfaceRef? AcrossVif(InterfaceRef from)
    {
        if (from.Interface.Vif is { } vif)
        {
            var mac = from.Host.Vifs.FirstOrDefault(v => v.DomainId == vif.DomainId && v.Index == vif.Index)?.Mac;
            return mac is { } address ? _frontends[address].FirstOrDefault() : null;
        }

        return from.Interface.Mac is { } own && !from.Host.IsDomain0 ? _backends[own].FirstOrDefault() : null;
    }

    private void Add(Wire wire)
    {
        foreach (var end in wire.Ends)
        {
            if (!_wires.TryGetValue(end, out var list))
                _wires.Add(end, list = []);
            list.Add(wire);
        }
    }

    private static IEnumerable<(MacAddress Mac, InterfaceRef Vif)> Backends(HostSnapshot host)
    {
        var vifs = host.Interfaces.Where(i => i is { Kind: InterfaceKind.Vif, Vif: not null }).ToLookup(i => i.Vif!);
        foreach (var record in host.Vifs)
        {
            if (record.Mac is { } mac && vifs[new VifIdentity(record.DomainId, record.Index)].FirstOrDefault() is { } vif)
                yield return (mac, new InterfaceRef(host, vif));
        }
    }

    private static bool IsUplink(NetworkInterface link) => link is { Kind: InterfaceKind.Physical, IsUp: true, Master: not null };

    private static WireEnd End(InterfaceRef point) => new(point.Host.HostName, point.Interface.Name);
}
