using System.Globalization;
using System.Text.RegularExpressions;
using XenVlan.Model;

namespace XenVlan.Discovery.Parsing;

/// <summary>Reads <c>ip -o addr show</c>, of iproute2 and of busybox.</summary>
internal static partial class IpAddressParser
{
    /// <summary>Reads the addresses.</summary>
    /// <param name="lines">One line an address; others are left out.</param>
    /// <returns>Addresses by the interface's number, in the order they were printed.</returns>
    public static Dictionary<int, List<InterfaceAddress>> Parse(IEnumerable<string> lines)
    {
        var found = new Dictionary<int, List<InterfaceAddress>>();
        foreach (var line in lines)
        {
            var match = AddressLine().Match(line);
            if (
                !match.Success || !int.TryParse(match.Groups["index"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            )
                continue;

            // Of a point-to-point address the prefix length is printed after the other end's.
            var local = match.Groups["local"].Value;
            var peer = match.Groups["peer"].Value;
            var text = local.Contains('/', StringComparison.Ordinal) ? local : local + Prefix(peer, local);
            if (InterfaceAddress.TryParse(text, out var address))
                found.Add(index, address);
        }

        return found;
    }

    private static string Prefix(string peer, string local)
    {
        var slash = peer.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0)
            return peer[slash..];

        // iproute2 leaves out the prefix length of a whole address.
        return local.Contains(':', StringComparison.Ordinal) ? "/128" : "/32";
    }

    [GeneratedRegex(
        @"^(?<index>[0-9]{1,9}): +\S+ +inet6? (?<local>[0-9A-Fa-f.:/]+)( peer (?<peer>[0-9A-Fa-f.:/]+))?",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex AddressLine();
}
