using Shouldly;
using XenVlan.Discovery.Parsing;
using XenVlan.Model;
using XenVlan.Paths.Forwarding;
using XenVlan.Tests.Discovery;
using Xunit;
using static XenVlan.Tests.Paths.Network;

namespace XenVlan.Tests.Paths;

/// <summary>What joins hosts, as far as they hear it by LLDP.</summary>
public sealed class LearnedWiresTests
{
    private const string Switch = "00:1b:21:00:00:01";

    [Fact]
    public void What_lldpd_heard_is_read()
    {
        var neighbor = LldpParser.Parse(Recorded.Lines("neighbors", "lldpd-1.0.16")).ShouldHaveSingleItem();

        neighbor.ShouldBe(
            new LldpNeighbor
            {
                Interface = "uplink9",
                ChassisId = "0e:e6:4f:70:83:8d",
                SystemName = "a",
                PortId = "0e:e6:4f:70:83:8d",
                PortDescription = "eth7",
                Vlans = VlanSet.Parse("1,10,20,22"),
                Pvid = new VlanId(1),
            }
        );
    }

    [Theory]
    [InlineData("lldp.eth0.10.via=LLDP|lldp.eth0.10.chassis.local=core|lldp.eth0.10.port.ifname=ge-0/0/1", "eth0.10 core ge-0/0/1")]
    [InlineData("lldp.eth0.via=CDPv2|lldp.eth0.chassis.local=core", "")]
    [InlineData("lldp.eth0.via=LLDP|lldp.eth0.chassis.name=nameless", "")]
    [InlineData("lldp.eth0.via=LLDP|lldp.eth0.chassis.mac=x|lldp.eth0.vlan.vlan-id=4095|lldp.eth0.vlan.pvid=yes", "eth0 x ")]
    [InlineData("lldp.eth0.via=LLDP|lldp.eth0.chassis.mac=x|lldp.eth0.via=LLDP|lldp.eth0.chassis.mac=y", "eth0 x ,eth0 y ")]
    [InlineData("", "")]
    public void Neighbours_are_those_of_lldp_that_say_who_they_are(string lines, string expected) =>
        string.Join(',', LldpParser.Parse(lines.Split('|')).Select(n => $"{n.Interface} {n.ChassisId} {n.PortId}")).ShouldBe(expected);

    [Fact]
    public void Two_hosts_that_hear_each_other_are_joined_by_one_cable()
    {
        var a = Mac(Host("a"), "00:16:3e:00:00:0a") with { Neighbors = [Heard("00:16:3e:00:00:0b")] };
        var b = Mac(Host("b"), "00:16:3e:00:00:0b") with { Neighbors = [Heard("00:16:3e:00:00:0a")] };

        LearnedWires.Of([a, b]).ShouldHaveSingleItem().Ends.ShouldBe([new("a", "eth1"), new("b", "eth1")]);
        Walk(a, b, "xenbr0.10").ShouldBe(true);
    }

    [Fact]
    public void A_host_is_known_by_its_name_where_its_port_is_named()
    {
        var a = Host("a") with
        {
            Neighbors =
            [
                new()
                {
                    Interface = "eth1",
                    ChassisId = "x",
                    SystemName = "b",
                    PortId = "eth1",
                },
            ],
        };

        LearnedWires.Of([a, Host("b")]).ShouldHaveSingleItem().Ends.ShouldBe([new("a", "eth1"), new("b", "eth1")]);
    }

    [Theory]
    [InlineData("10,20", "10", true)]
    [InlineData("20", "20", null)]
    [InlineData("", "10", null)]
    public void Hosts_on_one_switch_are_joined_on_what_it_announces_at_both_ports(string atA, string atB, bool? vlan10Passes)
    {
        var a = Host("a") with { Neighbors = [OnSwitch("ge1", atA)] };
        var b = Host("b") with { Neighbors = [OnSwitch("ge2", atB)] };

        Walk(a, b, "xenbr0.10").ShouldBe(vlan10Passes);
    }

    [Fact]
    public void A_wire_that_is_described_counts_for_more()
    {
        var a = Host("a") with { Neighbors = [OnSwitch("ge1", "20")] };
        var b = Host("b") with { Neighbors = [OnSwitch("ge2", "20")] };
        var described = new Wire([new("a", "eth1"), new("b", "eth1")], VlanSet.Parse("10"), null, null);

        FrameWalk
            .Run(new PathNetwork([a, b], [described]), PathNetwork.Find(a, "xenbr0.10")!, PathNetwork.Find(b, "xenbr0.10")!, 100)
            .Arrives.ShouldBe(true);
    }

    private static bool? Walk(HostSnapshot a, HostSnapshot b, string vlan) =>
        FrameWalk.Run(new PathNetwork([a, b], []), PathNetwork.Find(a, vlan)!, PathNetwork.Find(b, vlan)!, 100).Arrives;

    private static HostSnapshot Mac(HostSnapshot host, string mac) => Change(host, "eth1", i => i with { Mac = MacAddress.Parse(mac) });

    private static LldpNeighbor Heard(string mac) =>
        new()
        {
            Interface = "eth1",
            ChassisId = mac,
            PortId = mac,
        };

    private static LldpNeighbor OnSwitch(string port, string vlans) =>
        new()
        {
            Interface = "eth1",
            ChassisId = Switch,
            PortId = port,
            Vlans = vlans.Length == 0 ? VlanSet.None : VlanSet.Parse(vlans),
        };
}
