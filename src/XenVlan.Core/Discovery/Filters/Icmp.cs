namespace XenVlan.Discovery.Filters;

/// <summary>The names that packet filters print for types of ICMP (<c>nft(8)</c>; <c>iptables-save</c> prints numbers).</summary>
internal static class Icmp
{
    /// <summary>A type as a number.</summary>
    /// <param name="type">A number, or one of the names for what a path's test sends and gets.</param>
    /// <returns>The number; null where it is not known, or has a code besides.</returns>
    public static string? Number(string type) =>
        type switch
        {
            "echo-reply" => "0",
            "echo-request" => "8",
            "destination-unreachable" => "3",
            _ => type.Length > 0 && type.All(char.IsAsciiDigit) ? type : null,
        };

    /// <summary>A type of IPv6's as a number.</summary>
    /// <param name="type">A number, or a name.</param>
    /// <returns>The number; null where it is not known.</returns>
    public static string? Number6(string type) =>
        type switch
        {
            "destination-unreachable" => "1",
            "echo-request" => "128",
            "echo-reply" => "129",
            "nd-neighbor-solicit" => "135",
            "nd-neighbor-advert" => "136",
            "nd-router-solicit" => "133",
            "nd-router-advert" => "134",
            "packet-too-big" => "2",
            "time-exceeded" => "3",
            "parameter-problem" => "4",
            _ => type.Length > 0 && type.All(char.IsAsciiDigit) ? type : null,
        };
}
