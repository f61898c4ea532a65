using XenVlan.Cli.Output;
using XenVlan.Model;

namespace XenVlan.Cli.Reports;

/// <summary>The ports of bridges as a table.</summary>
internal static class BridgePortTable
{
    /// <summary>Makes the table.</summary>
    public static Listing Of(IEnumerable<XenBridge> bridges)
    {
        var listing = new Listing("HOST", "BRIDGE", "PORT", "ROLE", "DOMAIN", "VLANS", "MTU", "STATE");
        foreach (var bridge in bridges)
        {
            foreach (var port in bridge.Ports)
            {
                _ = listing.Row(
                    bridge.HostName,
                    bridge.Name,
                    port.Name,
                    port.IsFakeBridge ? "fake bridge" : Labels.Of(port.Role),
                    port.Role is BridgePortRole.Internal ? $"domain 0 {Labels.Addresses(port.Addresses)}".TrimEnd() : port.DomainName,
                    bridge.VlanFiltering ? Labels.Vlans(port.AllowedVlans, port.UntaggedVlans, port.Pvid) : "all",
                    port.Mtu,
                    State(port)
                );
            }
        }

        return listing;
    }

    private static Cell State(XenBridgePort port)
    {
        var state = port.State is { } known ? Labels.Of(known) : null;
        return new Cell(
            port.IsIsolated ? $"{state}, isolated" : state,
            port.State is null or BridgePortState.Forwarding ? Styles.Plain : Styles.Bad
        );
    }
}
