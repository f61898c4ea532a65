using Shouldly;
using XenVlan.Model;
using XenVlan.Paths;
using Xunit;

namespace XenVlan.Core.Tests.Paths;

public sealed class FrameWalkTests
{
    [Fact]
    public void A_vlan_of_the_bridge_reaches_the_same_vlan_of_the_other_host()
    {
        var walk = Walk(Host("a"), "xenbr0.10", Host("b"), "xenbr0.10");

        walk.Arrives.ShouldBe(true);
        walk.Hops[^1].Verdict.ShouldBe(HopVerdict.Delivers);
        walk.Hops.Where(h => h.HostName == "wire").ShouldHaveSingleItem().Tags.ShouldBe([new VlanTag(new VlanId(10), VlanProtocol.Dot1Q)]);
    }

    [Fact]
    public void Another_vlan_is_a_mismatch_at_the_other_host()
    {
        var walk = Walk(Host("a"), "xenbr0.10", Host("b"), "xenbr0.20");

        walk.Arrives.ShouldBe(false);
        walk.Obstacle!.Reason.ShouldBe(PathReason.VlanMismatch);
        walk.AlsoArrivesAt.ShouldBe(["xenbr0.10"]);
    }

    [Fact]
    public void A_wire_that_is_not_described_leaves_it_open() =>
        Walk(Host("a"), "xenbr0.10", Host("b"), "xenbr0.10", wire: null).Arrives.ShouldBeNull();

    [Fact]
    public void A_wire_described_without_the_vlan_is_the_obstacle()
    {
        var wire = new Wire([new("a", "eth1"), new("b", "eth1")], VlanSet.Parse("20"), null, null);

        Walk(Host("a"), "xenbr0.10", Host("b"), "xenbr0.10", wire).Obstacle!.Reason.ShouldBe(PathReason.VlanNotOnWire);
    }

    [Fact]
    public void A_filtering_bridge_drops_what_its_port_does_not_pass()
    {
        var a = Filter(Host("a"), "eth1", PortVlans.Access(new VlanId(1)));

        var walk = Walk(a, "xenbr0.10", Host("b"), "xenbr0.10");

        walk.Obstacle.ShouldNotBeNull().Interface.ShouldBe("eth1");
        walk.Obstacle.Reason.ShouldBe(PathReason.VlanNotAllowedOnPort);
    }

    [Fact]
    public void A_filtering_bridge_drops_what_domain_0_may_not_use()
    {
        var a = Filter(Host("a"), "xenbr0", PortVlans.Access(new VlanId(1)));

        Walk(a, "xenbr0.10", Host("b"), "xenbr0.10").Obstacle!.Reason.ShouldBe(PathReason.VlanNotAllowedOnBridge);
        Walk(Host("b"), "xenbr0.10", a, "xenbr0.10").Obstacle!.Reason.ShouldBe(PathReason.VlanNotAllowedOnBridge);
    }

    [Fact]
    public void A_vlan_interface_on_the_uplink_takes_the_frames_before_the_bridge()
    {
        var b = Host("b", Vlan("eth1.10", "eth1", 10));

        var walk = Walk(Host("a"), "xenbr0.10", b, "xenbr0.10");

        walk.Obstacle!.Reason.ShouldBe(PathReason.TakenByVlanInterface);
        walk.Obstacle.Interface.ShouldBe("eth1");
    }

    [Theory]
    [InlineData("xenbr0.10")]
    [InlineData("xenbr0")]
    [InlineData("eth1")]
    public void An_interface_that_is_down_is_the_obstacle(string down)
    {
        var a = Change(Host("a"), down, i => i with { IsUp = false });

        var walk = Walk(a, "xenbr0.10", Host("b"), "xenbr0.10");

        walk.Obstacle!.Reason.ShouldBe(PathReason.InterfaceDown);
        walk.Obstacle.Interface.ShouldBe(down);
    }

    [Fact]
    public void A_port_that_does_not_forward_is_the_obstacle()
    {
        var a = Change(Host("a"), "eth1", i => i with { Port = i.Port! with { State = BridgePortState.Listening } });

        Walk(a, "xenbr0.10", Host("b"), "xenbr0.10").Obstacle!.Reason.ShouldBe(PathReason.PortNotForwarding);
    }

    [Fact]
    public void An_access_port_and_a_trunk_port_of_one_vlan_reach_each_other()
    {
        // vif1.0 is untagged VLAN 10; domain 0 uses VLAN 10 tagged.
        var guest = Guest("00:16:3e:00:00:01");
        var a = Filter(Filter(Host("a", Vif("00:16:3e:00:00:01")), "vif1.0", PortVlans.Access(new VlanId(10))), "xenbr0", PortVlans.Trunk(VlanSet.Parse("10"), null));

        Walk(guest, "eth0", a, "xenbr0.10").Arrives.ShouldBe(true);
        Walk(a, "xenbr0.10", guest, "eth0").Arrives.ShouldBe(true);
        Walk(a, "xenbr0.20", guest, "eth0").Obstacle!.Reason.ShouldBe(PathReason.VlanNotAllowedOnBridge);
    }

