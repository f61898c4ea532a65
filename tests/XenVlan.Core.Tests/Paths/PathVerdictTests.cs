using System.Net;
using Shouldly;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Paths.Diagnosis;
using XenVlan.Paths.Ends;
using XenVlan.Paths.Forwarding;
using XenVlan.Paths.Probing;
using XenVlan.Paths.Watching;
using XenVlan.PowerShell.Running;
using Xunit;
using static XenVlan.Tests.Paths.Network;

namespace XenVlan.Tests.Paths;

/// <summary>The verdict on a domain guest of host a (vif1.0, VLAN 10) that asks host b.</summary>
public sealed class PathVerdictTests
{
    private const string Mac = "00:16:3e:00:00:01";
    private const string OtherMac = "00:16:3e:00:00:02";
    private static readonly IPAddress Target = IPAddress.Parse("10.10.0.2");
    private static readonly PathProbeKind[] Everything =
    [
        PathProbeKind.Arp,
        PathProbeKind.Ping,
        PathProbeKind.FullSizePing,
        PathProbeKind.Udp,
    ];

    private static HostSnapshot A => Host("a", Vif(Mac), Bridge("mgmt0")) with { Domains = [new XenDomain(1, "guest")] };

    private static HostSnapshot B =>
        Change(
            Host("b"),
            "xenbr0.10",
            i => i with { Mac = MacAddress.Parse(OtherMac), Addresses = [InterfaceAddress.Parse("10.10.0.2/24")] }
        );

    private static HostSnapshot Domain => Guest(Mac, Vlan("eth0.10", "eth0", 10)) with { XenVersion = "4.17" };

    [Fact]
    public void Nothing_is_wrong_where_everything_is_answered()
    {
        var result = Verdict(A, B).FromProbes(Answered(Everything), null);

        (result.Reason, result.LostAt, result.PredictionAgrees, result.Mtu).ShouldBe((PathReason.None, null, true, 1500));
    }

    [Fact]
    public void What_passes_only_while_the_ends_remember_each_other_is_broken()
    {
        var b = Change(B, "xenbr0", i => i with { IsUp = false });

        var result = Verdict(A, b).FromProbes(Answered(PathProbeKind.Ping, PathProbeKind.FullSizePing, PathProbeKind.Udp), null);

        (result.Reason, result.LostAt, result.Reachable, result.PredictionAgrees).ShouldBe(
            (PathReason.InterfaceDown, "b/xenbr0", true, true)
        );
        result.Explanation.ShouldEndWith("until the two ends have to ask for each other's Ethernet address again.");
    }

    [Fact]
    public void What_is_predicted_to_be_lost_once_the_ends_have_to_ask_is_said_where_they_did_not()
    {
        var a = Change(A, "eth1", i => i with { Port = i.Port! with { BroadcastFlood = false } });
        var report = Answered(PathProbeKind.Ping, PathProbeKind.FullSizePing, PathProbeKind.Udp);
        var notAsked = report with
        {
            Probes = [.. report.Probes.Select(p => p.Kind is PathProbeKind.Arp ? p with { Outcome = ProbeOutcome.NotChecked } : p)],
        };

        var result = Verdict(a, B).FromProbes(notAsked, null);

        (result.Reason, result.LostAt, result.Reachable, result.PredictionAgrees).ShouldBe((PathReason.FloodingOff, "a/eth1", true, true));
        result.Explanation.ShouldContain("but by what was read only until the two ends have to ask");
        Verdict(A, B).FromProbes(notAsked, null).Reason.ShouldBe(PathReason.None);
    }

    [Fact]
    public void An_uplink_outside_its_bridge_is_found_by_putting_it_in()
    {
        var a = Change(A, "eth1", i => i with { Master = null, Port = null, PortVlans = null });

        Offline(a, B).ShouldBe((PathReason.NoUplink, "a/xenbr0", "On a: ip link set dev eth1 master xenbr0"));
    }

