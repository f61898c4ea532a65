using Shouldly;
using XenVlan.Model;
using XenVlan.Topology.Yaml;
using Xunit;

namespace XenVlan.Tests.Topology;

public sealed class TwoDomainsExampleTests
{
    [Fact]
    public async Task The_example_is_the_scenario_of_the_article()
    {
        var path = Path.Combine(Golden.ProjectDirectory, "..", "..", "examples", "two-domains.yaml");

        var document = await TopologyYaml.LoadAsync(path, TestContext.Current.CancellationToken);

        document.Hosts.ShouldAllBe(h => h.Bridges.Single().Name.Value == "xenbr0" && h.Bridges[0].Uplinks.Single().Value == "eth1");
        document.Domains.ShouldAllBe(d => d.Nics.Single().Index == 0 && VlanSet.All.Equals(d.Nics[0].Trunk));
        document.Domains.Select(d => (d.Name, d.HostName)).ShouldBe([("ftp-a", "a"), ("ftp-b", "b")]);
        document.Ends.ShouldAllBe(e => e.Target.Destination == e.Name);
        document
            .Ends.SelectMany(e => e.VlanInterfaces.Select(i => $"{e.Name} {i.Name} {i.VlanId} {i.Mtu} {i.Addresses.Single()}"))
            .ShouldBe([
                "a xenbr0.10 10 1500 10.10.0.1/24",
                "a xenbr0.1000 1000 1500 10.100.0.1/24",
                "b xenbr0.10 10 1500 10.10.0.2/24",
                "b xenbr0.1000 1000 1500 10.100.0.2/24",
                "ftp-a eth0.10 10 1500 10.10.0.11/24",
                "ftp-a eth0.2000 2000 1500 10.200.0.11/24",
                "ftp-b eth0.10 10 1500 10.10.0.12/24",
                "ftp-b eth0.2000 2000 1500 10.200.0.12/24",
            ]);
        var wire = document.Wires.ShouldHaveSingleItem();
        string.Join('-', wire.Ends).ShouldBe("a/eth1-b/eth1");
        wire.Vlans.ShouldBe(VlanSet.Parse("10,1000,2000"));
        document
            .Expectations.Select(e => e.Describe())
            .ShouldBe([
                "a and ftp-a reach each other on VLAN 10 with packets of 1500 bytes",
                "a and b reach each other on VLAN 10 with packets of 1500 bytes",
                "a and ftp-b reach each other on VLAN 10 with packets of 1500 bytes",
                "ftp-a and ftp-b reach each other on VLAN 10 with packets of 1500 bytes",
                "a and b reach each other on VLAN 1000 with packets of 1500 bytes",
                "ftp-a and ftp-b reach each other on VLAN 2000 with packets of 1500 bytes",
                "a on VLAN 1000 and ftp-a on VLAN 2000 cannot reach each other",
                "a on VLAN 1000 and ftp-b on VLAN 2000 cannot reach each other",
                "b on VLAN 1000 and ftp-a on VLAN 2000 cannot reach each other",
                "b on VLAN 1000 and ftp-b on VLAN 2000 cannot reach each other",
                "www (TCP port 80) on a answers b on VLAN 1000 and on no other VLAN",
                "ftp (TCP port 21) on ftp-a answers ftp-b on VLAN 2000 and on no other VLAN",
                "ssh (TCP port 22) on a answers b and ftp-a on VLAN 10 and on no other VLAN",
                "ssh (TCP port 22) on ftp-a answers a and b on VLAN 10 and on no other VLAN",
            ]);
    }
}
