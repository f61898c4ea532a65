using System.Net;
using Shouldly;
using XenVlan.Model;
using XenVlan.Paths.Forwarding;
using XenVlan.Paths.Frames;
using Xunit;
using static XenVlan.Tests.Paths.Network;

namespace XenVlan.Tests.Paths;

/// <summary>What bridges do besides VLANs: multicast snooping, locked ports, neighbour suppression, states of single VLANs,
/// tunnels.</summary>
public sealed class BridgeSettingsTests
{
    private const string Mac = "00:16:3e:00:00:01";
    private const string Group = "ff02::1:ff00:11";
    private static readonly IPAddress Neighbor = IPAddress.Parse("fd00:10::11");
    private static readonly MulticastSnooping Snooping = new()
    {
        IsOn = true,
        HasMldQuerier = true,
        RouterPorts = [],
        Members = [],
    };

    [Fact]
    public void A_snooping_bridge_with_a_querier_loses_the_question_for_who_did_not_report()
    {
        var walk = Ask(Snoops(Snooping));

        walk.Obstacle.ShouldNotBeNull()
            .ShouldSatisfyAllConditions(
                hop => hop.Reason.ShouldBe(PathReason.MulticastSnooped),
                hop => hop.Interface.ShouldBe("vif1.0"),
                hop => hop.Action.ShouldContain(Group)
            );
        Arp(Snoops(Snooping)).Arrives.ShouldBe(true);
    }

    [Fact]
    public void Who_reported_gets_it_whatever_the_flood_flags_say()
    {
        var host = Change(
            Snoops(Snooping with { Members = [new("vif1.0", Group, null, false)] }),
            "vif1.0",
            i => i with { Port = i.Port! with { MulticastFlood = false } }
        );

        Ask(host).Arrives.ShouldBe(true);
        Ask(Change(host, "xenbr0", i => i with { Bridge = new() { Snooping = MulticastSnooping.Off } }), from: "eth1")
            .Obstacle!.Reason.ShouldBe(PathReason.FloodingOff);
    }

    [Theory]
    [InlineData("vif1.0", Group, false, true)]
    [InlineData("eth1", Group, false, false)]
    [InlineData("vif1.0", "ff02::1:ff00:12", false, false)]
    [InlineData("vif1.0", Group, true, null)]
    public void A_listener_is_one_of_that_port_and_group(string port, string group, bool isConditional, bool? arrives) =>
        Ask(Snoops(Snooping with { Members = [new(port, group, null, isConditional)] })).Arrives.ShouldBe(arrives);

    [Theory]
    [InlineData(10, true)]
    [InlineData(20, false)]
    [InlineData(null, false)]
    public void On_a_bridge_that_filters_a_listener_is_one_of_its_vlan(int? vlan, bool arrives)
    {
        var host = Filter(Snoops(Snooping), "vif1.0", PortVlans.Access(new VlanId(10)));
        host = Change(
            host,
            "xenbr0",
            i =>
                i with
                {
                    Bridge = i.Bridge! with
                    {
                        Snooping = Snooping with { Members = [new("vif1.0", Group, vlan is { } id ? new VlanId(id) : null, false)] },
                    },
                }
        );

        Ask(host, "xenbr0.10").Arrives.ShouldBe(arrives);
    }

    [Fact]
    public void Without_a_querier_all_get_it() => Ask(Snoops(Snooping with { HasMldQuerier = false })).Arrives.ShouldBe(true);

    [Fact]
    public void Whether_there_is_a_querier_matters_only_to_who_did_not_report()
    {
        var unsure = Snooping with { HasMldQuerier = null };

        Ask(Snoops(unsure))
            .ShouldSatisfyAllConditions(
                walk => walk.Arrives.ShouldBeNull(),
                walk => walk.Hops.ShouldContain(h => h.Verdict == HopVerdict.Unknown && h.Reason == PathReason.MulticastSnooped)
            );
        Ask(Snoops(unsure with { Members = [new("vif1.0", Group, null, false)] })).Arrives.ShouldBe(true);
        Ask(Snoops(null)).Arrives.ShouldBeNull();
        Ask(Snoops(unsure with { IsPerVlan = true, Members = [new("vif1.0", Group, null, false)] })).Arrives.ShouldBeNull();
        Ask(Snoops(Snooping with { Members = null })).Arrives.ShouldBeNull();
    }

