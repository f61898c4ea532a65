using System.Net;

namespace XenVlan.Frames;

/// <summary>An interface that asks and answers.</summary>
/// <param name="Number">Its number in the plan, from 0.</param>
/// <param name="Address">Its IPv4 address, four bytes.</param>
/// <param name="Arp">Its ARP.</param>
/// <param name="Neighbors">Its IPv6.</param>
/// <param name="Sizes">Its packets of many sizes.</param>
internal sealed record FrameEnd(int Number, byte[] Address, PacketSocket Arp, PacketSocket Neighbors, PacketSocket Sizes) : IDisposable
{
    /// <summary>The EtherType for experiments on a local network (IEEE 802, 9.2.4).</summary>
    private const ushort LocalExperiment = 0x88b5;
    private const ushort ArpType = 0x0806;
    private const ushort IPv6Type = 0x86dd;

    public static FrameEnd Open(int number, string name, IPAddress address) =>
        new(
            number,
            address.GetAddressBytes(),
            new PacketSocket(name, ArpType),
            new PacketSocket(name, IPv6Type),
            new PacketSocket(name, LocalExperiment)
        );

    public void Dispose()
    {
        Arp.Dispose();
        Neighbors.Dispose();
        Sizes.Dispose();
    }
}
