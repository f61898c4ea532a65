using System.Globalization;
using System.Text.RegularExpressions;
using XenVlan.Model;

namespace XenVlan.Discovery.Parsing;

/// <summary>
/// Reads the VLAN interfaces from <c>ip -d -o link show</c> (<c>vlan_print_opt</c> in iproute2's <c>ip/iplink_vlan.c</c>).
/// </summary>
internal static partial class IpLinkParser
{
    /// <summary>Reads the VLAN interfaces.</summary>
    /// <param name="lines">One line an interface; lines of other interfaces are left out.</param>
    /// <returns>The VLAN interfaces by their numbers.</returns>
    public static Dictionary<int, IpVlanEntry> Parse(IEnumerable<string> lines)
    {
        var found = new Dictionary<int, IpVlanEntry>();
        foreach (var line in lines)
        {
            if (!line.Contains(" vlan ", StringComparison.Ordinal))
                continue;
            var match = VlanLine().Match(line);
            if (
                !match.Success
                || !int.TryParse(match.Groups["index"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                || !VlanId.TryParse(match.Groups["id"].Value, out var id)
            )
            {
                continue;
            }

            VlanProtocol? protocol = match.Groups["protocol"].Value.ToUpperInvariant() switch
            {
                "802.1Q" => VlanProtocol.Dot1Q,
                "802.1AD" => VlanProtocol.Dot1AD,
                _ => null,
            };
            _ = found.TryAdd(index, new IpVlanEntry(index, id, protocol));
        }

        return found;
    }

    [GeneratedRegex(
        @"^(?<index>[0-9]{1,9}): .*? vlan (protocol (?<protocol>\S+) )?id (?<id>[0-9]{1,4})\b",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex VlanLine();
}

/// <summary>A VLAN interface as <c>ip -d link</c> shows it.</summary>
/// <param name="Index">The interface's number.</param>
/// <param name="Id">Its VLAN.</param>
/// <param name="Protocol">Its tag; null where an <c>ip</c> from before Linux 3.10 does not tell.</param>
internal sealed record IpVlanEntry(int Index, VlanId Id, VlanProtocol? Protocol);
