using System.Globalization;
using XenVlan.Model;

namespace XenVlan.Benchmarks;

/// <summary>A host as large as they come: a filtering bridge with a VLAN interface a VLAN, and many domains.</summary>
internal static class LargeHost
{
    /// <summary>Makes the host.</summary>
    /// <param name="vlans">How many VLANs it has, 1 to 4094.</param>
    /// <param name="vifs">How many domains' NICs, each with one of the VLANs.</param>
    public static HostSnapshot Make(int vlans, int vifs)
    {
        var all = VlanSet.FromRange(new VlanId(1), new VlanId(vlans));
        var interfaces = new List<NetworkInterface>
        {
            Link("xenbr0", InterfaceKind.Bridge) with
            {
                Bridge = new() { VlanFiltering = true },
                PortVlans = PortVlans.Trunk(all, null),
            },
            Port("eth1", InterfaceKind.Physical, PortVlans.Trunk(all, null)),
        };
        for (var vlan = 1; vlan <= vlans; vlan++)
            interfaces.Add(
                Link(string.Create(CultureInfo.InvariantCulture, $"xenbr0.{vlan}"), InterfaceKind.Vlan) with
                {
                    Vlan = new("xenbr0", new VlanId(vlan), VlanProtocol.Dot1Q),
                }
            );
        for (var domain = 1; domain <= vifs; domain++)
        {
            var vlan = new VlanId(1 + (domain * 37 % vlans));
            interfaces.Add(
                Port(string.Create(CultureInfo.InvariantCulture, $"vif{domain}.0"), InterfaceKind.Vif, PortVlans.Access(vlan)) with
                {
                    Vif = new(domain, 0),
                }
            );
        }

        return new HostSnapshot
        {
            HostName = "xen1",
            NodeName = "xen1",
            TakenAt = default,
            Kernel = KernelVersion.Parse("6.1.0"),
            IsDomain0 = true,
            Interfaces = interfaces,
        };
    }

    private static NetworkInterface Link(string name, InterfaceKind kind) =>
        new()
        {
            Name = name,
            Kind = kind,
            Mtu = 1500,
            IsUp = true,
            HasCarrier = true,
        };

    private static NetworkInterface Port(string name, InterfaceKind kind, PortVlans vlans) =>
        Link(name, kind) with
        {
            Master = "xenbr0",
            Port = new() { State = BridgePortState.Forwarding },
            PortVlans = vlans,
        };
}
