using Shouldly;
using XenVlan.Changes;
using XenVlan.Changes.Desired;
using XenVlan.Model;
using Xunit;
using PathHosts = XenVlan.Tests.Paths.Network;

namespace XenVlan.Tests.Changes;

/// <summary>Addresses are given last, and only where nobody else has them.</summary>
public sealed class AddressStepsTests
{
    private static readonly HostSnapshot Host = PathHosts.Host("a") with { Programs = ["ip", "arping"] };

    [Fact]
    public void Everybody_is_asked_for_an_ipv4_address_before_and_an_ipv6_one_is_watched_after()
    {
        var steps = Plan(Host, Vlan(30, "10.30.0.1/24", "fd00:30::1/64"), Vlan(40, "10.40.0.1/24")).Steps;

        steps
            .Select(s => s.Description)
            .ShouldBe([
                "create xenbr0.30: VLAN 30 of xenbr0",
                "set xenbr0.30 up",
                "create xenbr0.40: VLAN 40 of xenbr0",
                "set xenbr0.40 up",
                "check that nobody else has 10.30.0.1 or 10.40.0.1",
                "add 10.30.0.1/24 to xenbr0.30",
                "add fd00:30::1/64 to xenbr0.30",
                "add 10.40.0.1/24 to xenbr0.40",
                "check that nobody else has fd00:30::1",
            ]);
        steps[4].Do.Text.ShouldEndWith(" sh xenbr0.30 10.30.0.1 xenbr0.40 10.40.0.1");
        steps[8].Do.Text.ShouldEndWith(" sh fd000030000000000000000000000001");
    }

    [Fact]
    public void Many_are_asked_for_at_once_but_not_all()
    {
        var steps = Plan(Host, [.. Enumerable.Range(100, 60).Select(v => Vlan(v, $"10.0.{v}.1/24"))]).Steps;

        steps
            .Where(s => s.FailsAs is not null)
            .Select(s => s.Description)
            .ShouldBe([
                "check that nobody else has 10.0.100.1 or one of 49 others",
                "check that nobody else has 10.0.150.1 or one of 9 others",
            ]);
    }

    [Fact]
    public void A_host_that_cannot_ask_says_so()
    {
        var plan = Plan(Host with { Programs = ["ip"] }, Vlan(30, "10.30.0.1/24"));

        plan.Steps.ShouldAllBe(s => s.FailsAs == null);
        plan.Notes.ShouldBe(["Host \"a\" has no arping, so nobody is asked whether 10.30.0.1 is free."]);
    }

    [Fact]
    public void An_address_that_is_there_is_asked_for_no_more()
    {
        var plan = Plan(Host, Vlan(30, "10.30.0.1/24", "fd00:30::1/64"));

        Plan(plan.After, Vlan(30, "10.30.0.1/24", "fd00:30::1/64")).IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void The_kernel_has_4094_vlans_on_an_interface_and_not_one_more()
    {
        var all = Enumerable.Range(VlanId.Minimum, VlanId.Maximum).Select(v => Vlan(v)).ToList();
        var host = Host with { Interfaces = [.. Host.Interfaces.Where(i => i.Vlan is null)] };

        Plan(host, [.. all]).After.Interfaces.Count(i => i.Vlan is not null).ShouldBe(VlanId.Maximum);
        Should
            .Throw<XenVlanException>(() => Plan(host, [.. all, Vlan(4094) with { Name = new InterfaceName("more") }]))
            .ShouldSatisfyAllConditions(
                e => e.ErrorId.ShouldBe(ErrorIds.Conflict),
                e => e.Message.ShouldContain("has VLAN 4094 of \"xenbr0\" already, under the name \"xenbr0.4094\"")
            );
        Should.Throw<XenVlanException>(() => Vlan(4095)).ErrorId.ShouldBe(ErrorIds.InvalidValue);
    }

    private static ChangePlan Plan(HostSnapshot host, params HostChange[] changes) => ChangePlan.Make(host, changes);

    private static VlanInterfacePresent Vlan(int vlan, params string[] addresses) =>
        new()
        {
            Parent = new InterfaceName("xenbr0"),
            VlanId = new VlanId(vlan),
            Addresses = [.. addresses.Select(InterfaceAddress.Parse)],
        };
}
