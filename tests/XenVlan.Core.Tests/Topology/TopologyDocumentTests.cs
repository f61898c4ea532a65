using Shouldly;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Topology;
using XenVlan.Topology.Yaml;
using Xunit;

namespace XenVlan.Tests.Topology;

public sealed class TopologyDocumentTests
{
    [Fact]
    public void Every_key_is_read()
    {
        var document = Parse(
            """
            apiVersion: xenvlan/v1
            hosts:
              a:
                address: root@192.0.2.1:2222
                bridges:
                  xenbr0:
                    uplinks: [eth1, bond0]
                    vlanFiltering: true
                    mtu: 9000
                    uplinkVlans: 10,1000-1010
                    uplinkNative: 1
                    ownVlans: 10
                vlanInterfaces:
                  storage:
                    parent: xenbr0
                    vlan: 10
                    protocol: 802.1ad
                    mtu: 8996
                    addresses: [10.10.0.1/24, 2001:db8::1/64]
            domains:
              web server:
                host: a
                nics:
                  0: { bridge: xenbr0, trunk: "10,2000", native: 1, mtu: 1504, transmitChecksum: false }
                  3: { bridge: xenbr1, access: 10 }
                guest:
                  address: web
                  vlanInterfaces:
                    eth0.10: { addresses: [10.10.0.2/24] }
            wires:
              - between: [a/eth1, a/bond0]
                vlans: all
                native: 1
                mtu: 1500
            expect:
              - reachable: { vlan: 10, from: a, to: web server, mtu: 1500 }
                title: Storage
            """
        );

        var host = document.Hosts.ShouldHaveSingleItem();
        host.Name.ShouldBe("a");
        host.Target.ShouldBe(HostTarget.Parse("root@192.0.2.1:2222"));
        var bridge = host.Bridges.ShouldHaveSingleItem();
        bridge.Name.Value.ShouldBe("xenbr0");
        bridge.Uplinks.Select(u => u.Value).ShouldBe(["eth1", "bond0"]);
        bridge.VlanFiltering.ShouldBe(true);
        bridge.Mtu.ShouldBe(9000);
        bridge.UplinkVlans.ShouldBe(VlanSet.Parse("10,1000-1010"));
        bridge.UplinkNative.ShouldBe(new VlanId(1));
        bridge.OwnVlans.ShouldBe(VlanSet.Parse("10"));
        var vlanInterface = host.VlanInterfaces.ShouldHaveSingleItem();
        vlanInterface.Name.Value.ShouldBe("storage");
        vlanInterface.Parent.Value.ShouldBe("xenbr0");
        vlanInterface.VlanId.ShouldBe(new VlanId(10));
        vlanInterface.Protocol.ShouldBe(VlanProtocol.Dot1AD);
        vlanInterface.Mtu.ShouldBe(8996);
        vlanInterface.Addresses.Select(a => a.ToString()).ShouldBe(["10.10.0.1/24", "2001:db8::1/64"]);

        var domain = document.Domains.ShouldHaveSingleItem();
        domain.Name.ShouldBe("web server");
        domain.HostName.ShouldBe("a");
        domain.Nics.Count.ShouldBe(2);
        var trunk = domain.Nics[0];
        (trunk.Index, trunk.Bridge.Value, trunk.Access, trunk.Native).ShouldBe((0, "xenbr0", null, new VlanId(1)));
        trunk.Trunk.ShouldBe(VlanSet.Parse("10,2000"));
        (trunk.Mtu, trunk.TransmitChecksum).ShouldBe((1504, false));
        var access = domain.Nics[1];
        (access.Index, access.Bridge.Value, access.Access, access.Native).ShouldBe((3, "xenbr1", new VlanId(10), null));
        access.Trunk.ShouldBeNull();
        (access.Mtu, access.TransmitChecksum).ShouldBe((null, null));
        domain.Guest.ShouldNotBeNull().Target.ShouldBe(HostTarget.Parse("web"));
        domain.Guest.VlanInterfaces.ShouldHaveSingleItem().Name.Value.ShouldBe("eth0.10");

        var wire = document.Wires.ShouldHaveSingleItem();
        wire.Ends.Select(e => e.ToString()).ShouldBe(["a/eth1", "a/bond0"]);
        wire.Vlans.ShouldBe(VlanSet.All);
        (wire.Native, wire.Mtu).ShouldBe((new VlanId(1), 1500));

        document.Expectations.ShouldHaveSingleItem().ShouldBeOfType<ReachableExpectation>().Title.ShouldBe("Storage");
    }

