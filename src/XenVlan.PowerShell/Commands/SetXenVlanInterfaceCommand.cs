using System.Management.Automation;
using XenVlan.Changes;
using XenVlan.Changes.Desired;
using XenVlan.Discovery;
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
            _ = Requests();
    }

    private protected override PipedKinds Takes => PipedKinds.Host | PipedKinds.VlanInterface;

    private protected override IEnumerable<HostChangeRequest> Requests()
    {
        var names = NamePatterns.Of(Name, areLiteral: !IsGiven(nameof(Name)))!;
        foreach (var name in names.Literals)
            _ = Valid(name, () => new InterfaceName(name));
        return [new SetVlanRequest(names, _mtu, _addresses, PassThru)];
    }

    private protected override void CheckTogether(IReadOnlyList<HostTarget> hosts, IReadOnlyList<HostChangeRequest> requests)
    {
        if (_addresses is { Count: > 0 } && hosts.Count * requests.Count > 1)
            Refuse(Address, $"An address belongs to one interface of one host, and several are given.");
    }
}

/// <summary>VLAN interfaces are to be as requested.</summary>
/// <param name="Names">Which.</param>
/// <param name="Mtu">Their MTU in bytes; null leaves it.</param>
/// <param name="Addresses">All addresses of the one interface that is meant; null leaves them.</param>
/// <param name="ShowsResult">Whether to show them afterwards.</param>
internal sealed record SetVlanRequest(NamePatterns Names, int? Mtu, IReadOnlyList<InterfaceAddress>? Addresses, bool ShowsResult)
    : HostChangeRequest
{
    /// <inheritdoc/>
    public override IReadOnlyList<HostChange> Changes(HostSnapshot before)
    {
        // A literal name is asked for even where it is no VLAN interface's: the plan then says what it is.
        var names = Matching(before).Select(i => i.Name).Union(Names.Literals).ToList();
        if (Addresses is { Count: > 0 } && names.Count > 1)
            throw Errors.On(
                before.HostName,
                ErrorIds.InvalidValue,
                $"An address belongs to one interface, and of host {before.HostName} several are meant: " + $"{Message.List(names)}."
            );
        return [.. names.Select(n => new VlanInterfaceSettings(new InterfaceName(n)) { Mtu = Mtu, Addresses = Addresses })];
    }

    /// <inheritdoc/>
    public override IEnumerable<object> Results(HostSnapshot before, HostSnapshot after) => ShowsResult ? Matching(after) : [];

    private IEnumerable<XenVlanInterface> Matching(HostSnapshot host) => SnapshotViews.VlanInterfaces(host).Where(i => Names.Match(i.Name));
}
