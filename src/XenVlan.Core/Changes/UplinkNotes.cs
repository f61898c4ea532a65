using XenVlan.Changes.Commands;
using XenVlan.Model;

namespace XenVlan.Changes;

/// <summary>Says when a VLAN that is wanted on a filtering bridge cannot leave the machine.</summary>
internal static class UplinkNotes
{
    /// <summary>Adds a note for each uplink of a bridge that does not pass all of some VLANs.</summary>
    public static void AddMissing(PlanBuilder planning, NetworkInterface bridge, VlanSet wanted)
    {
        var uplinks = planning.Host.Interfaces.Where(i =>
            i.Kind is InterfaceKind.Physical or InterfaceKind.Bond && i.Port is not null && i.Master == bridge.Name
        );
        foreach (var uplink in uplinks)
        {
            if (uplink.PortVlans is not { } vlans || wanted.Except(vlans.Allowed) is not { IsEmpty: false } missing)
                continue;
            var commands = missing.Ranges().Select(range => BridgeVlanCommands.Allow(uplink.Name, range).Text);
            planning.Note(
                $"Uplink {uplink.Name} of {bridge.Name} does not pass VLAN {missing}, so it stays inside this machine. To let it out: "
                    + $"{string.Join("; ", commands)}."
            );
        }
    }
}
