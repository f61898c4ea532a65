using System.Text;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence.Networkd;

/// <summary>
/// The <c>[BridgeVLAN]</c> sections of a port (systemd.network(5)): they add to what the kernel gave the port when it
/// joined the bridge, and take nothing away.
/// </summary>
internal static class NetworkdVlans
{
    /// <summary>The sections' name.</summary>
    public const string Section = "BridgeVLAN";

    /// <summary>What a port has.</summary>
    /// <param name="unit">Its unit.</param>
    /// <param name="fresh">What a new port has.</param>
    /// <returns>Its VLANs.</returns>
    public static PortVlans Read(NetworkdUnit unit, PortVlans fresh)
    {
        var listed = Set(unit, "VLAN");
        var untagged = Set(unit, "EgressUntagged");
        var pvid = VlanId.TryParse(unit.Last(Section, "PVID"), out var id) ? id : (VlanId?)null;
        var added = listed.Union(untagged).Union(pvid is { } p ? VlanSet.Of(p) : VlanSet.None);
        return Plus(fresh, new PortVlans(added, untagged, pvid));
    }

    /// <summary>The nearest to what is wanted that the sections can say.</summary>
    /// <param name="vlans">What is wanted.</param>
    /// <param name="fresh">What a new port has.</param>
    /// <returns>The VLANs.</returns>
    public static PortVlans Reachable(PortVlans vlans, PortVlans fresh) => Plus(fresh, Needed(vlans, fresh));

    /// <summary>The sections.</summary>
    /// <param name="vlans">What is wanted.</param>
    /// <param name="fresh">What a new port has.</param>
    /// <returns>Their text; empty where none is needed.</returns>
    public static string Write(PortVlans vlans, PortVlans fresh)
    {
        var needed = Needed(vlans, fresh);
        var tagged = needed.Allowed.Except(needed.Untagged).Except(needed.Pvid is { } id ? VlanSet.Of(id) : VlanSet.None);
        var blocks = tagged.Ranges().Select(r => $"[{Section}]\nVLAN={r}\n")
            .Concat(needed.Untagged.Ranges().Select(r => $"[{Section}]\nEgressUntagged={r}\n"))
            .ToList();
        if (needed.Pvid is { } pvid)
            blocks.Insert(0, $"[{Section}]\nPVID={pvid}\n");
        return new StringBuilder().AppendJoin('\n', blocks).ToString();
    }

    // Where all is as in a new port, no section is needed; once there are some, they say all.
    private static PortVlans Needed(PortVlans vlans, PortVlans fresh) => vlans.Equals(fresh) ? PortVlans.Empty : vlans;

    private static PortVlans Plus(PortVlans now, PortVlans added) => new(
        now.Allowed.Union(added.Allowed),
        now.Untagged.Except(added.Allowed).Union(added.Untagged),
        added.Pvid ?? (now.Pvid is { } old && added.Allowed.Contains(old) ? null : now.Pvid));

    private static VlanSet Set(NetworkdUnit unit, string key) =>
        unit.All(Section, key).Aggregate(VlanSet.None, (set, value) => VlanSet.TryParse(value, out var more) ? set.Union(more) : set);
}
