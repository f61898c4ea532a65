using Shouldly;
using XenVlan.Changes.Desired;
using XenVlan.Changes.Persistence.Domains;
using XenVlan.Changes.Persistence.Files;
using XenVlan.Discovery;
using XenVlan.Drawing;
using XenVlan.Model;
using Xunit;
using static XenVlan.Tests.Discovery.ProbeText;

namespace XenVlan.Tests.Discovery;

public sealed class ViewTests
{
    private static ProbeText FilteringHost(params IEnumerable<string> portVlans) =>
        new ProbeText()
            .Domain0("/local/domain/1/name = \"www\"")
            .Nic("eth0", 2, PortOf(3))
            .Bridge("xenbr0", 3, filtering: true)
            .Vif("vif1.0", 4, 1, 0, PortOf(3, 2))
            .Section("port-vlans", ["port              vlan-id  ", .. portVlans]);

    private static XenDomainNic Nic(ProbeText probe) => SnapshotViews.DomainNics(probe.Build()).ShouldHaveSingleItem();

    [Fact]
    public void A_port_of_one_untagged_vlan_is_an_access_port()
    {
        var nic = Nic(FilteringHost("vif1.0            10 PVID Egress Untagged"));
        (nic.Mode, nic.AccessVlan, nic.AllowedVlans, nic.NativeVlan).ShouldBe((NicMode.Access, 10, null, null));
    }

    [Theory]
    [InlineData("10 2000", "10,2000", null)]
    [InlineData("1_PVID_Egress_Untagged 10", "10", 1)]
    [InlineData("10", "10", null)]
    [InlineData("10_PVID", "10", 10)]
    [InlineData("10_Egress_Untagged", "none", null)]
    [InlineData("20_Egress_Untagged 30_PVID_Egress_Untagged 40", "40", 30)]
    public void Any_other_port_is_a_trunk_of_its_tagged_vlans(string vlans, string allowed, int? native)
    {
        var lines = vlans.Split(' ').Select((v, i) => (i == 0 ? "vif1.0".PadRight(18) : new string(' ', 18)) + v.Replace('_', ' '));
        var nic = Nic(FilteringHost(lines));
        (nic.Mode, nic.AccessVlan, nic.AllowedVlans!.ToString(), nic.NativeVlan).ShouldBe((NicMode.Trunk, null, allowed, native));
    }

    [Fact]
    public void A_port_that_iproute2_leaves_out_passes_nothing()
    {
        var probe = FilteringHost("eth0              1 PVID Egress Untagged");
        Nic(probe).AllowedVlans.ShouldBe("none");
        var bridge = SnapshotViews.Bridges(probe.Build()).ShouldHaveSingleItem();
        bridge.OwnVlans.ShouldBe("none");
        bridge.OwnPvid.ShouldBeNull();
        bridge.Ports[1].AllowedVlans.ShouldBe("none");
    }

    [Fact]
    public void Ports_whose_vlans_cannot_be_seen_are_not_guessed()
    {
        var probe = FilteringHost().Without("bridge").Fail("port-vlans", 127, "");
        var nic = Nic(probe);
        (nic.Mode, nic.AccessVlan, nic.AllowedVlans, nic.NativeVlan, nic.Bridge).ShouldBe((NicMode.Unknown, null, null, null, "xenbr0"));
        SnapshotViews.Bridges(probe.Build())[0].Ports.ShouldAllBe(p => p.AllowedVlans == null);
    }

    [Fact]
    public void A_filtering_bridge_shows_the_vlans_of_each_port_and_its_own()
    {
        var bridge = SnapshotViews
            .Bridges(
                FilteringHost(
                        "eth0              10-20",
                        "xenbr0            1 PVID Egress Untagged",
                        "vif1.0            10 PVID Egress Untagged"
                    )
                    .Build()
            )
            .ShouldHaveSingleItem();
        (bridge.Name, bridge.Kind, bridge.VlanFiltering, bridge.DefaultPvid, bridge.OwnPvid).ShouldBe(
            ("xenbr0", BridgeKind.Linux, true, 1, 1)
        );
        bridge
            .Ports.Select(p => (p.Name, p.Role, p.IsUplink, p.DomainName, p.AllowedVlans!.ToString(), p.UntaggedVlans!.ToString(), p.Pvid))
            .ShouldBe([
                ("eth0", BridgePortRole.Uplink, true, null, "10-20", "none", null),
                ("vif1.0", BridgePortRole.Vif, false, "www", "10", "10", 10),
            ]);
        bridge.Ports.ShouldAllBe(p => p.State == BridgePortState.Forwarding);
    }

