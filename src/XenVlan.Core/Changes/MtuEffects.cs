using XenVlan.Model;

namespace XenVlan.Changes;

/// <summary>
/// What the kernel changes by itself when an interface's MTU or a bridge's ports change: VLAN interfaces are lowered with
/// their parent and stay so (<c>vlan_device_event</c> in <c>net/8021q/vlan.c</c>), a bridge takes the smallest MTU of its ports
/// and 1500 without one, unless somebody has set its MTU (<c>br_mtu_auto_adjust</c> in <c>net/bridge/br_if.c</c>; before Linux
/// 4.17 in any case), and a bond's slaves have its MTU (<c>bond_change_mtu</c>).
/// </summary>
internal static class MtuEffects
{
    private const int PortlessBridge = 1500;

    /// <summary>The least MTU of an interface that has IPv6 (RFC 8200, 5); with less the kernel takes it away
    /// (<c>addrconf_notify</c>).</summary>
    public const int LeastOfIPv6 = 1280;

    /// <summary>A host as it is when an interface was given an MTU.</summary>
    /// <param name="host">The host before.</param>
    /// <param name="name">The interface.</param>
    /// <param name="mtu">The MTU in bytes.</param>
    public static HostSnapshot OfMtu(HostSnapshot host, string name, int mtu)
    {
        if (host.FindInterface(name) is not { } link || link.Mtu == mtu)
            return host;
        var bridge = link.Port is null ? null : host.FindInterface(link.Master);
        var follows = bridge is not null && Follows(host, bridge);

        var lost = mtu < LeastOfIPv6 ? link.Addresses.Where(a => a.IsIPv6).ToList() : [];
        var after = host.Replacing(
            link with
            {
                Mtu = mtu,
                Addresses = lost.Count == 0 ? link.Addresses : [.. link.Addresses.Except(lost)],
            }
        );
        after = (link.Bond?.Slaves ?? []).Aggregate(after, (h, slave) => OfMtu(h, slave, mtu));
        after = host.Interfaces.Where(i => i.Vlan?.Parent == name && i.Mtu > mtu).Aggregate(after, (h, above) => OfMtu(h, above.Name, mtu));
        return follows ? OfMtu(after, bridge!.Name, LeastOfPorts(after, bridge.Name)) : after;
    }

    /// <summary>A host as it is when a bridge got a port or lost one.</summary>
    /// <param name="before">The host before.</param>
    /// <param name="after">The host afterwards, with the bridge's MTU as it was.</param>
    /// <param name="bridge">The bridge's name.</param>
    public static HostSnapshot OfPorts(HostSnapshot before, HostSnapshot after, string bridge) =>
        before.FindInterface(bridge) is { Bridge: not null } link && Follows(before, link)
            ? OfMtu(after, bridge, LeastOfPorts(after, bridge))
            : after;

    /// <summary>The interfaces whose MTU differs, as they were, each after those it stands on.</summary>
    public static IReadOnlyList<NetworkInterface> Changed(HostSnapshot before, HostSnapshot after) =>
        [
            .. before
                .Interfaces.Where(i => after.FindInterface(i.Name) is { } now && now.Mtu != i.Mtu)
                .OrderBy(i => Height(before, i, 0))
                .ThenBy(i => i.Name, StringComparer.Ordinal),
        ];

    private static bool Follows(HostSnapshot host, NetworkInterface bridge)
    {
        var ports = Ports(host, bridge.Name).ToList();
        return ports.Count == 0 || bridge.Mtu == ports.Min(p => p.Mtu) || !host.Kernel.IsAtLeast(4, 17);
    }

    private static int LeastOfPorts(HostSnapshot host, string bridge) =>
        Ports(host, bridge).Select(p => p.Mtu).DefaultIfEmpty(PortlessBridge).Min();

    private static IEnumerable<NetworkInterface> Ports(HostSnapshot host, string bridge) =>
        host.Interfaces.Where(i => i.Port is not null && i.Master == bridge);

    // The kernel allows only so many on top of each other (MAX_NEST_DEV, 8); what was read may be anything.
    private static int Height(HostSnapshot host, NetworkInterface link, int depth)
    {
        const int Highest = 16;
        if (depth == Highest)
            return Highest;
        var below =
            link.Vlan is { } vlan ? [vlan.Parent]
            : link.Bond is { } bond ? [.. bond.Slaves]
            : Ports(host, link.Name).Select(p => p.Name).ToList();
        return below
            .Select(host.FindInterface)
            .OfType<NetworkInterface>()
            .Select(b => 1 + Height(host, b, depth + 1))
            .DefaultIfEmpty(0)
            .Max();
    }
}
