using System.Net;
using System.Numerics;
using System.Text.RegularExpressions;
using XenVlan.Model;

namespace XenVlan.Discovery.Parsing;

/// <summary>
/// Reads the IPv4 addresses from <c>ifconfig -a</c>: of net-tools before 2.0 and busybox
/// (<c>inet addr:10.0.0.1 … Mask:255.0.0.0</c>), and of later net-tools (<c>inet 10.0.0.1  netmask 255.0.0.0</c>).
/// </summary>
internal static partial class IfconfigParser
{
    /// <summary>How many characters of a name net-tools before 1.60-24 prints.</summary>
    public const int ShortName = 9;

    /// <summary>Reads the addresses.</summary>
    /// <returns>
    /// Addresses by the name as printed, which some versions cut off after <see cref="ShortName"/> characters; those of an
    /// alias (<c>eth0:1</c>) are its interface's.
    /// </returns>
    public static Dictionary<string, List<InterfaceAddress>> Parse(IEnumerable<string> lines)
    {
        var found = new Dictionary<string, List<InterfaceAddress>>(StringComparer.Ordinal);
        var name = "";
        foreach (var line in lines)
        {
            if (line.Length > 0 && !char.IsWhiteSpace(line[0]))
                name = line.Split(' ', 2)[0].Split(':', 2)[0];

            var match = AddressLine().Match(line);
            if (
                name.Length > 0
                && match.Success
                && PrefixLength(match.Groups["mask"].Value) is { } prefix
                && InterfaceAddress.TryParse($"{match.Groups["address"].Value}/{prefix}", out var address)
            )
            {
                found.Add(name, address);
            }
        }

        return found;
    }

    private static int? PrefixLength(string mask)
    {
        if (!InterfaceAddress.TryParseAddress(mask, out var address))
            return null;
        var bits = BitConverter.ToUInt32(address.GetAddressBytes());
        var inOrder = (uint)IPAddress.NetworkToHostOrder((int)bits);
        var length = BitOperations.PopCount(inOrder);
        return BitOperations.LeadingZeroCount(~inOrder) == length ? length : null;
    }

    [GeneratedRegex(
        @"^.*\binet (addr:)?(?<address>[0-9.]{7,15})\s.*?([Mm]ask[: ])(?<mask>[0-9.]{7,15})",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex AddressLine();
}
