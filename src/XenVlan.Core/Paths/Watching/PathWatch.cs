using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Paths.Probing;

namespace XenVlan.Paths.Watching;

/// <summary>Watches the hops of a path on several hosts while probes are sent.</summary>
/// <param name="store">Reaches the hosts.</param>
/// <param name="hops">The hops to watch.</param>
/// <param name="signature">What the probes are known by.</param>
internal sealed class PathWatch(SnapshotStore store, IEnumerable<PathHop> hops, ProbeSignature signature)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<WatchedPlace> _places = [];
    private readonly Dictionary<string, string> _notWatched = new(StringComparer.Ordinal);
    private readonly List<IGrouping<string, PathHop>> _hosts =
    [
        .. hops.Where(h => !h.IsWire).GroupBy(h => h.HostName, StringComparer.Ordinal),
    ];

    /// <summary>Watches while probes are sent.</summary>
    /// <param name="probe">Sends the probes; called once all captures run.</param>
    /// <param name="burst">Chooses what to send for hosts that cannot capture; null where nothing can be sent.</param>
    /// <param name="connection">The host the burst is sent from.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>What was seen, and what came of the probes.</returns>
    public async Task<(WatchReport Seen, ProbeReport Report)> RunAsync(
        Func<Task<ProbeReport>> probe,
        Func<ProbeReport, ProbeBurst?> burst,
        IHostConnection connection,
        CancellationToken cancellationToken
    )
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var captures = _hosts
            .Select(h => new HostWatch(
                store,
                HostTarget.Parse(h.Key),
                [.. h.Select(p => p.Interface).Distinct(StringComparer.Ordinal)],
                signature,
                end.Task,
                cancellationToken
            ))
            .ToList();
        ProbeReport report;
        HashSet<HostWatch> late = [];
        try
        {
            await Task.WhenAny(Task.WhenAll(captures.Select(w => w.Ready)), Task.Delay(Patience, cancellationToken)).ConfigureAwait(false);

            // What one that is late does not see may have been there all the same.
            late.UnionWith(captures.Where(w => !w.Ready.IsCompleted));
            report = await probe().ConfigureAwait(false);
        }
        finally
        {
            end.SetResult();
        }

        foreach (var (capture, host) in captures.Zip(_hosts))
        {
            var (there, why) = await capture.Done.ConfigureAwait(false);
            if (late.Contains(capture))
                _notWatched[host.Key] = "its captures were not ready in time";
            else
                _places.AddRange(there);
            if (why is not null)
                _notWatched[host.Key] = why;
        }

        var counted = captures.Zip(_hosts).Where(c => c.First.CannotCapture).Select(c => c.Second).ToList();
        if (counted.Count > 0 && burst(report) is { } sent)
            await CountAsync(counted, sent, report.IsAnswered, connection, cancellationToken).ConfigureAwait(false);
        return (new WatchReport(_places, _notWatched), report);
    }

    private async Task CountAsync(
        List<IGrouping<string, PathHop>> hosts,
        ProbeBurst burst,
        bool isAnswered,
        IHostConnection connection,
        CancellationToken cancellationToken
    )
    {
        var watches = hosts
            .Select(h => (Host: h.Key, Watch: new CounterWatch(store, HostTarget.Parse(h.Key), [.. h], signature.SourceMac)))
            .ToList();
        try
        {
            await Task.WhenAll(watches.Select(w => w.Watch.BeginAsync(cancellationToken))).ConfigureAwait(false);
            await burst.SendAsync(connection, cancellationToken).ConfigureAwait(false);
            foreach (var (host, watch) in watches)
            {
                _places.AddRange(await watch.EndAsync(burst, isAnswered, cancellationToken).ConfigureAwait(false));
                _ = _notWatched.Remove(host);
            }
        }
        catch (XenVlanException e)
        {
            // A host that cannot be watched tells nothing; the verdict rests on the others.
            foreach (var (host, _) in watches)
                _ = _notWatched.TryAdd(host, e.Message);
        }
    }
}
