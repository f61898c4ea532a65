using Shouldly;
using XenVlan.Drawing;
using XenVlan.Model;
using XenVlan.Paths.Forwarding;
using XenVlan.Paths.Watching;
using Xunit;
using static XenVlan.Tests.Paths.Network;

namespace XenVlan.Tests.Paths;

public sealed class FrameWalkTests
{
    [Fact]
    public void A_vlan_of_the_bridge_reaches_the_same_vlan_of_the_other_host()
    {
        var walk = Walk(Host("a"), "xenbr0.10", Host("b"), "xenbr0.10");

        walk.Arrives.ShouldBe(true);
        walk.Hops[^1].Verdict.ShouldBe(HopVerdict.Delivers);
        walk.Hops.Where(h => h.IsWire).ShouldHaveSingleItem().Tags.ShouldBe([new VlanTag(new VlanId(10), VlanProtocol.Dot1Q)]);
    }

    [Fact]
    public void A_wire_is_on_no_host_and_a_host_named_wire_is_one_like_any_other()
    {
        var cable = new Wire([new("wire", "eth1"), new("b", "eth1")], VlanSet.All, null, null);

        var way = Walk(Host("wire"), "xenbr0.10", Host("b"), "xenbr0.10", cable).Hops;

        way.Select(h => (h.HostName, h.IsWire)).Distinct().ShouldBe([("wire", false), ("", true), ("b", false)]);
        var seen = new WatchReport(
            [
                new WatchedPlace("wire", "eth1", Evidence.Capture) { Requests = new HashSet<PathProbeKind> { PathProbeKind.Arp } },
                new WatchedPlace("b", "eth1", Evidence.Capture),
            ],
            new Dictionary<string, string>()
        );
        var trace = PathTrace.OfRequests(way, seen);
        PathTrace.Place(trace.LastSeen!).ShouldBe("wire/eth1");
        PathTrace.Place(trace.WireBetween!).ShouldBe("wire/eth1 – b/eth1");
        PathTrace.Place(trace.FirstMissed!).ShouldBe("b/eth1");
        PathPicture
            .Draw(
                new XenVlanPathResult
                {
                    HostName = "wire",
                    Source = "",
                    Target = "",
                    Hops = way,
                }
            )
            .Where(l => l.Look is LineStyle.Heading)
            .Select(l => l.Text)
            .ShouldBe(["wire", "b"]);
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
        var a = Filter(
            Filter(Host("a", Vif("00:16:3e:00:00:01")), "vif1.0", PortVlans.Access(new VlanId(10))),
            "xenbr0",
            PortVlans.Trunk(VlanSet.Parse("10"), null)
        );

        Walk(guest, "eth0", a, "xenbr0.10").Arrives.ShouldBe(true);
        Walk(a, "xenbr0.10", guest, "eth0").Arrives.ShouldBe(true);
        Walk(a, "xenbr0.20", guest, "eth0").Obstacle!.Reason.ShouldBe(PathReason.VlanNotAllowedOnBridge);
    }

    [Fact]
    public void Isolated_ports_pass_nothing_to_each_other()
    {
        var a = Host("a", Vif("00:16:3e:00:00:01"));
        a = Change(Change(a, "vif1.0", Isolate), "eth1", Isolate);

        Walk(Guest("00:16:3e:00:00:01", Vlan("eth0.10", "eth0", 10)), "eth0.10", Host("b"), "xenbr0.10", also: a)
            .Obstacle!.Reason.ShouldBe(PathReason.PortsIsolated);

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

    private static WalkResult Walk(
        HostSnapshot from,
        string source,
        HostSnapshot to,
        string target,
        Wire? wire,
        HostSnapshot? also = null,
        int size = 1500
    )
    {
        var hosts = new[] { from, to, also }.OfType<HostSnapshot>();
        var network = new PathNetwork(hosts, wire is null ? [] : [wire]);
        return FrameWalk.Run(network, PathNetwork.Find(from, source)!, PathNetwork.Find(to, target)!, size);
    }

    private static WalkResult Walk(
        HostSnapshot from,
        string source,
        HostSnapshot to,
        string target,
        HostSnapshot? also = null,
        int size = 1500
    ) => Walk(from, source, to, target, new Wire([new("a", "eth1"), new("b", "eth1")], VlanSet.All, null, null), also, size);
}
