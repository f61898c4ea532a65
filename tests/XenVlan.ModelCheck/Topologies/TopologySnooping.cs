using System.Globalization;

namespace XenVlan.ModelCheck.Topologies;

/// <summary>
/// Lets bridges of a topology snoop multicasts: with a querier or without, which without an address of its own asks by IPv4 only,
/// with listeners at the right ports or at any, and with ports of routers.
/// </summary>
internal static class TopologySnooping
{
    /// <summary>Adds the settings, when it is known which interfaces ask and answer.</summary>
    /// <param name="builder">The topology so far.</param>
    /// <param name="ends">The interfaces.</param>
    /// <returns>The bridges that ask by IPv6.</returns>
    public static IReadOnlyList<Device> Add(TopologyBuilder builder, IReadOnlyList<Device> ends)
    {
        var dice = builder.Dice;
        var queriers = new List<Device>();
        foreach (var bridge in builder.Devices.Where(d => d.Kind is DeviceKind.Bridge))
        {
            var late = bridge.Space.Late;
            if (dice.Percent(20))
            {
                late.Add($"link set {bridge.Name} type bridge mcast_snooping 0");
                continue;
            }

            AddListeners(builder, bridge, ends);
            if (dice.Percent(12))
                late.Add($"link set {bridge.Name} type bridge mcast_router {dice.Of([0, 2])}");
            if (!dice.Percent(45))
                continue;

            // What comes in the first moments of a querier goes to all, and it begins anew with each of its addresses.
            if (dice.Percent(80))
            {
                queriers.Add(bridge);
                late.Add(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"address add fe80::{queriers.Count}:{bridge.Space.Name[1]}fff/64 dev {bridge.Name} nodad"
                    )
                );
            }

            late.Add($"link set {bridge.Name} type bridge mcast_query_response_interval 10");
            late.Add($"link set {bridge.Name} type bridge mcast_querier 1");
        }

        return queriers;
    }

    private static void AddListeners(TopologyBuilder builder, Device bridge, IReadOnlyList<Device> ends)
    {
        // What a host itself listens to ends after 260 s unless it says so again, which nobody does here.
        bridge.Space.Links.Add($"link set {bridge.Name} type bridge mcast_membership_interval 360000");
        var dice = builder.Dice;
        var ports = builder.Devices.Where(d => ReferenceEquals(d.Master, bridge)).ToList();
        foreach (var port in ports.Where(_ => dice.Percent(6)))
            port.Space.Links.Add($"link set {port.Name} type bridge_slave mcast_router {dice.Of([0, 2, 2])}");
        for (var end = 0; end < ends.Count; end++)
        {
            // A bridge that filters has listeners by VLANs.
            foreach (var port in ports.Where(_ => dice.Percent(35)))
            {
                var vlan = bridge.Filters ? $" vid {(dice.Percent(85) ? builder.VlanId() : 1)}" : "";
                bridge.Space.Groups.Add($"mdb add dev {bridge.Name} port {port.Name} grp ff02::1:ff00:{end + 1:x} permanent{vlan}");
            }

            if (dice.Percent(35))
                bridge.Space.Groups.Add(
                    $"mdb add dev {bridge.Name} port {bridge.Name} grp ff02::1:ff00:{end + 1:x} "
                        + $"temp{(bridge.Filters ? $" vid {builder.VlanId()}" : "")}"
                );
        }
    }
}
