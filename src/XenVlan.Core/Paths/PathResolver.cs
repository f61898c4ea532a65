using System.Net;
using System.Net.Sockets;
using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Paths.Ends;
using XenVlan.Paths.Forwarding;

namespace XenVlan.Paths;

/// <summary>Finds the ends of a path on the hosts.</summary>
/// <param name="store">Gives the hosts' snapshots.</param>
/// <param name="wires">The wires between them.</param>
internal sealed class PathResolver(SnapshotStore store, IReadOnlyList<Wire> wires)
{
    /// <summary>Finds both ends.</summary>
    /// <returns>
    /// The ends; no target where only an address is known, and no address where the target is a domain's NIC whose address
    /// nobody named.
    /// </returns>
    /// <exception cref="XenVlanException">A host could not be read, or an end does not exist.</exception>
    public async Task<(ResolvedEnd Source, ResolvedEnd? Target, IPAddress? Address)> ResolveAsync(
        PathRequest request,
        CancellationToken cancellationToken
    )
    {
        var sourceHost = await store.GetAsync(request.FromHost, cancellationToken).ConfigureAwait(false);
        if (request.To.Host is not { } host)
        {
            var address =
                request.To.Address
                ?? throw Errors.Of(
                    ErrorIds.EndpointNotFound,
                    $"The path has no end: name an address, a host, an interface or a domain's NIC."
                );
            var holder = store
                .Known()
                .SelectMany(h => h.Interfaces.Select(i => new InterfaceRef(h, i)))
                .FirstOrDefault(p => p.Interface.Addresses.Any(a => a.Address.Equals(address)));
            return (
                Source(request, sourceHost, request.Vlan),
                holder is null ? null : ResolvedEnd.Of(HostTarget.Parse(holder.Host.HostName), holder),
                address
            );
        }

        var targetHost = await store.GetAsync(host, cancellationToken).ConfigureAwait(false);
        if (request.To.Nic is { } nic)
        {
            var source = Source(request, sourceHost, request.Vlan);
            var side = Nic(host, targetHost, nic, request.Vlan ?? source.OwnVlan, null);
            return (source, side, request.To.Address ?? AddressOf(source, side));
        }

        var wanted = request.Vlan ?? (request.FromInterface is { } name ? sourceHost.GetInterface(name).Vlan?.Id : null);
        var from = request.FromNic is null ? Source(request, sourceHost, wanted) : null;
        var found = FindTarget(targetHost, from, request.FromAddress, wanted, request.To);
        from ??= Source(request, sourceHost, request.Vlan ?? found.Vlan?.Id);
        var target = ResolvedEnd.Of(host, new InterfaceRef(targetHost, found));
        return (
            from,
            target,
            request.To.Address
                ?? AddressOf(from, target)
                ?? throw NotFound(targetHost, $"{target.Label} has no address to send to. Give it one, or name an address.")
        );
    }

    private ResolvedEnd Source(PathRequest request, HostSnapshot host, VlanId? vlan) =>
        request switch
        {
            { FromNic: { } nic } => Nic(request.FromHost, host, nic, vlan, request.FromAddress),
            { FromInterface: { } name } => ResolvedEnd.Of(request.FromHost, new InterfaceRef(host, host.GetInterface(name))),
            _ => throw NotFound(host, $"The path has no beginning: name an interface or a domain's NIC."),
        };

    // A domain that was read speaks for itself; any other is stood in for.
    private ResolvedEnd Nic(HostTarget target, HostSnapshot host, DomainNicName name, VlanId? vlan, InterfaceAddress? address)
    {
        var end = ResolvedNic.Find(host, name, vlan);
        if (new PathNetwork(store.Known(), wires).AcrossVif(end.Endpoint.Point) is not { } guest)
            return new ResolvedEnd(target, end.Endpoint, end.Label, end, address is null ? [] : [address]);
        var inside = end.Tag is { } tag
            ? guest.Host.Interfaces.FirstOrDefault(i =>
                i.Vlan is { } v && v.Id == tag.Vlan && v.Protocol == tag.Protocol && v.Parent == guest.Interface.Name
            )
            : guest.Interface;
        return inside is null
            ? throw guest.Host.Error(
                ErrorIds.InterfaceNotFound,
                $"Domain {guest.Host.HostName} has no interface for VLAN {vlan} on {guest.Interface.Name}."
            )
            : ResolvedEnd.Of(HostTarget.Parse(guest.Host.HostName), new InterfaceRef(guest.Host, inside));
    }

    private static NetworkInterface FindTarget(HostSnapshot host, ResolvedEnd? source, InterfaceAddress? from, VlanId? vlan, PathTarget end)
    {
        if (end.Interface is { } name)
            return host.GetInterface(name);
        if (end.Address is { } address)
        {
            return host.Interfaces.FirstOrDefault(i => i.Addresses.Any(a => a.Address.Equals(address)))
                ?? throw NotFound(host, $"Host {host.HostName} has no interface with the address {address}.");
        }

        var net = source?.Label ?? from?.ToString() ?? "the source";
        var own = source?.Addresses ?? (from is null ? [] : [from]);
        return host.Interfaces.FirstOrDefault(i => i.Vlan?.Id == vlan && vlan is not null && i.Addresses.Any(a => !a.IsLinkLocal))
            ?? host.Interfaces.FirstOrDefault(i =>
                i.Kind is not InterfaceKind.Loopback && i.Addresses.Any(a => own.Any(s => s.NetworkContains(a.Address)))
            )
            ?? throw NotFound(
                host,
                $"Host {host.HostName} has no interface with an address "
                    + $"{(vlan is { } id ? $"on VLAN {id}" : $"in the network of {net}"):unquoted}. "
                    + $"Name one as {host.HostName:unquoted}/<interface>."
            );
    }

    private static IPAddress? AddressOf(ResolvedEnd source, ResolvedEnd target)
    {
        var addresses = target.Addresses.Where(a => !a.IsLinkLocal).Select(a => a.Address).ToList();
        return addresses.Find(a => source.Addresses.Any(s => s.NetworkContains(a)))
            ?? addresses.Find(a => a.AddressFamily is AddressFamily.InterNetwork)
            ?? addresses.FirstOrDefault();
    }

    private static XenVlanException NotFound(HostSnapshot host, Message message) => host.Error(ErrorIds.EndpointNotFound, message);
}
