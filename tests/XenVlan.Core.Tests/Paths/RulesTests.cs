using Shouldly;
using XenVlan.Model;
using XenVlan.Paths.Forwarding;
using Xunit;
using static XenVlan.Tests.Paths.Network;

namespace XenVlan.Tests.Paths;

/// <summary>What each kind of device does with a frame, one rule of the kernel a test.</summary>
public sealed class RulesTests
{
    private static readonly Wire Trunk = new([new("a", "eth1"), new("b", "eth1")], VlanSet.All, null, null);

    [Fact]
    public void A_port_takes_one_tag_more_than_its_mtu_from_a_bridge()
    {
        var guest = Guest("00:16:3e:00:00:01");
        var a = Change(Host("a", Vif("00:16:3e:00:00:01")), "vif1.0", i => i with { Mtu = 1496 });

        Walk([a, guest], "a", "xenbr0", "guest", "eth0", size: 1500).Arrives.ShouldBe(true);
        Change(a, "vif1.0", i => i with { Mtu = 1495 })
            .ShouldSatisfyAllConditions(
                host => Walk([host, guest], "a", "xenbr0", "guest", "eth0", size: 1500).Obstacle!.Reason.ShouldBe(PathReason.MtuTooSmall),
                host => Walk([host, guest], "a", "xenbr0", "guest", "eth0", size: 1500).Obstacle!.Interface.ShouldBe("vif1.0"),
                host => Walk([host, guest], "a", "xenbr0", "guest", "eth0", size: 1499).Arrives.ShouldBe(true)
            );
    }

    [Fact]
    public void A_tag_that_comes_to_light_when_a_bridge_takes_off_another_needs_room_like_the_packet()
    {
        // b sends VLAN 20 in VLAN 10 to a port of a that has VLAN 10 untagged, behind which a veth pair ends.
        var a = Filter(Host("a", Port("veth0", InterfaceKind.Other)), "veth0", PortVlans.Access(new VlanId(10)));
        var b = Host("b", Vlan("xenbr0.10.20", "xenbr0.10", 20));
        var c = Host("c") with
        {
            Interfaces =
            [
                Port("veth1", InterfaceKind.Other) with
                {
                    Master = null,
                    Port = null,
                    PortVlans = null,
                },
                Vlan("veth1.20", "veth1", 20),
            ],
        };
        Wire[] wires = [Trunk, new([new("a", "veth0"), new("c", "veth1")], VlanSet.All, null, null)];

        Walk([a, b, c], "b", "xenbr0.10.20", "c", "veth1.20", wires, size: 1496).Arrives.ShouldBe(true);
        Walk([a, b, Change(c, "veth1", i => i with { Mtu = 1400 })], "b", "xenbr0.10.20", "c", "veth1.20", wires, size: 1000)
            .Mtu.ShouldBe(1400);
    }

    [Fact]
    public void The_room_of_a_way_is_that_of_its_narrowest_hop()
    {
        var wire = Trunk with { Mtu = 1400 };

        var walk = Walk([Host("a"), Host("b")], "a", "xenbr0.10", "b", "xenbr0.10", [wire], size: 100);

        walk.Arrives.ShouldBe(true);
        walk.Mtu.ShouldBe(1400);
    }

    [Fact]
    public void Pvids_that_differ_at_the_two_ends_are_named_where_the_vlan_changes()
    {
        var a = Filter(Filter(Host("a"), "eth1", PortVlans.Access(new VlanId(10))), "xenbr0", PortVlans.Trunk(VlanSet.Parse("10"), null));
        var b = Filter(
            Filter(Host("b"), "eth1", PortVlans.Access(new VlanId(20))),
            "xenbr0",
            PortVlans.Trunk(VlanSet.Parse("10,20"), null)
        );

        var walk = Walk([a, b], "a", "xenbr0.10", "b", "xenbr0.10", [Trunk]);

        walk.Obstacle.ShouldNotBeNull()
            .ShouldSatisfyAllConditions(
                hop => hop.Reason.ShouldBe(PathReason.NativeVlanMismatch),
                hop => hop.ToString().ShouldStartWith("b/eth1 "),
                hop => hop.Action.ShouldContain("VLAN 20")
            );
        walk.AlsoArrivesAt.ShouldBe(["xenbr0.20"]);
    }

    [Fact]
    public void The_wires_native_vlan_loses_its_tag_there()
    {
        var walk = Walk([Host("a"), Host("b")], "a", "xenbr0.10", "b", "xenbr0.10", [Trunk with { Native = new VlanId(10) }]);

        walk.Obstacle!.Reason.ShouldBe(PathReason.NativeVlanMismatch);
        walk.Obstacle.Interface.ShouldBe("a/eth1 – b/eth1");
    }

