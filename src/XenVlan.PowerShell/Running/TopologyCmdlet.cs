using System.Management.Automation;
using XenVlan.Discovery;
using XenVlan.Model;
using XenVlan.Topology;
using XenVlan.Topology.Yaml;

namespace XenVlan.PowerShell.Running;

/// <summary>What all cmdlets that work on a topology document share.</summary>
public abstract class TopologyCmdlet : SshCmdlet
{
    /// <summary>The topology document, a YAML file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        try
        {
            var document = Await(token => TopologyYaml.LoadAsync(ExistingFile(Path)!, token));
            Process(document, new SnapshotStore(ModuleSession.Connector, Settings ?? SshSettings.Default));
        }
        catch (XenVlanException e)
        {
            WriteError(ErrorRecords.From(e, e.Target ?? Path));
        }
    }

    /// <summary>Works on one document.</summary>
    private protected abstract void Process(TopologyDocument document, SnapshotStore store);

    /// <summary>Waits for a task, and lets it end when the user stops the pipeline.</summary>
    private protected T Await<T>(Func<CancellationToken, Task<T>> start) => Pump((_, token) => One(start, token)).Single();

    private static async IAsyncEnumerable<T> One<T>(
        Func<CancellationToken, Task<T>> start,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token
    )
    {
        yield return await start(token).ConfigureAwait(false);
    }
}
