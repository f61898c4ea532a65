using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Shouldly;
using XenVlan.Discovery.Filters;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Model.Json;
using XenVlan.Paths.Ends;
using XenVlan.Paths.Forwarding;
using XenVlan.Paths.Frames;
using Xunit;
using static XenVlan.Tests.Paths.Network;

namespace XenVlan.Tests.Paths;

/// <summary>What happens to frames at hops: everything there is a word for, brought about in small networks.</summary>
public sealed class HopEventTests
{
    private const string Mac = "00:16:3e:00:00:01";
    private static readonly Wire Trunk = new([new("a", "eth1"), new("b", "eth1")], VlanSet.All, null, null);
    private static readonly VlanId Ten = new(10);
    private static readonly FrameContent Solicitation = new(FrameKind.Neighbor, null, IsIPv6: true) { To = IPAddress.Parse("fd00:10::11") };

    private static readonly Lazy<IReadOnlyList<PathHop>> All = new(() => [.. Hops()]);

    [Fact]
    public void Each_is_made_by_a_network()
    {
        var types = typeof(HopEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(HopEvent)) && !t.IsAbstract).Select(t => t.Name);

        All.Value.Select(h => h.Event.Type).Distinct().Order().ShouldBe(types.Order());
    }

    [Fact]
    public void Each_is_said_in_words()
    {
        var text = new StringBuilder();
        foreach (var ofType in All.Value.GroupBy(h => h.Event.Type, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            _ = text.Append(ofType.Key).Append('\n');
            foreach (var line in ofType.Select(h => $"  {h.Verdict}{(h.Reason is PathReason.None ? "" : $", {h.Reason}")}: {h}").Distinct())
                _ = text.Append(line).Append('\n');
        }

        Golden.Verify(text.ToString(), "Paths/hop-events");
    }

    [Fact]
    public void Each_is_in_json_by_its_name_and_details()
    {
        var result = new XenVlanPathResult
        {
            HostName = "a",
            Source = "a",
            Target = "b",
            Hops = [.. All.Value.DistinctBy(h => h.Event.Type).OrderBy(h => h.Event.Type, StringComparer.Ordinal)],
        };

        var hops = JsonNode.Parse(XenVlanJson.Serialize(result))!["hops"]!.AsArray();

        hops.Select(h => (string)h!["event"]!["type"]!).ShouldBe(result.Hops.Select(h => h.Event.Type));
        hops.Select(h => (string)h!["action"]!).ShouldBe(result.Hops.Select(h => h.Action));
        Golden.Verify(string.Concat(hops.Select(h => h!["event"]!.ToJsonString() + "\n")), "Paths/hop-events-json");
        Golden.Verify(
            hops.Single(h => (string)h!["event"]!["type"]! == nameof(Filtered))!
                .ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true }),
            "Paths/hop-json"
        );
    }

    [Fact]
    public void No_reason_of_an_event_is_other_than_the_hops() =>
        All.Value.ShouldAllBe(h => h.Reason == (h.Event is Obstacle ? ((Obstacle)h.Event).Reason : PathReason.None));

    private static IEnumerable<PathHop> Hops() =>
        [
            .. Passing(),
            .. OnLinks(),
            .. OnBridges(),
            .. Flooding(),
            .. OnOpenVSwitch(),
            .. Taken(),
            .. Filters(),
            .. OnWires(),
            .. Mismatches(),
        ];

    private static IEnumerable<PathHop> Passing()
    {
        var guest = Guest(Mac);
        var access = Filter(Host("a", Vif(Mac)), "vif1.0", PortVlans.Access(Ten));
        return
        [
            .. Walk([Host("a"), Host("b")]),
            .. Walk([access, guest], source: "guest/eth0", target: "a/xenbr0.10"),
            .. Walk([access, guest], target: "guest/eth0"),
            .. Walk([Filter(Host("a"), "xenbr0", PortVlans.Access(Ten)), Host("b")], source: "b/xenbr0.10", target: "a/xenbr0"),
            .. Walk([Filter(Host("a"), "xenbr0", PortVlans.Access(Ten)), Host("b")], source: "a/xenbr0", target: "b/xenbr0.10"),
            .. Walk(
                [
                    Change(Filter(Host("a"), "xenbr0", PortVlans.Access(new VlanId(1))), "xenbr0", i => i with { IsPromiscuous = true }),
                    Host("b"),
                ],
                source: "b/xenbr0.10",
                target: "a/xenbr0.10"
            ),
            .. Walk([Host("a") with { IsDomain0 = false }, Host("b")], source: "b/xenbr0.10", target: "a/xenbr0.10"),
            .. Walk([ServiceBridge(), Guest(Mac, Vlan("eth0.10", "eth0", 10))], source: "guest/eth0.10", target: "a/s.10"),
            .. Walk([Bonded("eth2"), Host("b")], wires: [OnBond]),
            .. Walk([Bonded("eth2"), Host("b")], source: "b/xenbr0.10", target: "a/xenbr0.10", wires: [OnBond]),
            .. PathDeparture.From(ResolvedEnd.Of(HostTarget.Parse("a"), PathNetwork.Find(Host("a"), "xenbr0.10")!)),
        ];
    }

    private static IEnumerable<PathHop> OnLinks() =>
        [
            .. Walk([Change(Host("a"), "xenbr0.10", i => i with { IsUp = false }), Host("b")]),
            .. Walk([Change(Host("a"), "eth1", i => i with { HasCarrier = false }), Host("b")]),
            .. Walk(
                [Change(Host("a", Vif(Mac)), "vif1.0", i => i with { HasCarrier = false }), Guest(Mac)],
                source: "a/xenbr0",
                target: "guest/eth0"
            ),
            .. Walk([Bonded("eth3"), Host("b")], source: "b/xenbr0.10", target: "a/xenbr0.10", wires: [OnBond]),
            .. Walk([Host("a"), Host("b")], size: 9000),
        ];

    private static IEnumerable<PathHop> OnBridges()
    {
        var filtering = Filter(Host("a"), "eth1", PortVlans.Trunk(VlanSet.All, null));
        var service = Change(ServiceBridge(), "vif1.0", i => i with { PortVlans = PortVlans.Trunk(VlanSet.Parse("100"), null) });
        return
        [
            .. Walk([Change(Host("a"), "eth1", i => i with { Port = i.Port! with { State = BridgePortState.Blocking } }), Host("b")]),
            .. Walk([Change(filtering, "eth1", i => i with { Port = i.Port! with { StoppedVlans = VlanSet.Parse("10") } }), Host("b")]),
            .. Walk([Filter(Host("a"), "eth1", PortVlans.Trunk(VlanSet.Parse("20"), null)), Host("b")]),
            .. Walk([Filter(Host("a"), "xenbr0", PortVlans.Trunk(VlanSet.Parse("20"), null)), Host("b")]),
            .. Back([Filter(Host("a"), "xenbr0", PortVlans.Trunk(VlanSet.Parse("20"), null)), Host("b")]),
            .. Back([Filter(Host("a"), "xenbr0", PortVlans.Trunk(VlanSet.Parse("20"), null)) with { IsDomain0 = false }, Host("b")]),
            .. Walk([filtering, Host("b")], source: "b/xenbr0", target: "a/xenbr0"),
            .. Walk([service, Guest(Mac, Vlan("eth0.10", "eth0", 10))], source: "guest/eth0.10", target: "a/s"),
            .. Walk([ServiceBridge(), Nested()], source: "guest/n8", target: "a/s"),
            .. Walk([Change(filtering, "eth1", i => i with { PortVlans = null }), Host("b")]),
            .. Back([Change(filtering, "eth1", i => i with { PortVlans = null }), Host("b")]),
            .. Walk([Change(filtering, "xenbr0", i => i with { PortVlans = null }), Host("b")]),
            .. Back([Change(filtering, "xenbr0", i => i with { PortVlans = null }), Host("b")]),
            .. Walk([Change(filtering, "eth1", i => i with { Port = i.Port! with { VlanTunnel = true } }), Host("b")]),
            .. Back([Change(filtering, "eth1", i => i with { Port = i.Port! with { VlanTunnel = true } }), Host("b")]),
            .. Back([Change(Host("a"), "eth1", i => i with { Port = i.Port! with { Locked = true } }), Host("b")]),
        ];
    }

    private static IEnumerable<PathHop> Flooding()
    {
        var snooping = new MulticastSnooping
        {
            IsOn = true,
            HasMldQuerier = true,
            RouterPorts = [],
            Members = [],
        };
        return
        [
            .. Ports(p => p with { Isolated = true }),
            .. Ports(p => p with { BroadcastFlood = false }),
            .. Ports(p => p with { MulticastFlood = false }, FrameCast.Multicast),
            .. Ports(p => p with { UnicastFlood = false }, FrameCast.Unicast),
            .. Ports(p => p with { ProxyArp = true }),
            .. Ports(p => p with { NeighborSuppression = true }, onlyVif: true),
            .. Ask(snooping, "guest/eth0.10"),
            .. Ask(snooping, "a/xenbr0.10"),
            .. Ask(snooping with { HasMldQuerier = null }, "guest/eth0.10"),
            .. Ask(snooping with { Members = null }, "guest/eth0.10"),
            .. Ask(snooping with { Members = null }, "a/xenbr0.10"),
        ];

        static IReadOnlyList<PathHop> Ports(
            Func<BridgePortDetails, BridgePortDetails> change,
            FrameCast cast = FrameCast.Broadcast,
            bool onlyVif = false
        )
        {
            var host = Change(Host("a", Vif(Mac)), "vif1.0", i => i with { Port = change(i.Port!) });
            return Walk(
                [onlyVif ? host : Change(host, "eth1", i => i with { Port = change(i.Port!) }), Tagging, Host("b")],
                source: "b/xenbr0.10",
                target: "guest/eth0.10",
                cast: cast
            );
        }

        static IReadOnlyList<PathHop> Ask(MulticastSnooping snooping, string target) =>
            Walk(
                [
                    Change(Host("a", Vif(Mac)), "xenbr0", i => i with { Bridge = i.Bridge! with { Snooping = snooping } }),
                    Tagging,
                    Host("b"),
                ],
                source: "b/xenbr0.10",
                target: target,
                cast: FrameCast.Multicast,
                content: Solicitation
            );
    }

    private static IEnumerable<PathHop> OnOpenVSwitch()
    {
        return
        [
            .. Come(new OpenVSwitchPort("eth1", ["eth1"], Ten, VlanSet.None, null), "b/eth1"),
            .. Come(new OpenVSwitchPort("eth1", ["eth1"], Ten, VlanSet.None, null), "b/eth1.10"),
            .. Come(new OpenVSwitchPort("eth1", ["eth1"], null, VlanSet.Parse("20"), "trunk"), "b/eth1.10"),
            .. Come(new OpenVSwitchPort("eth1", ["eth1"], null, VlanSet.None, null), "b/eth1"),
            .. Come(new OpenVSwitchPort("eth1", ["eth1"], Ten, VlanSet.None, "dot1q-tunnel"), "b/eth1.10"),
        ];

        static IReadOnlyList<PathHop> Come(OpenVSwitchPort port, string source)
        {
            var own = new OpenVSwitchPort("in0", ["in0"], Ten, VlanSet.None, null);
            var a = Guest("00:16:3e:00:00:09") with
            {
                HostName = "a",
                OpenVSwitchBridges = [new("ovs0", false, [port, new("ovs0", ["ovs0"], null, VlanSet.None, null), own])],
                Interfaces =
                [
                    Plain("eth1", InterfaceKind.Physical) with
                    {
                        Master = "ovs0",
                    },
                    Plain("ovs0", InterfaceKind.OpenVSwitch),
                    Plain("in0", InterfaceKind.OpenVSwitch) with
                    {
                        Master = "ovs0",
                    },
                ],
            };
            var b = Guest("00:16:3e:00:00:08") with
            {
                HostName = "b",
                Interfaces = [Plain("eth1", InterfaceKind.Physical), Vlan("eth1.10", "eth1", 10)],
            };
            return Walk([a, b], source, "a/in0");
        }
    }

    private static IEnumerable<PathHop> Taken()
    {
        var old = Host("b", Vlan("eth1.10", "eth1", 10)) with { Kernel = KernelVersion.Parse("2.6.36") };
        var slave = Bonded("eth2") with { Interfaces = [.. Bonded("eth2").Interfaces, Vlan("eth2.10", "eth2", 10) with { IsUp = false }] };
        return
        [
            .. Walk([Host("a"), Host("b", Vlan("eth1.10", "eth1", 10))]),
            .. Back([slave, Host("b")], OnBond),
            .. Walk([Host("a"), Accelerating(false)], target: "b/eth1.10"),
            .. Walk([Host("a"), Accelerating(null)], target: "b/eth1.10"),
            .. Walk([Host("a"), Accelerating(null)]),
        ];

        HostSnapshot Accelerating(bool? isSo) => Change(old, "eth1", i => i with { Offloads = new(null, isSo, null, null) });
    }

    private static IEnumerable<PathHop> Filters()
    {
        var unseen = Host("a") with { NotSeen = [new Gap("packet filters", "it needs root")] };
        return
        [
            .. Walk([Nft("bridge", "forward", "vlan id 10 drop"), Host("b")]),
            .. Back([Nft("bridge", "prerouting", "vlan id 10 drop"), Host("b")]),
            .. Back([Nft("bridge", "input", "drop"), Host("b")]),
            .. Walk([Nft("bridge", "output", "drop"), Host("b")]),
            .. Walk([Nft("arp", "output", "drop"), Host("b")]),
            .. Back([Nft("arp", "input", "drop"), Host("b")]),
            .. Back([Nft("netdev", "ingress", "drop"), Host("b")]),
            .. Walk([Nft("bridge", "output", "meta mark 0x00000001 drop"), Host("b")]),
            .. Walk([unseen, Host("b")]),
            .. Back([unseen, Host("b")]),
        ];

        static HostSnapshot Nft(string family, string hook, string rule) =>
            Host("a") with
            {
                PacketFilters = NftParser.Parse([
                    $"table {family} t {{ # handle 1",
                    "chain c { # handle 1",
                    $"type filter hook {hook} {(family == "netdev" ? "device \"eth1\" " : "")}priority 0; policy accept;",
                    $"{rule} # handle 2",
                    "}",
                    "}",
                ]),
            };
    }

    private static IEnumerable<PathHop> OnWires() =>
        [
            .. Walk([Host("a"), Host("b")], source: "a/xenbr0", target: "b/xenbr0"),
            .. Walk([Host("a"), Host("b")], wires: [Trunk with { Vlans = VlanSet.Parse("20") }]),
            .. Walk([Host("a"), Host("b")], wires: [Trunk with { Vlans = VlanSet.Parse("20"), IsLearned = true }]),
            .. Walk([Host("a"), Host("b")], wires: []),
            .. Walk([Host("a"), Host("b")], target: "b/xenbr0", wires: [Trunk with { Native = Ten }]),
            .. Walk([Host("a"), Host("b")], wires: [Trunk with { Native = Ten }]),
        ];

    private static IEnumerable<PathHop> Mismatches()
    {
        var a = Filter(Filter(Host("a"), "eth1", PortVlans.Access(Ten)), "xenbr0", PortVlans.Trunk(VlanSet.Parse("10"), null));
        var b = Filter(
            Filter(Host("b"), "eth1", PortVlans.Access(new VlanId(20))),
            "xenbr0",
            PortVlans.Trunk(VlanSet.Parse("10,20"), null)
        );
        var service = Change(Host("b"), "xenbr0.10", i => i with { Vlan = i.Vlan! with { Protocol = VlanProtocol.Dot1AD } });
        var behind = Host("a", Vif(Mac));
        return
        [
            .. Walk([a, b]),
            .. Walk([Host("a"), Host("b")], target: "b/xenbr0.20"),
            .. Walk([Host("a"), service]),
            .. Walk([Host("a"), Host("b")], target: "b/xenbr0"),
            .. Walk([Host("a", Vlan("xenbr0.30", "xenbr0", 30)), Host("b")], source: "a/xenbr0.30", target: "b/xenbr0"),
            .. Walk([behind], source: "a/xenbr0.20", target: "a/vif1.0", behind: new VlanTag(Ten, VlanProtocol.Dot1Q)),
            .. Walk([behind], target: "a/vif1.0", isBehind: true),
        ];
    }

    private static Wire OnBond { get; } = new([new("a", "eth2"), new("b", "eth1")], VlanSet.All, null, null);

    private static HostSnapshot Tagging { get; } = Guest(Mac, Vlan("eth0.10", "eth0", 10));

    private static NetworkInterface Plain(string name, InterfaceKind kind) =>
        new()
        {
            Name = name,
            Kind = kind,
            Mtu = 1500,
            IsUp = true,
            HasCarrier = true,
        };

    // A provider bridge, whose domain is a customer.
    private static HostSnapshot ServiceBridge()
    {
        var service = Vlan("s", "xenbr0", 100) with { Vlan = new("xenbr0", new VlanId(100), VlanProtocol.Dot1AD) };
        var host = Host("a", Vif(Mac), service, Vlan("s.10", "s", 10));
        return Change(
            Change(host, "xenbr0", i => i with { Bridge = i.Bridge! with { VlanFiltering = true, VlanProtocol = VlanProtocol.Dot1AD } }),
            "vif1.0",
            i => i with { PortVlans = PortVlans.Access(new VlanId(100)) }
        );
    }

    // A domain with VLAN interfaces on VLAN interfaces, as many as are followed.
    private static HostSnapshot Nested() =>
        Guest(
            Mac,
            [.. Enumerable.Range(1, Frame.MaximumTags).Select(i => Vlan($"n{i}", i == 1 ? "eth0" : $"n{i - 1}", i) with { Mtu = 1400 })]
        );

    private static HostSnapshot Bonded(string active) =>
        Host(
            "a",
            Plain("eth2", InterfaceKind.Physical) with
            {
                Master = "bond0",
                Slave = new(active == "eth2", true, null),
            },
            Plain("eth3", InterfaceKind.Physical) with
            {
                Master = "bond0",
                Slave = new(active == "eth3", true, null),
            },
            Port("bond0", InterfaceKind.Bond) with
            {
                Bond = new("active-backup", active, ["eth2", "eth3"]),
            }
        );

    private static IReadOnlyList<PathHop> Back(IReadOnlyList<HostSnapshot> hosts, Wire? wire = null) =>
        Walk(hosts, "b/xenbr0.10", "a/xenbr0.10", [wire ?? Trunk]);

    private static IReadOnlyList<PathHop> Walk(
        IReadOnlyList<HostSnapshot> hosts,
        string source = "a/xenbr0.10",
        string target = "b/xenbr0.10",
        IReadOnlyList<Wire>? wires = null,
        int size = 100,
        FrameCast cast = FrameCast.Broadcast,
        FrameContent? content = null,
        VlanTag? behind = null,
        bool isBehind = false
    )
    {
        var network = new PathNetwork(hosts, wires ?? [Trunk]);
        return FrameWalk
            .Run(
                new ForwardingRules(network, cast, content ?? FrameContent.Arp, LearnedPorts.None),
                new Vantage(At(source)),
                new Vantage(At(target), behind, isBehind || behind is not null),
                size
            )
            .Hops;

        InterfaceRef At(string place) => network.Find(place.Split('/')[0], place.Split('/')[1]).ShouldNotBeNull(place);
    }
}
