using System.Runtime.CompilerServices;
using XenVlan.Discovery;
using XenVlan.Model;
using XenVlan.Paths;
using XenVlan.Paths.Ends;

namespace XenVlan.Topology;

/// <summary>Checks the expected paths of a document by sending real frames.</summary>
public static class ExpectationChecker
{
    /// <summary>Checks each expectation, in the document's order.</summary>
    /// <param name="document">The document.</param>
    /// <param name="store">Reaches the hosts.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>A result a path: one for what is to be reachable, one a direction for what is to be isolated, one a client for a
    /// service.</returns>
    /// <exception cref="XenVlanException">A host could not be reached, or an interface the document names does not exist.</exception>
    public static async IAsyncEnumerable<XenVlanPathResult> CheckAsync(
        TopologyDocument document,
        SnapshotStore store,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(store);
        _ = await TopologyPlanner.ReadAllAsync(document, store, cancellationToken).ConfigureAwait(false);
        var tester = new PathTester(store, TopologyPlanner.WiresOf(document));
        var requests = document.Expectations.SelectMany(e => Requests(document, e)).ToList();

        // Hosts send at the same time, but each only one thing after the other: its answers are not to mix.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var results = new Task<XenVlanPathResult>[requests.Count];
        foreach (var sameHost in requests.Select((request, i) => (request, i)).GroupBy(r => r.request.FromHost))
        {
            Task before = Task.CompletedTask;
            foreach (var (request, i) in sameHost)
                before = results[i] = AfterAsync(before, request);
        }

        try
        {
            foreach (var result in results)
                yield return await result.ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            Task all = Task.WhenAll(results);
            await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task<XenVlanPathResult> AfterAsync(Task before, PathRequest request)
        {
            await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return await tester.TestAsync(request, stop.Token).ConfigureAwait(false);
        }
    }

    private static IEnumerable<PathRequest> Requests(TopologyDocument document, Expectation expectation) =>
        expectation switch
        {
            ReachableExpectation e =>
            [
                Path(document, e, e.From, e.Vlan, e.To, e.Vlan) with
                {
                    Expected = PathExpectation.Reachable,
                    Mtu = e.Mtu,
                },
            ],
            IsolatedExpectation e =>
            [
                Path(document, e, e.From, e.FromVlan, e.To, e.ToVlan) with
                {
                    Expected = PathExpectation.Isolated,
                },
                Path(document, e, e.To, e.ToVlan, e.From, e.FromVlan) with
                {
                    Expected = PathExpectation.Isolated,
                },
            ],
            ServiceExpectation e => Service(document, e),
            _ => throw new InvalidOperationException($"No check for {expectation.GetType().Name}."),
        };

    private static IEnumerable<PathRequest> Service(TopologyDocument document, ServiceExpectation service)
    {
        foreach (var client in service.From)
            yield return Path(document, service, client, service.Vlan, service.On, service.Vlan) with
            {
                Expected = PathExpectation.Reachable,
                TcpPort = service.Port,
            };
        if (!service.OnlyThere)
            yield break;

        // On each other VLAN, whoever the document has on that VLAN is the client that must not get through.
        var server = document.FindEnd(service.On)!;
        foreach (var other in server.VlanInterfaces.Where(i => i.VlanId != service.Vlan && i.Addresses.Count > 0))
        {
            var client = document.Ends.FirstOrDefault(e => e.Name != server.Name && e.InterfaceOn(other.VlanId) is not null);
            if (client is not null)
                yield return Path(document, service, client.Name, other.VlanId, service.On, other.VlanId) with
                {
                    Expected = PathExpectation.Isolated,
                    TcpPort = service.Port,
                };
        }
    }

    private static PathRequest Path(
        TopologyDocument document,
        Expectation expectation,
        string from,
        VlanId fromVlan,
        string to,
        VlanId toVlan
    )
    {
        // The reader has checked that both ends have an interface with an address there.
        var source = document.FindEnd(from)!;
        var target = document.FindEnd(to)!;
        var targetInterface = target.InterfaceOn(toVlan)!;
        return new PathRequest
        {
            Title = expectation.Title ?? expectation.Describe(),
            FromHost = source.Target,
            FromInterface = source.InterfaceOn(fromVlan)!.Name,
            To = new PathTarget
            {
                Host = target.Target,
                Interface = targetInterface.Name,
                Address = targetInterface.Addresses[0].Address,
            },
        };
    }
}