    [Fact]
    public void A_vif_on_another_bridge_is_found_by_moving_it()
    {
        var a = Change(A, "vif1.0", i => i with { Master = "mgmt0" });

        Offline(a, B)
            .ShouldBe(
                (
                    PathReason.WrongBridge,
                    "a/vif1.0",
                    "On a: ip link set dev vif1.0 master xenbr0 # to last: Set-XenDomainNic -HostName a -DomainName guest -Index 0 "
                        + "-Bridge xenbr0"
                )
            );
    }

    [Fact]
    public void A_domain_that_no_host_runs_is_gone()
    {
        var a = A with { Vifs = [], Interfaces = [.. A.Interfaces.Where(i => i.Vif is null)] };

        Offline(a, B)
            .ShouldBe(
                (
                    PathReason.DomainSilent,
                    "guest/eth0",
                    "Look for it with 'xl list' on its host, and start it there: xl create <its configuration>"
                )
            );
    }

    [Fact]
    public void A_vif_without_the_vlan_is_given_it_beside_those_it_has()
    {
        var a = Filter(A, "vif1.0", PortVlans.Access(new VlanId(1)));

        Offline(a, B)
            .ShouldBe(
                (
                    PathReason.VlanNotAllowedOnPort,
                    "a/vif1.0",
                    "On a: bridge vlan add dev vif1.0 vid 10 # to last: Set-XenDomainNic -HostName a -DomainName guest -Index 0 "
                        + "-AllowedVlans 10 -NativeVlan 1"
                )
            );
    }

    [Fact]
    public void Room_is_made_on_the_parent_first()
    {
        var domain = Domain with { Interfaces = [.. Domain.Interfaces.Select(i => i with { Mtu = 1400 })] };
        var result = new PathJudge(Request, Path(A, B, domain)).FromPrediction();

        (result.Reason, result.LostAt, result.Reachable, result.Fix).ShouldBe(
            (PathReason.MtuTooSmall, "guest/eth0.10", true, "On guest: ip link set dev eth0 mtu 1500 && ip link set dev eth0.10 mtu 1500")
        );
    }

    [Fact]
    public void A_rule_that_drops_the_answer_is_named_and_deleted()
    {
        var b = B with
        {
            PacketFilters = XenVlan.Discovery.Filters.NftParser.Parse([
                "table bridge t {",
                "chain o {",
                "type filter hook output priority 0; policy accept;",
                "oifname \"eth1\" drop # handle 4",
                "}",
                "}",
            ]),
        };

        var result = new PathJudge(Request, Path(A, b, Domain)).FromPrediction();
        (result.Reason, result.LostAt, result.Fix).ShouldBe((PathReason.AnswerLost, "b/eth1", "On b: nft delete rule bridge t o handle 4"));
        result.Explanation.ShouldContain("oifname \"eth1\" drop");
    }

    [Fact]
    public void What_left_one_host_and_never_came_to_the_other_is_lost_on_the_wire()
    {
        var result = Verdict(A, B).FromProbes(Answered(), Seen(("a", "vif1.0"), ("a", "eth1"), ("b", "")));

        (result.Reason, result.LostAt, result.PredictionAgrees).ShouldBe((PathReason.LostOnWire, "a/eth1 – b/eth1", false));
        result.Fix!.ShouldContain("Allow VLAN 10");
    }

    [Fact]
    public void Frames_that_come_with_another_tag_tell_of_native_vlans()
    {
        var seen = Seen(("a", "vif1.0"), ("a", "eth1"), ("b", "eth1"));
        seen = seen with { Places = [.. seen.Places.Select(p => p.HostName == "b" ? p with { Tags = [] } : p)] };

        var result = Verdict(A, B).FromProbes(Answered(), seen);

        (result.Reason, result.LostAt).ShouldBe((PathReason.NativeVlanMismatch, "a/eth1 – b/eth1"));
    }

    [Fact]
    public void A_request_that_arrives_without_an_answer_is_told_from_one_that_does_not()
    {
        var result = Verdict(A, B)
            .FromProbes(Answered(), Seen(("a", "vif1.0"), ("a", "eth1"), ("b", "eth1"), ("b", "xenbr0"), ("b", "xenbr0.10")));

        (result.Reason, result.LostAt).ShouldBe((PathReason.AnswerLost, "b/xenbr0.10"));
    }