    [Fact]
    public void A_router_port_gets_all_multicasts_and_one_that_was_heard_may()
    {
        Ask(Change(Snoops(Snooping), "vif1.0", i => i with { Port = i.Port! with { MulticastRouter = 2 } })).Arrives.ShouldBe(true);
        Ask(Snoops(Snooping with { RouterPorts = ["vif1.0"] })).Arrives.ShouldBeNull();
        Ask(Snoops(Snooping with { RouterPorts = ["eth1"] })).Arrives.ShouldBe(false);
        Ask(
            Change(
                Snoops(Snooping with { Members = [new("vif1.0", Group, null, false)] }),
                "vif1.0",
                i => i with { Port = i.Port! with { MulticastToUnicast = true } }
            )
        )
            .Arrives.ShouldBeNull();
    }

    [Fact]
    public void The_host_itself_gets_what_it_listens_to()
    {
        var (a, b) = (Host("a"), Snoops(Snooping) with { HostName = "b" });
        WalkResult To(HostSnapshot host) => Walk([a, host], "xenbr0.10", "b", "xenbr0.10");

        To(b)
            .Obstacle!.ShouldSatisfyAllConditions(
                hop => hop.Reason.ShouldBe(PathReason.MulticastSnooped),
                hop => hop.Interface.ShouldBe("xenbr0")
            );
        To(With(b, Snooping with { Members = [new("xenbr0", Group, null, false)] })).Arrives.ShouldBe(true);
        To(With(b, Snooping with { IsRouter = true })).Arrives.ShouldBe(true);
        To(With(b, Snooping with { IsRouter = null })).Arrives.ShouldBeNull();
        To(Change(b, "xenbr0", i => i with { IsPromiscuous = true })).Arrives.ShouldBe(true);
        To(Change(b, "xenbr0", i => i with { IsAllMulticast = true })).Arrives.ShouldBeNull();
    }

    [Fact]
    public void A_tag_inside_another_hides_the_group_so_all_get_it()
    {
        var guest = Guest(Mac, Vlan("eth0.10", "eth0", 10), Vlan("eth0.10.20", "eth0.10", 20));
        var host = Snoops(Snooping, Vlan("xenbr0.10.20", "xenbr0.10", 20));

        Walk([host, guest], "xenbr0.10.20", "guest", "eth0.10.20", from: "a").Arrives.ShouldBe(true);
    }

    [Fact]
    public void A_locked_port_may_not_let_a_frame_in()
    {
        var host = Change(Host("a", Vif(Mac)), "vif1.0", i => i with { Port = i.Port! with { Locked = true } });
        var walk = FrameWalk.Run(
            new PathNetwork([host, Guest(Mac)], []),
            PathNetwork.Find(Guest(Mac), "eth0")!,
            PathNetwork.Find(host, "xenbr0")!,
            100
        );

        walk.Arrives.ShouldBeNull();
        walk.Hops.ShouldContain(h => h.Interface == "vif1.0" && h.Verdict == HopVerdict.Unknown && h.Reason == PathReason.PortLocked);
        Arp(host).Arrives.ShouldBe(true);
    }

    [Fact]
    public void Suppression_may_keep_questions_from_a_port_but_not_those_of_another_such_port()
    {
        var host = Change(Host("a", Vif(Mac)), "vif1.0", i => i with { Port = i.Port! with { NeighborSuppression = true } });

        Arp(host)
            .ShouldSatisfyAllConditions(
                walk => walk.Arrives.ShouldBeNull(),
                walk => walk.Hops.ShouldContain(h => h.Verdict == HopVerdict.Unknown && h.Reason == PathReason.NeighborsSuppressed)
            );
        Ask(Change(Snoops(MulticastSnooping.Off), "vif1.0", i => i with { Port = i.Port! with { NeighborSuppression = true } }))
            .Arrives.ShouldBeNull();

        var b = Change(host, "eth1", i => i with { Port = i.Port! with { NeighborSuppression = true } }) with { HostName = "b" };
        FrameWalk
            .Run(
                new PathNetwork([Host("a"), b, Guest(Mac)], []),
                PathNetwork.Find(Host("a"), "xenbr0")!,
                PathNetwork.Find(Guest(Mac), "eth0")!,
                100
            )
            .Arrives.ShouldBeNull();
    }

    [Fact]
    public void Proxy_arp_keeps_what_is_flooded_from_a_port()
    {
        var host = Change(Host("a", Vif(Mac)), "vif1.0", i => i with { Port = i.Port! with { ProxyArp = true } });

        Arp(host).Obstacle!.Reason.ShouldBe(PathReason.NeighborsSuppressed);
    }

