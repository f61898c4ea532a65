using System.Globalization;
using XenVlan.Model;

namespace XenVlan.Discovery.Parsing;

/// <summary>
/// Finds domains and their NICs in the xenstore (Xen's <c>docs/misc/xenstore-paths.pandoc</c>), which xend, libxl and
/// XAPI fill the same way.
/// </summary>
internal static class XenstoreReader
{
    /// <summary>Finds the domains.</summary>
    /// <param name="nodes">The nodes below <c>/local/domain</c>.</param>
    /// <returns>The domains that have a name, in the order of their numbers.</returns>
    public static IReadOnlyList<XenDomain> Domains(IReadOnlyDictionary<string, string> nodes)
    {
        var found = new List<XenDomain>();
        foreach (var (path, value) in nodes)
        {
            if (path.Split('/') is ["", "local", "domain", var id, "name"] && Number(id) is { } domain && value.Length > 0)
                found.Add(new XenDomain(domain, value));
        }

        return [.. found.OrderBy(d => d.Id)];
    }

    /// <summary>Finds the domains' NICs.</summary>
    /// <param name="nodes">The nodes below <c>/local/domain</c>.</param>
    /// <returns>The NICs in the order of domain, index and backend.</returns>
    public static IReadOnlyList<VifRecord> Vifs(IReadOnlyDictionary<string, string> nodes)
    {
        var found = new Dictionary<(int Backend, int Domain, int Index), VifRecord>();
        foreach (var (path, value) in nodes)
        {
            if (
                path.Split('/') is not ["", "local", "domain", var backendText, "backend", "vif", var domainText, var indexText, var key]
                || Number(backendText) is not { } backend
                || Number(domainText) is not { } domain
                || Number(indexText) is not { } index
            )
            {
                continue;
            }

            var vif =
                found.GetValueOrDefault((backend, domain, index))
                ?? new VifRecord
                {
                    BackendDomainId = backend,
                    DomainId = domain,
                    Index = index,
                    Mtu = FrontendMtu(nodes, domain, index),
                };
            found[(backend, domain, index)] = key switch
            {
                "mac" when MacAddress.TryParse(value, out var mac) => vif with { Mac = mac },
                "bridge" when value.Length > 0 => vif with { Bridge = value },
                "vifname" when value.Length > 0 => vif with { VifName = value },
                "script" when value.Length > 0 => vif with { Script = value },
                "vlan" when value.Length > 0 => vif with { Vlan = value },
                "mtu" when Number(value) is { } mtu => vif with { Mtu = mtu },
                "state" when Number(value) is { } state => vif with { State = state },
                _ => vif,
            };
        }

        return [.. found.Values.OrderBy(v => v.DomainId).ThenBy(v => v.Index).ThenBy(v => v.BackendDomainId)];
    }

    // What the toolstack asked for is in the backend; what the hotplug script told the domain is in the frontend.
    private static int? FrontendMtu(IReadOnlyDictionary<string, string> nodes, int domain, int index) =>
        Number(nodes.GetValueOrDefault(string.Create(CultureInfo.InvariantCulture, $"/local/domain/{domain}/device/vif/{index}/mtu")));

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
