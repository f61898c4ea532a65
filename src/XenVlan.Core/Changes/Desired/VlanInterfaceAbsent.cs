using XenVlan.Changes.Commands;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Changes.Desired;

/// <summary>A VLAN subinterface is not there.</summary>
/// <param name="Name">The interface.</param>
public sealed record VlanInterfaceAbsent(InterfaceName Name) : HostChange
{
    /// <inheritdoc/>
    internal override void Plan(PlanBuilder planning)
    {
        if (planning.Host.FindInterface(Name.Value) is not { } link)
            return;
        if (link.Vlan is not { Id: { } id } vlan)
        {
            throw planning.Host.Error(
                ErrorIds.Conflict,
                $"{link.Name} of host {planning.Host.HostName} is not a VLAN "
                    + $"interface{(link.Vlan is null ? "" : " whose VLAN could be seen"):unquoted}, so it is not removed."
            );
        }

        if (planning.Host.Interfaces.FirstOrDefault(i => i.Vlan?.Parent == link.Name) is { } above)
        {
            throw planning.Host.Error(
                ErrorIds.Conflict,
                $"{link.Name} of host {planning.Host.HostName} carries the VLAN interface {above.Name}, which would "
                    + $"go with it. Remove that one first."
            );
        }

        var links = planning.Links;
        var undo = new List<ShellCommand> { links.AddVlan(link.Name, vlan.Parent, id, vlan.Protocol) };
        var parent = planning.Host.FindInterface(vlan.Parent);
        if (link.Mac is { } mac && parent?.Mac != mac)
            undo.Add(links.SetMac(link.Name, mac));
        // A bridge that is without ports again has no address to give, and without one no VLAN interface is set up.
        else if (link.Mac is { IsZero: false } its && VlanNesting.BottomOf(planning.Host, link).Bridge is not null)
            undo.Add(ShellCommand.Unless($"/sys/class/net/{link.Name}/address", its, links.SetMac(link.Name, its)));
        if (parent?.Mtu != link.Mtu)
            undo.Add(links.SetMtu(link.Name, link.Mtu));
        if (link.Port is not null && link.Master is { } master)
        {
            undo.Add(links.AddPort(master, link.Name));
            undo.AddRange(BridgeVlanCommands.RestoreOnNewPort(planning.Host.FindInterface(master), link));
        }

        undo.AddRange(link.Addresses.Where(a => !a.IsLinkLocal).Select(a => links.ReplaceAddress(link.Name, a)));
        if (link.IsUp)
            undo.Add(links.SetUp(link.Name, up: true));

        var gone = planning.Without(link.Name);
        planning.Add(
            $"remove {link.Name}: VLAN {id} of {vlan.Parent}",
            links.DeleteVlan(link.Name),
            ShellCommand.All(undo),
            link is { Port: not null, Master: { } bridge } ? MtuEffects.OfPorts(planning.Host, gone, bridge) : gone,
            keeps: [new KeptState(link.Name, KeptExtent.Link)]
        );
        if (undo[0].Parts.Count == 1)
            planning.Removes(link.Name, vlan.Parent, id, vlan.Protocol);
    }
}