    [Theory]
    [InlineData(10, false, PathReason.PortNotForwarding)]
    [InlineData(20, false, PathReason.None)]
    [InlineData(10, true, PathReason.PortNotForwarding)]
    public void A_vlan_stands_still_where_its_own_state_is_not_forwarding(int vlan, bool hasOwnTrees, PathReason reason)
    {
        var host = Filter(Host("a", Vif(Mac)), "vif1.0", PortVlans.Access(new VlanId(10)));
        host = Change(host, "vif1.0", i => i with { Port = i.Port! with { StoppedVlans = VlanSet.Of(new VlanId(vlan)) } });
        host = Change(host, "xenbr0", i => i with { Bridge = i.Bridge! with { MultipleSpanningTrees = hasOwnTrees } });

        (Arp(host, "xenbr0.10").Obstacle?.Reason ?? PathReason.None).ShouldBe(reason);
        var back = FrameWalk.Run(
            new PathNetwork([host, Guest(Mac)], []),
            PathNetwork.Find(Guest(Mac), "eth0")!,
            PathNetwork.Find(host, "xenbr0.10")!,
            100
        );
        (back.Obstacle?.Reason ?? PathReason.None).ShouldBe(reason);
    }

    [Fact]
    public void With_trees_of_their_own_the_vlans_states_count_and_not_the_ports()
    {
        var host = Change(
            Filter(Host("a", Vif(Mac)), "vif1.0", PortVlans.Access(new VlanId(10))),
            "vif1.0",
            i => i with { Port = i.Port! with { State = BridgePortState.Blocking } }
        );

        Arp(host, "xenbr0.10").Obstacle!.Reason.ShouldBe(PathReason.PortNotForwarding);
        Arp(Change(host, "xenbr0", i => i with { Bridge = i.Bridge! with { MultipleSpanningTrees = true } }), "xenbr0.10")
            .Arrives.ShouldBe(true);
    }

    [Fact]
    public void What_a_tunnel_makes_of_vlans_is_not_known()
    {
        var host = Change(
            Filter(Host("a", Vif(Mac)), "vif1.0", PortVlans.Access(new VlanId(10))),
            "vif1.0",
            i => i with { Port = i.Port! with { VlanTunnel = true } }
        );

        Arp(host, "xenbr0.10").Arrives.ShouldBeNull();
    }

    [Theory]
    [InlineData("fd00:10::11", Group)]
    [InlineData("fe80::216:3eff:feaa:a01", "ff02::1:ffaa:a01")]
    [InlineData("ff02::1", "ff02::1")]
    [InlineData("10.10.0.1", null)]
    public void A_neighbour_is_asked_in_the_group_of_its_last_three_bytes(string address, string? group) =>
        new SnoopingRules(FrameCast.Multicast, FrameContent.Arp with { To = IPAddress.Parse(address) }).Group.ShouldBe(group);

    private static HostSnapshot Snoops(MulticastSnooping? snooping, params NetworkInterface[] more) =>
        With(Host("a", [Vif(Mac), .. more]), snooping);

    private static HostSnapshot With(HostSnapshot host, MulticastSnooping? snooping) =>
        Change(host, "xenbr0", i => i with { Bridge = i.Bridge! with { Snooping = snooping } });

    // From the host itself, or from another one behind a port.
    private static WalkResult Ask(HostSnapshot host, string source = "xenbr0", string? from = null) =>
        from is null
            ? Walk([host, Guest(Mac)], source, "guest", "eth0", from: "a")
            : Walk([host with { HostName = "b" }, Host("a"), Guest(Mac)], source, "guest", "eth0", from: "a");

    private static WalkResult Arp(HostSnapshot host, string source = "xenbr0") =>
        FrameWalk.Run(new PathNetwork([host, Guest(Mac)], []), PathNetwork.Find(host, source)!, PathNetwork.Find(Guest(Mac), "eth0")!, 100);

    private static WalkResult Walk(IReadOnlyList<HostSnapshot> hosts, string source, string to, string target, string from = "a")
    {
        var network = new PathNetwork(hosts, [new Wire([new("a", "eth1"), new("b", "eth1")], VlanSet.All, null, null)]);
        var question = new FrameContent(FrameKind.Neighbor, null, IsIPv6: true) { To = Neighbor };
        return FrameWalk.Run(
            new ForwardingRules(network, FrameCast.Multicast, question, LearnedPorts.None),
            new Vantage(network.Find(from, source)!),
            new Vantage(network.Find(to, target)!),
            100
        );
    }
}
