using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace XenVlan.Model;

/// <summary>A 48-bit Ethernet address.</summary>
public readonly record struct MacAddress
{
    private const int Bytes = 6;

    private readonly ulong _value;

    private MacAddress(ulong value) => _value = value;

    /// <summary>Whether it is a group (multicast or broadcast) address.</summary>
    public bool IsGroup => (_value >> 40 & 1) != 0;

    /// <summary>Whether the vendor part is 00:16:3e, which Xen assigns domains' NICs from.</summary>
    public bool IsXen => _value >> 24 == 0x00163e;

    /// <summary>Whether it is all zeros, as a bridge has that lost its last port, and no interface that can be reached.</summary>
    internal bool IsZero => _value == 0;

    /// <summary>Reads an address.</summary>
    /// <param name="text">Six pairs of hexadecimal digits, separated by <c>:</c> or <c>-</c>.</param>
    /// <returns>The address.</returns>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.InvalidValue"/>: not such an address.</exception>
    public static MacAddress Parse(string text) =>
        TryParse(text, out var address)
            ? address
            : throw Errors.Of(
                ErrorIds.InvalidValue,
                $"MAC address {text} is not valid: it must be six pairs of hexadecimal digits, such as " + $"00:16:3e:01:02:03."
            );

    /// <summary>Reads an address.</summary>
    /// <param name="text">Six pairs of hexadecimal digits, separated by <c>:</c> or <c>-</c>.</param>
    /// <param name="address">The address, where the text is one.</param>
    /// <returns>Whether the text is an address.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out MacAddress address)
    {
        address = default;
        var parts = text?.Split(':', '-');
        if (parts?.Length != Bytes)
            return false;

        var value = 0UL;
        foreach (var part in parts)
        {
            if (part.Length != 2 || !byte.TryParse(part, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet))
            {
                return false;
            }

            value = value << 8 | octet;
        }

        address = new MacAddress(value);
        return true;
    }

    /// <summary>Its bytes, as they are sent.</summary>
    internal byte[] GetAddressBytes()
    {
        var bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, _value);
        return bytes[^Bytes..];
    }

    /// <summary>The address as Linux prints it.</summary>
    /// <returns>Such as <c>00:16:3e:01:02:03</c>.</returns>
    public override string ToString() => string.Join(':', GetAddressBytes().Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
}