    [Fact]
    public void An_8021ad_tag_is_not_the_8021q_tag_of_the_same_number()
    {
        var b = Change(Host("b"), "xenbr0.10", i => i with { Vlan = i.Vlan! with { Protocol = VlanProtocol.Dot1AD } });

        Walk([Host("a"), b], "a", "xenbr0.10", "b", "xenbr0.10", [Trunk]).Obstacle!.Reason.ShouldBe(PathReason.ProtocolMismatch);
    }

    [Fact]
    public void A_bridge_of_8021ad_puts_its_own_tag_around_an_8021q_frame()
    {
        var a = Change(
            Host("a", Vif("00:16:3e:00:00:01")),
            "xenbr0",
            i =>
                i with
                {
                    Bridge = new() { VlanFiltering = true, VlanProtocol = VlanProtocol.Dot1AD },
                }
        );
        a = Change(
            Change(a, "vif1.0", i => i with { PortVlans = PortVlans.Access(new VlanId(100)) }),
            "eth1",
            i => i with { PortVlans = PortVlans.Trunk(VlanSet.Parse("100"), null) }
        );
        var guest = Guest("00:16:3e:00:00:01", Vlan("eth0.10", "eth0", 10));
        var b = Host(
            "b",
            new NetworkInterface
            {
                Name = "s",
                Kind = InterfaceKind.Vlan,
                Mtu = 1500,
                IsUp = true,
                HasCarrier = true,
                Vlan = new("xenbr0", new VlanId(100), VlanProtocol.Dot1AD),
            },
            Vlan("s.10", "s", 10)
        );

        var walk = Walk([guest, a, b], "guest", "eth0.10", "b", "s.10", [Trunk], size: 1400);

        walk.Arrives.ShouldBe(true);
        string.Join(' ', walk.Hops.Single(h => h.IsWire).Tags).ShouldBe("802.1ad 100 10");
    }

    [Fact]
    public void A_promiscuous_bridge_hands_up_what_it_would_not_else()
    {
        var a = Filter(Host("a"), "xenbr0", PortVlans.Access(new VlanId(1)));
        Walk([Host("b"), a], "b", "xenbr0.10", "a", "xenbr0.10", [Trunk]).Arrives.ShouldBe(false);

        var promiscuous = Change(a, "xenbr0", i => i with { IsPromiscuous = true });
        Walk([Host("b"), promiscuous], "b", "xenbr0.10", "a", "xenbr0.10", [Trunk]).Arrives.ShouldBe(true);
    }

    [Fact]
    public void Broadcasts_are_not_flooded_to_a_port_that_is_set_so_but_the_hosts_own_are()
    {
        var guest = Guest("00:16:3e:00:00:01", Vlan("eth0.10", "eth0", 10));
        var a = Change(Host("a", Vif("00:16:3e:00:00:01")), "vif1.0", i => i with { Port = i.Port! with { BroadcastFlood = false } });

        Walk([Host("b"), a, guest], "b", "xenbr0.10", "guest", "eth0.10", [Trunk]).Obstacle!.Reason.ShouldBe(PathReason.FloodingOff);
        Walk([a, guest], "a", "xenbr0.10", "guest", "eth0.10").Arrives.ShouldBe(true);
    }

    [Fact]
    public void An_answer_needs_flooding_only_where_nothing_was_learned()
    {
        var a = Change(Host("a"), "eth1", i => i with { Port = i.Port! with { UnicastFlood = false } });
        Predict(a).Reachable.ShouldBe(true);

        var deaf = Change(a, "eth1", i => i with { Port = i.Port! with { Learning = false } });
        Predict(deaf).Back.Obstacle!.Reason.ShouldBe(PathReason.FloodingOff);

        static PathPrediction Predict(HostSnapshot a) =>
            PathPrediction.Make(
                new PathNetwork([Host("b"), a], [Trunk]),
                PathNetwork.Find(Host("b"), "xenbr0.10")!,
                PathNetwork.Find(a, "xenbr0.10")!,
                1500
            );
    }

    [Fact]
    public void A_bond_sends_by_its_active_slave_and_drops_what_comes_by_another()
    {
        var a = Bonded("a", "eth2");
        var wires = new[] { new Wire([new("a", "eth2"), new("b", "eth1")], VlanSet.All, null, null) };
        Walk([a, Host("b")], "a", "xenbr0.10", "b", "xenbr0.10", wires).Arrives.ShouldBe(true);
        Walk([Bonded("a", "eth3"), Host("b")], "b", "xenbr0.10", "a", "xenbr0.10", wires)
            .Obstacle!.ShouldSatisfyAllConditions(
                hop => hop.Reason.ShouldBe(PathReason.InactiveSlave),
                hop => hop.Interface.ShouldBe("eth2")
            );
    }

