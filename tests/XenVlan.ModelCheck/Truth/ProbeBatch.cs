using XenVlan.Hosts;

namespace XenVlan.ModelCheck.Truth;

/// <summary>
/// Collects the scripts by which several namespaces are to be read, so that one connection and one round trip read them
/// all. Each reader is given all that was printed, and finds its own part by its own mark.
/// </summary>
internal sealed class ProbeBatch
{
    private readonly Dictionary<string, ShellScript> _scripts = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource<ScriptResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The scripts asked for so far, by namespace.</summary>
    public IReadOnlyDictionary<string, ShellScript> Scripts => _scripts;

    /// <summary>A connection to a namespace, for one script.</summary>
    public IHostConnection ConnectionTo(string space) => new Connection(this, HostTarget.Parse(space));

    /// <summary>Gives everybody what was printed.</summary>
    public void Complete(ScriptResult result) => _result.SetResult(result);

    private sealed class Connection(ProbeBatch batch, HostTarget target) : IHostConnection
    {
        public HostTarget Target => target;

        public Task<ScriptResult> RunAsync(ShellScript script, ScriptOptions options, CancellationToken cancellationToken)
        {
            batch._scripts.Add(target.Name, script);
            return batch._result.Task;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
