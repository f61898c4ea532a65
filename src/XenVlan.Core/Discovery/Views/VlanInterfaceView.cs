using XenVlan.Model;

namespace XenVlan.Discovery.Views;

/// <summary>The VLAN subinterfaces that a snapshot shows.</summary>
internal static class VlanInterfaceView
{
    /// <summary>Makes the view.</summary>
    public static IReadOnlyList<XenVlanInterface> Of(HostSnapshot snapshot)
    {
        var bridges = snapshot
            .Interfaces.Where(i => i.Kind is InterfaceKind.Bridge)
            .Select(i => i.Name)
            .Concat(snapshot.OpenVSwitchBridges.Select(b => b.Name))
            .ToHashSet(StringComparer.Ordinal);
        var found = new List<XenVlanInterface>();
        foreach (var entry in snapshot.Interfaces)
        {
            if (entry.Vlan is not { } vlan)
                continue;
            found.Add(
                new XenVlanInterface
                {
                    HostName = snapshot.HostName,
                    Name = entry.Name,
                    Parent = vlan.Parent,
                    VlanId = vlan.Id?.Value,
                    Protocol = vlan.Protocol,
                    Mtu = entry.Mtu,
                    Mac = entry.Mac?.ToString(),
                    IsUp = entry.IsUp,
                    HasCarrier = entry.HasCarrier,
                    Bridge = entry.Master is { } master && bridges.Contains(master) ? master : null,
                    ParsedAddresses = entry.Addresses,
                    Snapshot = snapshot,
                }
            );
        }

        return found;
    }
}
