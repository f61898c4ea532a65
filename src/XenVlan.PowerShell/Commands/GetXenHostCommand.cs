using System.Management.Automation;
using XenVlan.Discovery;
using XenVlan.Model;
using XenVlan.PowerShell.Running;

namespace XenVlan.PowerShell.Commands;

/// <summary>Shows hosts: toolstack, versions, bridge kinds, network managers, domains.</summary>
[Cmdlet(VerbsCommon.Get, "XenHost")]
[OutputType(typeof(XenHost))]
public sealed class GetXenHostCommand : ReadingCmdlet
{
    private protected override PipedKinds Takes => PipedKinds.All;

    private protected override Action<HostSnapshot> Selection() =>
        snapshot => Show(snapshot.HostName, snapshot.HostName, SnapshotViews.Host(snapshot));
}
