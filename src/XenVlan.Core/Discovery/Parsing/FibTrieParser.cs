using System.Globalization;
using System.Net;
using System.Numerics;
using XenVlan.Model;

namespace XenVlan.Discovery.Parsing;

/// <summary>
/// Works IPv4 addresses out from <c>/proc/net/fib_trie</c>, which has the host's addresses without their interfaces
/// (<c>fib_trie_seq_show</c> in the kernel's <c>net/ipv4/fib_trie.c</c>), and <c>/proc/net/route</c>, which has the
/// networks of the interfaces that are up.
/// </summary>
internal static class FibTrieParser
{
    private const int Gateway = 0x2;

    /// <summary>Works the addresses out.</summary>
    /// <param name="trie">The lines of <c>fib_trie</c>.</param>
    /// <param name="routes">The lines of <c>route</c>.</param>
    /// <returns>Addresses by the interface's name; those that lie in no interface's network are missing.</returns>
    public static Dictionary<string, List<InterfaceAddress>> Parse(IEnumerable<string> trie, IEnumerable<string> routes)
    {
        var networks = Networks(routes);
        var found = new Dictionary<string, List<InterfaceAddress>>(StringComparer.Ordinal);
        foreach (var local in LocalAddresses(trie))
        {
            // The loopback network's route is in no table that /proc/net/route shows.
            if (IPAddress.IsLoopback(local))
            {
                if (InterfaceAddress.TryParse($"{local}/8", out var loopback))
                    found.Add("lo", loopback);
                continue;
            }

            var best = networks.Where(n => (ToNumber(local) & n.Mask) == n.Destination).OrderByDescending(n => n.Mask).FirstOrDefault();
            if (
                best.Name is not null
                && InterfaceAddress.TryParse(
                    $"{local}/{BitOperations.PopCount(best.Mask).ToString(CultureInfo.InvariantCulture)}",
                    out var address
                )
            )
            {
                found.Add(best.Name, address);
            }
        }

        return found;
    }

    private static IEnumerable<IPAddress> LocalAddresses(IEnumerable<string> trie)
    {
        var seen = new HashSet<IPAddress>();
        IPAddress? last = null;
        foreach (var line in trie)
        {
            var text = line.Trim();
            if (text.StartsWith("|-- ", StringComparison.Ordinal))
                last = InterfaceAddress.TryParseAddress(text[4..], out var address) ? address : null;
            else if (last is not null && text == "/32 host LOCAL" && seen.Add(last))
                yield return last;
        }
    }

    // The numbers are in the host's own byte order, which is little-endian wherever Xen runs.
    private static List<(string Name, uint Destination, uint Mask)> Networks(IEnumerable<string> routes)
    {
        var found = new List<(string Name, uint Destination, uint Mask)>();
        foreach (var line in routes)
        {
            var fields = line.Split('\t', StringSplitOptions.TrimEntries);
            if (
                fields.Length >= 8
                && Hex(fields[1]) is { } destination
                && Hex(fields[3]) is { } flags
                && Hex(fields[7]) is { } mask
                && (flags & Gateway) == 0
                && mask != 0
            )
            {
                found.Add((fields[0], Swap(destination), Swap(mask)));
            }
        }

        return found;
    }

    private static uint? Hex(string text) =>
        uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static uint Swap(uint value) => System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(value);

    private static uint ToNumber(IPAddress address) =>
        System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes());
}
