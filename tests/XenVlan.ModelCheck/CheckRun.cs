using System.Collections.Concurrent;

namespace XenVlan.ModelCheck;

/// <summary>Checks many seeds, several at once.</summary>
internal static class CheckRun
{
    /// <summary>
    /// How many topologies are worked on at once. The host has two processors, and waits a good part of the time for
    /// links to come up.
    /// </summary>
    private const int Workers = 3;

    /// <summary>Checks seeds.</summary>
    /// <param name="host">The host to build the topologies on.</param>
    /// <param name="seeds">The seeds.</param>
    /// <param name="report">Told each result when it is there.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task RunAsync(
        CheckHost host,
        IEnumerable<int> seeds,
        Action<SeedResult> report,
        CancellationToken cancellationToken
    )
    {
        var queue = new ConcurrentQueue<int>(seeds);
        var gate = new Lock();
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(WorkAsync));

        async Task WorkAsync(int worker)
        {
            await using var connection = host.Connect();
            while (queue.TryDequeue(out var seed))
            {
                var result = await SeedCheck.RunAsync(seed, connection, $"w{worker}", cancellationToken);
                lock (gate)
                    report(result);
            }
        }
    }
}
