using System.Net;
using System.Net.Sockets;
using XenVlan.Discovery;
using XenVlan.Model;

namespace XenVlan.Paths;

/// <summary>Tests paths: predicts what becomes of a frame, sends real ones, and compares.</summary>
public sealed class PathTester
{
    private readonly SnapshotStore _store;
    private readonly IReadOnlyList<Wire> _wires;

    /// <summary>Makes a tester.</summary>
    /// <param name="store">Gives the hosts' snapshots and reaches the hosts.</param>
    /// <param name="wires">The wires between the hosts, as far as they are described; ends named as the hosts are in requests.</param>
    public PathTester(SnapshotStore store, IReadOnlyList<Wire>? wires = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
        _wires = wires ?? [];
    }

    /// <summary>Tests a path.</summary>
    /// <param name="request">The path.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="XenVlanException">
    /// A host could not be reached, or an end does not exist (<see cref="ErrorIds.InterfaceNotFound"/>,
    /// <see cref="ErrorIds.EndpointNotFound"/>).
    /// </exception>
    public async Task<XenVlanPathResult> TestAsync(PathRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (source, target, address) = await ResolveAsync(request, cancellationToken).ConfigureAwait(false);
        var size = request.Mtu ?? Math.Min(source.Interface.Mtu, target?.Interface.Mtu ?? source.Interface.Mtu);
        var path = new PathCase(new PathNetwork(_store.Known(), _wires), new PathEndpoint(source), target is null ? null : new PathEndpoint(target), address, size, request.TcpPort);
        var verdict = new PathVerdict(request, path);
        if (request.Offline)
            return verdict.FromPrediction();

        var signature = ProbeSignature.Make(source.Interface, null, address, size, request.TcpPort);
        var connection = _store.Connect(request.FromHost);
        await using (connection.ConfigureAwait(false))
        {
            if (request is { Expected: PathExpectation.Isolated, TcpPort: not null })
                return verdict.FromService(await PathProber.ConnectAsync(connection, source.Interface.Name, signature, cancellationToken).ConfigureAwait(false));

            var session = new ProbeSession(_store, connection, request, source, target, signature, size);
            var (report, seen) = await session.RunAsync(path.Small, cancellationToken).ConfigureAwait(false);
            var result = Observation.Add(verdict.FromProbes(report, seen), report, seen);
            return await SilentDomain.AskAsync(result, _store, path.Network, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(PathPoint Source, PathPoint? Target, IPAddress Address)> ResolveAsync(PathRequest request, CancellationToken cancellationToken)
    {
        var sourceHost = await _store.GetAsync(request.FromHost, cancellationToken).ConfigureAwait(false);
        var source = new PathPoint(sourceHost, sourceHost.GetInterface(request.FromInterface));
        if (request.To.Host is { } host)
        {
            var targetHost = await _store.GetAsync(host, cancellationToken).ConfigureAwait(false);
            var target = new PathPoint(targetHost, FindTarget(targetHost, source, request.To));
            return (source, target, request.To.Address ?? ChooseAddress(source, target));
        }

        if (request.To.Address is not { } address)
            throw new XenVlanException(ErrorIds.EndpointNotFound, "The path has no end: name an address, a host, or a host's interface.");
        var holder = _store.Known()
            .SelectMany(h => h.Interfaces.Select(i => new PathPoint(h, i)))
            .FirstOrDefault(p => p.Interface.Addresses.Any(a => a.Address.Equals(address)));
        return (source, holder, address);
    }

    private static NetworkInterface FindTarget(HostSnapshot host, PathPoint source, PathEnd end)
    {
        if (end.Interface is { } name)
            return host.GetInterface(name);
        if (end.Address is { } address)
        {
            return host.Interfaces.FirstOrDefault(i => i.Addresses.Any(a => a.Address.Equals(address)))
                ?? throw new XenVlanException(ErrorIds.EndpointNotFound, $"Host {DisplayText.Quote(host.HostName)} has no interface with the address {address}.", host.HostName);
        }

        var vlan = source.Interface.Vlan?.Id;
        return host.Interfaces.FirstOrDefault(i => i.Vlan?.Id == vlan && vlan is not null && i.Addresses.Any(a => !a.IsLinkLocal))
            ?? host.Interfaces.FirstOrDefault(i => i.Kind is not InterfaceKind.Loopback && i.Addresses.Any(a => source.Interface.Addresses.Any(s => s.NetworkContains(a.Address))))
            ?? throw new XenVlanException(
                ErrorIds.EndpointNotFound,
                $"Host {DisplayText.Quote(host.HostName)} has no interface with an address {(vlan is { } id ? $"on VLAN {id}" : $"in the network of {source}")}. Name one as {host.HostName}/<interface>.",
                host.HostName);
    }

    private static IPAddress ChooseAddress(PathPoint source, PathPoint target)
    {
        var addresses = target.Interface.Addresses.Where(a => !a.IsLinkLocal).Select(a => a.Address).ToList();
        return addresses.Find(a => source.Interface.Addresses.Any(s => s.NetworkContains(a)))
            ?? addresses.Find(a => a.AddressFamily is AddressFamily.InterNetwork)
            ?? addresses.FirstOrDefault()
            ?? throw new XenVlanException(ErrorIds.EndpointNotFound, $"{target} has no address to send to. Give it one, or name an address.", target.Host.HostName);
    }
}