    [Fact]
    public void What_was_seen_beyond_an_obstacle_was_not_stopped_by_it()
    {
        var a = Filter(A, "vif1.0", PortVlans.Access(new VlanId(1)));

        Verdict(a, B).FromProbes(Answered(), Seen(("a", "vif1.0"), ("a", "eth1"), ("b", ""))).Reason.ShouldBe(PathReason.LostOnWire);
    }

    [Fact]
    public void Large_packets_that_nothing_read_stops_are_lost_on_the_only_wire()
    {
        var result = Verdict(A, B).FromProbes(Answered([PathProbeKind.Arp, PathProbeKind.Ping]) with { LargestPassed = 1496 }, null);

        (result.Reason, result.LostAt, result.Reachable, result.Mtu).ShouldBe((PathReason.MtuTooSmall, "a/eth1 – b/eth1", true, 1496));
    }

    [Fact]
    public void Two_answers_are_two_machines()
    {
        var result = Verdict(A, B)
            .FromProbes(
                Answered(Everything) with
                {
                    Answering = [MacAddress.Parse(OtherMac), MacAddress.Parse("00:16:3e:00:00:09")],
                },
                null
            );

        (result.Reason, result.LostAt).ShouldBe((PathReason.DuplicateAddress, "00:16:3e:00:00:09"));
        result.Explanation.ShouldContain("b/xenbr0.10");
    }

    [Fact]
    public void One_ethernet_address_of_two_machines_is_found_and_that_of_vifs_is_none()
    {
        var b = Change(B, "xenbr0.10", i => i with { Mac = MacAddress.Parse(Mac) });

        Verdict(A, b).FromProbes(Answered(), null).Reason.ShouldBe(PathReason.DuplicateMac);
        Verdict(A, B).FromProbes(Answered(), null).Reason.ShouldBe(PathReason.NoAnswer);
    }

    [Theory]
    [InlineData("balance-rr", null, PathReason.BondMode)]
    [InlineData("balance-alb", null, PathReason.BondMode)]
    [InlineData("802.3ad", "00:00:00:00:00:00", PathReason.BondMode)]
    [InlineData("802.3ad", "aa:bb:cc:00:00:01", PathReason.LostOnWire)]
    [InlineData("802.3ad", null, PathReason.LostOnWire)]
    [InlineData("active-backup", null, PathReason.LostOnWire)]
    public void A_bond_that_asks_something_of_the_switch_is_named_where_frames_are_lost(string mode, string? partner, PathReason reason)
    {
        var a = Bonded(mode, partner);

        var result = Verdict(a, B).FromProbes(Answered(), Seen(("a", "vif1.0"), ("a", "eth1")));

        result.Reason.ShouldBe(reason, result.Explanation);
        if (reason is PathReason.BondMode)
            (result.LostAt, result.Fix!.StartsWith("On a: ip link set dev eth1 nomaster && ", StringComparison.Ordinal)).ShouldBe(
                ("a/bond0", true)
            );
        Verdict(a, Change(B, "xenbr0", i => i with { IsUp = false }))
            .FromProbes(Answered(), null)
            .Reason.ShouldBe(PathReason.InterfaceDown);
        Verdict(a, B)
            .FromProbes(Answered(), Seen(("a", "vif1.0"), ("a", "eth1"), ("b", "eth1"), ("b", "xenbr0"), ("b", "xenbr0.10")))
            .Reason.ShouldBe(PathReason.AnswerLost);
    }

