using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Changes.Desired;

/// <summary>A bridge filters VLANs, or does not.</summary>
/// <param name="Name">The bridge.</param>
/// <param name="On">Whether it does.</param>
public sealed record BridgeFilteringIs(InterfaceName Name, bool On) : HostChange
{
    /// <inheritdoc/>
    internal override void Plan(PlanBuilder planning)
    {
        var link = planning.Get(Name);
        if (link.Bridge is not { } bridge)
            throw planning.Host.Error(ErrorIds.BridgeNotFound, $"{link.Name} of host {planning.Host.HostName} is not a Linux bridge.");
        if (bridge.VlanFiltering == On)
            return;

        // Bridges look at VLANs since Linux 3.9 (CONFIG_BRIDGE_VLAN_FILTERING).
        if (!planning.Host.Kernel.IsAtLeast(3, 9))
            throw planning.Host.Error(
                ErrorIds.NotSupported,
                $"Bridges of host {planning.Host.HostName} cannot filter VLANs: its kernel is "
                    + $"{planning.Host.Kernel.Release:unquoted}, and that came with 3.9."
            );

        var file = $"/sys/class/net/{link.Name}/bridge/vlan_filtering";
        planning.Add(
            On ? $"turn on VLAN filtering of bridge {link.Name}" : $"turn off VLAN filtering of bridge {link.Name}",
            ShellCommand.Write(On ? 1 : 0, file),
            ShellCommand.Write(On ? 0 : 1, file)
        );
        planning.Put(link with { Bridge = bridge with { VlanFiltering = On } });
    }
}
