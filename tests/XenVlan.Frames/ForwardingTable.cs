using System.Buffers.Binary;
using System.Text;

namespace XenVlan.Frames;

/// <summary>
/// Empties a bridge's forwarding table of what the bridge learned, by rtnetlink(7): <c>RTM_NEWLINK</c> with
/// <c>IFLA_BR_FDB_FLUSH</c> (<c>br_changelink</c> in <c>net/bridge/br_netlink.c</c>).
/// </summary>
internal sealed unsafe class ForwardingTable : IDisposable
{
    private const int HeaderLength = 16;
    private const int LinkLength = 16;
    private const ushort NewLink = 16;
    private const ushort RequestAndAcknowledge = 1 | 4;
    private const ushort LinkInfo = 18;
    private const ushort InfoKind = 1;
    private const ushort InfoData = 2;
    private const ushort FlushAttribute = 21;

    private readonly int _descriptor;
    private readonly byte[] _message;

    /// <summary>Prepares for a bridge of the namespace this thread is in.</summary>
    /// <param name="bridge">Its name.</param>
    /// <exception cref="IOException">There is none.</exception>
    public ForwardingTable(string bridge)
    {
        var index = (int)Libc.if_nametoindex(bridge);
        if (index == 0)
            throw Libc.Error(bridge);
        _descriptor = Libc.socket(Libc.AddressFamilyNetlink, Libc.RawSocket | Libc.CloseOnExec, 0);
        if (_descriptor < 0)
            throw Libc.Error("a netlink socket");

        var info = Attribute(
            LinkInfo,
            [.. Attribute(InfoKind, Encoding.ASCII.GetBytes("bridge\0")), .. Attribute(InfoData, Attribute(FlushAttribute, []))]
        );
        _message = new byte[HeaderLength + LinkLength + info.Length];
        BinaryPrimitives.WriteInt32LittleEndian(_message, _message.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(_message.AsSpan(4), NewLink);
        BinaryPrimitives.WriteUInt16LittleEndian(_message.AsSpan(6), RequestAndAcknowledge);
        BinaryPrimitives.WriteInt32LittleEndian(_message.AsSpan(HeaderLength + 4), index);
        info.CopyTo(_message, HeaderLength + LinkLength);
    }

    /// <summary>Empties it.</summary>
    /// <exception cref="IOException">The kernel refused.</exception>
    public void Flush()
    {
        var answer = stackalloc byte[1024];
        fixed (byte* data = _message)
        {
            if (
                Libc.send(_descriptor, data, _message.Length, 0) < 0
                || Libc.recvfrom(_descriptor, answer, 1024, 0, null, null) < HeaderLength + 4
            )
                throw Libc.Error("emptying a forwarding table");
        }

        // struct nlmsgerr: the error, 0 for done, behind the header.
        var error = *(int*)(answer + HeaderLength);
        if (error != 0)
            throw new IOException($"emptying a forwarding table: error {-error}");
    }

    public void Dispose() => _ = Libc.close(_descriptor);

    private static byte[] Attribute(ushort kind, byte[] content)
    {
        var length = 4 + content.Length;
        var bytes = new byte[(length + 3) & ~3];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)length);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2), kind);
        content.CopyTo(bytes, 4);
        return bytes;
    }
}
