using XenVlan.Model;

namespace XenVlan.Discovery.Comparison;

/// <summary>What differs in the NICs of domains: what the toolstack was told of them, and the interfaces that serve them.</summary>
internal static class NicComparison
{
    private static readonly Aspect<Nic>[] Aspects =
    [
        new("Bridge", (n, names) => names.Of(n.Interface?.Master)),
        new("Mac", (n, _) => n.Record?.Mac),
        new("State", (n, _) => n.Record?.State is { } state ? (NicState)state : null),
        new("ConfiguredBridge", (n, _) => n.Record?.Bridge),
        new("ConfiguredVlan", (n, _) => n.Record?.Vlan),
        new("ConfiguredMtu", (n, _) => n.Record?.Mtu),
        new("Script", (n, _) => n.Record?.Script),
        new("VifName", (n, _) => n.Record?.VifName),
        new("BackendDomain", (n, names) => n.Record is { } record ? names.Domain(record.BackendDomainId) : null),
    ];

    /// <summary>Compares all NICs.</summary>
    public static void Compare(DifferenceList list)
    {
        const SnapshotDifferenceKind kind = SnapshotDifferenceKind.DomainNic;
        var before = Nics(list.Reference, list.ReferenceNames);
        foreach (var (name, mine, other) in list.Pairs(before, Nics(list.Difference, list.DifferenceNames), (n, _) => n.Name))
        {
            if (mine is null || other is null)
            {
                list.Add(kind, name, null, Describe(mine, list.ReferenceNames), Describe(other, list.DifferenceNames));
                continue;
            }

            list.Compare(kind, name, Aspects, mine, other);
            if (mine.Interface is { } vif && other.Interface is { } otherVif)
                InterfaceComparison.CompareVifs(list, name, vif, otherVif);
            else
                list.Add(kind, name, "Interface", mine.Interface?.Kind.ToString(), other.Interface?.Kind.ToString());
        }
    }

    private static string? Describe(Nic? nic, StableNames names) =>
        nic is null ? null
        : nic.Interface is { } vif ? InterfaceComparison.Describe(vif, names)
        : $"without an interface, told to be on {nic.Record?.Bridge ?? "no bridge"}";

    private static IEnumerable<Nic> Nics(HostSnapshot host, StableNames names)
    {
        var links = host.Interfaces.Where(StableNames.IsOfNic).ToLookup(i => names.Of(i.Name)!);

        // A driver domain that went away leaves its record behind.
        var records = host
            .Vifs.Where(v => v.DomainId != 0)
            .GroupBy(v => names.Of(new VifIdentity(v.DomainId, v.Index)))
            .ToDictionary(g => g.Key, g => g.OrderBy(v => v.BackendDomainId).First());
        return links
            .Select(l => l.Key)
            .Union(records.Keys)
            .Order(StringComparer.Ordinal)
            .Select(name => new Nic(name, records.GetValueOrDefault(name), links[name].FirstOrDefault()));
    }

    private sealed record Nic(string Name, VifRecord? Record, NetworkInterface? Interface);
}
