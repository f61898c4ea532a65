using XenVlan.Changes.Persistence.Files;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence.Networkd;

/// <summary>
/// The <c>[BridgeVLAN]</c> sections of a port (systemd.network(5)). All of a file and its drop-ins are one: their VLANs are put
/// together, and the last <c>PVID=</c> counts (networkd-bridge-vlan.c).
/// </summary>
internal static class NetworkdVlans
{
    /// <summary>The sections' name.</summary>
    public const string Section = "BridgeVLAN";

    private const string Vlan = "VLAN";
    private const string EgressUntagged = "EgressUntagged";
    private const string Pvid = "PVID";

    /// <summary>What the sections give a port.</summary>
    public static PortVlans Read(NetworkdUnit unit)
    {
        var untagged = Set(unit, EgressUntagged);
        var pvid = VlanId.TryParse(unit.Last(Section, Pvid), out var id) ? id : (VlanId?)null;
        var allowed = Set(unit, Vlan).Union(untagged).Union(pvid is { } p ? VlanSet.Of(p) : VlanSet.None);
        return new PortVlans(allowed, untagged, pvid);
    }

    /// <summary>The line that versions of systemd read differently: an empty value, or <c>PVID=no</c>, after others.</summary>
    /// <returns>Its place; null where there is none.</returns>
    public static string? Ambiguous(NetworkdUnit unit)
    {
        foreach (var key in new[] { Vlan, EgressUntagged, Pvid })
        {
            var lines = unit
                .Files.SelectMany(f => f.All(Section, key).Select(l => (Place: f.Place(l), l.Value)))
                .SkipWhile(l => l.Value.Length == 0)
                .ToList();
            if (lines.Find(l => l.Value.Length == 0 || (key is Pvid && !VlanId.TryParse(l.Value, out _))) is { Place: { } place })
                return place;
        }

        return null;
    }

    /// <summary>A file that gives a port no VLAN it is not to have, and is otherwise as it is.</summary>
    /// <param name="file">The file.</param>
    /// <param name="wanted">What the port is to have.</param>
    /// <param name="hasLastWord">Whether its <c>PVID=</c> would count, and not one that XenVlan writes.</param>
    public static string Limited(IniFile file, PortVlans wanted, bool hasLastWord)
    {
        // From the end, so that the lines before keep their places.
        foreach (var line in file.Entries.Where(e => e.Section is Section).Reverse().ToList())
        {
            if (line.Key is Pvid)
            {
                if (wanted.Pvid is null)
                    file = With(file.Without([At(line)]));
                else if (hasLastWord && VlanId.TryParse(line.Value, out var pvid) && pvid != wanted.Pvid)
                    file = With(file.With(At(line), wanted.Pvid.ToString()!));
                continue;
            }

            var limit =
                line.Key is Vlan ? wanted.Allowed
                : line.Key is EgressUntagged ? wanted.Untagged
                : VlanSet.All;
            if (Range(line.Value) is not { } ids || ids.Except(limit).IsEmpty)
                continue;

            // A value is one range, and a section may have several.
            var ranges = ids.Intersect(limit).Ranges().Reverse().ToList();
            foreach (var more in ranges.SkipLast(1))
                file = With(file.After(At(line), $"{line.Key}={more}"));
            file = With(ranges.Count > 0 ? file.With(At(line), ranges[^1].ToString()) : file.Without([At(line)]));
        }

        return file.Text;

        IniFile With(string text) => new(file.Path, text, isSystemd: true);
        IniLine At(IniLine line) => file.Lines.First(l => l.Number == line.Number);
    }

    /// <summary>What is still to be said for a port to have what it is to have.</summary>
    /// <param name="there">What is said of it, none of it too much.</param>
    /// <param name="wanted">What it is to have.</param>
    public static PortVlans Missing(PortVlans there, PortVlans wanted) =>
        new(wanted.Allowed.Except(there.Allowed), wanted.Untagged.Except(there.Untagged), wanted.Pvid == there.Pvid ? null : wanted.Pvid);

    /// <summary>The sections.</summary>
    /// <param name="vlans">What they are to give a port.</param>
    /// <returns>Their text; empty for nothing.</returns>
    public static string Write(PortVlans vlans)
    {
        var tagged = vlans.Allowed.Except(vlans.Untagged).Except(vlans.Pvid is { } id ? VlanSet.Of(id) : VlanSet.None);
        var blocks = tagged
            .Ranges()
            .Select(r => $"[{Section}]\nVLAN={r}\n")
            .Concat(vlans.Untagged.Ranges().Select(r => $"[{Section}]\nEgressUntagged={r}\n"));
        return string.Join('\n', vlans.Pvid is { } pvid ? blocks.Prepend($"[{Section}]\nPVID={pvid}\n") : blocks);
    }

    private static VlanSet Set(NetworkdUnit unit, string key) =>
        unit.All(Section, key).Aggregate(VlanSet.None, (set, value) => Range(value) is { } more ? set.Union(more) : set);

    // networkd knows one VLAN, or one range; a list it passes over.
    private static VlanSet? Range(string value) =>
        value is [>= '0' and <= '9', ..] && !value.Contains(',', StringComparison.Ordinal) && VlanSet.TryParse(value, out var ids)
            ? ids
            : null;
}
