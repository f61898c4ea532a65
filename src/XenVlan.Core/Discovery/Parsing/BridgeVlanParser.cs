using XenVlan.Model;

namespace XenVlan.Discovery.Parsing;

/// <summary>
/// Reads <c>bridge vlan show</c> of every iproute2. Each port's first VLAN is on the line of its name, or below it:
/// before iproute2 4.20 fields are parted by tabs and "None" stands for a port without VLANs; later they are aligned
/// (<c>print_vlan_info</c> in <c>bridge/vlan.c</c>). With <c>-d</c>, since iproute2 5.14, a line below each has its state.
/// </summary>
internal static class BridgeVlanParser
{
    /// <summary>Reads the ports' VLANs.</summary>
    /// <returns>
    /// VLANs by port. A port that is named twice, once by the bridge and once by its own hardware, has what both say. A
    /// port without VLANs is missing where iproute2 leaves it out.
    /// </returns>
    public static Dictionary<string, PortVlans> Parse(IEnumerable<string> lines) => Parse(lines, out _);

    /// <summary>Reads the ports' VLANs, and those of them that do not forward.</summary>
    /// <param name="lines">The output's lines.</param>
    /// <param name="stopped">Gets the VLANs whose own state at a port is not forwarding, by port.</param>
    public static Dictionary<string, PortVlans> Parse(IEnumerable<string> lines, out Dictionary<string, VlanSet> stopped)
    {
        stopped = new(StringComparer.Ordinal);
        VlanSet? last = null;
        var found = new Dictionary<string, PortVlans>(StringComparer.Ordinal);
        string? port = null;
        foreach (var line in lines)
        {
            var fields = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length == 0 || (fields[0] == "port" && fields.Length > 1 && fields[1].StartsWith("vlan", StringComparison.Ordinal)))
                continue;

            var next = 0;
            if (!char.IsWhiteSpace(line[0]))
            {
                port = fields[0];
                next = 1;
                last = null;
                _ = found.TryAdd(port, PortVlans.Empty);
            }

            if (port is not null && next < fields.Length && Range(fields[next]) is { } range)
            {
                found[port] = Add(found[port], range, fields.AsSpan(next + 1));
                last = range;
            }
            else if (port is not null && last is not null && fields is ["state", not "forwarding", ..])
            {
                stopped[port] = stopped.GetValueOrDefault(port, VlanSet.None).Union(last);
            }
        }

        // Most ports of a host have the VLANs of some other.
        var same = new Dictionary<PortVlans, PortVlans>();
        foreach (var (name, vlans) in found)
        {
            if (!same.TryAdd(vlans, vlans))
                found[name] = same[vlans];
        }

        return found;
    }

    private static VlanSet? Range(string text) => VlanSet.TryParse(text, out var set) && char.IsAsciiDigit(text[0]) ? set : null;

    private static PortVlans Add(PortVlans vlans, VlanSet range, ReadOnlySpan<string> flags) =>
        new(
            vlans.Allowed.Union(range),
            flags.Contains("Untagged") ? vlans.Untagged.Union(range) : vlans.Untagged,
            flags.Contains("PVID") ? range.First() : vlans.Pvid
        );
}
