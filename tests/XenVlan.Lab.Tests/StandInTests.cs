using Shouldly;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Paths.Ends;
using Xunit;

namespace XenVlan.Lab.Tests;

/// <summary>Paths from and to NICs of domains that nobody logs into.</summary>
[Trait(Lanes.Trait, Lanes.Third)]
public sealed class StandInTests(LabFixture fixture) : PathLabTest(fixture)
{
    private static PathRequest FromApp(string to) =>
        new()
        {
            FromHost = HostTarget.Parse("a"),
            FromNic = new DomainNicName("app-a", 0),
            Vlan = new VlanId(10),
            FromAddress = InterfaceAddress.Parse("10.10.0.250/24"),
            To = PathTarget.Parse(to),
            Expected = PathExpectation.Reachable,
        };

    [Fact]
    public async Task From_a_nic_everything_is_probed_and_nothing_is_left()
    {
        await TwoHostsOnVlan10Async();
        var before = await StateAsync();

        var result = await TestAsync(FromApp("b") with { Trace = true });

        result.Reachable.ShouldBe(true, string.Join("; ", result.Probes));
        result.Source.ShouldBe("a/app-a:0");
        result.VlanId.ShouldBe(10);
        result.Mtu.ShouldBe(1500);
        result.PredictionAgrees.ShouldBe(true);
        result.Probes.Single(p => p.Kind is PathProbeKind.Udp).Outcome.ShouldBe(ProbeOutcome.Answered);
        result.Hops.Where(h => !h.IsWire && !h.Interface.StartsWith("vif", StringComparison.Ordinal)).ShouldAllBe(h => h.Seen == true);
        (await StateAsync()).ShouldBeState(before);
    }

    [Fact]
    public async Task Without_an_address_only_arp_is_sent()
    {
        await TwoHostsOnVlan10Async();

        var result = await TestAsync(FromApp("b") with { FromAddress = null });

        result.Reachable.ShouldBe(true, string.Join("; ", result.Probes));
        result.Probes.Single(p => p.Kind is PathProbeKind.Arp).Outcome.ShouldBe(ProbeOutcome.Answered);
        result.Probes.Single(p => p.Kind is PathProbeKind.Ping).Outcome.ShouldBe(ProbeOutcome.NotChecked);
    }

    [Fact]
    public async Task Between_two_nics_both_are_stood_in_for()
    {
        var before = await StateAsync();

        var result = await TestAsync(FromApp("b/app-b:0") with { FromAddress = null });

        result.Reachable.ShouldBe(true, string.Join("; ", result.Probes));
        result.Target.ShouldBe("b/app-b:0");
        result.Mtu.ShouldBe(1500);
        (await StateAsync()).ShouldBeState(before);
    }

    [Fact]
    public async Task The_stand_in_has_the_vlans_of_the_nics_own_port()
    {
        await TwoHostsOnVlan10Async();
        var vif =
            (await Fixture.ReadAsync("a")) is var snapshot && FindVif(snapshot) is { } found
                ? found
                : throw new InvalidOperationException("app-a has no vif.");
        Changes("a");
        await Fixture.RunAsync(
            "a",
            $"ip link set xenbr0 type bridge vlan_filtering 1; bridge vlan add dev xenbr0 vid 10 self; bridge vlan add dev eth1 vid "
                + $"10; bridge vlan add dev {vif} vid 20"
        );

        var lost = await TestAsync(FromApp("b"));
        lost.Reachable.ShouldBe(false, string.Join("; ", lost.Probes));
        lost.Reason.ShouldBe(PathReason.VlanNotAllowedOnPort, lost.Explanation);
        lost.LostAt.ShouldBe($"a/{vif}");
        lost.PredictionAgrees.ShouldBe(true);

        await Fixture.RunAsync("a", $"bridge vlan add dev {vif} vid 10");
        (await TestAsync(FromApp("b"))).Reachable.ShouldBe(true);

        // As an access port the domain has the VLAN without a tag.
        await Fixture.RunAsync("a", $"bridge vlan del dev {vif} vid 1; bridge vlan add dev {vif} vid 10 pvid untagged");
        var access = await TestAsync(FromApp("b"));
        access.Reachable.ShouldBe(true, string.Join("; ", access.Probes));
        access.PredictionAgrees.ShouldBe(true);
    }

    [Fact]
    public async Task Without_root_it_says_what_it_needs()
    {
        // Only root may read domains' names from the xenstore.
        await TwoHostsOnVlan10Async();
        var number = XenVlan.Discovery.SnapshotViews.DomainNics(await Fixture.ReadAsync("a")).First(n => n.DomainName == "app-a").DomainId;
        var request = FromApp("b") with
        {
            FromHost = HostTarget.Parse("a-admin"),
            FromNic = new DomainNicName(number.ToString(System.Globalization.CultureInfo.InvariantCulture), 0),
            To = PathTarget.Parse("10.10.0.2"),
        };

        var result = await TestAsync(request);

        result.Reason.ShouldBe(PathReason.NotChecked);
        result.Explanation.ShouldContain("root");
        (result.Reachable, result.Isolated, result.Outcome, result.AsExpected).ShouldBe((null, null, PathOutcome.NotKnown, false));
    }

    private static string? FindVif(HostSnapshot snapshot) =>
        XenVlan.Discovery.SnapshotViews.DomainNics(snapshot).Single(n => n.DomainName == "app-a" && n.Index == 0).Vif;
}
