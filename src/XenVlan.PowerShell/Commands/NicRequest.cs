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
        var name = DisplayText.Quote(host.HostName);
        var all = SnapshotViews.DomainNics(host);
        var own = all.Where(n => n.DomainName == DomainName).ToList();
        if (own.Count == 0)
        {
            var there = all.Select(n => DisplayText.Clean(n.DomainName)).Distinct().ToList();
            throw new XenVlanException(
                ErrorIds.DomainNotFound,
                $"Host {name} has no running domain {DisplayText.Quote(DomainName)} with a NIC. It has: "
                    + $"{(there.Count == 0 ? "none" : string.Join(", ", there))}.",
                host.HostName
            );
        }

        var indexes = string.Join(", ", own.Select(n => n.Index.ToString(CultureInfo.InvariantCulture)));
        if (Index is null && own.Count > 1)
            throw new XenVlanException(
                ErrorIds.InvalidValue,
                $"Domain {DisplayText.Quote(DomainName)} of host {name} has the NICs {indexes}. Say with -Index which one is meant.",
                host.HostName
            );
        return own.Find(n => n.Index == (Index ?? n.Index))
            ?? throw new XenVlanException(
                ErrorIds.NicNotFound,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Domain {DisplayText.Quote(DomainName)} of host {name} has no NIC {Index}. It has: {indexes}."
                ),
                host.HostName
            );
    }
}