    [Theory]
    [InlineData(PathProbeKind.FullSizePing)]
    [InlineData(PathProbeKind.Udp)]
    [InlineData(PathProbeKind.UdpBack)]
    [InlineData(PathProbeKind.Tcp)]
    public void Such_a_bond_is_named_where_some_packets_are_lost_and_nothing_else_tells_why(PathProbeKind lost)
    {
        var kinds = Everything.Append(PathProbeKind.UdpBack).Append(PathProbeKind.Tcp).Except([lost]).ToArray();
        var report = Answered(kinds);
        report = report with { Probes = [.. report.Probes.Where(p => p.Kind != lost), new PathProbe(lost, ProbeOutcome.Unanswered, "")] };

        Verdict(Bonded("balance-xor", null), B).FromProbes(report, null).Reason.ShouldBe(PathReason.BondMode);
        Verdict(Bonded("active-backup", null), B).FromProbes(report, null).Reason.ShouldNotBe(PathReason.BondMode);
    }

    [Fact]
    public void Such_a_bond_is_not_named_where_all_passes_up_to_a_size()
    {
        var report = Answered([PathProbeKind.Arp, PathProbeKind.Ping]) with { LargestPassed = 1496 };

        Verdict(Bonded("balance-xor", null), B).FromProbes(report, null).Reason.ShouldBe(PathReason.MtuTooSmall);
    }

    private static HostSnapshot Bonded(string mode, string? partner)
    {
        var slave = new NetworkInterface
        {
            Name = "eth2",
            Kind = InterfaceKind.Physical,
            Mtu = 1500,
            IsUp = true,
            HasCarrier = true,
            Master = "bond0",
        };
        var bond = Port("bond0", InterfaceKind.Bond) with
        {
            Bond = new BondDetails(mode, null, ["eth1", "eth2"]) { LacpPartner = partner is null ? null : MacAddress.Parse(partner) },
        };
        var host = Host("a", Vif(Mac), Bridge("mgmt0"), slave, bond) with { Domains = [new XenDomain(1, "guest")] };
        return Change(host, "eth1", i => i with { Master = "bond0", Port = null, PortVlans = null });
    }

    [Fact]
    public void What_a_hop_may_do_is_the_reason_where_frames_were_seen_before_it_and_not_behind_it()
    {
        var b = Change(B, "eth1", i => i with { Port = i.Port! with { Locked = true } });

        var result = Verdict(A, b).FromProbes(Answered(), Seen(("a", "vif1.0"), ("a", "eth1"), ("b", "eth1")));

        (result.Reason, result.LostAt).ShouldBe((PathReason.PortLocked, "b/eth1"), result.Explanation);
        result.Fix!.ShouldStartWith("On b: bridge link set dev eth1 locked off");
    }

    [Theory]
    [InlineData(PathExpectation.Reachable)]
    [InlineData(PathExpectation.Isolated)]
    public void Over_a_wire_that_nobody_described_nothing_is_proved_and_no_expectation_is_met(PathExpectation expected)
    {
        var result = new PathJudge(
            Request with
            {
                Expected = expected,
                Offline = true,
            },
            Path(A, B, Domain, isWireDescribed: false)
        ).FromPrediction();

        (result.Reachable, result.Isolated, result.Outcome, result.AsExpected).ShouldBe((null, null, PathOutcome.NotKnown, false));
        result.Reason.ShouldBe(PathReason.NotKnown);
        result.Explanation.ShouldEndWith(
            "a/eth1 – b/eth1 is not described; it may carry the frame. Describe this wire in a topology document, or test it live."
        );
        var json = XenVlan.Model.Json.XenVlanJson.Serialize(result);
        json.ShouldContain("\"reachable\": null");
        json.ShouldContain("\"isolated\": null");
    }

    [Fact]
    public void Ends_that_nothing_joins_are_not_apart_where_both_lead_to_what_was_not_read()
    {
        // The domain runs on a host that was not read; b's uplink is on no wire that is described.
        var result = new PathJudge(
            Request with
            {
                Expected = PathExpectation.Isolated,
            },
            Path(A with { Vifs = [] }, B, Domain, isWireDescribed: false)
        ).FromPrediction();

        (result.Reachable, result.Isolated, result.AsExpected).ShouldBe((null, null, false));
        result.Explanation.ShouldContain("guest/eth0 and b/eth1 lead to where nothing is known of");
    }

