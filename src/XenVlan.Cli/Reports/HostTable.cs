using XenVlan.Cli.Output;
using XenVlan.Model;

namespace XenVlan.Cli.Reports;

/// <summary>Hosts as a table.</summary>
internal static class HostTable
{
    /// <summary>Makes the table.</summary>
    public static Listing Of(IEnumerable<XenHost> hosts)
    {
        var listing = new Listing("HOST", "XEN", "TOOLSTACK", "KERNEL", "BRIDGES", "NETWORK BY", "DOMAINS");
        foreach (var host in hosts)
        {
            _ = listing.Row(
                host.HostName,
                host.XenVersion is null || host.IsDomain0 ? host.XenVersion : $"{host.XenVersion} (guest)",
                host.Toolstack is Toolstack.None ? null : Labels.Of(host.Toolstack),
                host.Kernel,
                string.Join(", ", host.BridgeKinds.Select(Labels.Of)),
                string.Join(", ", host.NetworkManagers.Select(Labels.Of)),
                string.Join(", ", host.Domains.Select(d => d.Name))
            );
        }

        return listing;
    }
}