    [Fact]
    public void Isolated_ports_pass_nothing_to_each_other()
    {
        var a = Host("a", Vif("00:16:3e:00:00:01"));
        a = Change(Change(a, "vif1.0", Isolate), "eth1", Isolate);

        Walk(Guest("00:16:3e:00:00:01", Vlan("eth0.10", "eth0", 10)), "eth0.10", Host("b"), "xenbr0.10", also: a).Obstacle!.Reason.ShouldBe(PathReason.PortsIsolated);

        static NetworkInterface Isolate(NetworkInterface i) => i with { Port = i.Port! with { Isolated = true } };
    }

    [Fact]
    public void A_packet_larger_than_the_source_sends_is_an_obstacle_there() =>
        Walk(Host("a"), "xenbr0.10", Host("b"), "xenbr0.10", size: 1501).Obstacle!.Reason.ShouldBe(PathReason.MtuTooSmall);

    [Fact]
    public void Two_tags_need_room_that_a_port_of_the_same_mtu_does_not_have()
    {
        var a = Host("a", Vlan("xenbr0.10.7", "xenbr0.10", 7));
        var b = Host("b", Vlan("xenbr0.10.7", "xenbr0.10", 7));

        Walk(a, "xenbr0.10.7", b, "xenbr0.10.7", size: 1496).Arrives.ShouldBe(true);
        Walk(a, "xenbr0.10.7", b, "xenbr0.10.7", size: 1500).Obstacle!.Reason.ShouldBe(PathReason.MtuTooSmall);
    }

    [Fact]
    public void Nothing_connects_hosts_without_uplinks_on_bridges()
    {
        var a = Change(Host("a"), "eth1", i => i with { Master = null, Port = null });

        Walk(a, "xenbr0.10", Host("b"), "xenbr0.10", wire: null).IsConnected.ShouldBeFalse();
    }

    private static WalkResult Walk(HostSnapshot from, string source, HostSnapshot to, string target, Wire? wire, HostSnapshot? also = null, int size = 1500)
    {
        var hosts = new[] { from, to, also }.OfType<HostSnapshot>();
        var network = new PathNetwork(hosts, wire is null ? [] : [wire]);
        return FrameWalk.Run(network, PathNetwork.Find(from, source)!, PathNetwork.Find(to, target)!, size);
    }

    private static WalkResult Walk(HostSnapshot from, string source, HostSnapshot to, string target, HostSnapshot? also = null, int size = 1500) =>
        Walk(from, source, to, target, new Wire([new("a", "eth1"), new("b", "eth1")], VlanSet.All, null, null), also, size);

    private static HostSnapshot Host(string name, params NetworkInterface[] more) => new()
    {
        HostName = name,
        NodeName = name,
        TakenAt = default,
        Kernel = KernelVersion.Parse("6.1.0"),
        IsDomain0 = true,
        Vifs = [.. more.Where(i => i.Vif is not null).Select(i => new VifRecord { DomainId = i.Vif!.DomainId, Index = i.Vif.Index, Mac = i.Mac })],
        Interfaces =
        [
            Port("eth1", InterfaceKind.Physical),
            new() { Name = "xenbr0", Kind = InterfaceKind.Bridge, Mtu = 1500, IsUp = true, HasCarrier = true, Bridge = new(), PortVlans = PortVlans.Trunk(VlanSet.All, null) },
            Vlan("xenbr0.10", "xenbr0", 10),
            Vlan("xenbr0.20", "xenbr0", 20),
            .. more,
        ],
    };

    private static HostSnapshot Guest(string mac, params NetworkInterface[] more) => Host("guest") with
    {
        IsDomain0 = false,
        Interfaces = [new() { Name = "eth0", Kind = InterfaceKind.Physical, Mtu = 1500, IsUp = true, HasCarrier = true, Mac = MacAddress.Parse(mac) }, .. more],
    };

    private static NetworkInterface Port(string name, InterfaceKind kind) => new()
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

    private static NetworkInterface Vif(string mac) => Port("vif1.0", InterfaceKind.Vif) with { Vif = new(1, 0), Mac = MacAddress.Parse(mac) };

    private static NetworkInterface Vlan(string name, string parent, int id) =>
        new() { Name = name, Kind = InterfaceKind.Vlan, Mtu = 1500, IsUp = true, HasCarrier = true, Vlan = new(parent, new VlanId(id), VlanProtocol.Dot1Q) };

    private static HostSnapshot Filter(HostSnapshot host, string port, PortVlans vlans) =>
        Change(Change(host, "xenbr0", i => i with { Bridge = i.Bridge! with { VlanFiltering = true } }), port, i => i with { PortVlans = vlans });

    private static HostSnapshot Change(HostSnapshot host, string name, Func<NetworkInterface, NetworkInterface> change) =>
        host with { Interfaces = [.. host.Interfaces.Select(i => i.Name == name ? change(i) : i)] };
}
