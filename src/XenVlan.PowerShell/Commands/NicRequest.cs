using XenVlan.Changes;
using XenVlan.Changes.Desired;
using XenVlan.Discovery;
using XenVlan.Model;
using XenVlan.PowerShell.Running;

namespace XenVlan.PowerShell.Commands;

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
