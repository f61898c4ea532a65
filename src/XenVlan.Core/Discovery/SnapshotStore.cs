using System.Collections.Concurrent;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Discovery;

/// <summary>Snapshots of hosts, each read once, when it is first needed.</summary>
/// <param name="connector">Reaches the hosts.</param>
/// <param name="settings">How to reach them.</param>
public sealed class SnapshotStore(IHostConnector connector, SshSettings settings)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<HostSnapshot>>> _snapshots = new(StringComparer.Ordinal);

    /// <summary>Takes a snapshot that is there already.</summary>
    /// <param name="snapshot">The snapshot; replaces an older one of the same host.</param>
    public void Add(HostSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        _snapshots[snapshot.HostName] = Ready(snapshot);
    }

    /// <summary>The snapshot of a host.</summary>
    /// <param name="host">The host.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The snapshot.</returns>
    /// <exception cref="XenVlanException">The host could not be read.</exception>
    public Task<HostSnapshot> GetAsync(HostTarget host, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(host);
        return _snapshots.GetOrAdd(host.Name, _ => new Lazy<Task<HostSnapshot>>(() => ReadAsync(host, cancellationToken))).Value;
    }

    /// <summary>The snapshots there are.</summary>
    /// <returns>Those that were read or added.</returns>
    public IReadOnlyList<HostSnapshot> Known() =>
        [.. _snapshots.Values.Where(s => s.IsValueCreated && s.Value.IsCompletedSuccessfully).Select(s => s.Value.Result)];

    /// <summary>A connection to a host.</summary>
    /// <returns>The connection, to be disposed of.</returns>
    internal IHostConnection Connect(HostTarget host) => connector.Connect(host, settings);

    /// <summary>The way to a host.</summary>
    /// <param name="host">The host.</param>
    /// <returns>The way.</returns>
    public HostAccess RouteTo(HostTarget host) => new(connector, host, settings);

    private static Lazy<Task<HostSnapshot>> Ready(HostSnapshot snapshot)
    {
        var ready = new Lazy<Task<HostSnapshot>>(Task.FromResult(snapshot));
        _ = ready.Value;
        return ready;
    }

    private Task<HostSnapshot> ReadAsync(HostTarget host, CancellationToken cancellationToken) =>
        Connect(host).AskAsync(connection => HostReader.ReadAsync(connection, settings.ReadTimeout, cancellationToken));
}
