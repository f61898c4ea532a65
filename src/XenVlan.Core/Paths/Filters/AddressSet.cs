using System.Net;
using System.Net.Sockets;

namespace XenVlan.Paths.Filters;

/// <summary>Tells whether an IP address is one of those that a rule of a packet filter names.</summary>
internal static class AddressSet
{
    /// <summary>Whether an address is one of those a text stands for.</summary>
    /// <param name="text"><c>10.0.0.1</c>, <c>10.0.0.0/8</c>, <c>10.0.0.0/255.0.0.0</c> or <c>10.0.0.1-10.0.0.9</c>.</param>
    /// <param name="address">The address.</param>
    /// <returns>Whether it is; null where the text is none of these.</returns>
    public static bool? Contains(string text, IPAddress address)
    {
        if (text.Split('-', 2) is [var low, var high])
            return Parse(low) is { } first && Parse(high) is { } last
                ? IsSame(first, address) && Compare(first, address) <= 0 && Compare(address, last) <= 0
                : null;
        var parts = text.Split('/', 2);
        if (Parse(parts[0]) is not { } network)
            return null;
        if (!IsSame(network, address))
            return false;
        var mask =
            parts.Length == 1 ? Mask(network, network.GetAddressBytes().Length * 8)
            : int.TryParse(parts[1], out var length) ? Mask(network, length)
            : Parse(parts[1])?.GetAddressBytes();
        if (mask is null || mask.Length != network.GetAddressBytes().Length)
            return null;
        return network.GetAddressBytes().Zip(address.GetAddressBytes(), mask).All(b => (b.First & b.Third) == (b.Second & b.Third));
    }

    private static IPAddress? Parse(string text) =>
        IPAddress.TryParse(text, out var address)
        && (address.AddressFamily is AddressFamily.InterNetworkV6 || text.Contains('.', StringComparison.Ordinal))
            ? address
            : null;

    private static bool IsSame(IPAddress one, IPAddress other) => one.AddressFamily == other.AddressFamily;

    private static int Compare(IPAddress one, IPAddress other) => one.GetAddressBytes().AsSpan().SequenceCompareTo(other.GetAddressBytes());

    private static byte[]? Mask(IPAddress of, int length)
    {
        var mask = new byte[of.GetAddressBytes().Length];
        if (length < 0 || length > mask.Length * 8)
            return null;
        for (var bit = 0; bit < length; bit++)
            mask[bit / 8] |= (byte)(0x80 >> (bit % 8));
        return mask;
    }
}
