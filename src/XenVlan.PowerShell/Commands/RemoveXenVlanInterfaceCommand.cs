using System.Management.Automation;
using XenVlan.Changes;
using XenVlan.Changes.Desired;
using XenVlan.Discovery;
using XenVlan.Model;
using XenVlan.PowerShell.Completion;
using XenVlan.PowerShell.Running;

namespace XenVlan.PowerShell.Commands;

/// <summary>Removes VLAN subinterfaces.</summary>
[Cmdlet(VerbsCommon.Remove, "XenVlanInterface", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(XenVlanInterface))]
public sealed class RemoveXenVlanInterfaceCommand : ChangingCmdlet
{
    /// <summary>The interfaces' names; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VlanInterfaceCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Shows what was removed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (IsGiven(nameof(Name)))
            _ = Requests();
    }

    private protected override PipedKinds Takes => PipedKinds.Host | PipedKinds.VlanInterface;

    private protected override IEnumerable<HostChangeRequest> Requests()
    {
        var names = NamePatterns.Of(Name, areLiteral: !IsGiven(nameof(Name)))!;
        foreach (var name in names.Literals)
            _ = Valid(name, () => new InterfaceName(name));
        return [new RemoveVlanRequest(names, PassThru)];
    }
}

/// <summary>VLAN interfaces are not to be there.</summary>
/// <param name="Names">Which.</param>
/// <param name="ShowsResult">Whether to show what was removed.</param>
internal sealed record RemoveVlanRequest(NamePatterns Names, bool ShowsResult) : HostChangeRequest
{
    /// <inheritdoc/>
    public override IReadOnlyList<HostChange> Changes(HostSnapshot before)
    {
        var matching = Matching(before).Select(i => i.Name);

        // A literal name is asked for even where it is no VLAN interface's: the plan then says what it is.
        return [.. matching.Union(Names.Literals).Select(n => new VlanInterfaceAbsent(new InterfaceName(n)))];
    }

    /// <inheritdoc/>
    public override IEnumerable<object> Results(HostSnapshot before, HostSnapshot after) => ShowsResult ? Matching(before) : [];

    // An interface that carries another goes after it.
    private IEnumerable<XenVlanInterface> Matching(HostSnapshot host)
    {
        var all = SnapshotViews.VlanInterfaces(host);
        return all.Where(i => Names.Match(i.Name)).OrderByDescending(Depth);

        int Depth(XenVlanInterface link) => all.FirstOrDefault(i => i.Name == link.Parent) is { } parent ? 1 + Depth(parent) : 0;
    }
}
