using XenVlan.Changes;
using XenVlan.Discovery;
using XenVlan.Model;

namespace XenVlan.PowerShell.Changing;

/// <summary>A VLAN interface is to be there.</summary>
/// <param name="Interface">The interface.</param>
internal sealed record NewVlanWish(VlanInterfacePresent Interface) : HostWish
{
    /// <inheritdoc/>
    public override IReadOnlyList<HostChange> Changes(HostSnapshot before) => [Interface];

    /// <inheritdoc/>
    public override IEnumerable<object> Results(HostSnapshot before, HostSnapshot after) =>
        SnapshotViews.VlanInterfaces(after).Where(i => string.Equals(i.Name, Interface.EffectiveName.Value, StringComparison.Ordinal));
}
