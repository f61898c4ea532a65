using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Paths.Forwarding;

namespace XenVlan.Paths.Diagnosis;

/// <summary>
/// Finds what is missing where nothing connects two ends: it tries what would connect them on the model (the vif on another
/// bridge, a network card in the bridge).
/// </summary>
internal static class MissingLinkDiagnosis
{
    /// <summary>Finds what is missing.</summary>
    /// <param name="path">A path whose ends the model does not connect.</param>
    public static PathDiagnosis Find(PathUnderTest path)
    {
        var ends = new[] { path.Source, path.Target! };
        foreach (var end in ends)
        {
            if (Absent(path, end.Point) is { } absent)
                return absent;
        }

        var vifs = ends.Select(e => Vif(path.Network, e)).ToList();
        foreach (var vif in vifs.OfType<InterfaceRef>())
        {
            if (OtherBridge(path, vif) is { } moved)
                return moved;
        }

        var bridges = ends.Zip(vifs, (end, vif) => Bridge(vif ?? end.Point)).OfType<InterfaceRef>().DistinctBy(b => b.ToString()).ToList();
        foreach (var bridge in bridges)
        {
            if (NewUplink(path, bridge) is { } uplink)
                return uplink;
        }

        var stuck = path.Source.Point.Host == path.Target!.Point.Host ? null : bridges.Find(b => !HasUplink(b));
        return stuck is null
            ? new PathDiagnosis(
                PathReason.NoConnection,
                path.Source.ToString(),
                $"Nothing connects {path.Source} and {path.Target}: they share no bridge and no wire.",
                $"Put both on bridges whose uplinks are connected."
            )
            : new PathDiagnosis(
                PathReason.NoUplink,
                stuck.ToString(),
                $"The bridge {stuck.Interface.Name} of {stuck.Host.HostName} has no way out of the machine, so nothing connects "
                    + $"{path.Source} and {path.Target}.",
                $"Put the network card that leads to the other end into the bridge. On {stuck.Host.HostName:unquoted}: ip link set dev "
                    + $"<card> master {stuck.Interface.Name:unquoted}"
            );
    }

    // The NIC of a domain that no host which was read runs.
    private static PathDiagnosis? Absent(PathUnderTest path, InterfaceRef end)
    {
        var nic = Below(end);
        if (
            end.Host.IsDomain0
            || end.Host.XenVersion is null
            || nic.Interface.Kind is not InterfaceKind.Physical
            || path.Network.AcrossVif(nic) is not null
        )
            return null;
        return new PathDiagnosis(
            PathReason.DomainSilent,
            nic.ToString(),
            $"No domain with the NIC {nic.Interface.Mac} runs on any host that was read: {end.Host.HostName} is gone, or it runs on a "
                + $"host that was not read.",
            $"Look for it with 'xl list' on its host, and start it there: xl create <its configuration>"
        );
    }

    private static PathDiagnosis? OtherBridge(PathUnderTest path, InterfaceRef vif)
    {
        foreach (var bridge in vif.Host.Interfaces.Where(i => i.Bridge is not null && i.Name != vif.Interface.Master))
        {
            if (
                path.If(WithMaster(vif, bridge))?.Forward
                is not { IsConnected: true, Obstacle: null or { Reason: not (PathReason.InterfaceDown or PathReason.NoCarrier) } }
            )
                continue;
            return new PathDiagnosis(
                PathReason.WrongBridge,
                vif.ToString(),
                $"{vif} is {(vif.Interface.Master is { } now ? $"on the bridge {now}" : "on no bridge")}, and the other end is reached "
                    + $"from {bridge.Name}.",
                PathFix.On(
                    vif.Host.HostName,
                    ShellCommand.Of("ip", "link", "set", "dev", vif.Interface.Name, "master", bridge.Name),
                    PathFix.SetNic(vif, nic => nic with { Bridge = bridge.Name })
                )
            );
        }

        return null;
    }

    private static PathDiagnosis? NewUplink(PathUnderTest path, InterfaceRef bridge)
    {
        foreach (
            var card in bridge.Host.Interfaces.Where(i =>
                i is { Kind: InterfaceKind.Physical or InterfaceKind.Bond, Master: null, Vlan: null }
            )
        )
        {
            var point = new InterfaceRef(bridge.Host, card);
            if (path.If(WithMaster(point, bridge.Interface))?.Forward.IsConnected is not true)
                continue;
            return new PathDiagnosis(
                PathReason.NoUplink,
                bridge.ToString(),
                $"The bridge {bridge.Interface.Name} of {bridge.Host.HostName} has no way to the other end: {card.Name}, which leads "
                    + $"there, is no port of it.",
                PathFix.On(bridge.Host.HostName, ShellCommand.Of("ip", "link", "set", "dev", card.Name, "master", bridge.Interface.Name))
            );
        }

        return null;
    }

    // A card that is not up yet is set up with it.
    private static HostSnapshot WithMaster(InterfaceRef point, NetworkInterface bridge)
    {
        var port = point.Interface with
        {
            Master = bridge.Name,
            IsUp = true,
            Port = point.Interface.Port ?? new BridgePortDetails { State = BridgePortState.Forwarding },
            PortVlans = point.Interface.PortVlans ?? bridge.PortVlans,
        };
        return point.Host with { Interfaces = [.. point.Host.Interfaces.Select(i => ReferenceEquals(i, point.Interface) ? port : i)] };
    }

    private static bool HasUplink(InterfaceRef bridge) =>
        bridge.Host.Interfaces.Any(i =>
            i.Master == bridge.Interface.Name && i.Kind is InterfaceKind.Physical or InterfaceKind.Bond or InterfaceKind.Vlan
        );

    private static InterfaceRef? Vif(PathNetwork network, Vantage end) =>
        end.Point.Interface.Kind is InterfaceKind.Vif ? end.Point
        : end.Point.Host.IsDomain0 ? null
        : network.AcrossVif(Below(end.Point));

    private static InterfaceRef? Bridge(InterfaceRef end)
    {
        var below = Below(end);
        return below.Interface.Bridge is not null ? below
            : below.Host.FindInterface(below.Interface.Master) is { Bridge: not null } master ? below with { Interface = master }
            : null;
    }

    private static InterfaceRef Below(InterfaceRef point) => point with { Interface = VlanNesting.BottomOf(point.Host, point.Interface) };
}
