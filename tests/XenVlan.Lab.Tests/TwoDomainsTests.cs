using Shouldly;
using XenVlan.Drawing;
using XenVlan.Model;
using XenVlan.Topology;
using XenVlan.Topology.Yaml;
using Xunit;

namespace XenVlan.Lab.Tests;

/// <summary>The scenario of examples/two-domains.yaml, made true on real hosts.</summary>
public sealed class TwoDomainsTests(LabFixture fixture) : LabTest(fixture)
{
    [Fact]
    public async Task The_scenario_is_made_true_proved_drawn_and_found_broken_when_it_is()
    {
        Changes("a", "b");
        var document = await TopologyYaml.LoadAsync(Repository.PathOf("examples/two-domains.yaml"), Stop);
        var store = Fixture.NewStore(Connector);

        var plans = await TopologyPlanner.PlanAsync(document, store, ChangeScope.Running, Stop);
        plans.ShouldAllBe(p => !p.IsEmpty);
        _ = await TopologyApplier.ApplyAsync(plans, store, Patient, Stop);

        foreach (
            var (host, protocol, address) in new[]
            {
                ("a", "www", "10.100.0.1"),
                ("a", "ssh", "10.10.0.1"),
                ("ftp-a", "ftp", "10.200.0.11"),
                ("ftp-a", "ssh", "10.10.0.11"),
            }
        )
            await Fixture.RunAsync(host, $"lab-serve {protocol} {address}");

        var results = await CheckAsync(document);
        results.ShouldNotBeEmpty();
        results.ShouldAllBe(r => r.AsExpected == true);
        results.Where(r => r.Expected is PathExpectation.Reachable).ShouldAllBe(r => r.Mtu == 1500);
        results.ShouldAllBe(r => r.PredictionAgrees != false);

        var again = await TopologyPlanner.PlanAsync(document, Fixture.NewStore(Connector), ChangeScope.Running, Stop);
        again.ShouldAllBe(p => p.IsEmpty);

        var tree = TreeText.Write(TopologyTree.Draw(store.Known(), TopologyPlanner.WiresOf(document)));
        tree.ShouldContain("eth0.2000  VLAN 2000  10.200.0.11/24");

        await Lab.Switch.SetVlansAsync("a1", "1,1000,2000", Stop);
        var reachable = document with { Expectations = [.. document.Expectations.OfType<ReachableExpectation>()] };
        var broken = (await CheckAsync(reachable)).Where(r => r.AsExpected != true).ToList();
        broken.ShouldNotBeEmpty();
        broken.ShouldAllBe(r => r.VlanId == 10);
        broken.ShouldContain(r => r.Reason == PathReason.LostOnWire);
    }

    private async Task<List<XenVlanPathResult>> CheckAsync(TopologyDocument document)
    {
        var results = new List<XenVlanPathResult>();
        await foreach (var result in ExpectationChecker.CheckAsync(document, Fixture.NewStore(Connector), Stop))
            results.Add(result);
        return results;
    }
}