    [Fact]
    public void What_is_left_out_is_left_as_it_is_or_told_by_the_name()
    {
        var document = Parse(
            """
            apiVersion: xenvlan/v1
            hosts:
              xen1:
                bridges:
                  xenbr0:
                vlanInterfaces:
                  bond0.5.0100:
            domains:
              web:
                host: xen1
                nics: { 0: { bridge: xenbr0 } }
                guest:
              closed:
                host: xen1
            wires:
              - between: [xen1/eth0, xen1/eth1]
            expect:
            """
        );

        var host = document.Hosts[0];
        host.Target.ShouldBe(HostTarget.Parse("xen1"));
        var bridge = host.Bridges[0];
        bridge.Uplinks.ShouldBeEmpty();
        (bridge.VlanFiltering, bridge.Mtu, bridge.UplinkNative).ShouldBe((null, null, null));
        bridge.UplinkVlans.ShouldBeNull();
        bridge.OwnVlans.ShouldBeNull();
        var vlanInterface = host.VlanInterfaces[0];
        vlanInterface.Parent.Value.ShouldBe("bond0.5");
        vlanInterface.VlanId.ShouldBe(new VlanId(100));
        vlanInterface.Protocol.ShouldBe(VlanProtocol.Dot1Q);
        vlanInterface.Mtu.ShouldBeNull();
        vlanInterface.Addresses.ShouldBeEmpty();
        document.Domains[0].Guest.ShouldNotBeNull().Target.ShouldBe(HostTarget.Parse("web"));
        document.Domains[1].Guest.ShouldBeNull();
        document.Domains[1].Nics.ShouldBeEmpty();
        document.Wires[0].Vlans.ShouldBeNull();
        document.Wires[0].Native.ShouldBeNull();
        document.Wires[0].Mtu.ShouldBeNull();
        document.Expectations.ShouldBeEmpty();
    }

    [Fact]
    public void Local_is_this_machine_as_an_address_and_as_a_name()
    {
        var document = Parse("apiVersion: xenvlan/v1\nhosts: { here: { address: local }, local: , far: }");

        document.Hosts.Select(h => h.Target.IsLocal).ShouldBe([true, true, false]);
    }

    [Theory]
    [InlineData("no")]
    [InlineData("on")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("010")]
    [InlineData("1e3")]
    [InlineData("2001-01-01")]
    public void Names_that_YAML_takes_for_something_else_are_text(string name)
    {
        var document = Parse($"apiVersion: xenvlan/v1\nhosts: {{ {name}: }}\ndomains: {{ web: {{ host: {name} }} }}");

        document.Hosts[0].Name.ShouldBe(name);
        document.Domains[0].HostName.ShouldBe(name);
    }

    [Fact]
    public void An_alias_repeats_what_its_anchor_names()
    {
        var document = Parse(
            """
            apiVersion: xenvlan/v1
            hosts:
              a:
                bridges: &usual
                  xenbr0: { uplinks: [eth1] }
              b:
                bridges: *usual
            """
        );

        document.Hosts[1].Bridges[0].ShouldBe(document.Hosts[0].Bridges[0] with { Uplinks = document.Hosts[1].Bridges[0].Uplinks });
        document.Hosts[1].Bridges[0].Uplinks.ShouldBe([InterfaceName.Parse("eth1")]);
    }

    [Fact]
    public void Everything_knows_where_it_stands()
    {
        var document = Parse(
            """
            apiVersion: xenvlan/v1
            hosts:
              a:
                bridges:
                  xenbr0: { uplinks: [eth1] }
                vlanInterfaces: { xenbr0.10: { addresses: [10.0.0.1/24] } }
              b: { vlanInterfaces: { xenbr0.10: { addresses: [10.0.0.2/24] } } }
            domains:
              web:
                host: a
                nics: { 0: { bridge: xenbr0 } }
                guest: { vlanInterfaces: { eth0.10: } }
            wires:
              - between: [a/eth1, b/eth1]
            expect:
              - reachable: { vlan: 10, from: a, to: b }
            """
        );

        var (host, domain, wire) = (document.Hosts[0], document.Domains[0], document.Wires[0]);
        host.Position.ShouldBe(new SourcePosition(3, 3));
        host.Bridges[0].Position.ShouldBe(new SourcePosition(5, 7));
        host.VlanInterfaces[0].Position.ShouldBe(new SourcePosition(6, 23));
        domain.Position.ShouldBe(new SourcePosition(9, 3));
        domain.Nics[0].Position.ShouldBe(new SourcePosition(11, 13));
        domain.Guest!.Position.ShouldBe(new SourcePosition(12, 5));
        domain.Guest.VlanInterfaces[0].Position.ShouldBe(new SourcePosition(12, 32));
        wire.Position.ShouldBe(new SourcePosition(14, 5));
        wire.Ends[1].Position.ShouldBe(new SourcePosition(14, 23));
        document.Expectations[0].Position.ShouldBe(new SourcePosition(16, 5));
    }

