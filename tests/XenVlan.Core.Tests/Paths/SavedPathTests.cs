using Shouldly;
using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Model.Json;
using XenVlan.Paths;
using XenVlan.Paths.Ends;
using Xunit;

namespace XenVlan.Tests.Paths;

/// <summary>Predictions from snapshots of real hosts.</summary>
public sealed class SavedPathTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static PathRequest FromApp =>
        new()
        {
            FromHost = HostTarget.Parse("a"),
            FromNic = new DomainNicName("app-a", 0),
            Vlan = new VlanId(10),
            FromAddress = InterfaceAddress.Parse("10.10.0.99/24"),
            To = PathTarget.Parse("ftp-a/eth0.10"),
        };

    [Theory]
    [InlineData(PathExpectation.None)]
    [InlineData(PathExpectation.Reachable)]
    [InlineData(PathExpectation.Isolated)]
    public async Task Between_domains_on_hosts_whose_wire_nobody_described_nothing_is_known(PathExpectation expected)
    {
        var request = new PathRequest
        {
            FromHost = HostTarget.Parse("ftp-a"),
            FromInterface = new InterfaceName("eth0.10"),
            To = PathTarget.Parse("ftp-b/eth0.10"),
            Expected = expected,
            Offline = true,
        };

        var result = await TestAsync("undescribed-wire", request);

        (result.Reachable, result.Isolated, result.Outcome).ShouldBe((null, null, PathOutcome.NotKnown));
        result.AsExpected.ShouldBe(expected is PathExpectation.None ? null : false);
        result.Explanation.ShouldContain("is not described");
    }

    [Theory]
    [InlineData(PathExpectation.Reachable)]
    [InlineData(PathExpectation.Isolated)]
    public async Task Where_the_policy_drops_what_a_bridge_forwards_arp_passes_and_packets_do_not(PathExpectation expected)
    {
        var request = FromApp with { Expected = expected, Offline = true };

        var result = await TestAsync("forward-policy-drop", request);

        (result.Reachable, result.Isolated, result.Outcome, result.AsExpected).ShouldBe((false, false, PathOutcome.PacketsLost, false));
        (result.Reason, result.LostAt).ShouldBe((PathReason.Filtered, "a/xenbr0.10"));
        result.Explanation.ShouldBe(
            "ARP passes, but ICMP is lost: a/xenbr0.10 does not get it from br10: a packet filter drops it (iptables filter FORWARD: "
                + "policy drop)."
        );
        result
            .Fix.ShouldNotBeNull()
            .ShouldStartWith("On a: iptables -t filter -I FORWARD -m physdev --physdev-is-bridged -i br10 -o br10 -j ACCEPT # ");
    }

    [Theory]
    [InlineData(PathExpectation.Reachable)]
    [InlineData(PathExpectation.Isolated)]
    public async Task Where_no_probe_can_be_sent_the_path_is_not_isolated_but_not_checked(PathExpectation expected)
    {
        // No stand-in is made on Open vSwitch, so no host is asked for anything.
        var request = FromApp with
        {
            Expected = expected,
        };

        var result = await TestAsync("open-vswitch", request);

        result.Probes.ShouldAllBe(p => p.Outcome == ProbeOutcome.NotChecked);
        (result.Reachable, result.Isolated, result.Outcome, result.AsExpected).ShouldBe((null, null, PathOutcome.NotKnown, false));
        result.Reason.ShouldBe(PathReason.NotChecked);
        result.Explanation.ShouldContain("no stand-in is made on Open vSwitch");
    }

    private static async Task<XenVlanPathResult> TestAsync(string directory, PathRequest request)
    {
        var store = new SnapshotStore(new HostConnector(), new SshSettings());
        foreach (
            var file in Directory.EnumerateFiles(
                Path.Combine(Golden.ProjectDirectory, "Data", "paths-xen-4.17-debian-12", directory),
                "*.json"
            )
        )
            store.Add(XenVlanJson.DeserializeSnapshot(await File.ReadAllTextAsync(file, Stop)));
        return await new PathTester(store).TestAsync(request, Stop);
    }
}
