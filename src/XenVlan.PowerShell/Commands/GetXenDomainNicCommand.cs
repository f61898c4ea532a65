using System.Globalization;
using System.Management.Automation;
using XenVlan.Discovery;
using XenVlan.Model;
using XenVlan.PowerShell.Completion;
using XenVlan.PowerShell.Running;

namespace XenVlan.PowerShell.Commands;

/// <summary>Shows the NICs of running domains.</summary>
[Cmdlet(VerbsCommon.Get, "XenDomainNic")]
[OutputType(typeof(XenDomainNic))]
public sealed class GetXenDomainNicCommand : ReadingCmdlet
{
    /// <summary>The domains' names; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(DomainNameCompleter))]
    public string[]? DomainName { get; set; }

    /// <summary>The NICs' numbers in their domain, from 0.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0, int.MaxValue)]
    public int[]? Index { get; set; }

    /// <summary>The bridges the NICs are on; wildcards are allowed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(BridgeCompleter))]
    public string[]? Bridge { get; set; }

    /// <summary>The backend interfaces, such as <c>vif1.0</c>; wildcards are allowed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Vif { get; set; }

    private protected override PipedKinds Takes => PipedKinds.Host | PipedKinds.Bridge | PipedKinds.Port | PipedKinds.Nic;

    private protected override Action<HostSnapshot> Selection()
    {
        // A port is named by its interface, whatever domain and bridge it is of.
        var isPort = Piped?.Kind is PipedKinds.Port;
        var domains = isPort && !IsGiven(nameof(DomainName)) ? null : NamePatterns.Of(DomainName, areLiteral: !IsGiven(nameof(DomainName)));

        // A NIC that is piped in is named by domain and index; the bridge it was on is no request.
        var isPipedNic = DomainName is not null && !IsGiven(nameof(DomainName));
        var bridges =
            (isPipedNic || isPort) && !IsGiven(nameof(Bridge)) ? null : NamePatterns.Of(Bridge, areLiteral: !IsGiven(nameof(Bridge)));
        var vifs = NamePatterns.Of(Vif);
        var port = isPort ? Piped!.Text(nameof(XenBridgePort.Name)) : null;
        var indexes = Index;
        return snapshot =>
        {
            var nics = SnapshotViews.DomainNics(snapshot);
            var shown = nics.Where(n =>
                (domains?.Match(n.DomainName) ?? true)
                && (indexes?.Contains(n.Index) ?? true)
                && (bridges?.Match(n.Bridge) ?? true)
                && (vifs is null || vifs.Match(n.Vif) || vifs.Match(n.Tap))
                && (!isPort || n.Vif == port || n.Tap == port)
            );
            foreach (var nic in shown)
                Show(nic.HostName, (nic.DomainId, nic.Index), nic);
            ReportMissingNames(snapshot, nics, domains, indexes, bridges, vifs);
        };
    }

    private void ReportMissingNames(
        HostSnapshot snapshot,
        IReadOnlyList<XenDomainNic> nics,
        NamePatterns? domains,
        int[]? indexes,
        NamePatterns? bridges,
        NamePatterns? vifs
    )
    {
        var domainNames = snapshot.Domains.Where(d => d.Id != 0).Select(d => d.Name).Union(nics.Select(n => n.DomainName)).ToList();
        foreach (var name in domains?.Literals ?? [])
        {
            if (!domainNames.Contains(name))
            {
                ReportMissing(snapshot, ErrorIds.DomainNotFound, $"running domain {name}", domainNames);
                continue;
            }

            var own = nics.Where(n => n.DomainName == name).Select(n => n.Index).ToList();
            foreach (var index in indexes?.Except(own) ?? [])
                ReportMissing(
                    snapshot,
                    ErrorIds.NicNotFound,
                    $"NIC {index} in domain {name}",
                    own.Select(i => i.ToString(CultureInfo.InvariantCulture))
                );
        }

        var bridgeNames = SnapshotViews.Bridges(snapshot).Select(b => b.Name).ToList();
        foreach (var name in bridges?.Literals.Except(bridgeNames) ?? [])
            ReportMissing(snapshot, ErrorIds.BridgeNotFound, $"bridge {name}", bridgeNames);

        var vifNames = nics.SelectMany(n => new[] { n.Vif, n.Tap }).OfType<string>().ToList();
        foreach (var name in vifs?.Literals.Except(vifNames) ?? [])
            ReportMissing(snapshot, ErrorIds.NicNotFound, $"NIC with the backend interface {name}", vifNames);
    }
}
