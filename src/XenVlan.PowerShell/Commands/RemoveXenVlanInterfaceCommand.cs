using System.Management.Automation;
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
            _ = Wishes();
    }

    private protected override IEnumerable<HostChangeRequest> Wishes()
    {
        var names = NamePatterns.Of(Name, areLiteral: !IsGiven(nameof(Name)))!;
        foreach (var name in names.Literals)
            _ = Valid(name, () => new InterfaceName(name));
        return [new RemoveVlanRequest(names, PassThru)];
    }
}
