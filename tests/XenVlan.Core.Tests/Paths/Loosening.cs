using XenVlan.Model;

namespace XenVlan.Tests.Paths;

/// <summary>Changes of an interface's settings that only let more pass.</summary>
internal static class Loosening
{
    /// <summary>A setting as it lets less pass, and as it lets more pass.</summary>
    public static IReadOnlyList<(
        Func<NetworkInterface, NetworkInterface> Less,
        Func<NetworkInterface, NetworkInterface> More
    )> All { get; } =
    [
        (i => i with { IsUp = false, HasCarrier = false }, SetUp),
        (i => i with { Mtu = 1300 }, i => i with { Mtu = 1600 }),
        (i => Forbid(i, new VlanId(10)), i => Allow(i, new VlanId(10))),
        (i => Forbid(i, new VlanId(20)), i => Allow(i, new VlanId(20))),
        (i => Port(i, p => p with { State = BridgePortState.Blocking }), i => Port(i, p => p with { State = BridgePortState.Forwarding })),
        (i => Port(i, p => p with { Isolated = true }), i => Port(i, p => p with { Isolated = false })),
        (i => Port(i, p => p with { Learning = false }), i => Port(i, p => p with { Learning = true })),
        (
            i => Port(i, p => p with { BroadcastFlood = false, UnicastFlood = false }),
            i => Port(i, p => p with { BroadcastFlood = true, UnicastFlood = true })
        ),
        (i => i with { IsPromiscuous = false }, i => i with { IsPromiscuous = true }),
    ];

    /// <summary>What takes an obstacle away at the place it is named for; null where one setting does not.</summary>
    public static Func<NetworkInterface, NetworkInterface>? Mend(PathHop obstacle) =>
        obstacle switch
        {
            { Reason: PathReason.InterfaceDown or PathReason.NoCarrier } => SetUp,
            { Reason: PathReason.PortNotForwarding } => i => Port(i, p => p with { State = BridgePortState.Forwarding }),
            { Reason: PathReason.PortsIsolated } => i => Port(i, p => p with { Isolated = false }),
            { Reason: PathReason.FloodingOff } => i => Port(i, p => p with { BroadcastFlood = true }),
            { Reason: PathReason.VlanNotAllowedOnPort or PathReason.VlanNotAllowedOnBridge, Tags: [var tag, ..] } => i =>
                Allow(i, tag.Vlan),
            _ => null,
        };

    private static NetworkInterface SetUp(NetworkInterface link) => link with { IsUp = true, HasCarrier = true };

    private static NetworkInterface Port(NetworkInterface link, Func<BridgePortDetails, BridgePortDetails> change) =>
        link.Port is { } port ? link with { Port = change(port) } : link;

    private static NetworkInterface Allow(NetworkInterface link, VlanId vlan) =>
        link.PortVlans is { } vlans ? link with { PortVlans = vlans with { Allowed = vlans.Allowed.Union(VlanSet.Of(vlan)) } } : link;

    private static NetworkInterface Forbid(NetworkInterface link, VlanId vlan)
    {
        var set = VlanSet.Of(vlan);
        return link.PortVlans is { } vlans
            ? link with
            {
                PortVlans = new(vlans.Allowed.Except(set), vlans.Untagged.Except(set), vlans.Pvid == vlan ? null : vlans.Pvid),
            }
            : link;
    }
}
