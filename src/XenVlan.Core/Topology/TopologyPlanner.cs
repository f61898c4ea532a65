using XenVlan.Changes;
using XenVlan.Changes.Desired;
using XenVlan.Changes.Persistence;
using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Topology;

/// <summary>Plans what makes a document true.</summary>
public static class TopologyPlanner
{
    /// <summary>Reads every host of a document and plans what is missing.</summary>
    /// <param name="document">The document.</param>
    /// <param name="store">Reaches the hosts.</param>
    /// <param name="scope">How far the changes are to go.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>A plan a host, domain 0 before the domains that can be logged into; empty plans are there too.</returns>
    /// <exception cref="XenVlanException">
    /// A host could not be reached, a domain or NIC does not exist, or something cannot be changed as asked; where the
    /// document is the place to look, the message begins with file, line and column.
    /// </exception>
    public static async Task<IReadOnlyList<ChangePlan>> PlanAsync(
        TopologyDocument document,
        SnapshotStore store,
        ChangeScope scope,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(store);
        CheckAreDistinct(document);
        await ReadAllAsync(document, store, cancellationToken).ConfigureAwait(false);

        var plans = new List<ChangePlan>();
        foreach (var host in document.Hosts)
        {
            var snapshot = await store.GetAsync(host.Target, cancellationToken).ConfigureAwait(false);
            try
            {
                plans.Add(ChangePlan.Make(snapshot, [.. ForHost(document, host, snapshot)]));
            }
            catch (OpenVSwitchNicException exception)
            {
                throw await store
                    .Connect(host.Target)
                    .AskAsync(connection => PersistencePlanner.ExplainAsync(exception, scope, connection, cancellationToken))
                    .ConfigureAwait(false);
            }
        }

        foreach (var guest in document.Domains.Select(d => d.Guest).OfType<TopologyGuest>())
        {
            var snapshot = await store.GetAsync(guest.Target, cancellationToken).ConfigureAwait(false);
            plans.Add(ChangePlan.Make(snapshot, [.. guest.VlanInterfaces.Select(Change)]));
        }

        return await Task.WhenAll(plans.Select(p => WithScopeAsync(p, store, scope, cancellationToken))).ConfigureAwait(false);
    }

    /// <summary>Reads every host of a document, all at once.</summary>
    /// <param name="document">The document.</param>
    /// <param name="store">Reaches the hosts.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Their snapshots, domain 0 first.</returns>
    /// <exception cref="XenVlanException">A host could not be reached.</exception>
    public static async Task<IReadOnlyList<HostSnapshot>> ReadAllAsync(
        TopologyDocument document,
        SnapshotStore store,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(store);
        return await Task.WhenAll(document.Ends.Select(e => store.GetAsync(e.Target, cancellationToken))).ConfigureAwait(false);
    }

    /// <summary>A document's wires with the ends named as the snapshots' hosts are.</summary>
    /// <param name="document">The document.</param>
    /// <returns>The wires.</returns>
    public static IReadOnlyList<Wire> WiresOf(TopologyDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return
        [
            .. document.Wires.Select(w => new Wire(
                [.. w.Ends.Select(e => new WireEnd(document.FindEnd(e.HostName)?.Target.Name ?? e.HostName, e.Interface.Value))],
                w.Vlans,
                w.Native,
                w.Mtu
            )),
        ];
    }

    private static Task<ChangePlan> WithScopeAsync(
        ChangePlan plan,
        SnapshotStore store,
        ChangeScope scope,
        CancellationToken cancellationToken
    ) =>
        store
            .Connect(HostTarget.Parse(plan.HostName))
            .AskAsync(connection => PersistencePlanner.WithScopeAsync(plan, scope, connection, cancellationToken));

    // Two plans for one machine would wait for each other's lock.
    private static void CheckAreDistinct(TopologyDocument document)
    {
        if (document.Ends.GroupBy(e => e.Target).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw Errors.Of(
                ErrorIds.DocumentInvalid,
                $"{document.Name:unquoted}: {Message.List(twice.Select(e => e.Name), separator: " and ")} are reached at the same "
                    + $"address {twice.Key.Name}. Give each machine one entry.",
                document.Name
            );
    }

    private static IEnumerable<HostChange> ForHost(TopologyDocument document, TopologyHost host, HostSnapshot snapshot)
    {
        // VLANs first and the bridge's filtering after them, so that filtering never begins with the wrong ones.
        var filtering = host.Bridges.ToDictionary(b => b.Name.Value, b => b.VlanFiltering, StringComparer.Ordinal);
        var nics = NicChanges(document, host, snapshot, filtering).ToList();
        return
        [
            .. host.Bridges.SelectMany(Bridge),
            .. nics,
            .. host.Bridges.Where(b => b.VlanFiltering is not null).Select(b => new BridgeFilteringIs(b.Name, b.VlanFiltering!.Value)),
            .. host.VlanInterfaces.Select(Change),
        ];
    }

    private static IEnumerable<HostChange> Bridge(TopologyBridge bridge)
    {
        yield return new BridgePresent(bridge.Name);
        foreach (var uplink in bridge.Uplinks)
        {
            if (bridge.Mtu is { } mtu)
                yield return new MtuIs(uplink, mtu);
            yield return new BridgePortPresent(bridge.Name, uplink);
            if (bridge.UplinkVlans is { } vlans)
                yield return new TaggedVlansAre(uplink, vlans, bridge.UplinkNative);
        }

        if (bridge.Mtu is { } own)
            yield return new MtuIs(bridge.Name, own);
        if (bridge.OwnVlans is { } ownVlans)
            yield return new TaggedVlansAre(bridge.Name, ownVlans);
    }

    private static IEnumerable<HostChange> NicChanges(
        TopologyDocument document,
        TopologyHost host,
        HostSnapshot snapshot,
        Dictionary<string, bool?> filtering
    )
    {
        foreach (var domain in document.Domains.Where(d => d.HostName == host.Name))
        {
            foreach (var wanted in domain.Nics)
            {
                var nic = SnapshotViews.FindNic(snapshot, domain.Name, wanted.Index, Place(document, wanted.Position));
                var filters =
                    filtering.GetValueOrDefault(wanted.Bridge.Value)
                    ?? snapshot.FindInterface(wanted.Bridge.Value)?.Bridge?.VlanFiltering
                    ?? false;
                foreach (var change in Nic(nic, wanted, filters))
                    yield return change;
            }
        }
    }

    private static IEnumerable<HostChange> Nic(XenDomainNic nic, TopologyNic wanted, bool filters)
    {
        var request = new DomainNicRequest
        {
            Bridge = wanted.Bridge,
            AccessVlan = wanted.Access,
            AllowedVlans = wanted.Trunk,
            NativeVlan = wanted.Native,
            Mtu = wanted.Mtu,
            TransmitChecksumOffload = wanted.TransmitChecksum,
        };
        return request.For(nic, filters);
    }

    private static string Place(TopologyDocument document, SourcePosition position) => $"{document.Name}:{position.Line}:{position.Column}";

    private static VlanInterfacePresent Change(TopologyVlanInterface wanted) =>
        new()
        {
            Name = wanted.Name,
            Parent = wanted.Parent,
            VlanId = wanted.VlanId,
            Protocol = wanted.Protocol,
            Mtu = wanted.Mtu,
            Addresses = wanted.Addresses,
        };
}
