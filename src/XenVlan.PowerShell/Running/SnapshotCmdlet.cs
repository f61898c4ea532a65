using System.Management.Automation;
using XenVlan.Model;

namespace XenVlan.PowerShell.Running;

/// <summary>A cmdlet that can do without hosts, by snapshots of them.</summary>
public abstract class SnapshotCmdlet : HostCmdlet
{
    /// <summary>Snapshots to use in place of asking their hosts, objects that were made from them, or the files that hold them.</summary>
    [Parameter]
    [SnapshotFileTransformation]
    public HostSnapshot[]? Snapshot { get; set; }

    private protected sealed override IReadOnlyList<HostSnapshot> GivenSnapshots => Snapshot ?? [];
}
