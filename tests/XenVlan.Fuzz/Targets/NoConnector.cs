using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Fuzz.Targets;

/// <summary>Reaches nobody: what is asked is answered from what is known.</summary>
internal sealed class NoConnector : IHostConnector
{
    /// <summary>The only one.</summary>
    public static NoConnector Instance { get; } = new();

    public IHostConnection Connect(HostTarget target, SshSettings settings) => new NoConnection(target);

    public IHostConnection OpenNewConnection(HostTarget target, SshSettings settings) => new NoConnection(target);

    private sealed class NoConnection(HostTarget target) : IHostConnection
    {
        public HostTarget Target => target;

        public Task<ScriptResult> RunAsync(ShellScript script, ScriptOptions options, CancellationToken cancellationToken) =>
            throw new BrokenPromiseException("what is known is not asked for");

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