    [Fact]
    public void Ends_are_hosts_and_domains_with_a_guest()
    {
        var document = Parse(
            """
            apiVersion: xenvlan/v1
            hosts:
              a: { vlanInterfaces: { xenbr0.10: , other: { parent: eth9, vlan: 10, addresses: [10.0.0.1/24] } } }
            domains:
              open: { host: a, guest: { address: root@open } }
              closed: { host: a }
            """
        );

        document.Ends.Select(e => e.Name).ShouldBe(["a", "open"]);
        document.FindEnd("closed").ShouldBeNull();
        document.FindEnd("open").ShouldNotBeNull().Target.UserName.ShouldBe("root");
        var a = document.FindEnd("a").ShouldNotBeNull();
        a.InterfaceOn(new VlanId(10)).ShouldNotBeNull().Name.Value.ShouldBe("other");
        a.InterfaceOn(new VlanId(20)).ShouldBeNull();
    }

    [Fact]
    public void Expectations_describe_themselves()
    {
        VlanId ten = new(10);
        new ReachableExpectation(ten, "a", "b", 1500).Describe().ShouldBe("a and b reach each other on VLAN 10 with packets of 1500 bytes");
        new ReachableExpectation(ten, "a", "b")
            .Describe()
            .ShouldBe("a and b reach each other on VLAN 10 with packets of the smaller MTU of the two");
        new IsolatedExpectation("a", ten, "b", new VlanId(20)).Describe().ShouldBe("a on VLAN 10 and b on VLAN 20 cannot reach each other");
        new ServiceExpectation("ssh", "a", 22, ten, ["b", "c", "d"])
            .Describe()
            .ShouldBe("ssh (TCP port 22) on a answers b, c and d on VLAN 10 and on no other VLAN");
        new ServiceExpectation("ssh", "a", 22, ten, ["b"], OnlyThere: false)
            .Describe()
            .ShouldBe("ssh (TCP port 22) on a answers b on VLAN 10");
    }

    [Fact]
    public void Invalid_documents_throw_all_errors_at_once()
    {
        var exception = Should.Throw<XenVlanException>(() =>
            TopologyYaml.Parse("apiVersion: xenvlan/v1\nhosts: { a: { x: 1 } }\nwires: 1", "dir/site\u001b.yaml")
        );

        exception.ErrorId.ShouldBe(ErrorIds.DocumentInvalid);
        exception.Target.ShouldBe("dir/site\u001b.yaml");
        exception.Message.ShouldBe(
            """
            dir/site\u001b.yaml:2:15: Unknown key "x" in a host; it may have address, bridges, vlanInterfaces.
            dir/site\u001b.yaml:3:8: wires: Expected a list; found a single value.
            """,
            StringCompareShould.IgnoreLineEndings
        );
    }

    [Fact]
    public void Errors_before_the_place_where_YAML_ends_are_reported_too()
    {
        TopologyYaml.TryParse("a: 1\na: 2\nb: [", "x", out _, out var errors).ShouldBeFalse();

        errors.Select(e => (e.Position.Line, e.ErrorId)).ShouldBe([(2, ErrorIds.DocumentInvalid), (3, ErrorIds.DocumentUnreadable)]);
        Should.Throw<XenVlanException>(() => Parse("a: 1\na: 2\nb: [")).ErrorId.ShouldBe(ErrorIds.DocumentUnreadable);
    }

    [Fact]
    public void A_document_with_more_errors_than_anyone_reads_is_given_up()
    {
        var uplinks = string.Join(", ", Enumerable.Repeat("e/th", 5000));

        TopologyYaml
            .TryParse(
                $"apiVersion: xenvlan/v1\nhosts: {{ a: {{ bridges: {{ xenbr0: {{ uplinks: [{uplinks}] }} }} }} }}",
                "x",
                out _,
                out var errors
            )
            .ShouldBeFalse();

        errors.Count.ShouldBe(1001);
        errors[^1].Message.ShouldBe("There are more than 1000 errors; those after these are not listed.");
    }

    [Fact]
    public void A_document_nested_deeper_than_the_stack_is_refused()
    {
        TopologyYaml.TryParse(new string('[', 1_000_000), "x", out _, out var errors).ShouldBeFalse();

        errors.ShouldHaveSingleItem().Message.ShouldBe("This is nested more than 32 deep.");
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Line_ends_of_other_systems_are_line_ends(string lineEnd)
    {
        var text = "apiVersion: xenvlan/v1\nhosts:\n  a:\n    mtu: 1\n".Replace("\n", lineEnd);

        TopologyYaml.TryParse(text, "x", out _, out var errors).ShouldBeFalse();

        errors.ShouldHaveSingleItem().Position.ShouldBe(new SourcePosition(4, 5));
    }

    [Fact]
    public void An_error_holds_nothing_that_acts_on_a_terminal()
    {
        const string document = "hosts:\n \u200f:\no:\ndomains:\n b:\n  host: o";

        TopologyYaml.TryParse(document, "x", out _, out var errors).ShouldBeFalse();

        errors.ShouldAllBe(e => !e.ToString().Contains('\u200f'));
        errors.ShouldContain(e => e.Message.Contains("\\u200f", StringComparison.Ordinal));
    }

    private static TopologyDocument Parse(string text) => TopologyYaml.Parse(text, "test.yaml");
}
