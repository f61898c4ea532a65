using Shouldly;
using XenVlan.Changes;
using XenVlan.Changes.Desired;
using XenVlan.Model;
using Xunit;
using PathHosts = XenVlan.Tests.Paths.Network;

namespace XenVlan.Tests.Changes;

public sealed class UplinkNotesTests
{
    [Theory]
    [InlineData("1,10,20-29", "10,25", null)]
    [InlineData(
        "1",
        "10",
        "Uplink eth1 of xenbr0 does not pass VLAN 10, so it stays inside this machine. To let it out: bridge vlan add dev eth1 vid 10."
    )]
    [InlineData(
        "1,25",
        "10,20-29",
        "Uplink eth1 of xenbr0 does not pass VLAN 10,20-24,26-29, so it stays inside this machine. To let it out: bridge vlan add dev "
            + "eth1 vid 10; bridge vlan add dev eth1 vid 20-24; bridge vlan add dev eth1 vid 26-29."
    )]
    [InlineData(
        "none",
        "all",
        "Uplink eth1 of xenbr0 does not pass VLAN 1-4094, so it stays inside this machine. To let it out: bridge vlan add dev eth1 vid "
            + "1-4094."
    )]
    public void An_uplink_that_does_not_pass_a_vlan_is_named_with_the_commands_that_let_it(string passed, string wanted, string? note)
    {
        var host = PathHosts.Filter(PathHosts.Host("a"), "eth1", PortVlans.Trunk(VlanSet.Parse(passed), null));

        var notes = ChangePlan.Make(host, [new UplinksPass(new InterfaceName("xenbr0"), VlanSet.Parse(wanted))]).Notes;

        notes.ShouldBe(note is null ? [] : [note]);
    }
}
