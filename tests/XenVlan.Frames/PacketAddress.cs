using System.Runtime.InteropServices;

namespace XenVlan.Frames;

/// <summary><c>struct sockaddr_ll</c>, see packet(7).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct PacketAddress
{
    public const byte ToThisHost = 0; // PACKET_HOST
    public const byte Broadcast = 1; // PACKET_BROADCAST
    public const byte Multicast = 2; // PACKET_MULTICAST

    public ushort Family;
    public ushort Protocol; // in network byte order
    public int Interface;
    public ushort HardwareType;
    public byte PacketType;
    public byte HardwareLength;
    public fixed byte Hardware[8];
}
