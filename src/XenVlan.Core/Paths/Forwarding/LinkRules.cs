using XenVlan.Model;
using XenVlan.Paths.Frames;

namespace XenVlan.Paths.Forwarding;

/// <summary>What holds for an interface by itself, whatever is on it.</summary>
internal static class LinkRules
{
    /// <summary>What keeps an interface from sending or receiving anything.</summary>
    /// <returns>The obstacle; null for none.</returns>
    public static Obstacle? Check(NetworkInterface link)
    {
        if (!link.IsUp)
            return new InterfaceDown();

        // VLANs and bridges take their carrier from what is below, where it is named better.
        return
            !link.HasCarrier
            && link.Kind is not (InterfaceKind.Vlan or InterfaceKind.Bridge or InterfaceKind.OpenVSwitch or InterfaceKind.Loopback)
            ? new NoCarrier(link.Kind is InterfaceKind.Vif)
            : null;
    }

    /// <summary>
    /// The largest packet an interface takes from a bridge to send. The kernel leaves room for one tag above the MTU, also
    /// where there is no tag (<c>__is_skb_forwardable</c> in <c>include/linux/netdevice.h</c>); a network card is trusted
    /// with its MTU only.
    /// </summary>
    /// <param name="index">The host's interfaces.</param>
    /// <param name="link">The interface.</param>
    /// <param name="frame">The frame it is to send.</param>
    /// <returns>The size in bytes.</returns>
    public static int ForwardMtu(HostIndex index, NetworkInterface link, Frame frame)
    {
        if (link.Kind is InterfaceKind.Physical)
            return link.Mtu - frame.InnerTagBytes;

        // A VLAN interface above a device that does not put tags on has a header of 18 bytes (vlan_dev_init in net/8021q/vlan_dev.c).
        var header = link.Vlan is { } vlan && index.Find(vlan.Parent)?.Interface.Offloads?.TransmitVlan is false ? Frame.TagSize : 0;
        return link.Mtu + Frame.TagSize + header - frame.InsideBytes;
    }

    /// <summary>
    /// The largest packet an interface takes from a wire. The other half of a veth pair looks at its own MTU, with room for
    /// one tag (<c>__dev_forward_skb</c> in <c>net/core/dev.c</c>); a network card is trusted with its MTU only; nothing
    /// limits what comes from a domain.
    /// </summary>
    /// <param name="link">The interface.</param>
    /// <param name="frame">The frame it is to receive.</param>
    /// <returns>The size in bytes; null for no limit.</returns>
    public static int? ReceiveMtu(NetworkInterface link, Frame frame) =>
        link.Kind switch
        {
            InterfaceKind.Physical => link.Mtu - frame.InnerTagBytes,
            InterfaceKind.Other => link.Mtu + Frame.TagSize - frame.InsideBytes,
            _ => null,
        };
}