    [Fact]
    public void What_could_not_be_tried_is_neither_reachable_nor_isolated()
    {
        foreach (var expected in new[] { PathExpectation.None, PathExpectation.Reachable, PathExpectation.Isolated })
        {
            var result = new PathJudge(Request with { Expected = expected }, Path(A, B, Domain)).FromProbes(PathProberNotChecked, null);

            (result.Reachable, result.Isolated, result.Reason).ShouldBe((null, null, PathReason.NotChecked));
            result.AsExpected.ShouldBe(expected is PathExpectation.None ? null : false);
        }
    }

    [Fact]
    public void Silence_proves_isolation_of_what_is_up_only()
    {
        var asked = Request with { Expected = PathExpectation.Isolated };

        // Nothing is known of the wire, so it is silence alone that speaks.
        var up = new PathJudge(asked, Path(A, B, Domain, isWireDescribed: false)).FromProbes(Answered(), null);
        (up.Isolated, up.AsExpected).ShouldBe((true, true));
        up.Explanation.ShouldBe("Nothing answers, and b/xenbr0.10 is up.");

        var elsewhere = Path(A, B, Domain, isWireDescribed: false) with { Target = null };
        var dead = new PathJudge(asked, elsewhere).FromProbes(Answered(), null);
        (dead.Reachable, dead.Isolated, dead.AsExpected).ShouldBe((false, null, false));
        dead.Explanation.ShouldStartWith("Nothing answers, but that 10.10.0.2 is up was not seen, so silence proves nothing.");
    }

    [Fact]
    public void Silence_where_there_should_be_an_answer_proves_nothing()
    {
        var asked = new PathJudge(Request with { Expected = PathExpectation.Isolated }, Path(A, B, Domain));

        var result = asked.FromProbes(Answered(), null);
        (result.Isolated, result.AsExpected, result.PredictionAgrees).ShouldBe((null, false, false));

        // Captures that do not see it come are a proof.
        asked.FromProbes(Answered(), Seen(("a", "vif1.0"), ("a", "eth1"))).Isolated.ShouldBe(true);
        asked
            .FromProbes(Answered(), Seen(("a", "vif1.0"), ("a", "eth1"), ("b", "eth1"), ("b", "xenbr0"), ("b", "xenbr0.10")))
            .Isolated.ShouldBe(false);
    }

    [Fact]
    public void Packets_that_a_filter_drops_are_not_predicted_to_arrive_because_arp_does()
    {
        var b = B with { PacketFilters = Iptables(":FORWARD ACCEPT", ":INPUT DROP", "-A INPUT -p tcp --dport 22 -j ACCEPT") };

        var result = new PathJudge(Request with { Expected = PathExpectation.Reachable }, Path(A, b, Domain)).FromPrediction();

        (result.Reachable, result.Isolated, result.Outcome, result.AsExpected).ShouldBe((false, false, PathOutcome.PacketsLost, false));
        (result.Reason, result.LostAt).ShouldBe((PathReason.Filtered, "b/xenbr0.10"));
        result.Explanation.ShouldBe(
            "ARP passes, but ICMP is lost: b/xenbr0.10 does not receive it: a packet filter drops it (iptables filter INPUT: policy drop)."
        );
        result.Fix.ShouldBe("On b: iptables -t filter -I INPUT -i xenbr0.10 -p icmp -j ACCEPT");
    }

    [Theory]
    [InlineData("-p udp -j DROP", "UDP")]
    [InlineData("-p tcp --dport 80 -j DROP", "TCP to port 80")]
    [InlineData("-s 10.10.0.0/24 -d 10.10.0.2/32 -p udp -j DROP", "UDP")]
    [InlineData("-s 10.10.0.1/32 -j DROP", null)]
    [InlineData("! -s 10.10.0.11/32 -j DROP", null)]
    [InlineData("-p tcp --dport 81 -j DROP", null)]
    public void Each_kind_of_packet_is_judged_by_its_addresses_and_ports(string rule, string? lost)
    {
        var b = B with { PacketFilters = Iptables(":INPUT ACCEPT", $"-A INPUT {rule}") };

        var result = new PathJudge(Request, Path(A, b, Domain) with { Port = 80 }).FromPrediction();

        result.Reason.ShouldBe(lost is null ? PathReason.None : PathReason.Filtered, result.Explanation);
        if (lost is not null)
            result.Explanation.ShouldStartWith($"ARP passes, but {lost} is lost");
    }

