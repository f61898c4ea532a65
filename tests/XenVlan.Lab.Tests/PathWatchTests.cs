using Shouldly;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Paths;
using XenVlan.Paths.Ends;
using Xunit;

namespace XenVlan.Lab.Tests;

/// <summary>What is seen on the hops of a path while it is tested.</summary>
public sealed class PathWatchTests(LabFixture fixture) : PathLabTest(fixture)
{
    [Fact]
    public async Task An_answer_that_is_lost_is_followed_on_its_own_way()
    {
        await TwoHostsOnVlan10Async();
        await DoAsync(
            "b",
            "nft add table arp xv && nft add chain arp xv out '{ type filter hook output priority 0; }' && nft add rule arp xv out arp "
                + "operation reply drop",
            "nft delete table arp xv"
        );

        var result = await TestAsync("a", "xenbr0.10", "b");

        result.Reachable.ShouldBe(false);
        result.Hops[^1].Seen.ShouldBe(true);
        result.LastSeenAt.ShouldBe("b/xenbr0.10");
        result.FirstMissedAt.ShouldBe("b/xenbr0.10");
    }

    [Fact]
    public async Task Two_machines_with_one_address_are_both_named()
    {
        await TwoHostsOnVlan10Async();
        Changes("b");
        await Fixture.RunAsync(
            "ftp-b",
            "ip link add link eth0 name eth0.10 type vlan id 10 && ip addr add 10.10.0.2/24 dev eth0.10 && ip link set eth0.10 up"
        );

        var result = await TestAsync("a", "xenbr0.10", "b");

        result.Probes.Single(p => p.Kind is PathProbeKind.Arp).Detail.ShouldContain(" and ");
    }

    [Fact]
    public async Task An_address_nobody_has_is_followed_out_of_the_host()
    {
        await TwoHostsOnVlan10Async();

        var result = await TestAsync("a", "xenbr0.10", "10.10.0.99");

        result.Reachable.ShouldBe(false);
        result.LastSeenAt.ShouldBe("a/eth1");
        result.FirstMissedAt.ShouldBeNull();
    }

    [Fact]
    public async Task Without_root_counters_tell_where_a_frame_was_last()
    {
        await TwoHostsOnVlan10Async();
        await Lab.Switch.SetVlansAsync("a1", "1,20", Stop);
        var store = Fixture.NewStore(Connector);
        foreach (var host in new[] { "a-admin", "b-admin" })
            _ = await store.GetAsync(HostTarget.Parse(host), Stop);
        var wire = new Wire([new WireEnd("a-admin", "eth1"), new WireEnd("b-admin", "eth1")], VlanSet.All, new VlanId(1), null);
        var request = new PathRequest
        {
            FromHost = HostTarget.Parse("a-admin"),
            FromInterface = new InterfaceName("xenbr0.10"),
            To = PathTarget.Parse("b-admin"),
        };

        // What it sends without a tag meanwhile gets through, and from the same Ethernet address.
        var chatter = await Fixture.RunAsync(
            "a",
            "setsid sh -c 'while [ $((i += 1)) -le 600 ]; do arping -q -c 1 -U -I xenbr0 192.0.2.1; sleep 0.5; done' </dev/null "
                + ">/dev/null 2>&1 & echo $!"
        );
        XenVlanPathResult result;
        try
        {
            result = await new PathTester(store, [wire]).TestAsync(request, Stop);
        }
        finally
        {
            await Fixture.RunAsync("a", $"kill {chatter}");
        }

        result.Reachable.ShouldBe(false);
        result.LastSeenAt.ShouldBe("a-admin/eth1", string.Join("; ", result.NotWatched));
        result.FirstMissedAt.ShouldBe("b-admin/eth1");

        await Lab.Switch.ResetAsync(Stop);
        var working = await new PathTester(store, [wire]).TestAsync(request with { Trace = true }, Stop);
        working.Reachable.ShouldBe(true, string.Join("; ", working.Probes));
        working.Hops.Where(h => !h.IsWire).ShouldAllBe(h => h.Seen == true);
    }

    [Fact]
    public async Task Ipv6_is_probed_by_neighbour_discovery()
    {
        await TwoHostsOnVlan10Async();
        await Fixture.RunAsync("a", "ip addr add fd10::1/64 dev xenbr0.10 nodad");
        await Fixture.RunAsync("b", "ip addr add fd10::2/64 dev xenbr0.10 nodad");

        Task<XenVlanPathResult> TestFd10Async() =>
            TestAsync(
                "a",
                "xenbr0.10",
                "b",
                r => r with { To = r.To with { Address = System.Net.IPAddress.Parse("fd10::2") }, Trace = true }
            );

        var result = await TestFd10Async();
        result.Probes.Single(p => p.Kind is PathProbeKind.Arp).Outcome.ShouldBe(ProbeOutcome.Answered);
        result.Reachable.ShouldBe(true, string.Join("; ", result.Probes));
        result.Mtu.ShouldBe(1500);
        result.Probes.Single(p => p.Kind is PathProbeKind.Udp).Outcome.ShouldBe(ProbeOutcome.Answered);
        result.Hops.Where(h => !h.IsWire).ShouldAllBe(h => h.Seen == true);

        var again = await TestFd10Async();
        again.Reachable.ShouldBe(true, string.Join("; ", again.Probes));
        var asked = again.Probes.Single(p => p.Kind is PathProbeKind.Arp);
        asked.Outcome.ShouldBe(ProbeOutcome.NotChecked);
        asked.Detail.ShouldContain("knows the neighbour from before");
    }
}
