using XenVlan.Changes;
using XenVlan.Changes.Desired;
using XenVlan.Discovery;
using XenVlan.Model;
using XenVlan.PowerShell.Running;

namespace XenVlan.PowerShell.Commands;

/// <summary>A VLAN interface is to be there.</summary>
internal sealed record NewVlanRequest(VlanInterfacePresent Interface) : HostChangeRequest
{
    /// <inheritdoc/>
    public override IReadOnlyList<HostChange> Changes(HostSnapshot before) => [Interface];

    /// <inheritdoc/>
    public override IEnumerable<object> Results(HostSnapshot before, HostSnapshot after) =>
        SnapshotViews.VlanInterfaces(after).Where(i => i.Name == Interface.EffectiveName.Value);
}
