using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace XenVlan.Frames;

/// <summary>
/// A socket for the frames of one EtherType that an interface hands to its own host. The kernel gives such a socket a
/// frame where it gives it to IP or ARP (<c>ptype_specific</c>, at the end of <c>__netif_receive_skb_core</c> in
/// <c>net/core/dev.c</c>): not what a bridge took before. What a VLAN interface took comes to the socket of the interface
/// it came in by as well, but with the VLAN interface's number. A frame whose VLAN nobody took comes without its tag, but
/// as for another host (<c>PACKET_OTHERHOST</c>).
/// </summary>
internal sealed unsafe class PacketSocket : IDisposable
{
    private const int HardwareLength = 6;
    private const int Buffer = 16 * 1024 * 1024;

    // EMSGSIZE and EAGAIN (errno-base.h, errno.h)
    private const int TooLong = 90;
    private const int WouldBlock = 11;

    private readonly int _descriptor;
    private readonly int _interface;
    private readonly ushort _protocol;

    /// <summary>Opens a socket in the namespace this thread is in.</summary>
    /// <param name="name">The interface.</param>
    /// <param name="etherType">The frames.</param>
    /// <exception cref="IOException">There is no such interface.</exception>
    public PacketSocket(string name, ushort etherType)
    {
        _protocol = BinaryPrimitives.ReverseEndianness(etherType);
        _interface = (int)Libc.if_nametoindex(name);
        if (_interface == 0)
            throw Libc.Error(name);

        // With protocol 0 nothing comes before it is bound to the one interface.
        _descriptor = Libc.socket(Libc.AddressFamilyPacket, Libc.DatagramSocket | Libc.CloseOnExec, 0);
        if (_descriptor < 0)
            throw Libc.Error("a packet socket");
        var buffer = Buffer;
        var address = new PacketAddress
        {
            Family = Libc.AddressFamilyPacket,
            Protocol = _protocol,
            Interface = _interface,
        };
        var length = sizeof(PacketAddress);
        if (
            Libc.setsockopt(_descriptor, Libc.SocketLevel, Libc.ReceiveBufferForce, &buffer, sizeof(int)) < 0
            || Libc.bind(_descriptor, &address, sizeof(PacketAddress)) < 0
            || Libc.getsockname(_descriptor, &address, &length) < 0
        )
        {
            throw Libc.Error($"a packet socket on {name}");
        }

        Mac = new ReadOnlySpan<byte>(address.Hardware, HardwareLength).ToArray();
    }

    /// <summary>The interface's Ethernet address.</summary>
    public byte[] Mac { get; }

    /// <summary>Sends a broadcast, with the header IP would get, and within the interface's MTU as for IP.</summary>
    /// <param name="packet">The packet behind the header.</param>
    /// <returns>False when it is larger than the interface's MTU.</returns>
    public bool Broadcast(ReadOnlySpan<byte> packet) => Send(packet, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);

    /// <summary>Sends a frame, as <see cref="Broadcast"/> does.</summary>
    /// <param name="packet">The packet behind the header.</param>
    /// <param name="to">Whom it is for: six bytes.</param>
    /// <returns>False when it is larger than the interface's MTU.</returns>
    public bool Send(ReadOnlySpan<byte> packet, ReadOnlySpan<byte> to)
    {
        var address = new PacketAddress
        {
            Family = Libc.AddressFamilyPacket,
            Protocol = _protocol,
            Interface = _interface,
            HardwareLength = HardwareLength,
        };
        to.CopyTo(new Span<byte>(address.Hardware, HardwareLength));
        fixed (byte* data = packet)
        {
            // A frame that is lost on its way out, or an interface that is down, is what is being asked about.
            return Libc.sendto(_descriptor, data, packet.Length, Libc.DoNotWait, &address, sizeof(PacketAddress)) >= 0
                || Marshal.GetLastPInvokeError() != TooLong;
        }
    }

    /// <summary>Takes a frame that is waiting.</summary>
    /// <param name="packet">Gets the packet, as much of it as there is room for.</param>
    /// <param name="type">Whom the frame was for.</param>
    /// <returns>How much was put there; negative when none waits.</returns>
    public int Receive(Span<byte> packet, out byte type)
    {
        var address = default(PacketAddress);
        var length = sizeof(PacketAddress);
        fixed (byte* data = packet)
        {
            var got = Libc.recvfrom(_descriptor, data, packet.Length, Libc.DoNotWait, &address, &length);
            type = address.PacketType;

            // A socket learns that its interface went down only once, as an error.
            if (got < 0)
                return Marshal.GetLastPInvokeError() == WouldBlock ? -1 : Receive(packet, out type);
            return address.Interface == _interface ? (int)got : Receive(packet, out type);
        }
    }

    /// <summary>Waits for a frame.</summary>
    /// <param name="milliseconds">How long at most.</param>
    public void Wait(int milliseconds)
    {
        var entry = new PollEntry { Descriptor = _descriptor, Events = Libc.PollIn };
        _ = Libc.poll(&entry, 1, milliseconds);
    }

    public void Dispose() => _ = Libc.close(_descriptor);
}
