using System.Buffers.Binary;

namespace XenVlan.Lab.Switching;

/// <summary>What the switch looks at in a frame: addresses, tag, size of what it carries.</summary>
internal readonly ref struct EthernetFrame
{
    public const int TagLength = 4;
    private const int AddressesLength = 12;
    private const int HeaderLength = 14;
    private const ushort VlanProtocol = 0x8100;
    private const int IdMask = 0xfff;

    private EthernetFrame(ReadOnlySpan<byte> bytes) => Bytes = bytes;

    public ReadOnlySpan<byte> Bytes { get; }

    public static bool TryRead(ReadOnlySpan<byte> bytes, out EthernetFrame frame)
    {
        frame = new EthernetFrame(bytes);
        return bytes.Length >= HeaderLength && (!frame.IsTagged || bytes.Length >= HeaderLength + TagLength);
    }

    /// <summary>Whether there is an 802.1Q tag. One of 802.1ad is payload to this switch.</summary>
    public bool IsTagged => BinaryPrimitives.ReadUInt16BigEndian(Bytes[AddressesLength..]) == VlanProtocol;

    /// <summary>The tag's VLAN id; 0, a priority tag, belongs to the native VLAN like no tag at all.</summary>
    public int TaggedVlan => IsTagged ? BinaryPrimitives.ReadUInt16BigEndian(Bytes[HeaderLength..]) & IdMask : 0;

    public ulong Destination => Address(Bytes);

    public ulong Source => Address(Bytes[6..]);

    public bool IsForMany => (Bytes[0] & 1) != 0;

    public int PayloadLength => Bytes.Length - HeaderLength - (IsTagged ? TagLength : 0);

    /// <summary>Writes the frame with or without a tag, and returns how long it is then.</summary>
    public int CopyTo(Span<byte> target, int? tag)
    {
        Bytes[..AddressesLength].CopyTo(target);
        var rest = Bytes[(AddressesLength + (IsTagged ? TagLength : 0))..];
        if (tag is not { } vlan)
        {
            rest.CopyTo(target[AddressesLength..]);
            return AddressesLength + rest.Length;
        }

        // The priority bits of a tagged frame stay.
        var priority = IsTagged ? BinaryPrimitives.ReadUInt16BigEndian(Bytes[HeaderLength..]) & ~IdMask : 0;
        BinaryPrimitives.WriteUInt16BigEndian(target[AddressesLength..], VlanProtocol);
        BinaryPrimitives.WriteUInt16BigEndian(target[HeaderLength..], (ushort)(priority | vlan));
        rest.CopyTo(target[(AddressesLength + TagLength)..]);
        return AddressesLength + TagLength + rest.Length;
    }

    private static ulong Address(ReadOnlySpan<byte> bytes) =>
        ((ulong)BinaryPrimitives.ReadUInt16BigEndian(bytes) << 32) | BinaryPrimitives.ReadUInt32BigEndian(bytes[2..]);
}
