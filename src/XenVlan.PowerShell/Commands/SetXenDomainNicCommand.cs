using System.Management.Automation;
using XenVlan.Changes;
using XenVlan.Changes.Desired;
using XenVlan.Discovery;
using XenVlan.Model;
using XenVlan.PowerShell.Completion;
using XenVlan.PowerShell.Running;

namespace XenVlan.PowerShell.Commands;

/// <summary>Puts domains' NICs on a bridge, as access VLAN or trunk, and sets MTU and checksum offload.</summary>
[Cmdlet(
    VerbsCommon.Set,
    "XenDomainNic",
    DefaultParameterSetName = OtherSet,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium
)]
[OutputType(typeof(XenDomainNic))]
public sealed class SetXenDomainNicCommand : ChangingCmdlet
{
    private const string AccessSet = "Access";
    private const string TrunkSet = "Trunk";
    private const string OtherSet = "Other";

    private DomainNicRequest _request = new();

    /// <summary>The domains' names.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DomainNameCompleter))]
    public string[] DomainName { get; set; } = [];

    /// <summary>The NIC's number in its domain, from 0. May be left out where the domain has one NIC.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0, int.MaxValue)]
    public int? Index { get; set; }

    /// <summary>The bridge to put it on.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(BridgeCompleter))]
    public string? Bridge { get; set; }

    /// <summary>The one VLAN it carries, untagged: 1 to 4094.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AccessSet)]
    public string? AccessVlan { get; set; }

    /// <summary>The VLANs it carries tagged: ids and ranges, <c>all</c> or <c>none</c>.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TrunkSet)]
    public string[]? AllowedVlans { get; set; }

    /// <summary>The VLAN of a trunk's untagged frames, 1 to 4094. Without it they are dropped.</summary>
    [Parameter(ParameterSetName = TrunkSet)]
    public string? NativeVlan { get; set; }

    /// <summary>The vif's MTU in bytes, 68 to 65535.</summary>
    [Parameter]
    public int Mtu { get; set; }

    /// <summary>Whether transmit checksums are left out on the vif.</summary>
    [Parameter]
    public bool TransmitChecksumOffload { get; set; }

    /// <summary>Shows the NICs afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _request = new DomainNicRequest
        {
            Bridge = IsGiven(nameof(Bridge)) ? Valid(Bridge, () => new InterfaceName(Bridge!)) : null,
            AccessVlan = IsGiven(nameof(AccessVlan)) ? Valid(AccessVlan, () => VlanId.Parse(AccessVlan!)) : null,
            AllowedVlans = IsGiven(nameof(AllowedVlans)) ? Valid(AllowedVlans, () => VlanInput.Set(AllowedVlans!)) : null,
            NativeVlan = IsGiven(nameof(NativeVlan)) ? Valid(NativeVlan, () => VlanId.Parse(NativeVlan!)) : null,
            Mtu = IsGiven(nameof(Mtu)) ? Valid(Mtu, () => MtuIs.Check(Mtu)) : null,
            TransmitChecksumOffload = IsGiven(nameof(TransmitChecksumOffload)) ? TransmitChecksumOffload : null,
        };
        if (_request == new DomainNicRequest())
            Refuse(null, $"Nothing is to be set. Give one of -Bridge, -AccessVlan, -AllowedVlans, -Mtu and -TransmitChecksumOffload.");
    }

    private protected override PipedKinds Takes => PipedKinds.Host | PipedKinds.Nic;

    private protected override IEnumerable<HostChangeRequest> Requests() =>
        DomainName.Select(name => new NicRequest(name, Index, _request, PassThru));
}

/// <summary>A domain's NIC is to be as requested.</summary>
/// <param name="DomainName">The domain.</param>
/// <param name="Index">The NIC's number in its domain; null where the domain has one only.</param>
/// <param name="Request">What the NIC is to be.</param>
/// <param name="ShowsResult">Whether to show the NIC afterwards.</param>
internal sealed record NicRequest(string DomainName, int? Index, DomainNicRequest Request, bool ShowsResult) : HostChangeRequest
{
    /// <inheritdoc/>
    public override IReadOnlyList<HostChange> Changes(HostSnapshot before) => Request.For(Find(before));

    /// <inheritdoc/>
    public override IEnumerable<object> Results(HostSnapshot before, HostSnapshot after)
    {
        if (!ShowsResult)
            return [];
        var nic = Find(before);
        return SnapshotViews.DomainNics(after).Where(n => n.DomainId == nic.DomainId && n.Index == nic.Index);
    }

    private XenDomainNic Find(HostSnapshot host)
    {
        var own = SnapshotViews.NicsOf(host, DomainName);
        if (Index is null && own.Count > 1)
            throw host.Error(
                ErrorIds.InvalidValue,
                $"Domain {DomainName} of host {host.HostName} has the NICs {Message.List(own.Select(n => Message.Of($"{n.Index}")))}. "
                    + $"Say with -Index which one is meant."
            );
        return SnapshotViews.FindNic(host, DomainName, Index ?? own.Select(n => n.Index).FirstOrDefault());
    }
}
