using System.Threading.Channels;
using XenVlan.Changes.Transactions;
using XenVlan.Cli.Output;
using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Cli.Running;

/// <summary>One command being carried out.</summary>
/// <param name="connector">Reaches hosts.</param>
/// <param name="settings">How to.</param>
internal sealed class CommandContext(IHostConnector connector, SshSettings settings)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Where results go.</summary>
    public required Screen Screen { get; init; }

    /// <summary>Where whoever waits is told how far things are.</summary>
    public required Progress Progress { get; init; }

    /// <summary>Where errors go.</summary>
    public required ErrorReporter Errors { get; init; }

    /// <summary>Whether results shall be JSON.</summary>
    public bool IsJson { get; init; }

    /// <summary>Is told of the changes that are begun.</summary>
    public OpenChanges? Open { get; init; }

    /// <summary>Stops the command.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>The snapshots of the hosts.</summary>
    public SnapshotStore Store { get; } = new(connector, settings);

    /// <summary>Reads hosts, all at once, and reports those that cannot be read.</summary>
    /// <param name="targets">The hosts; none means this machine.</param>
    /// <param name="show">
    /// Takes the snapshots as they come, so that a host that does not answer holds up no other: those that come within a
    /// second of each other at once, in the order asked for. Null where all are wanted together.
    /// </param>
    /// <returns>The snapshots of those that could be read, in the order asked for, and the exit status.</returns>
    public async Task<(IReadOnlyList<HostSnapshot> Snapshots, int Status)> ReadAsync(
        IReadOnlyList<HostTarget> targets,
        Action<IReadOnlyList<HostSnapshot>>? show = null
    )
    {
        var hosts = targets.Count == 0 ? [HostTarget.Local] : targets.DistinctBy(t => t.Name, StringComparer.Ordinal).ToList();
        var found = new Dictionary<HostTarget, HostSnapshot>();
        var waiting = new HashSet<HostTarget>();
        var status = ExitStatus.Fine;
        Progress.Tell("reading the hosts");
        await foreach (
            var outcome in AtTimes(HostFanOut.RunAsync(hosts, Store.GetAsync, HostFanOut.DefaultThrottle, CancellationToken), Patience)
                .ConfigureAwait(false)
        )
        {
            if (outcome is null)
            {
                Show();
            }
            else if (outcome.Value is { } snapshot)
            {
                found.Add(outcome.Target, snapshot);
                _ = waiting.Add(outcome.Target);
                Progress.Tell($"{found.Count} of {hosts.Count} hosts read");
            }
            else
            {
                Errors.ReportUnforeseen(outcome.Error!, outcome.Target.Name);
                status = ExitStatus.HostFailed;
            }
        }

        Progress.Wipe();
        Show();
        return ([.. hosts.Where(found.ContainsKey).Select(h => found[h])], status);

        void Show()
        {
            if (show is null || waiting.Count == 0)
                return;
            Progress.Wipe();
            show([.. hosts.Where(waiting.Contains).Select(h => found[h])]);
            waiting.Clear();
        }
    }

    // What comes, and null when the first of what has come since the last null has waited for so long.
    private static async IAsyncEnumerable<T?> AtTimes<T>(IAsyncEnumerable<T> source, TimeSpan patience)
        where T : class
    {
        var items = Channel.CreateUnbounded<T>();
        using var stop = new CancellationTokenSource();
        var reading = ReadAsync();
        try
        {
            Task? time = null;
            while (true)
            {
                var more = items.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
                if (time is not null && (time.IsCompleted || await Task.WhenAny(more, time).ConfigureAwait(false) == time))
                {
                    yield return null;
                    time = null;
                }

                if (!await more.ConfigureAwait(false))
                    break;
                while (items.Reader.TryRead(out var item))
                {
                    yield return item;
                    time ??= Task.Delay(patience, CancellationToken.None);
                }
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task ReadAsync()
        {
            Exception? error = null;
            try
            {
                await foreach (var item in source.WithCancellation(stop.Token).ConfigureAwait(false))
                    await items.Writer.WriteAsync(item, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                error = e;
            }

            items.Writer.Complete(error);
        }
    }
}
