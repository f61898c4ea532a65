using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Paths;

/// <summary>Says what would remove an obstacle.</summary>
internal static class PathFix
{
    /// <summary>The command, or the words where no command does it.</summary>
    /// <param name="hop">The hop that drops the frame.</param>
    /// <param name="target">Where the frame should arrive.</param>
    /// <returns>The fix; null where none is known.</returns>
    public static string? For(PathHop hop, PathPoint? target)
    {
        var vlan = hop.Tags.Count > 0 ? hop.Tags[0].Vlan : (VlanId?)null;
        return hop.Reason switch
        {
            PathReason.InterfaceDown => On(hop, ShellCommand.Of("ip", "link", "set", "dev", hop.Interface, "up")),
            PathReason.NoCarrier => $"Check the cable, the switch port, or the domain behind {hop.Interface} on {hop.HostName}.",
            PathReason.VlanNotAllowedOnPort when vlan is { } id => On(hop, ShellCommand.Of("bridge", "vlan", "add", "dev", hop.Interface, "vid", id)),
            PathReason.VlanNotAllowedOnBridge when vlan is { } id => On(hop, ShellCommand.Of("bridge", "vlan", "add", "dev", hop.Interface, "vid", id, "self")),
            PathReason.NoPvid => $"Give the port a VLAN for untagged frames. {On(hop, ShellCommand.Of("bridge", "vlan", "add", "dev", hop.Interface, "vid"))} <id> pvid untagged",
            PathReason.PortNotForwarding => $"Wait for the spanning tree, or without one set the bridge's forward delay to 0 on {hop.HostName}.",
            PathReason.PortsIsolated => On(hop, ShellCommand.Of("bridge", "link", "set", "dev", hop.Interface, "isolated", "off")),
            PathReason.TakenByVlanInterface => $"Remove that VLAN interface from {hop.Interface} on {hop.HostName} and make it on the bridge.",
            PathReason.VlanMismatch when target?.Interface.Vlan is { } wanted && vlan is { } got => $"Use the same VLAN at both ends: {got} comes, {target} is {wanted.Id}.",
            PathReason.VlanMismatch => "Use the same VLAN, or none, at both ends.",
            PathReason.MtuTooSmall => $"Raise the MTU of {hop.Interface} on {hop.HostName}, or lower it at both ends.",
            PathReason.VlanNotOnWire or PathReason.LostOnWire => vlan is { } id
                ? $"Allow VLAN {id} on the switch ports at both ends of {hop.Interface}."
                : $"Check the native VLAN of the switch ports at both ends of {hop.Interface}.",
            _ => null,
        };
    }

    private static string On(PathHop hop, ShellCommand command) => $"On {hop.HostName}: {command}";
}
