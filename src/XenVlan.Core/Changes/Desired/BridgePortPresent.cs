using XenVlan.Changes.Commands;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Changes.Desired;

/// <summary>An interface is a port of a bridge of the Linux kernel, and set up.</summary>
/// <param name="Bridge">The bridge.</param>
/// <param name="Port">The interface.</param>
public sealed record BridgePortPresent(InterfaceName Bridge, InterfaceName Port) : HostChange
{
    /// <inheritdoc/>
    internal override void Plan(PlanBuilder planning)
    {
        var bridge = planning.Get(Bridge);
        var port = planning.Get(Port);
        if (bridge.Bridge is null)
            throw planning.Host.Error(
                ErrorIds.BridgeNotFound,
                $"{bridge.Name} of host {planning.Host.HostName} is not a Linux bridge, so {port.Name} cannot be " + $"its port."
            );

        if (port.Master != bridge.Name)
        {
            LeaveOther(planning, port);
            port = planning.Get(Port);
            var pvid = bridge.Bridge.DefaultPvid;
            var joined = planning.With(
                port with
                {
                    Master = bridge.Name,
                    Port = new BridgePortDetails { State = BridgePortState.Forwarding },
                    PortVlans = pvid is { } id ? PortVlans.Access(id) : PortVlans.Empty,
                }
            );
            planning.Add(
                $"put {port.Name} on bridge {bridge.Name}",
                planning.Links.AddPort(bridge.Name, port.Name),
                planning.Links.RemovePort(bridge.Name, port.Name),
                MtuEffects.OfPorts(planning.Host, joined, bridge.Name),
                link: port.Name
            );
        }

        new LinkIsUp(Port).Plan(planning);
    }

    // The older brctl refuses an interface that is on another bridge, so a move is two steps everywhere.
    private static void LeaveOther(PlanBuilder planning, NetworkInterface port)
    {
        if (port.Master is not { } master)
            return;
        if (planning.Host.FindInterface(master) is not { Bridge: not null } old)
            throw planning.Host.Error(
                ErrorIds.Conflict,
                $"{port.Name} of host {planning.Host.HostName} belongs to {master}, which is no Linux bridge; take "
                    + $"it out there first."
            );

        ShellCommand[] comeBack = [planning.Links.AddPort(master, port.Name), .. BridgeVlanCommands.RestoreOnNewPort(old, port)];
        planning.Add(
            $"take {port.Name} off bridge {master}",
            planning.Links.RemovePort(master, port.Name),
            ShellCommand.All(comeBack),
            MtuEffects.OfPorts(planning.Host, planning.With(port with { Master = null, Port = null, PortVlans = null }), master),
            keeps: [new KeptState(port.Name, KeptExtent.Port)]
        );
    }
}