    [Theory]
    [InlineData(30, NicMode.Access, 30, null)]
    [InlineData(31, NicMode.Trunk, null, "1-4094")]
    public void A_bridge_over_one_vlan_makes_its_nics_access_ports_of_it(int second, NicMode mode, int? access, string? allowed)
    {
        var probe = new ProbeText()
            .Domain0()
            .Nic("eth0", 2)
            .Nic("eth1", 3)
            .Vlan("eth0.30", 4, 2, PortOf(6))
            .Vlan("eth1.30", 5, 3, PortOf(6, 2))
            .Bridge("xenbr30", 6, filtering: false)
            .Vif("vif1.0", 7, 1, 0, PortOf(6, 3))
            .VlanConfig("eth0.30        | 30  | eth0", $"eth1.30        | {second}  | eth1");
        var nic = Nic(probe);
        (nic.Mode, nic.AccessVlan, nic.AllowedVlans?.ToString()).ShouldBe((mode, access, allowed));
        SnapshotViews.Bridges(probe.Build())[0].Uplinks.ShouldBe(["eth0.30", "eth1.30"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_bridge_that_does_not_filter_passes_every_tag(bool uplink)
    {
        var probe = new ProbeText()
            .Domain0()
            .Nic("eth0", 2, uplink ? PortOf(3) : [])
            .Bridge("xenbr0", 3, filtering: false)
            .Vif("vif1.0", 4, 1, 0, PortOf(3, 2));
        var nic = Nic(probe);
        (nic.Mode, nic.AllowedVlans, nic.NativeVlan).ShouldBe((NicMode.Trunk, "1-4094", null));
        SnapshotViews.Bridges(probe.Build())[0].OwnVlans.ShouldBeNull();
    }

    [Fact]
    public void A_nic_whose_vif_is_not_there_yet_is_where_the_toolstack_wants_it()
    {
        var nic = Nic(
            new ProbeText().Domain0(
                "/local/domain/1/name = \"www\"",
                "/local/domain/0/backend/vif/1/0/bridge = \"xenbr0\"",
                "/local/domain/0/backend/vif/1/0/state = \"2\"",
                "/local/domain/0/backend/vif/1/0/mtu = \"1400\""
            )
        );
        (nic.DomainName, nic.Vif, nic.Bridge, nic.Mode, nic.State, nic.Mtu).ShouldBe(
            ("www", null, "xenbr0", NicMode.Unknown, NicState.InitWait, 1400)
        );
    }

    [Fact]
    public void A_vif_that_left_its_bridge_is_on_none()
    {
        var nic = Nic(new ProbeText().Domain0("/local/domain/0/backend/vif/1/0/bridge = \"xenbr0\"").Vif("vif1.0", 4, 1, 0));
        (nic.Bridge, nic.Mode).ShouldBe((null, NicMode.Unknown));
    }

    [Fact]
    public void Ports_are_in_the_order_of_their_numbers()
    {
        var bridge = SnapshotViews.Bridges(
            new ProbeText()
                .Nic("eth0", 9, PortOf(3, 1))
                .Bridge("xenbr0", 3, filtering: false)
                .Vif("vif10.0", 5, 10, 0, PortOf(3, 11))
                .Vif("vif2.0", 6, 2, 0, PortOf(3, 2))
                .Build()
        )[0];
        bridge.Ports.Select(p => p.Name).ShouldBe(["eth0", "vif2.0", "vif10.0"]);
    }

    [Theory]
    [InlineData(null, 10, "none", NicMode.Access, 10, null, null)]
    [InlineData("access", 10, "none", NicMode.Access, 10, null, null)]
    [InlineData(null, null, "none", NicMode.Trunk, null, "1-4094", null)]
    [InlineData(null, null, "10,20", NicMode.Trunk, null, "10,20", null)]
    [InlineData("trunk", 10, "20", NicMode.Trunk, null, "20", null)]
    [InlineData("native-tagged", 10, "20", NicMode.Trunk, null, "10,20", 10)]
    [InlineData("native-untagged", 10, "10,20", NicMode.Trunk, null, "20", 10)]
    [InlineData("dot1q-tunnel", 10, "none", NicMode.Access, 10, null, null)]
    public void Open_vSwitch_modes_mean_what_its_manual_says(
        string? mode,
        int? tag,
        string trunks,
        NicMode expected,
        int? access,
        string? allowed,
        int? native
    )
    {
        var nic = SnapshotViews
            .DomainNics(OpenVSwitchHost(mode, tag is { } n ? new VlanId(n) : null, VlanSet.Parse(trunks)))
            .ShouldHaveSingleItem();
        (nic.Bridge, nic.Mode, nic.AccessVlan, nic.AllowedVlans?.ToString(), nic.NativeVlan).ShouldBe(
            ("ovsbr0", expected, access, allowed, native)
        );
    }

    [Fact]
    public void An_Open_vSwitch_bridge_has_its_ports_without_its_own()
    {
        var bridge = SnapshotViews.Bridges(OpenVSwitchHost(null, new VlanId(10), VlanSet.None)).ShouldHaveSingleItem();
        (bridge.Name, bridge.Kind, bridge.VlanFiltering, bridge.Mtu, bridge.OwnVlans).ShouldBe(
            ("ovsbr0", BridgeKind.OpenVSwitch, true, 1500, "1-4094")
        );
        bridge
            .Ports.Select(p => (p.Name, p.Role, p.IsUplink, p.AllowedVlans!.ToString(), p.Pvid))
            .ShouldBe([("bond0", BridgePortRole.Bond, true, "1-4094", null), ("vif1.0", BridgePortRole.Vif, false, "10", 10)]);
    }

    [Fact]
    public void What_Open_vSwitch_refuses_to_show_is_told_and_what_does_not_run_is_not()
    {
        new ProbeText(root: false)
            .Fail("ovs", 1, "ovs-vsctl: unix:/var/run/openvswitch/db.sock: database connection failed (Permission denied)")
            .Build()
            .NotSeen.ShouldHaveSingleItem()
            .What.ShouldBe("Open vSwitch bridges");
        new ProbeText()
            .Fail("ovs", 1, "ovs-vsctl: unix:/var/run/openvswitch/db.sock: database connection failed (No such file or directory)")
            .Build()
            .NotSeen.ShouldBeEmpty();
    }

    [Fact]
    public void A_vif_of_an_Open_vSwitch_that_cannot_be_seen_is_on_no_known_bridge() =>
        Nic(new ProbeText().Domain0().Interface("ovs-system", 2).Vif("vif1.0", 4, 1, 0, "master/ifindex:2")).Bridge.ShouldBeNull();

    [Fact]
    public void Open_vSwitch_s_own_interfaces_and_members_are_known_as_such()
    {
        var snapshot = new ProbeText()
            .Interface("ovs-system", 2)
            .Interface("ovsbr0", 3)
            .Nic("eth2", 4, "master/ifindex:2")
            .Nic("e1", 5, "master/ifindex:2")
            .Section("ovs", Recorded.Lines("ovs-tables", "open-vswitch-3.1"))
            .Build();
        snapshot
            .Interfaces.Skip(1)
            .Select(i => (i.Name, i.Kind, i.Master))
            .ShouldBe([
                ("ovs-system", InterfaceKind.OpenVSwitch, null),
                ("ovsbr0", InterfaceKind.OpenVSwitch, null),
                ("eth2", InterfaceKind.Physical, "ovsbr0"),
                ("e1", InterfaceKind.Physical, "ovsbr0"),
            ]);
        SnapshotViews.Host(snapshot).BridgeKinds.ShouldBe([BridgeKind.OpenVSwitch]);
        SnapshotViews.Bridges(snapshot).ShouldHaveSingleItem().Uplinks.ShouldBe(["bond0", "eth2"]);
    }

    [Fact]
    public void A_host_is_shown_without_domain_0_among_its_domains()
    {
        var host = SnapshotViews.Host(FilteringHost().Add("xenstore", "/local/domain/0/name = \"Domain-0\"").Build());
        host.Domains.Select(d => d.Name).ShouldBe(["www"]);
        host.BridgeKinds.ShouldBe([BridgeKind.Linux]);
        (host.HostName, host.NodeName, host.IsDomain0, host.XenVersion).ShouldBe(("a", "xen-a", true, "4.17.7"));
    }

    [Fact]
    public void A_fake_bridge_is_shown_with_its_vlan_and_the_address_of_domain_0()
    {
        var host = FakeBridgeHost();
        var port = SnapshotViews.Bridges(host).ShouldHaveSingleItem().Ports.Single(p => p.Name == "ovsv10");
        (port.Role, port.IsFakeBridge, port.Pvid, port.Addresses.ShouldHaveSingleItem().ToString()).ShouldBe(
            (BridgePortRole.Internal, true, 10, "10.10.0.1/24")
        );
        TreeText.Write(TopologyTree.Draw([host])).ShouldContain("ovsv10  fake bridge  access 10  10.10.0.1/24");
    }

    [Theory]
    [InlineData(
        "20",
        null,
        null,
        null,
        "ovs-vsctl set port vif1.0 tag=20 vlan_mode=access -- clear port vif1.0 trunks",
        "bridge=ovsbr0.20"
    )]
    [InlineData(
        null,
        "20,30",
        null,
        null,
        "ovs-vsctl set port vif1.0 trunks=20,30 vlan_mode=trunk -- clear port vif1.0 tag",
        "bridge=ovsbr0:20:30"
    )]
    [InlineData(null, "20,30", "5", null, "ovs-vsctl set port vif1.0 tag=5 trunks=20,30 vlan_mode=native-untagged", null)]
    [InlineData(null, "all", null, null, "ovs-vsctl set port vif1.0 vlan_mode=trunk -- clear port vif1.0 tag trunks", "bridge=ovsbr0")]
    [InlineData(null, null, null, "ovsv10", "ovs-vsctl --if-exists del-port vif1.0 -- add-port ovsv10 vif1.0", "bridge=ovsv10")]
    public void A_nic_on_Open_vSwitch_is_not_changed_but_the_commands_that_would_are_said(
        string? access,
        string? allowed,
        string? native,
        string? bridge,
        string command,
        string? lasting
    )
    {
        var nic = SnapshotViews.DomainNics(FakeBridgeHost()).Single(n => n.Vif == "vif1.0");
        var request = new DomainNicRequest
        {
            AccessVlan = access is null ? null : VlanId.Parse(access),
            AllowedVlans = allowed is null ? null : VlanSet.Parse(allowed),
            NativeVlan = native is null ? null : VlanId.Parse(native),
            Bridge = bridge is null ? null : new InterfaceName(bridge),
        };
        var error = Should.Throw<XenVlanException>(() => request.For(nic).ToList());
        error.ErrorId.ShouldBe(ErrorIds.NotSupported);
        error.Message.ShouldContain($": {command}. ");
        error.Message.ShouldContain(
            lasting is null
                ? "Nothing in the file of a domain makes a native VLAN last"
                : $"write {lasting},script=vif-openvswitch for NIC 0 in the file that www is made from, which was not looked for."
        );
    }

    [Theory]
    [InlineData(
        "/etc/xen/web.cfg",
        "name = \"www\"\nvif = [ 'mac=00:16:3e:00:00:09',\n 'mac=00:16:3e:00:00:01,bridge=ovsbr0,script=vif-openvswitch' ]\n",
        "To make it last, write bridge=ovsbr0.20 at /etc/xen/web.cfg:3."
    )]
    [InlineData(
        "/etc/xen/web.cfg",
        "name = \"www\"\nvif = [ 'bridge=xenbr0' ]\n",
        "To make it last, write bridge=ovsbr0.20,script=vif-openvswitch at /etc/xen/web.cfg:2."
    )]
    [InlineData(
        "/etc/xen/web.cfg",
        "name = \"www\"\n",
        "/etc/xen/web.cfg has no NIC 0 of www, which was attached later. "
            + "To make it last, add one with bridge=ovsbr0.20,script=vif-openvswitch there."
    )]
    [InlineData(
        "/etc/xen/web.cfg",
        "name = \"other\"\n",
        "No file under /etc/xen is of www: it was made from elsewhere. "
            + "To make it last, write bridge=ovsbr0.20,script=vif-openvswitch for NIC 0 there."
    )]
    [InlineData("/etc/xen/www.cfg", null, "Which file www is made from is not known: \"/etc/xen/www.cfg\" of host ")]
    public void Where_a_nic_on_Open_vSwitch_is_made_to_last_is_said_by_file_and_line(string path, string? text, string lasting)
    {
        var nic = SnapshotViews.DomainNics(FakeBridgeHost()).Single(n => n.Vif == "vif1.0") with
        {
            Ethernet = MacAddress.Parse("00:16:3e:00:00:01"),
        };
        var refusal = Should.Throw<OpenVSwitchNicException>(() =>
            new DomainNicRequest { AccessVlan = new VlanId(20) }
                .For(nic)
                .ToList()
        );

        var error = OpenVSwitchNics.Explain(
            refusal,
            text is null ? new HostConfiguration { Unreadable = [path] } : new HostConfiguration { Files = [new HostFile(path, text)] }
        );

        error.ErrorId.ShouldBe(ErrorIds.NotSupported);
        error.Message.ShouldContain(": ovs-vsctl set port vif1.0 tag=20 vlan_mode=access -- clear port vif1.0 trunks. ");
        error.Message.ShouldContain(lasting);
    }

    [Fact]
    public void What_XAPI_keeps_itself_is_not_looked_for_in_files()
    {
        var host = FakeBridgeHost() with { Toolstack = Toolstack.Xapi };
        var nic = SnapshotViews.DomainNics(host).Single(n => n.Vif == "vif1.0");

        var refusal = Should.Throw<OpenVSwitchNicException>(() =>
            new DomainNicRequest { AccessVlan = new VlanId(20) }
                .For(nic)
                .ToList()
        );

        refusal.Message.ShouldEndWith(
            "this is lost when the NIC is plugged in again. To make it last, give the NIC a network of that VLAN there (xe vif-list, xe "
                + "network-list, xe vif-create)."
        );
        OpenVSwitchNics.Explain(refusal, new HostConfiguration()).Message.ShouldBe(refusal.Message);
    }

    private static HostSnapshot FakeBridgeHost()
    {
        var host = OpenVSwitchHost(null, new VlanId(10), VlanSet.None);
        return host with
        {
            IsDomain0 = true,
            Domains = [new XenDomain(0, "Domain-0"), new XenDomain(1, "www")],
            Interfaces =
            [
                .. host.Interfaces,
                new NetworkInterface
                {
                    Name = "ovsv10",
                    Index = 9,
                    Kind = InterfaceKind.OpenVSwitch,
                    Mtu = 1500,
                    IsUp = true,
                    Master = "ovsbr0",
                    Addresses = [InterfaceAddress.Parse("10.10.0.1/24")],
                },
            ],
            OpenVSwitchBridges =
            [
                host.OpenVSwitchBridges[0] with
                {
                    Ports =
                    [
                        .. host.OpenVSwitchBridges[0].Ports,
                        new OpenVSwitchPort("ovsv10", ["ovsv10"], new VlanId(10), VlanSet.None, null, IsFakeBridge: true),
                    ],
                },
            ],
        };
    }

    private static HostSnapshot OpenVSwitchHost(string? mode, VlanId? tag, VlanSet trunks) =>
        new ProbeText().Interface("ovsbr0", 2).Nic("eth0", 3).Nic("eth1", 4).Vif("vif1.0", 5, 1, 0).Build() is var host
            ? host with
            {
                Interfaces = [.. host.Interfaces.Select(i => i.Name is "vif1.0" ? i with { Master = "ovsbr0" } : i)],
                OpenVSwitchBridges =
                [
                    new OpenVSwitchBridge(
                        "ovsbr0",
                        SpanningTree: false,
                        [
                            new OpenVSwitchPort("bond0", ["eth0", "eth1"], null, VlanSet.None, null),
                            new OpenVSwitchPort("ovsbr0", ["ovsbr0"], null, VlanSet.None, null),
                            new OpenVSwitchPort("vif1.0", ["vif1.0"], tag, trunks, mode),
                        ]
                    ),
                ],
            }
            : throw new InvalidOperationException();
}
