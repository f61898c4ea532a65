using System.Globalization;
using XenVlan.Model;

namespace XenVlan.Discovery.Parsing;

/// <summary>Reads <c>ethtool -k</c> of one or many interfaces.</summary>
internal static class OffloadsParser
{
    /// <summary>Reads the offloads.</summary>
    /// <param name="lines">The output's lines.</param>
    /// <param name="unread">How many interfaces the probe left out.</param>
    public static Dictionary<string, Offloads> Parse(IEnumerable<string> lines, out int unread)
    {
        unread = 0;
        var found = new Dictionary<string, Offloads>(StringComparer.Ordinal);
        string? name = null;
        foreach (var line in lines)
        {
            if ((Heading(line, "Features for ") ?? Heading(line, "Offload parameters for ")) is { } heading)
            {
                name = heading;
                found[name] = new Offloads(null, null, null, null);
                continue;
            }

            if (line.StartsWith("unread ", StringComparison.Ordinal))
            {
                _ = int.TryParse(line.AsSpan("unread ".Length), NumberStyles.None, CultureInfo.InvariantCulture, out unread);
                continue;
            }

            if (name is null)
                continue;
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            if (colon < 0 || State(line[(colon + 2)..]) is not { } state)
                continue;
            found[name] = line[..colon] switch
            {
                "tx-checksumming" => found[name] with { TransmitChecksum = state },
                "rx-vlan-offload" => found[name] with { ReceiveVlan = state },
                "tx-vlan-offload" => found[name] with { TransmitVlan = state },
                "rx-vlan-filter" => found[name] with { VlanFilter = state },
                _ => found[name],
            };
        }

        return found;
    }

    private static string? Heading(string line, string start) =>
        line.StartsWith(start, StringComparison.Ordinal) && line.EndsWith(':') && line.Length > start.Length + 1
            ? line[start.Length..^1]
            : null;

    private static bool? State(string text) =>
        text.Split(' ', 2)[0].TrimEnd() switch
        {
            "on" => true,
            "off" => false,
            _ => null,
        };
}
