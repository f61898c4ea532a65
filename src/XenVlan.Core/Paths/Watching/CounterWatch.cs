using System.Diagnostics;
using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Paths.Probing;

namespace XenVlan.Paths.Watching;

/// <summary>Watches a host's interfaces by their counters and its bridges' forwarding tables, around a burst of packets.</summary>
/// <param name="store">Reaches the host.</param>
/// <param name="host">The host.</param>
/// <param name="hops">The hops on it.</param>
/// <param name="source">The Ethernet address the burst comes from; null where it is not known.</param>
internal sealed class CounterWatch(SnapshotStore store, HostTarget host, IReadOnlyList<PathHop> hops, MacAddress? source)
{
    private HostSnapshot? _host;
    private CounterReading? _before;
    private long _began;

    /// <summary>Reads the counters before the burst.</summary>
    /// <returns>A task that ends when they are read.</returns>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        _host = await store.GetAsync(host, cancellationToken).ConfigureAwait(false);
        _before = await ReadAsync(cancellationToken).ConfigureAwait(false);
        _began = Stopwatch.GetTimestamp();
    }

    /// <summary>Reads the counters after the burst.</summary>
    /// <returns>What can be told of each interface; those with too much other traffic are left out.</returns>
    public async Task<IReadOnlyList<WatchedPlace>> EndAsync(ProbeBurst burst, bool isAnswered, CancellationToken cancellationToken)
    {
        var seconds = (int)Math.Ceiling(Stopwatch.GetElapsedTime(_began).TotalSeconds);
        var after = await ReadAsync(cancellationToken).ConfigureAwait(false);
        return
        [
            .. hops.DistinctBy(h => h.Interface, StringComparer.Ordinal)
                .Select(h => Place(h, after, burst, isAnswered, seconds))
                .OfType<WatchedPlace>(),
        ];
    }

    private WatchedPlace? Place(PathHop hop, CounterReading after, ProbeBurst burst, bool isAnswered, int seconds)
    {
        // The entry is refreshed by each frame that comes in (br_fdb_update in net/bridge/br_fdb.c).
        if (LearningVlan(hop) is { } vlan && after.LearnedAgo(hop.Interface, vlan) is { } ago && ago <= seconds)
            return Seen(Evidence.ForwardingTable, wasSeen: true);
        var tag = hop.Tags.Count > 0 ? hop.Tags[0] : (VlanTag?)null;
        if (_before!.Of(hop.Interface, tag) is not { } then || after.Of(hop.Interface, tag) is not { } now)
            return null;
        var noise = then.Second.Since(then.First);
        var quiet = new TrafficCounters(
            noise.ReceivedPackets * seconds,
            noise.ReceivedBytes * seconds,
            noise.SentPackets * seconds,
            noise.SentBytes * seconds
        );
        return now.First.Since(then.Second).Holds(burst.Packets, burst.PacketSize, quiet) is { } wasSeen
            ? Seen(Evidence.Counters, wasSeen)
            : null;

        WatchedPlace Seen(Evidence means, bool wasSeen)
        {
            HashSet<PathProbeKind> kinds = wasSeen ? [PathProbeKind.Arp] : [];
            return new WatchedPlace(host.Name, hop.Interface, means)
            {
                Requests = kinds,
                Answers = isAnswered ? kinds : new HashSet<PathProbeKind>(),
            };
        }
    }

    // A bridge that does not filter learns an address on one VLAN for all of them, so there it tells nothing of this one.
    private VlanId? LearningVlan(PathHop hop)
    {
        if (
            hop.Direction is not PathDirection.In
            || _host!.FindInterface(hop.Interface) is not { Master: { } master } port
            || _host.FindInterface(master)?.Bridge is not { VlanFiltering: true } bridge
        )
        {
            return null;
        }

        return hop.Tags is [var tag, ..] && tag.Protocol == bridge.VlanProtocol ? tag.Vlan : port.PortVlans?.Pvid;
    }

    private async Task<CounterReading> ReadAsync(CancellationToken cancellationToken)
    {
        var mark = UniqueToken.New("xvc");
        var script = CounterScript.Make(mark, hops.Select(h => h.Interface).Distinct(StringComparer.Ordinal), source);
        var result = await store
            .Connect(host)
            .AskAsync(c => c.RunAsync(script, ScriptOptions.Reading, cancellationToken))
            .ConfigureAwait(false);
        return CounterReading.Read(result.Output, mark);
    }
}
