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

    private protected override PipedKinds Takes =>
        PipedKinds.Host | PipedKinds.Bridge | PipedKinds.Port | PipedKinds.Nic | PipedKinds.VlanInterface;

    private protected override Action<HostSnapshot> Selection()
    {
        var names = NamePatterns.Of(Name);
        var piped = PipedNames();
        var isBridge = Piped?.Kind is PipedKinds.Bridge;
        return snapshot =>
        {
            var bridges = SnapshotViews.Bridges(snapshot);
            foreach (var bridge in bridges.Where(b => (names?.Match(b.Name) ?? true) && (piped?.Contains(b.Name) ?? true)))
                Show(bridge.HostName, bridge.Name, bridge);
            foreach (var name in (names?.Literals ?? []).Union(isBridge ? piped! : []).Except(bridges.Select(b => b.Name)))
                ReportMissing(snapshot, ErrorIds.BridgeNotFound, $"bridge {name}", bridges.Select(b => b.Name));
        };
    }

    // The bridge itself, the one that a port or NIC is on, and the one that a VLAN interface is on or made on; null for all.
    private List<string>? PipedNames() =>
        Piped?.Kind switch
        {
            PipedKinds.Bridge => Texts(nameof(XenBridge.Name)),
            PipedKinds.Port or PipedKinds.Nic => Texts(nameof(XenBridgePort.Bridge)),
            PipedKinds.VlanInterface => Texts(nameof(XenVlanInterface.Bridge), nameof(XenVlanInterface.Parent)),
            _ => null,
        };
}
