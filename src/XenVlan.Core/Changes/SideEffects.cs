using System.Globalization;
using XenVlan.Changes.Commands;
using XenVlan.Model;

namespace XenVlan.Changes;

/// <summary>Says what a plan does to a host besides what it was asked for.</summary>
internal static class SideEffects
{
    /// <summary>Adds the notes to a plan that has all its steps.</summary>
    /// <param name="planning">The plan.</param>
    /// <param name="before">The host before.</param>
    /// <param name="asked">The interfaces whose MTU was asked for.</param>
    public static void Note(PlanBuilder planning, HostSnapshot before, IReadOnlySet<string> asked)
    {
        var after = planning.Host;
        NoteMtus(planning, before, after, asked);
        foreach (var link in after.Interfaces)
        {
            if (before.FindInterface(link.Name) is not { } was)
                continue;
            if (
                link.Mtu < MtuEffects.LeastOfIPv6
                && was.Mtu >= MtuEffects.LeastOfIPv6
                && was.Addresses.Where(a => a.IsIPv6).ToList() is { Count: > 0 } lost
            )
                planning.Note(
                    $"With less than {MtuEffects.LeastOfIPv6} bytes {link.Name} has no IPv6: it loses {string.Join(", ", lost)}."
                );
            if (link.Bridge is not null && UplinksOf(before, link.Name) is { Count: > 0 } uplinks && UplinksOf(after, link.Name).Count == 0)
                planning.Note(
                    $"Bridge {link.Name} has no way out of this machine any more: {string.Join(", ", uplinks)} "
                        + $"{(uplinks.Count == 1 ? "was its only uplink" : "were its uplinks")}."
                );
            if (link.Port is not null && was.Port is null)
                NotePort(planning, after, link);
            if (link.Vlan is { Id: { } id, Parent: var parent } && Passes(before, parent, id) && !Passes(after, parent, id))
                planning.Note(
                    $"{parent} itself does not pass VLAN {id} any more, which {link.Name} needs. To let it: "
                        + $"{BridgeVlanCommands.AllowSelf(parent, new VlanRange(id, id)).Text}."
                );
        }
    }

    private static void NoteMtus(PlanBuilder planning, HostSnapshot before, HostSnapshot after, IReadOnlySet<string> asked)
    {
        foreach (
            var group in MtuEffects
                .Changed(before, after)
                .Where(i => !asked.Contains(i.Name))
                .GroupBy(i => (Was: i.Mtu, Is: after.FindInterface(i.Name)!.Mtu))
        )
        {
            var bridges = group.Where(i => i.Bridge is not null).ToList();
            string[] rules =
            [
                .. bridges.Count > 0
                    ? ["a bridge takes the smallest MTU of its ports unless somebody has set its own"]
                    : Array.Empty<string>(),
                .. group.Any(i => i.Vlan is not null) ? ["a VLAN interface cannot have more than its parent"] : Array.Empty<string>(),
                .. group.Any(i => after.FindInterface(i.Master)?.Bond is not null)
                    ? ["a bond's slaves have its MTU"]
                    : Array.Empty<string>(),
            ];
            var why = rules.Length == 0 ? "" : $": {string.Join(", and ", rules)}";
            var keep =
                bridges.Count == 0
                    ? ""
                    : $" To keep that of {string.Join(" and ", bridges.Select(b => b.Name))}, set it first: "
                        + $"{string.Join("; ", bridges.Select(b => planning.Links.SetMtu(b.Name, b.Mtu).Text))}. It follows no port "
                        + $"from then on, which cannot be undone.";
            planning.Note(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The MTU of {string.Join(", ", group.Select(i => i.Name))} goes from {group.Key.Was} to {group.Key.Is} with "
                        + $"this{why}.{keep}"
                )
            );
        }
    }

    private static void NotePort(PlanBuilder planning, HostSnapshot after, NetworkInterface port)
    {
        if (port.Addresses.Where(a => !a.IsLinkLocal).ToList() is { Count: > 0 } deaf)
            planning.Note(
                $"{port.Name} becomes a port of bridge {port.Master}, where its {(deaf.Count == 1 ? "address" : "addresses")} "
                    + $"{string.Join(", ", deaf)} {(deaf.Count == 1 ? "hears" : "hear")} nothing. Give "
                    + $"{(deaf.Count == 1 ? "it" : "them")} to {port.Master}."
            );
        foreach (var above in after.Interfaces.Where(i => i.Vlan?.Parent == port.Name))
            planning.Note(
                $"{above.Name} takes the frames of its VLAN from {port.Name} before bridge {port.Master} sees them, so domains on "
                    + $"{port.Master} do not have that VLAN."
            );
    }

    // What carries frames to other machines: a NIC, a bond, or a VLAN of one.
    private static List<string> UplinksOf(HostSnapshot host, string bridge) =>
        [
            .. host
                .Interfaces.Where(i =>
                    i is { Port: not null, Kind: InterfaceKind.Physical or InterfaceKind.Bond or InterfaceKind.Vlan } && i.Master == bridge
                )
                .Select(i => i.Name),
        ];

    // What cannot be seen is taken to pass, so that nothing is said of it.
    private static bool Passes(HostSnapshot host, string parent, VlanId id) =>
        host.FindInterface(parent) is not { Bridge.VlanFiltering: true, PortVlans: { } vlans } || vlans.Allowed.Contains(id);
}
