using XenVlan.Cli.Output;
using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Cli.Commands;

/// <summary>One command being carried out.</summary>
/// <param name="connector">Reaches hosts.</param>
/// <param name="settings">How to.</param>
internal sealed class CommandRun(IHostConnector connector, SshSettings settings)
{
    /// <summary>Where results go.</summary>
    public required Screen Screen { get; init; }

    /// <summary>Where whoever waits is told how far things are.</summary>
    public required Progress Progress { get; init; }

    /// <summary>Where errors go.</summary>
    public required ErrorReporter Errors { get; init; }

    /// <summary>Whether results shall be JSON.</summary>
    public bool IsJson { get; init; }

    /// <summary>Stops the command.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>The snapshots of the hosts.</summary>
    public SnapshotStore Store { get; } = new(connector, settings);

    /// <summary>Reads hosts, all at once, and reports those that cannot be read.</summary>
    /// <param name="targets">The hosts; none means this machine.</param>
    /// <returns>The snapshots of those that could be read, in the order asked for, and the exit status.</returns>
    public async Task<(IReadOnlyList<HostSnapshot> Snapshots, int Status)> ReadAsync(IReadOnlyList<HostTarget> targets)
    {
        var hosts = targets.Count == 0 ? [HostTarget.Local] : targets.DistinctBy(t => t.Name, StringComparer.Ordinal).ToList();
        var found = new Dictionary<HostTarget, HostSnapshot>();
        var status = ExitStatus.Fine;
        Progress.Tell("reading the hosts");
        await foreach (var outcome in HostFanOut.RunAsync(hosts, Store.GetAsync, HostFanOut.DefaultThrottle, CancellationToken).ConfigureAwait(false))
        {
            if (outcome.Value is { } snapshot)
            {
                found.Add(outcome.Target, snapshot);
                Progress.Tell($"{found.Count} of {hosts.Count} hosts read");
                continue;
            }

            Errors.ReportUnforeseen(outcome.Error!, outcome.Target.Name);
            status = ExitStatus.HostFailed;
        }

        Progress.Wipe();
        return ([.. hosts.Where(found.ContainsKey).Select(h => found[h])], status);
    }
}
