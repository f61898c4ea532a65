using System.Globalization;
using XenVlan.Cli.Output;
using XenVlan.Model;

namespace XenVlan.Cli.Reports;

/// <summary>Bridges as a table.</summary>
internal static class BridgeTable
{
    /// <summary>Makes the table.</summary>
    public static Listing Of(IEnumerable<XenBridge> bridges)
    {
        var listing = new Listing("HOST", "BRIDGE", "KIND", "FILTERS", "DOMAIN 0 ON", "STP", "MTU", "STATE", "UPLINKS", "ADDRESSES");
        foreach (var bridge in bridges)
        {
            _ = listing.Row(
                bridge.HostName,
                bridge.Name,
                Labels.Of(bridge.Kind),
                Labels.YesNo(bridge.VlanFiltering),
                bridge.VlanFiltering
                    ? Labels.Vlans(bridge.OwnVlans, bridge.OwnPvid?.ToString(CultureInfo.InvariantCulture), bridge.OwnPvid)
                    : null,
                Labels.YesNo(bridge.SpanningTree),
                bridge.Mtu,
                Labels.UpDown(bridge.IsUp),
                string.Join(", ", bridge.Uplinks),
                Labels.Addresses(bridge.Addresses)
            );
        }

        return listing;
    }
}