    [Fact]
    public void A_vlan_interface_on_a_slave_takes_the_frames_before_the_bond()
    {
        var wires = new[] { new Wire([new("a", "eth2"), new("b", "eth1")], VlanSet.All, null, null) };
        var a = Bonded("a", "eth2") with { Interfaces = [.. Bonded("a", "eth2").Interfaces, Vlan("eth2.10", "eth2", 10)] };

        Walk([a, Host("b")], "b", "xenbr0.10", "a", "xenbr0.10", wires)
            .Obstacle!.ShouldSatisfyAllConditions(
                hop => hop.Reason.ShouldBe(PathReason.TakenByVlanInterface),
                hop => hop.Interface.ShouldBe("eth2")
            );
        Walk([a, Host("b")], "b", "xenbr0.20", "a", "xenbr0.20", wires).Arrives.ShouldBe(true);
    }

    [Theory]
    [InlineData("2.6.36", true, true)]
    [InlineData("2.6.36", false, false)]
    [InlineData("2.6.36", null, null)]
    [InlineData("2.6.37", false, true)]
    public void Who_takes_a_tagged_frame_first_depends_on_the_kernel_and_before_2_6_37_on_the_card(
        string kernel,
        bool? accelerates,
        bool? vlanInterfaceTakes
    )
    {
        var b = Change(Host("b", Vlan("eth1.10", "eth1", 10)), "eth1", i => i with { Offloads = new(null, accelerates, null, null) }) with
        {
            Kernel = KernelVersion.Parse(kernel),
        };

        Walk([Host("a"), b], "a", "xenbr0.10", "b", "eth1.10", [Trunk]).Arrives.ShouldBe(vlanInterfaceTakes);
        Walk([Host("a"), b], "a", "xenbr0.10", "b", "xenbr0.10", [Trunk]).Arrives.ShouldBe(!vlanInterfaceTakes);
    }

    [Theory]
    [InlineData(null, 10, "", "eth1", true, true)]
    [InlineData("native-untagged", 10, "10,20", "eth1", true, true)]
    [InlineData("native-tagged", 10, "10,20", "eth1", true, false)]
    [InlineData("native-tagged", 10, "10,20", "eth1.10", true, true)]
    [InlineData("trunk", null, "20", "eth1.20", true, true)]
    [InlineData("trunk", null, "20", "eth1.10", false, false)]
    [InlineData(null, null, "", "eth1.10", true, true)]
    public void Open_vSwitch_ports_pass_what_their_mode_says(string? mode, int? tag, string trunks, string from, bool comesIn, bool goesOut)
    {
        // From a machine on the wire, in by eth1, out by the access port of the VLAN to its own interface.
        var vlan = from.EndsWith("20", StringComparison.Ordinal) ? 20 : 10;
        var port = new OpenVSwitchPort(
            "eth1",
            ["eth1"],
            tag is { } id ? new VlanId(id) : null,
            trunks.Length == 0 ? VlanSet.None : VlanSet.Parse(trunks),
            mode
        );
        var bridge = new OpenVSwitchBridge(
            "ovs0",
            false,
            [port, new("ovs0", ["ovs0"], null, VlanSet.None, null), new("in0", ["in0"], new VlanId(vlan), VlanSet.None, null)]
        );
        var a = Guest("00:16:3e:00:00:09") with
        {
            HostName = "a",
            OpenVSwitchBridges = [bridge],
            Interfaces =
            [
                new()
                {
                    Name = "eth1",
                    Kind = InterfaceKind.Physical,
                    Mtu = 1500,
                    IsUp = true,
                    HasCarrier = true,
                    Master = "ovs0",
                },
                new()
                {
                    Name = "ovs0",
                    Kind = InterfaceKind.OpenVSwitch,
                    Mtu = 1500,
                    IsUp = true,
                    HasCarrier = true,
                },
                new()
                {
                    Name = "in0",
                    Kind = InterfaceKind.OpenVSwitch,
                    Mtu = 1500,
                    IsUp = true,
                    HasCarrier = true,
                    Master = "ovs0",
                },
            ],
        };
        var b = Guest("00:16:3e:00:00:08", Vlan("eth1.10", "eth1", 10), Vlan("eth1.20", "eth1", 20)) with { HostName = "b" };
        b = Change(b, "eth0", i => i with { Name = "eth1" });

        Walk([a, b], "b", from, "a", "in0", [Trunk]).Arrives.ShouldBe(comesIn);
        Walk([a, b], "a", "in0", "b", from, [Trunk]).Arrives.ShouldBe(goesOut);
    }

