using System.Management.Automation;
using XenVlan.Model;

namespace XenVlan.PowerShell.Running;

/// <summary>A cmdlet that shows what hosts have.</summary>
public abstract class ReadingCmdlet : SnapshotCmdlet
{
    private readonly List<(RequestedHost Host, Action<HostSnapshot> Show)> _waiting = [];
    private readonly HashSet<(string HostName, object Key)> _shown = [];

    /// <summary>How long reading a host may take, connecting included, in milliseconds.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int OperationTimeout { get; set; } = (int)SshSettings.Default.ReadTimeout.TotalMilliseconds;

    private protected sealed override void Process()
    {
        var show = Selection();
        foreach (var host in Hosts())
        {
            if (host.Current is { } snapshot)
                show(snapshot);
            else
                _waiting.Add((host, show));
        }
    }

    /// <inheritdoc/>
    protected sealed override void EndProcessing()
    {
        // However many objects name a host, it is read once.
        var hosts = _waiting.ToLookup(w => w.Host, w => w.Show);
        foreach (var (host, snapshot) in Read([.. hosts.Select(h => h.Key)], TimeSpan.FromMilliseconds(OperationTimeout)))
        {
            foreach (var show in hosts[host])
                show(snapshot);
        }
    }

    /// <summary>What the parameters of the current record ask for.</summary>
    /// <returns>Shows it, of a host's snapshot; may be called later.</returns>
    private protected abstract Action<HostSnapshot> Selection();

    /// <summary>Writes an object, unless it was written before.</summary>
    /// <param name="hostName">Its host.</param>
    /// <param name="key">What tells it from others of that host.</param>
    /// <param name="item">The object.</param>
    private protected void Show(string hostName, object key, object item)
    {
        if (_shown.Add((hostName, key)))
            WriteObject(item);
    }

    /// <summary>Reports that a host does not have what was asked for by name.</summary>
    /// <param name="snapshot">The host.</param>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="what">What is not there, such as <c>bridge "xenbr9"</c>.</param>
    /// <param name="there">What is there.</param>
    private protected void ReportMissing(HostSnapshot snapshot, string errorId, Message what, IEnumerable<string> there)
    {
        var error = snapshot.Error(errorId, $"Host {snapshot.HostName} has no {what}. It has: {Message.List(there)}.");
        WriteError(ErrorRecords.From(error, snapshot.HostName));
    }
}
