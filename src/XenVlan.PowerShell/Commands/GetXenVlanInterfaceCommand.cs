using System.Management.Automation;
using XenVlan.Discovery;
using XenVlan.Model;
using XenVlan.PowerShell.Completion;
using XenVlan.PowerShell.Running;

namespace XenVlan.PowerShell.Commands;

/// <summary>Shows VLAN subinterfaces.</summary>
[Cmdlet(VerbsCommon.Get, "XenVlanInterface")]
[OutputType(typeof(XenVlanInterface))]
public sealed class GetXenVlanInterfaceCommand : ReadingCmdlet
{
    private VlanSet? _vlans;

    /// <summary>The interfaces' names; wildcards are allowed.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VlanInterfaceCompleter))]
    public string[]? Name { get; set; }

    /// <summary>The interfaces whose tagged frames they take; wildcards are allowed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    public string[]? Parent { get; set; }

    /// <summary>The VLANs: ids from 1 to 4094 and ranges, such as <c>10,20-29</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? VlanId { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (VlanId is { } given)
            _vlans = Valid(given, () => VlanInput.Ids(given));
    }

    private protected override PipedKinds Takes => PipedKinds.Host | PipedKinds.Bridge | PipedKinds.Port | PipedKinds.VlanInterface;

    private protected override Action<HostSnapshot> Selection()
    {
        var piped = PipedCondition();
        var own = Piped?.Kind is PipedKinds.VlanInterface ? Texts(nameof(XenVlanInterface.Name)) : [];
        var names = NamePatterns.Of(Name);
        var parents = NamePatterns.Of(Parent);
        return snapshot =>
        {
            var all = SnapshotViews.VlanInterfaces(snapshot);
            var shown = all.Where(i =>
                (names?.Match(i.Name) ?? true)
                && (parents?.Match(i.Parent) ?? true)
                && (_vlans is null || (i.VlanId is { } id && _vlans.Contains(new VlanId(id))))
                && (piped?.Invoke(i) ?? true)
            );
            foreach (var link in shown)
                Show(link.HostName, link.Name, link);

            foreach (var name in (names?.Literals ?? []).Union(own).Except(all.Select(i => i.Name)))
                ReportMissing(snapshot, ErrorIds.InterfaceNotFound, $"VLAN interface {name}", all.Select(i => i.Name));
            foreach (var parent in parents?.Literals.Where(p => snapshot.FindInterface(p) is null) ?? [])
                ReportMissing(snapshot, ErrorIds.InterfaceNotFound, $"interface {parent}", snapshot.Interfaces.Select(i => i.Name));
        };
    }

    // Those on a bridge: made on it, or its ports; those on a port: made on it, or the port itself; null for all.
    private Func<XenVlanInterface, bool>? PipedCondition()
    {
        var name = Piped?.Text(nameof(XenVlanInterface.Name));
        return Piped?.Kind switch
        {
            PipedKinds.Bridge => i => i.Parent == name || i.Bridge == name,
            PipedKinds.Port => i => i.Parent == name || i.Name == name,
            PipedKinds.VlanInterface => i => i.Name == name,
            _ => null,
        };
    }
}
