using XenVlan.Model;

namespace XenVlan.Changes.Persistence.Networkd;

/// <summary>The <c>[BridgeVLAN]</c> sections of a port (systemd.network(5)).</summary>
internal static class NetworkdVlans
{
    /// <summary>The sections' name.</summary>
    public const string Section = "BridgeVLAN";

    /// <summary>What the sections give a port.</summary>
    /// <param name="unit">Its unit.</param>
    /// <returns>The VLANs.</returns>
    public static PortVlans Read(NetworkdUnit unit)
    {
        var untagged = Set(unit, "EgressUntagged");
        var pvid = VlanId.TryParse(unit.Last(Section, "PVID"), out var id) ? id : (VlanId?)null;
        var allowed = Set(unit, "VLAN").Union(untagged).Union(pvid is { } p ? VlanSet.Of(p) : VlanSet.None);
        return new PortVlans(allowed, untagged, pvid);
    }

    /// <summary>The sections.</summary>
    /// <param name="vlans">What they are to give a port.</param>
    /// <returns>Their text; empty for nothing.</returns>
    public static string Write(PortVlans vlans)
    {
        var tagged = vlans.Allowed.Except(vlans.Untagged).Except(vlans.Pvid is { } id ? VlanSet.Of(id) : VlanSet.None);
        var blocks = tagged.Ranges().Select(r => $"[{Section}]\nVLAN={r}\n")
            .Concat(vlans.Untagged.Ranges().Select(r => $"[{Section}]\nEgressUntagged={r}\n"));
        return string.Join('\n', vlans.Pvid is { } pvid ? blocks.Prepend($"[{Section}]\nPVID={pvid}\n") : blocks);
    }

    private static VlanSet Set(NetworkdUnit unit, string key) =>
        unit.All(Section, key).Aggregate(VlanSet.None, (set, value) => VlanSet.TryParse(value, out var more) ? set.Union(more) : set);
}
