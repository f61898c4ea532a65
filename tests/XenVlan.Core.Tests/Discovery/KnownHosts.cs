using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Tests.Discovery;

/// <summary>Hosts that are known and cannot be reached: whoever asks one is told so.</summary>
internal sealed class KnownHosts : IHostConnector
{
    /// <summary>How often somebody wanted to ask a host.</summary>
    public int Asked { get; private set; }

    /// <summary>A store of hosts that are known.</summary>
    public static SnapshotStore Of(params IEnumerable<NetworkHost> hosts) => new KnownHosts().Store(hosts);

    /// <inheritdoc cref="Of"/>
    public SnapshotStore Store(params IEnumerable<NetworkHost> hosts)
    {
        var store = new SnapshotStore(this, new SshSettings());
        foreach (var host in hosts)
            store.Add(host);
        return store;
    }

    public IHostConnection Connect(HostTarget target, SshSettings settings) => new Unreachable(this, target);

    public IHostConnection OpenNewConnection(HostTarget target, SshSettings settings) => new Unreachable(this, target);

    private sealed class Unreachable(KnownHosts hosts, HostTarget target) : IHostConnection
    {
        public HostTarget Target => target;

        public Task<ScriptResult> RunAsync(ShellScript script, ScriptOptions options, CancellationToken cancellationToken)
        {
            hosts.Asked++;
            throw Errors.On(target.Name, ErrorIds.HostUnreachable, $"{target.Name} is not there.");
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
