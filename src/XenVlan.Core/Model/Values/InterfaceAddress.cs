using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace XenVlan.Model;

/// <summary>An IPv4 or IPv6 address of an interface, with the length of its network's prefix.</summary>
public sealed record InterfaceAddress
{
    private InterfaceAddress(IPAddress address, int prefixLength)
    {
        Address = address;
        PrefixLength = prefixLength;
    }

    /// <summary>The address.</summary>
    public IPAddress Address { get; }

    /// <summary>How many leading bits name the network: 0 to 32, or 0 to 128 for IPv6.</summary>
    public int PrefixLength { get; }

    /// <summary>Whether it is an IPv6 address.</summary>
    public bool IsIPv6 => Address.AddressFamily is AddressFamily.InterNetworkV6;

    /// <summary>Whether it is an IPv6 link-local address, which the kernel gives an interface by itself.</summary>
    public bool IsLinkLocal => Address.IsIPv6LinkLocal;

    /// <summary>Reads an address.</summary>
    /// <param name="text">Such as <c>10.10.0.1/24</c>; the prefix length must be there.</param>
    /// <returns>The address.</returns>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.InvalidValue"/>: not an address with a prefix length.</exception>
    public static InterfaceAddress Parse(string text) =>
        TryParse(text, out var address)
            ? address
            : throw Errors.Of(
                ErrorIds.InvalidValue,
                $"Address {text} is not valid: it must be an IPv4 or IPv6 address and the length of its prefix, " + $"such as 10.10.0.1/24."
            );

    /// <summary>Reads an address.</summary>
    /// <param name="text">Such as <c>10.10.0.1/24</c>; the prefix length must be there.</param>
    /// <param name="address">The address, where the text is one.</param>
    /// <returns>Whether the text is an address with a prefix length.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out InterfaceAddress? address)
    {
        address = null;
        var slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        if (
            slash < 0
            || !TryParseAddress(text![..slash], out var ip)
            || !int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            || length > (ip.AddressFamily is AddressFamily.InterNetworkV6 ? 128 : 32)
        )
        {
            return false;
        }

        address = new InterfaceAddress(ip, length);
        return true;
    }

    /// <summary>
    /// Reads an address without a prefix. Stricter than <see cref="IPAddress.TryParse(string?, out IPAddress?)"/>,
    /// which takes <c>10.1</c> for 10.0.0.1.
    /// </summary>
    /// <param name="text">Such as <c>10.10.0.1</c> or <c>2001:db8::1</c>.</param>
    /// <param name="address">The address, where the text is one.</param>
    /// <returns>Whether the text is an address.</returns>
    public static bool TryParseAddress(string? text, [NotNullWhen(true)] out IPAddress? address) =>
        IPAddress.TryParse(text, out address) && (address.AddressFamily is AddressFamily.InterNetworkV6 || address.ToString() == text);

    /// <summary>The last address of its network, which IPv4 takes for all of them.</summary>
    internal IPAddress Broadcast
    {
        get
        {
            var bytes = Address.GetAddressBytes();
            for (var bit = PrefixLength; bit < bytes.Length * 8; bit++)
                bytes[bit / 8] |= (byte)(0x80 >> (bit % 8));
            return new IPAddress(bytes);
        }
    }

    /// <summary>The mask of an IPv4 network, such as <c>255.255.255.0</c>.</summary>
    internal IPAddress Mask
    {
        get
        {
            var bytes = new byte[Address.GetAddressBytes().Length];
            for (var bit = 0; bit < PrefixLength; bit++)
                bytes[bit / 8] |= (byte)(0x80 >> (bit % 8));
            return new IPAddress(bytes);
        }
    }

    /// <summary>Whether an address lies in this address's network.</summary>
    /// <param name="other">The other address.</param>
    /// <returns>Whether the first <see cref="PrefixLength"/> bits are the same, in the same family.</returns>
    public bool NetworkContains(IPAddress other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.AddressFamily != Address.AddressFamily)
            return false;

        var mine = Address.GetAddressBytes();
        var theirs = other.GetAddressBytes();
        for (var bit = 0; bit < PrefixLength; bit++)
        {
            var mask = 0x80 >> (bit % 8);
            if ((mine[bit / 8] & mask) != (theirs[bit / 8] & mask))
                return false;
        }

        return true;
    }

    /// <summary>The address with its prefix length.</summary>
    /// <returns>Such as <c>10.10.0.1/24</c>.</returns>
    public override string ToString() => $"{Address}/{PrefixLength.ToString(CultureInfo.InvariantCulture)}";
}
