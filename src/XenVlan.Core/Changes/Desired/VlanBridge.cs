using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Changes.Desired;

/// <summary>
/// The bridge of one VLAN, for hosts whose bridges do not filter VLANs: its only way out is a VLAN interface on the
/// trunk bridge. On the bridge, not on its uplink: a VLAN interface on a bridge port would take the VLAN's frames from
/// every other domain on the trunk bridge.
/// </summary>
internal sealed record VlanBridge(InterfaceName Name, IReadOnlyList<HostChange> Changes)
{
    /// <summary>Finds or plans the bridge of a VLAN.</summary>
    /// <param name="host">The host.</param>
    /// <param name="trunk">The bridge that carries tagged frames, or a bridge of that VLAN already.</param>
    /// <param name="vlan">The VLAN.</param>
    public static VlanBridge For(HostSnapshot host, NetworkInterface trunk, VlanId vlan)
    {
        if (VlansOf(host, trunk.Name).ToList() is { Count: > 0 } own)
        {
            return own.TrueForAll(v => v == vlan)
                ? new VlanBridge(new InterfaceName(trunk.Name), [])
                : throw host.Error(
                    ErrorIds.Conflict,
                    $"Bridge {trunk.Name} of host {host.HostName} is a bridge of VLAN {string.Join(", ", own):unquoted}, not "
                        + $"{vlan}. Name the trunk bridge, or the bridge of VLAN {vlan}."
                );
        }

        var device = host.Interfaces.FirstOrDefault(i => i.Vlan is { } v && v.Id == vlan && v.Parent == trunk.Name);
        if (device is { Port: not null, Master: { } existing })
            return new VlanBridge(new InterfaceName(existing), []);
        if (device is { Addresses: var addresses } && addresses.Any(a => !a.IsLinkLocal))
        {
            throw host.Error(
                ErrorIds.Conflict,
                $"VLAN {vlan} of {trunk.Name} on host {host.HostName} is domain 0's own ({device.Name}, "
                    + $"{string.Join(", ", addresses):unquoted}); put on a bridge it would lose its addresses. Let {trunk.Name} "
                    + $"filter VLANs instead "
                    + $"({ShellCommand.Of("ip", "link", "set", trunk.Name, "type", "bridge", "vlan_filtering", 1).Text:unquoted}), or "
                    + $"move the addresses first."
            );
        }

        var name = FreeName(host, trunk.Name, vlan);
        var vlanDevice = device is null
            ? new VlanInterfacePresent { Parent = new InterfaceName(trunk.Name), VlanId = vlan }
            : new VlanInterfacePresent
            {
                Parent = new InterfaceName(trunk.Name),
                VlanId = vlan,
                Name = new InterfaceName(device.Name),
            };
        return new VlanBridge(name, [new BridgePresent(name), vlanDevice, new BridgePortPresent(name, vlanDevice.EffectiveName)]);
    }

    private static IEnumerable<VlanId> VlansOf(HostSnapshot host, string bridge) =>
        host.Interfaces.Where(i => i.Port is not null && i.Master == bridge).Select(i => i.Vlan?.Id).OfType<VlanId>();

    // xenbr0 and VLAN 10 give xenbr10, as administrators name them.
    private static InterfaceName FreeName(HostSnapshot host, string trunk, VlanId vlan)
    {
        var name = trunk.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9') + vlan;
        if (!InterfaceName.TryParse(name, out var free) || host.FindInterface(name) is not null)
        {
            throw host.Error(
                ErrorIds.Conflict,
                $"A bridge for VLAN {vlan} of {trunk} would be named {name} on host "
                    + $"{host.HostName}, and that name is taken or too long. Make the bridge and name it."
            );
        }

        return free;
    }
}
