using XenVlan.Changes;
using XenVlan.Changes.Desired;
using XenVlan.Discovery;
using XenVlan.Model;
using XenVlan.PowerShell.Running;

namespace XenVlan.PowerShell.Commands;

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