    [Theory]
    [InlineData("ACCEPT", "-m set --match-set bad src -j DROP")]
    [InlineData("ACCEPT", "-m mark --mark 0x1 -j REJECT --reject-with icmp-port-unreachable")]
    [InlineData("DROP", "-m limit --limit 5/sec -j ACCEPT")]
    [InlineData("ACCEPT", "-j NFQUEUE --queue-num 0")]
    public void A_rule_that_is_not_wholly_understood_makes_it_not_known(string policy, string rule)
    {
        var b = B with { PacketFilters = Iptables($":INPUT {policy}", $"-A INPUT {rule}") };

        var result = new PathJudge(Request with { Expected = PathExpectation.Reachable }, Path(A, b, Domain)).FromPrediction();

        (result.Reachable, result.Isolated, result.Reason, result.AsExpected).ShouldBe(
            (null, false, PathReason.NotKnown, false),
            result.Explanation
        );
        result.Explanation.ShouldStartWith(
            "It is not known whether ICMP passes: b/xenbr0.10 may not receive it: a packet filter may drop it (iptables filter INPUT: "
        );
    }

    [Fact]
    public void Filters_that_could_not_be_seen_may_drop()
    {
        var b = B with { NotSeen = [new Gap("packet filters", "only root may see them; log in as root")] };

        var result = new PathJudge(Request, Path(A, b, Domain)).FromPrediction();

        (result.Reachable, result.Isolated, result.Reason).ShouldBe((null, null, PathReason.NotKnown));
        result.Explanation.ShouldEndWith(
            "its packet filters could not be seen. On b, packet filters: only root may see them; log in as root."
        );
    }

    [Fact]
    public void A_rule_that_may_drop_packets_is_the_reason_where_they_were_seen_before_it_and_not_behind()
    {
        var a = A with { PacketFilters = Ebtables("-p 802_1Q --vlan-id 10 --mark 0x1 -j DROP") };
        var seen = Seen([PathProbeKind.Arp], [PathProbeKind.Ping], ("a", "vif1.0"));

        var result = Verdict(a, B).FromProbes(Answered(PathProbeKind.Arp), seen);

        (result.Reason, result.LostAt, result.Outcome).ShouldBe(
            (PathReason.Filtered, "a/eth1", PathOutcome.PacketsLost),
            result.Explanation
        );
        result.Explanation.ShouldStartWith(
            "Requests were seen at a/vif1.0 and not at a/eth1, and a/eth1 may not get it from xenbr0: a packet filter may drop it "
                + "(ebtables filter FORWARD: "
        );
    }

    [Fact]
    public void A_policy_that_a_router_needs_is_not_opened_but_for_this_bridge()
    {
        var a = A with
        {
            PacketFilters =
            [
                .. new XenVlan.Discovery.Filters.IptablesParser("iptables", "ip").Parse([
                    "*filter",
                    ":FORWARD DROP [0:0]",
                    ":DOCKER-USER - [0:0]",
                    "-A FORWARD -j DOCKER-USER",
                ]),
            ],
            BridgeNetfilter = new BridgeNetfilter(true, true, true, FiltersVlanTagged: true),
        };
        a = Change(a, "xenbr0", i => i with { Bridge = i.Bridge! with { CallsIptables = true } });

        var result = Verdict(a, B).FromPrediction();

        (result.Reachable, result.Isolated, result.Reason, result.LostAt).ShouldBe(
            (false, false, PathReason.Filtered, "a/eth1"),
            result.Explanation
        );
        result.Fix!.ShouldStartWith(
            "On a: iptables -t filter -I FORWARD -m physdev --physdev-is-bridged -i xenbr0 -o xenbr0 -j ACCEPT # what this host routes "
                + "still meets the rule; or sysctl -w 'net.bridge.bridge-nf-call-iptables=0', after which"
        );
    }

