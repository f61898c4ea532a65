using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Changes.Desired;

/// <summary>An interface is set up, and what it is a VLAN of, without which it cannot be.</summary>
/// <param name="Name">The interface.</param>
public sealed record LinkIsUp(InterfaceName Name) : HostChange
{
    /// <inheritdoc/>
    internal override void Plan(PlanBuilder planning)
    {
        var link = planning.Get(Name);
        if (link.IsUp)
            return;
        if (link.Vlan is { Parent: var parent } && planning.Host.FindInterface(parent) is { IsUp: false } below)
        {
            // net/8021q/vlan_dev.c, vlan_dev_open.
            planning.Note(
                $"{below.Name} is set up as well: {link.Name} is a VLAN interface on it, and the kernel sets none up whose parent is down."
            );
            new LinkIsUp(new InterfaceName(below.Name)).Plan(planning);
            link = planning.Get(Name);
            if (link.IsUp)
                return;
        }

        CheckHasAddress(planning, link);

        // The kernel sets VLAN interfaces up with their parent (net/8021q/vlan.c, vlan_device_event), and down again.
        planning.Add(
            $"set {link.Name} up",
            planning.Links.SetUp(link.Name, up: true),
            planning.Links.SetUp(link.Name, up: false),
            Up(planning.Host, link.Name),
            link.Name,
            [.. planning.HasIPv6(link) ? [new KeptState(link.Name, KeptExtent.Addresses)] : Array.Empty<KeptState>()]
        );
    }

    // The kernel sets up no VLAN interface that has only zeros (net/ethernet/eth.c, eth_validate_addr), and a bridge whose address
    // nobody set has them from when its last port left until it gets one (net/bridge/br_stp_if.c, br_stp_recalculate_bridge_id).
    private static void CheckHasAddress(PlanBuilder planning, NetworkInterface link)
    {
        if (link is not { Vlan: not null, Mac.IsZero: true })
            return;
        var (host, root) = (planning.Host, VlanNesting.BottomOf(planning.Host, link));
        if (root.Bridge is null || host.Interfaces.Any(i => i.Master == root.Name))
            return;
        throw host.Error(
            ErrorIds.Conflict,
            $"{link.Name} of host {host.HostName} cannot be set up: bridge {root.Name} has no port, and so no MAC "
                + $"address, which {link.Name} takes from it. Put a port on {root.Name} first, or give it an address of its own, such as: "
                + $"{ShellCommand.Of("ip", "link", "set", "dev", root.Name, "address", "02:00:00:00:00:01").Text:unquoted}."
        );
    }

    private static HostSnapshot Up(HostSnapshot host, string name) =>
        host
            .Interfaces.Where(i => i.Vlan?.Parent == name && !i.IsUp)
            .Aggregate(
                host.FindInterface(name) is { } link ? host.Replacing(link with { IsUp = true }) : host,
                (h, above) => Up(h, above.Name)
            );
}
