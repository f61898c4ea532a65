using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence.NetworkManagerProfiles;

/// <summary>
/// A value of <c>address1</c> (nm-settings-keyfile(5)): <c>10.0.0.1/24</c>, with a gateway <c>10.0.0.1/24,10.0.0.254</c>, or
/// <c>10.0.0.1;24;10.0.0.254;</c> as very old versions wrote it; and of <c>route1</c>, whose second part is the next hop.
/// </summary>
internal static partial class ProfileAddress
{
    /// <summary>The address, or the network of a route.</summary>
    /// <returns>The address; null where it is none.</returns>
    public static InterfaceAddress? Parse(string value) =>
        Parts().Match(value) is { Success: true } parts
        && InterfaceAddress.TryParse($"{parts.Groups["ip"].Value}/{Length(parts)}", out var address)
            ? address
            : null;

    /// <summary>The gateway, or the next hop of a route.</summary>
    /// <returns>The gateway; null where there is none.</returns>
    public static IPAddress? Gateway(string value) =>
        Parts().Match(value) is { Success: true } parts
        && parts.Groups["rest"].Value.Split([',', ';'], StringSplitOptions.TrimEntries) is [_, var second, ..]
        && InterfaceAddress.TryParseAddress(second, out var gateway)
        && !gateway.Equals(IPAddress.Any)
        && !gateway.Equals(IPAddress.IPv6Any)
            ? gateway
            : null;

    /// <summary>The value with another address, and all else as it is.</summary>
    public static string With(string value, InterfaceAddress address)
    {
        var parts = Parts().Match(value);
        var slash = parts.Groups["slash"] is { Success: true } found ? found.Value : "/";
        return $"{address.Address}{slash}{address.PrefixLength.ToString(CultureInfo.InvariantCulture)}{parts.Groups["rest"].Value}";
    }

    // NetworkManager takes one without a length for a /24, or a /64 of IPv6.
    private static string Length(Match parts) =>
        parts.Groups["length"] is { Success: true } length ? length.Value
        : parts.Groups["ip"].Value.Contains(':', StringComparison.Ordinal) ? "64"
        : "24";

    [GeneratedRegex(
        @"\A\s*(?<ip>[0-9A-Fa-f:.]+)((?<slash>\s*[/;]\s*)(?<length>[0-9]{1,3}))?(?<rest>(\s*[,;].*)?)\z",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline | RegexOptions.NonBacktracking
    )]
    private static partial Regex Parts();
}
