using System.Management.Automation;
using XenVlan.Changes.Desired;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.PowerShell.Completion;
using XenVlan.PowerShell.Running;

namespace XenVlan.PowerShell.Commands;

/// <summary>Sets MTU and addresses of VLAN subinterfaces.</summary>
[Cmdlet(VerbsCommon.Set, "XenVlanInterface", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(XenVlanInterface))]
public sealed class SetXenVlanInterfaceCommand : ChangingCmdlet
{
    private int? _mtu;
    private List<InterfaceAddress>? _addresses;

    /// <summary>The interfaces' names; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VlanInterfaceCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The MTU in bytes, 68 to 65535.</summary>
    [Parameter]
    public int Mtu { get; set; }

    /// <summary>All addresses it is to have, with prefix length; none for an empty array.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[]? Address { get; set; }

    /// <summary>Shows the interfaces afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _mtu = IsGiven(nameof(Mtu)) ? Valid(Mtu, () => MtuIs.Check(Mtu)) : null;
        _addresses = IsGiven(nameof(Address))
            ? [.. (Address ?? []).Select(a => Valid(a, () => InterfaceAddress.Parse(a))).Distinct()]
            : null;
        if (_mtu is null && _addresses is null)
            Refuse(null, $"Nothing is to be set. Give one of -Mtu and -Address.");
        if (IsGiven(nameof(Name)))
            _ = Wishes();
    }

    private protected override IEnumerable<HostChangeRequest> Wishes()
    {
        var names = NamePatterns.Of(Name, areLiteral: !IsGiven(nameof(Name)))!;
        foreach (var name in names.Literals)
            _ = Valid(name, () => new InterfaceName(name));
        return [new SetVlanRequest(names, _mtu, _addresses, PassThru)];
    }

    private protected override void CheckTogether(IReadOnlyList<HostTarget> hosts, IReadOnlyList<HostChangeRequest> wishes)
    {
        if (_addresses is { Count: > 0 } && hosts.Count * wishes.Count > 1)
            Refuse(Address, $"An address belongs to one interface of one host, and several are given.");
    }
}
