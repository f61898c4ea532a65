using System.Globalization;
using XenVlan.Cli.Output;
using XenVlan.Model;

namespace XenVlan.Cli.Reports;

/// <summary>VLAN interfaces as a table.</summary>
internal static class VlanInterfaceTable
{
    /// <summary>Makes the table.</summary>
    public static Listing Of(IEnumerable<XenVlanInterface> interfaces)
    {
        var listing = new Listing("HOST", "INTERFACE", "VLAN", "TAG", "ON", "MTU", "STATE", "BRIDGE", "ADDRESSES");
        foreach (var link in interfaces)
        {
            _ = listing.Row(
                link.HostName,
                link.Name,
                link.VlanId?.ToString(CultureInfo.InvariantCulture) ?? "?",
                Labels.Of(link.Protocol),
                link.Parent,
                link.Mtu,
                new Cell(State(link), link is { IsUp: true, HasCarrier: true } ? Styles.Plain : Styles.Warning),
                link.Bridge,
                Labels.Addresses(link.Addresses)
            );
        }

        return listing;
    }

    private static string State(XenVlanInterface link) => link.IsUp && !link.HasCarrier ? "no link" : Labels.UpDown(link.IsUp);
}
