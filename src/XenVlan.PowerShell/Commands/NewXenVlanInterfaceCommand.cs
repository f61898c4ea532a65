using System.Management.Automation;
using XenVlan.Changes;
using XenVlan.Changes.Desired;
using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.PowerShell.Completion;
using XenVlan.PowerShell.Running;

namespace XenVlan.PowerShell.Commands;

/// <summary>Makes VLAN subinterfaces.</summary>
[Cmdlet(VerbsCommon.New, "XenVlanInterface", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(XenVlanInterface))]
public sealed class NewXenVlanInterfaceCommand : ChangingCmdlet
{
    private VlanSet _vlans = VlanSet.None;
    private InterfaceName? _name;
    private int? _mtu;
    private List<InterfaceAddress> _addresses = [];

    /// <summary>The interface whose tagged frames the new one takes.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Bridge")]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    public string Parent { get; set; } = "";

    /// <summary>The VLANs, an interface each: ids from 1 to 4094 and ranges, such as <c>10,20-29</c>.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public string[] VlanId { get; set; } = [];

    /// <summary>The new interface's name; the parent's name, a dot and the VLAN when absent.</summary>
    [Parameter]
    public string? Name { get; set; }

    /// <summary>The tag.</summary>
    [Parameter]
    public VlanProtocol Protocol { get; set; }

    /// <summary>The MTU in bytes, 68 to 65535; the parent's when absent.</summary>
    [Parameter]
    public int Mtu { get; set; }

    /// <summary>The addresses it gets, with prefix length: <c>10.10.0.1/24</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Address { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _vlans = Valid(VlanId, () => VlanInput.Ids(VlanId));
        _name = IsGiven(nameof(Name)) ? Valid(Name, () => new InterfaceName(Name!)) : null;
        _mtu = IsGiven(nameof(Mtu)) ? Valid(Mtu, () => MtuIs.Check(Mtu)) : null;
        _addresses = [.. (Address ?? []).Select(a => Valid(a, () => InterfaceAddress.Parse(a)))];
        if (_name is not null && _vlans.Count > 1)
            Refuse(Name, $"A name belongs to one interface, and {_vlans.Count} VLANs are given. Leave -Name out, or give one VLAN.");
        if (_addresses.Count > 0 && _vlans.Count > 1)
            Refuse(Address, $"An address belongs to one interface, and {_vlans.Count} VLANs are given.");
        if (IsGiven(nameof(Parent)))
            _ = Requests().ToList();
    }

    // What is made on a bridge's port takes the VLAN's frames before the bridge sees them, so a port does not pipe in.
    private protected override PipedKinds Takes => PipedKinds.Host | PipedKinds.Bridge;

    private protected override IEnumerable<HostChangeRequest> Requests()
    {
        var parent = Valid(Parent, () => new InterfaceName(Parent));
        foreach (var vlan in _vlans)
        {
            var present = new VlanInterfacePresent
            {
                Parent = parent,
                VlanId = vlan,
                Name = _name,
                Protocol = Protocol,
                Mtu = _mtu,
                Addresses = _addresses,
            };
            _ = Valid(Parent, () => present.EffectiveName);
            yield return new NewVlanRequest(present);
        }
    }

    private protected override void CheckTogether(IReadOnlyList<HostTarget> hosts, IReadOnlyList<HostChangeRequest> requests)
    {
        if (_addresses.Count > 0 && hosts.Count * requests.Count > 1)
            Refuse(Address, $"An address belongs to one interface of one host, and several are given.");
    }
}

/// <summary>A VLAN interface is to be there.</summary>
internal sealed record NewVlanRequest(VlanInterfacePresent Interface) : HostChangeRequest
{
    /// <inheritdoc/>
    public override IReadOnlyList<HostChange> Changes(HostSnapshot before) => [Interface];

    /// <inheritdoc/>
    public override IEnumerable<object> Results(HostSnapshot before, HostSnapshot after) =>
        SnapshotViews.VlanInterfaces(after).Where(i => i.Name == Interface.EffectiveName.Value);
}
