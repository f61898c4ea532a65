using Shouldly;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Lab.Tests;

public sealed class PathTests(LabFixture fixture) : PathLabTest(fixture)
{
    [Fact]
    public async Task Vlan_10_passes_between_the_hosts_at_1500_bytes_and_is_seen_at_every_hop_both_ways()
    {
        await TwoHostsOnVlan10Async();

        var result = await TestAsync("a", "xenbr0.10", "b", r => r with { Trace = true });

        result.Reachable.ShouldBe(true, result.Explanation);
        result.Mtu.ShouldBe(1500);
        result.PredictionAgrees.ShouldBe(true);
        result.AsExpected.ShouldBe(true);
        result.Probes.Single(p => p.Kind is PathProbeKind.Udp).Outcome.ShouldBe(ProbeOutcome.Answered);
        result.Probes.Single(p => p.Kind is PathProbeKind.UdpBack).Outcome.ShouldBe(ProbeOutcome.Answered);
        result.Hops.Select(h => h.Interface).ShouldContain("eth1");
        result.NotWatched.ShouldBeEmpty();
        result.Hops.Where(h => !h.IsWire).ShouldAllBe(h => h.Seen == true);
        result.AnswerHops.Where(h => !h.IsWire).ShouldAllBe(h => h.Seen == true);
        result.LastSeenAt.ShouldBe("b/xenbr0.10");
        result.FirstMissedAt.ShouldBeNull();
    }

    [Fact]
    public async Task A_vlan_missing_on_the_switch_is_lost_on_the_wire()
    {
        await TwoHostsOnVlan10Async();
        await Lab.Switch.SetVlansAsync("a1", "1,20", Stop);

        var result = await TestAsync("a", "xenbr0.10", "b");

        result.Reachable.ShouldBe(false);
        result.Reason.ShouldBe(PathReason.LostOnWire, result.Explanation);
        result.LostAt.ShouldBe("a/eth1 – b/eth1");
        result.LastSeenAt.ShouldBe("a/eth1");
        result.FirstMissedAt.ShouldBe("b/eth1");
        result.Fix.ShouldNotBeNull().ShouldContain("VLAN 10");
        result.PredictionAgrees.ShouldBe(false);
    }

    [Fact]
    public async Task A_vlan_missing_on_the_uplinks_port_is_predicted_and_observed()
    {
        await TwoHostsOnVlan10Async();
        await DoAsync(
            "a",
            "ip link set xenbr0 type bridge vlan_filtering 1; bridge vlan add dev xenbr0 vid 10 self",
            "bridge vlan del dev eth1 vid 10; bridge vlan del dev xenbr0 vid 10 self; ip link set xenbr0 type bridge vlan_filtering 0"
        );

        var result = await TestAsync("a", "xenbr0.10", "b");

        result.Reason.ShouldBe(PathReason.VlanNotAllowedOnPort, result.Explanation);
        result.LostAt.ShouldBe("a/eth1");
        result.PredictionAgrees.ShouldBe(true);
        await Fixture.RunAsync("a", result.Fix!.Split(": ", 2)[1]);
        (await TestAsync("a", "xenbr0.10", "b")).Reachable.ShouldBe(true);
    }

    // Domain 0 itself would still answer: Linux takes what is for its address on any interface. Its domains lose the VLAN.
    [Fact]
    public async Task A_vlan_interface_on_the_bridge_port_takes_the_frames_from_the_domains()
    {
        await TwoHostsOnVlan10Async();
        Changes("b");
        await Fixture.RunAsync(
            "ftp-b",
            "ip link add link eth0 name eth0.10 type vlan id 10 && ip addr add 10.10.0.12/24 dev eth0.10 && ip link set eth0.10 up"
        );
        await Fixture.RunAsync("b", "ip link add link eth1 name eth1.10 type vlan id 10 && ip link set eth1.10 up");

        var result = await TestAsync("a", "xenbr0.10", "ftp-b");

        result.Reason.ShouldBe(PathReason.TakenByVlanInterface, result.Explanation);
        result.LostAt.ShouldBe("b/eth1");
        result.PredictionAgrees.ShouldBe(true);
    }

    [Fact]
    public async Task A_small_mtu_on_the_switch_lets_small_packets_through_only_and_the_largest_is_found()
    {
        await TwoHostsOnVlan10Async();
        await Lab.Switch.SetMtuAsync("a1", 1498, Stop);

        var result = await TestAsync("a", "xenbr0.10", "b");

        // The switch's number counts the packet without the tag.
        result.Mtu.ShouldBe(1498, string.Join("; ", result.Probes));
        result.LastSeenAt.ShouldBe("a/eth1");
        result.FirstMissedAt.ShouldBe("b/eth1");
        result.Reachable.ShouldBe(true);
        result.Reason.ShouldBe(PathReason.MtuTooSmall);
        result.AsExpected.ShouldBe(false);
    }

    [Fact]
    public async Task A_domain_is_reached_through_its_vif()
    {
        Changes("a");
        await Fixture.RunAsync(
            "a",
            "ip link add link xenbr0 name xenbr0.10 type vlan id 10 && ip addr add 10.10.0.1/24 dev xenbr0.10 && ip link set xenbr0.10 up"
        );
        await Fixture.RunAsync(
            "ftp-a",
            "ip link add link eth0 name eth0.10 type vlan id 10 && ip addr add 10.10.0.11/24 dev eth0.10 && ip link set eth0 up && ip "
                + "link set eth0.10 up"
        );

        var result = await TestAsync("ftp-a", "eth0.10", "a");

        result.Reachable.ShouldBe(true, result.Explanation);
        result.PredictionAgrees.ShouldBe(true);
        result.Hops.ShouldContain(h => h.Interface.StartsWith("vif"));
    }

    [Fact]
    public async Task Nothing_listening_is_told_from_nothing_arriving()
    {
        await TwoHostsOnVlan10Async();

        var result = await TestAsync("a", "xenbr0.10", "b", r => r with { TcpPort = 81 });

        result.Reachable.ShouldBe(true);
        result.Reason.ShouldBe(PathReason.NotListening);
        result.AsExpected.ShouldBe(false);
    }

    [Fact]
    public async Task Two_vlans_are_isolated_and_a_shared_one_is_found_out()
    {
        await TwoHostsOnVlan10Async();
        await MakeVlanAsync("a", 20, "10.20.0.1/24");

        var isolated = await TestAsync("a", "xenbr0.20", "b/xenbr0.10", r => r with { Expected = PathExpectation.Isolated });
        isolated.AsExpected.ShouldBe(true);
        isolated.PredictionAgrees.ShouldBe(true);

        await MakeVlanAsync("b", 20);
        var shared = await TestAsync("a", "xenbr0.20", "b/xenbr0.10", r => r with { Expected = PathExpectation.Isolated });
        shared.AsExpected.ShouldBe(false);
        shared.Fix.ShouldNotBeNull().ShouldContain("arp_ignore");
    }

    [Fact]
    public async Task Offline_nothing_is_sent_and_the_prediction_is_the_result()
    {
        await TwoHostsOnVlan10Async();
        var result = await TestAsync("a", "xenbr0.10", "b", r => r with { Offline = true });

        result.Reachable.ShouldBe(true);
        result.Probes.ShouldBeEmpty();
        result.PredictionAgrees.ShouldBeNull();
    }
}
