using System.Net;
using System.Net.Sockets;
using XenVlan.Model;
using XenVlan.Paths.Frames;

namespace XenVlan.Paths.Forwarding;

/// <summary>
/// Where a bridge of the Linux kernel sends a multicast of IPv6: <c>br_multicast_rcv</c>, <c>br_mdb_entry_skb_get</c> and
/// <c>br_multicast_querier_exists</c> (<c>net/bridge/br_multicast.c</c>, <c>br_private.h</c>) say whether it snoops,
/// <c>br_multicast_flood</c> (<c>br_forward.c</c>) to which ports, <c>br_handle_frame_finish</c> (<c>br_input.c</c>) whether to the
/// host itself.
/// </summary>
internal sealed class SnoopingRules(FrameCast cast, FrameContent content)
{
    private const int AlwaysRouter = 2;
    private const int GroupPrefix = 13;
    private const string AllNodes = "ff02::1";
    private static readonly byte[] SolicitedNode = IPAddress.Parse("ff02::1:ff00:0").GetAddressBytes();

    /// <summary>The group that the frame is for; null where it is not known.</summary>
    public string? Group { get; } = GroupOf(content.To)?.ToString();

    /// <summary>Whether a bridge passes a multicast by its listeners alone, and not to all.</summary>
    /// <returns>Whether it does; null where that is not known.</returns>
    public bool? IsSnooped(NetworkInterface bridge, Frame frame)
    {
        // A tag inside the outermost hides what is in the frame.
        if (cast is not FrameCast.Multicast || frame.TagCount > 1)
            return false;
        return bridge.Bridge!.Snooping switch
        {
            { IsOn: false } => false,
            { HasMldQuerier: false, IsPerVlan: false } => false,
            { IsOn: true } when Group == AllNodes => false,
            { IsOn: true, HasMldQuerier: true, IsPerVlan: false } => true,
            _ => null,
        };
    }

    /// <summary>Whether a port gets a multicast that is passed by its listeners.</summary>
    /// <returns>Whether it does; null where that is not known.</returns>
    public bool? Reaches(NetworkInterface bridge, NetworkInterface port, Frame frame)
    {
        // A port that is always one of routers is so for both protocols; one that was heard is so for one of them, which bridge(8) does
        // not tell.
        if (port.Port!.MulticastRouter is AlwaysRouter)
            return true;
        var snooping = bridge.Bridge!.Snooping;
        var listens = Listens(bridge, port.Name, frame);
        if (listens is true && port.Port.MulticastToUnicast)
            listens = null;
        if (listens is not false)
            return listens;
        return snooping is { RouterPorts: { } routers } && !routers.Contains(port.Name, StringComparer.Ordinal) ? false : null;
    }

    /// <summary>Whether the host itself gets a multicast that is passed by its listeners.</summary>
    /// <returns>Whether it does; null where that is not known.</returns>
    public bool? ReachesHost(NetworkInterface bridge, Frame frame)
    {
        if (bridge.IsPromiscuous || bridge.Bridge!.Snooping is { IsRouter: true, IsPerVlan: false })
            return true;

        // Kernels since 6.15 give it all multicasts then (br_handle_frame_finish).
        var listens = Listens(bridge, bridge.Name, frame);
        return listens is false && (bridge.IsAllMulticast || bridge.Bridge.Snooping is { IsRouter: null }) ? null : listens;
    }

    // The group a neighbour is asked in (RFC 4291, 2.7.1), or the group itself.
    private static IPAddress? GroupOf(IPAddress? address)
    {
        if (address is not { AddressFamily: AddressFamily.InterNetworkV6 })
            return null;
        if (address.IsIPv6Multicast)
            return address;
        byte[] group = [.. SolicitedNode.Take(GroupPrefix), .. address.GetAddressBytes().Skip(GroupPrefix)];
        return new IPAddress(group);
    }

    private bool? Listens(NetworkInterface bridge, string port, Frame frame)
    {
        if (bridge.Bridge!.Snooping is not { IsPerVlan: false, Members: { } members } || Group is not { } group)
            return null;
        var vlan = bridge.Bridge.VlanFiltering ? frame.Outer?.Vlan : null;
        var own = members.Where(m => m.Vlan == vlan && m.Group == group).ToList();
        return own.Exists(m => m.IsConditional) ? null : own.Exists(m => m.Port == port);
    }
}