    private static PathRequest Request =>
        new()
        {
            FromHost = HostTarget.Parse("guest"),
            FromInterface = new InterfaceName("eth0.10"),
            To = PathTarget.Parse("b"),
        };

    private static NetworkInterface Bridge(string name) =>
        new()
        {
            Name = name,
            Kind = InterfaceKind.Bridge,
            Mtu = 1500,
            IsUp = true,
            HasCarrier = true,
            Bridge = new(),
        };

    private static PathUnderTest Path(HostSnapshot a, HostSnapshot b, HostSnapshot domain, bool isWireDescribed = true)
    {
        var network = new PathNetwork(
            [a, b, domain],
            isWireDescribed ? [new Wire([new("a", "eth1"), new("b", "eth1")], VlanSet.All, null, null)] : []
        );
        return new PathUnderTest(
            network,
            new Vantage(PathNetwork.Find(domain, "eth0.10")!),
            new Vantage(PathNetwork.Find(b, "xenbr0.10")!),
            Target,
            1500,
            null
        )
        {
            From = IPAddress.Parse("10.10.0.11"),
        };
    }

    private static PathJudge Verdict(HostSnapshot a, HostSnapshot b) => new(Request, Path(a, b, Domain));

    private static (PathReason Reason, string? LostAt, string? Fix) Offline(HostSnapshot a, HostSnapshot b)
    {
        var result = Verdict(a, b).FromPrediction();
        (result.Reachable, result.Isolated).ShouldBe((false, true));
        return (result.Reason, result.LostAt, result.Worded(PowerShellWording.Instance).Fix);
    }

    private static ProbeReport Answered(params PathProbeKind[] kinds) =>
        new(
            [.. Everything.Select(k => new PathProbe(k, kinds.Contains(k) ? ProbeOutcome.Answered : ProbeOutcome.Unanswered, ""))],
            kinds.Contains(PathProbeKind.FullSizePing) ? 1500 : null,
            []
        );

    private static ProbeReport PathProberNotChecked => PathProber.NotChecked("no stand-in is made on Open vSwitch");

    private static IReadOnlyList<PacketFilterChain> Iptables(params string[] lines) =>
        new XenVlan.Discovery.Filters.IptablesParser("iptables", "ip").Parse(["*filter", .. lines]);

    private static IReadOnlyList<PacketFilterChain> Ebtables(params string[] rules) =>
        XenVlan.Discovery.Filters.EbtablesParser.Parse("ebtables", ["Bridge chain: FORWARD, entries: 1, policy: ACCEPT", .. rules]);

    // Every hop of both hosts was watched, and saw requests of the first kinds; these those of the others.
    private static WatchReport Seen(PathProbeKind[] everywhere, PathProbeKind[] some, params (string Host, string Interface)[] places)
    {
        var seen = Seen(places);
        return seen with
        {
            Places =
            [
                .. seen.Places.Select(p =>
                    p with
                    {
                        Requests = new HashSet<PathProbeKind>([.. everywhere, .. places.Contains((p.HostName, p.Interface)) ? some : []]),
                    }
                ),
            ],
        };
    }

    // Every hop of both hosts was watched; these saw the request.
    private static WatchReport Seen(params (string Host, string Interface)[] places)
    {
        var watched = new[] { ("a", "vif1.0"), ("a", "eth1"), ("b", "eth1"), ("b", "xenbr0"), ("b", "xenbr0.10") };
        return new WatchReport(
            [
                .. watched.Select(w => new WatchedPlace(w.Item1, w.Item2, Evidence.Capture)
                {
                    Requests = places.Contains(w) ? new HashSet<PathProbeKind> { PathProbeKind.Arp } : [],
                }),
            ],
            new Dictionary<string, string>()
        );
    }
}