    [Fact]
    public void A_domain_that_cannot_be_read_is_reached_behind_its_vif()
    {
        var a = Filter(Host("a", Vif("00:16:3e:00:00:01")), "vif1.0", PortVlans.Access(new VlanId(10)));
        a = Filter(a, "xenbr0", PortVlans.Trunk(VlanSet.Parse("10,20"), null));
        var network = new PathNetwork([a], []);
        var domain = new Vantage(PathNetwork.Find(a, "vif1.0")!, null, IsBehind: true);

        PathPrediction.Make(network, new Vantage(PathNetwork.Find(a, "xenbr0.10")!), domain, 1500).Reachable.ShouldBe(true);
        PathPrediction.Make(network, domain, new Vantage(PathNetwork.Find(a, "xenbr0.10")!), 1500).Reachable.ShouldBe(true);
        PathPrediction.Make(network, new Vantage(PathNetwork.Find(a, "xenbr0.20")!), domain, 1500).Reachable.ShouldBe(false);
        PathPrediction
            .Make(
                network,
                new Vantage(PathNetwork.Find(a, "xenbr0.10")!),
                domain with
                {
                    Tag = new VlanTag(new VlanId(10), VlanProtocol.Dot1Q),
                },
                1500
            )
            .Forward.Obstacle!.Reason.ShouldBe(PathReason.VlanMismatch);
    }

    [Fact]
    public void A_flood_arrives_where_walks_do_and_with_the_same_room()
    {
        var hosts = new[] { Change(Host("a"), "eth1", i => i with { Mtu = 1450 }), Host("b") };
        var network = new PathNetwork(hosts, [Trunk]);
        var source = PathNetwork.Find(hosts[0], "xenbr0.10")!;

        var flood = FrameFlood.From(network, new Vantage(source)).ToDictionary(f => f.End.ToString());

        foreach (var target in hosts.SelectMany(h => h.Interfaces.Select(i => new InterfaceRef(h, i))).Where(p => p != source))
        {
            var walk = FrameWalk.Run(network, source, target, 100);
            flood.ContainsKey(target.ToString()).ShouldBe(walk.Arrives == true, target.ToString());
            if (walk.Arrives == true)
                flood[target.ToString()].Mtu.ShouldBe(walk.Mtu ?? -1);
        }
    }

    [Fact]
    public void A_flood_shows_which_domains_see_each_others_broadcasts()
    {
        var second = Port("vif2.0", InterfaceKind.Vif) with { Vif = new(2, 0), Mac = MacAddress.Parse("00:16:3e:00:00:02") };
        var flat = Host("a", Vif("00:16:3e:00:00:01"), second);
        Reached(flat).ShouldContain("a/vif2.0");

        var apart = Filter(Filter(flat, "vif1.0", PortVlans.Access(new VlanId(10))), "vif2.0", PortVlans.Access(new VlanId(20)));
        Reached(apart).ShouldNotContain("a/vif2.0");
        Reached(apart).ShouldContain("a/xenbr0.10");

        static IEnumerable<string> Reached(HostSnapshot host) =>
            FrameFlood
                .From(new PathNetwork([host], []), new Vantage(PathNetwork.Find(host, "vif1.0")!, IsBehind: true))
                .Select(f => f.End.ToString());
    }

    private static WalkResult Walk(
        IReadOnlyList<HostSnapshot> hosts,
        string from,
        string source,
        string to,
        string target,
        IReadOnlyList<Wire>? wires = null,
        int size = 1500
    ) =>
        FrameWalk.Run(
            new PathNetwork(hosts, wires ?? []),
            PathNetwork.Find(hosts.Single(h => h.HostName == from), source)!,
            PathNetwork.Find(hosts.Single(h => h.HostName == to), target)!,
            size
        );

    private static HostSnapshot Bonded(string name, string active) =>
        Host(
            name,
            new NetworkInterface
            {
                Name = "eth2",
                Kind = InterfaceKind.Physical,
                Mtu = 1500,
                IsUp = true,
                HasCarrier = true,
                Master = "bond0",
                Slave = new(active == "eth2", true, null),
            },
            new NetworkInterface
            {
                Name = "eth3",
                Kind = InterfaceKind.Physical,
                Mtu = 1500,
                IsUp = true,
                HasCarrier = true,
                Master = "bond0",
                Slave = new(active == "eth3", true, null),
            },
            Port("bond0", InterfaceKind.Bond) with
            {
                Bond = new("active-backup", active, ["eth2", "eth3"]),
            }
        );
}
