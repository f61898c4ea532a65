using System.Globalization;
using XenVlan.Cli.Output;
using XenVlan.Model;

namespace XenVlan.Cli.Reports;

/// <summary>NICs of domains as a table.</summary>
internal static class DomainNicTable
{
    /// <summary>Makes the table.</summary>
    public static Listing Of(IEnumerable<XenDomainNic> nics)
    {
        var listing = new Listing("HOST", "DOMAIN", "NIC", "VIF", "MAC", "BRIDGE", "VLANS", "MTU", "TX CHECKSUM", "STATE");
        foreach (var nic in nics)
        {
            _ = listing.Row(
                nic.HostName,
                nic.DomainName,
                nic.Index,
                nic.Vif ?? nic.Tap,
                nic.Mac,
                nic.Bridge,
                Vlans(nic),
                nic.Mtu,
                nic.TransmitChecksumOffload is { } offload
                    ? offload
                        ? "offloaded"
                        : "computed"
                    : null,
                new Cell(Labels.Of(nic.State), nic.State is NicState.Connected ? Styles.Plain : Styles.Warning)
            );
        }

        return listing;
    }

    private static string? Vlans(XenDomainNic nic) =>
        nic.Mode switch
        {
            NicMode.Access => $"access {nic.AccessVlan?.ToString(CultureInfo.InvariantCulture) ?? "?"}",
            NicMode.Trunk => $"trunk {Labels.Trunk(nic.AllowedVlans, nic.NativeVlan)}",
            _ => null,
        };
}
