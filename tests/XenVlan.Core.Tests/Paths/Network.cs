using XenVlan.Model;

namespace XenVlan.Tests.Paths;

/// <summary>Small hosts for tests of where frames go.</summary>
internal static class Network
{
    public static HostSnapshot Host(string name, params NetworkInterface[] more) =>
        new()
        {
            HostName = name,
            NodeName = name,
            TakenAt = default,
            Kernel = KernelVersion.Parse("6.1.0"),
            IsDomain0 = true,
            Vifs =
            [
                .. more.Where(i => i.Vif is not null)
                    .Select(i => new VifRecord
                    {
                        DomainId = i.Vif!.DomainId,
                        Index = i.Vif.Index,
                        Mac = i.Mac,
                    }),
            ],
            Interfaces =
            [
                Port("eth1", InterfaceKind.Physical),
                new()
                {
                    Name = "xenbr0",
                    Kind = InterfaceKind.Bridge,
                    Mtu = 1500,
                    IsUp = true,
                    HasCarrier = true,
                    Bridge = new() { Snooping = MulticastSnooping.Off },
                    PortVlans = PortVlans.Trunk(VlanSet.All, null),
                },
                Vlan("xenbr0.10", "xenbr0", 10),
                Vlan("xenbr0.20", "xenbr0", 20),
                .. more,
            ],
        };

    public static HostSnapshot Guest(string mac, params NetworkInterface[] more) =>
        Host("guest") with
        {
            IsDomain0 = false,
            Interfaces =
            [
                new()
                {
                    Name = "eth0",
                    Kind = InterfaceKind.Physical,
                    Mtu = 1500,
                    IsUp = true,
                    HasCarrier = true,
                    Mac = MacAddress.Parse(mac),
                },
                .. more,
            ],
        };

    public static NetworkInterface Port(string name, InterfaceKind kind) =>
        new()
        {
            Name = name,
            Kind = kind,
            Mtu = 1500,
            IsUp = true,
            HasCarrier = true,
            Master = "xenbr0",
            Port = new() { State = BridgePortState.Forwarding },
            PortVlans = PortVlans.Trunk(VlanSet.All, null),
        };

    public static NetworkInterface Vif(string mac) =>
        Port("vif1.0", InterfaceKind.Vif) with
        {
            Vif = new(1, 0),
            Mac = MacAddress.Parse(mac),
        };

    public static NetworkInterface Vlan(string name, string parent, int id) =>
        new()
        {
            Name = name,
            Kind = InterfaceKind.Vlan,
            Mtu = 1500,
            IsUp = true,
            HasCarrier = true,
            Vlan = new(parent, new VlanId(id), VlanProtocol.Dot1Q),
        };

    public static HostSnapshot Filter(HostSnapshot host, string port, PortVlans vlans) =>
        Change(
            Change(host, "xenbr0", i => i with { Bridge = i.Bridge! with { VlanFiltering = true } }),
            port,
            i => i with { PortVlans = vlans }
        );

    public static HostSnapshot Change(HostSnapshot host, string name, Func<NetworkInterface, NetworkInterface> change) =>
        host with
        {
            Interfaces = [.. host.Interfaces.Select(i => i.Name == name ? change(i) : i)],
        };
}
