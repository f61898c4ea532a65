using Shouldly;
using XenVlan.Changes;
using XenVlan.Cli.Reports;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Cli.Tests.Reports;

public sealed class ReportTests
{
    [Theory]
    [InlineData("all")]
    [InlineData("hosts")]
    [InlineData("bridges")]
    [InlineData("nics")]
    [InlineData("vlans")]
    public void A_host(string what) => Cli.Verify(Paper.Print(s => SnapshotText.Write(s, what, [Samples.Host])), $"show-{what}");

    [Fact]
    public void A_bond_under_a_bridge_is_shown_with_its_mode_and_slaves()
    {
        var bond = new NetworkInterface
        {
            Name = "bond0",
            Index = 11,
            Kind = InterfaceKind.Bond,
            Mtu = 1500,
            IsUp = true,
            HasCarrier = true,
            Master = "xenbr0",
            Port = new BridgePortDetails { State = BridgePortState.Forwarding },
            Bond = new BondDetails("802.3ad", null, ["eth2", "eth3"]) { LacpPartner = MacAddress.Parse("00:00:00:00:00:00") },
        };

        var text = Paper.Print(s =>
            SnapshotText.Write(s, "bridges", [Samples.Host with { Interfaces = [.. Samples.Host.Interfaces, bond] }])
        );

        text.ShouldContain("xen1/bond0 is on a bond: 802.3ad of eth2, eth3, no LACP partner");
    }

    [Fact]
    public void A_host_on_a_narrow_terminal() =>
        Cli.Verify(Paper.Print(s => SnapshotText.Write(s, "all", [Samples.Host]), 80, colours: false), "show-all-80");

    [Fact]
    public void A_plan() => Cli.Verify(Paper.Print(s => PlanText.WritePlans(s, [Samples.Plan], withUndo: false)), "plan");

    [Fact]
    public void A_plan_that_is_only_asked_for() =>
        Cli.Verify(
            Paper.Print(s => PlanText.WritePlans(s, [Samples.Plan, ChangePlan.Make(Samples.Host, [])], withUndo: true)),
            "plan-what-if"
        );

    [Fact]
    public void A_plan_that_fails() =>
        Cli.Verify(
            Paper.Print(s =>
            {
                foreach (var report in Failing())
                    PlanText.WriteStep(s, report);
            }),
            "plan-failing"
        );

    [Fact]
    public void What_became_of_plans()
    {
        var changed = new PlanProgress(Samples.Plan);
        changed.Begin();
        changed.End();
        var failed = new PlanProgress(Samples.Plan);
        failed.Begin();
        var unchanged = new PlanProgress(ChangePlan.Make(Samples.Host, []));
        unchanged.Begin();
        unchanged.End();
        Paper.Print(s => PlanText.WriteEnd(s, [changed, unchanged])).ShouldBe("Changed: xen1.\n");
        Paper.Print(s => PlanText.WriteEnd(s, [failed, unchanged])).ShouldBe("Not changed: xen1.\n");
        Paper.Print(s => PlanText.WriteEnd(s, [unchanged])).ShouldBe("There was nothing to change.\n");
    }

    [Fact]
    public void A_check() => Cli.Verify(Paper.Print(s => CheckText.Write(s, [Samples.Lost, Samples.Apart])), "check");

    [Fact]
    public void A_check_that_finds_nothing() =>
        Paper.Print(s => CheckText.Write(s, [Samples.Apart])).ShouldEndWith("\nAll 1 as expected.\n");

    [Fact]
    public void A_path_with_its_hops() => Cli.Verify(Paper.Print(s => PathText.Write(s, Samples.Lost, trace: true)), "path-trace");

    [Fact]
    public void A_path_with_its_hops_on_a_narrow_terminal_with_colours() =>
        Cli.Verify(
            Paper.Print(s => PathText.Write(s, Samples.Lost, trace: true), 80, colours: true).Replace('\u001b', '^'),
            "path-trace-80"
        );

    [Fact]
    public void A_path_that_is_not_as_foreseen() =>
        Cli.Verify(Paper.Print(s => PathText.Write(s, Samples.Apart, trace: true)), "path-unforeseen");

    private static IEnumerable<StepReport> Failing()
    {
        var (host, steps) = (Samples.Plan.HostName, Samples.Plan.Steps);
        yield return new StepReport(host, 1, steps.Count, steps[0], StepState.Running, "");
        yield return new StepReport(host, 1, steps.Count, steps[0], StepState.Done, "");
        yield return new StepReport(host, 2, steps.Count, steps[1], StepState.Running, "");
        yield return new StepReport(host, 2, steps.Count, steps[1], StepState.Failed, "RTNETLINK answers: Operation not permitted");
        yield return new StepReport(host, 1, steps.Count, steps[0], StepState.UndoFailed, "Device or resource busy");
    }
}
