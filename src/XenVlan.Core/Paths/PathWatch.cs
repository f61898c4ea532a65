using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Paths;

/// <summary>Watches the hops of a path on several hosts while probes are sent.</summary>
internal static class PathWatch
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Watches while something is done.</summary>
    /// <typeparam name="T">What comes of it.</typeparam>
    /// <param name="store">Reaches the hosts.</param>
    /// <param name="hops">The hops to watch.</param>
    /// <param name="signature">What the probes are known by.</param>
    /// <param name="act">Sends the probes; called once all watchers are ready.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>What was seen, and what came of the probes.</returns>
    public static async Task<(WatchReport Seen, T Result)> RunAsync<T>(
        SnapshotStore store,
        IEnumerable<PathHop> hops,
        ProbeSignature signature,
        Func<Task<T>> act,
        CancellationToken cancellationToken)
    {
        var places = hops
            .Where(h => !string.Equals(h.HostName, WireHop.HostName, StringComparison.Ordinal))
            .GroupBy(h => h.HostName, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => (IReadOnlyList<string>)[.. g.Select(h => h.Interface).Distinct(StringComparer.Ordinal)], StringComparer.Ordinal);
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var watchers = places.Select(p => (Host: p.Key, Watch: new HostWatch(store, HostTarget.Parse(p.Key), p.Value, signature, end.Task, cancellationToken))).ToList();
        T result;
        HashSet<string> late = [];
        try
        {
            await Task.WhenAny(Task.WhenAll(watchers.Select(w => w.Watch.Ready)), Task.Delay(Patience, cancellationToken)).ConfigureAwait(false);

            // What one that is late does not see may have been there all the same.
            late.UnionWith(watchers.Where(w => !w.Watch.Ready.IsCompleted).Select(w => w.Host));
            result = await act().ConfigureAwait(false);
        }
        finally
        {
            end.SetResult();
        }

        var seen = new List<WatchedPlace>();
        var blind = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (host, watch) in watchers)
        {
            var (there, why) = await watch.Done.ConfigureAwait(false);
            if (late.Contains(host))
                blind[host] = "its captures were not ready in time";
            else
                seen.AddRange(there);
            if (why is not null)
                blind[host] = why;
        }

        return (new WatchReport(seen, blind), result);
    }
}
