using System.Globalization;
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
        var all = SnapshotViews.DomainNics(host);
        var own = all.Where(n => n.DomainName == DomainName).ToList();
        if (own.Count == 0)
        {
            throw host.Error(
                ErrorIds.DomainNotFound,
                $"Host {host.HostName} has no running domain {DomainName} with a NIC. It has: "
                    + $"{Message.List(all.Select(n => n.DomainName))}."
            );
        }

        var indexes = string.Join(", ", own.Select(n => n.Index.ToString(CultureInfo.InvariantCulture)));
        if (Index is null && own.Count > 1)
            throw host.Error(
                ErrorIds.InvalidValue,
                $"Domain {DomainName} of host {host.HostName} has the NICs {indexes:unquoted}. Say with -Index which one is meant."
            );
        return own.Find(n => n.Index == (Index ?? n.Index))
            ?? throw host.Error(
                ErrorIds.NicNotFound,
                $"Domain {DomainName} of host {host.HostName} has no NIC {Index ?? 0}. It has: {indexes:unquoted}."
            );
    }
}
