using System.Management.Automation;
using XenVlan.Discovery;
using XenVlan.Model;
using XenVlan.PowerShell.Completion;
using XenVlan.PowerShell.Running;

namespace XenVlan.PowerShell.Commands;

/// <summary>Shows bridges with their ports.</summary>
[Cmdlet(VerbsCommon.Get, "XenBridge")]
[OutputType(typeof(XenBridge))]
public sealed class GetXenBridgeCommand : ReadingCmdlet
{
    /// <summary>The bridges' names; wildcards are allowed.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(BridgeCompleter))]
    public string[]? Name { get; set; }

    private protected override Action<HostSnapshot> Selection()
    {
        var names = NamePatterns.Of(Name);
        return snapshot =>
        {
            var bridges = SnapshotViews.Bridges(snapshot);
            foreach (var bridge in bridges.Where(b => names?.Match(b.Name) ?? true))
                Show(bridge.HostName, bridge.Name, bridge);
            foreach (var name in names?.Literals.Except(bridges.Select(b => b.Name)) ?? [])
                ReportMissing(snapshot, ErrorIds.BridgeNotFound, $"bridge {name}", bridges.Select(b => b.Name));
        };
    }
}
