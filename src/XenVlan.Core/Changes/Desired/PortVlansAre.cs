using XenVlan.Changes.Commands;
using XenVlan.Model;

namespace XenVlan.Changes.Desired;

/// <summary>A port of a Linux bridge, or the bridge itself, has exactly these VLANs.</summary>
/// <param name="Name">The port or the bridge.</param>
/// <param name="Vlans">Its VLANs.</param>
public sealed record PortVlansAre(InterfaceName Name, PortVlans Vlans) : HostChange
{
    /// <inheritdoc/>
    internal override void Plan(PlanBuilder planning)
    {
        var link = planning.Get(Name);
        var isBridge = link.Bridge is not null;
        if (!isBridge && link.Port is null)
            throw planning.Host.Error(
                ErrorIds.Conflict,
                $"{link.Name} of host {planning.Host.HostName} is not on a Linux bridge, so it has no VLANs to set."
            );
        if (link.PortVlans is not { } now)
            throw planning.Host.Error(
                ErrorIds.NotSupported,
                $"The VLANs of {link.Name} on host {planning.Host.HostName} could not be seen, so they are not "
                    + $"changed: the 'bridge' program (package iproute2) is missing there, or failed."
            );

        foreach (var step in BridgeVlanCommands.Between(link.Name, isBridge, now, Vlans))
            planning.Add(step.Description, step.Do, step.Undo, link: link.Name);
        planning.Put(link with { PortVlans = Vlans });
    }
}
