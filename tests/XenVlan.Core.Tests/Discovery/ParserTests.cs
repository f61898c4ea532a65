using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using XenVlan.Discovery;
using XenVlan.Discovery.Parsing;
using XenVlan.Model;
using XenVlan.Tests.Model;
using Xunit;

namespace XenVlan.Tests.Discovery;

public sealed class ParserTests
{
    // Lines the parsers know, cut up and put together again, come nearer to the edges than mere noise.
    private static readonly string[] Pieces =
    [
        .. Recorded.Lines("xenstore-ls-f").Take(60),
        .. Recorded.Lines("filtering.bridge-vlan-show"),
        .. Recorded.Lines("filtering.proc-net-vlan-config"),
        .. Recorded.OneLine(Recorded.Lines("filtering.ip-d-link")),
        .. Recorded.Lines("ovs-tables", "open-vswitch-3.1"),
        .. Recorded.Lines("ethtool-k-vif1.0").Take(5),
        "./eth0/mtu:1500",
        "./eth0/ifindex:2",
        "./eth0/uevent:DEVTYPE=vlan",
        "2: eth0    inet 10.0.2.15/24 brd 10.0.2.255 scope global eth0",
        "eth0      Link encap:Ethernet",
        "          inet addr:10.0.0.1  Bcast:10.0.0.255  Mask:255.255.255.0",
        "|-- 10.0.0.1",
        "/32 host LOCAL",
        "eth0\t0000000A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0",
        "fe8000000000000000fc00fffe000001 04 40 20 80     eth0",
        "  name = \"d1\"",
        "unread 3",
        "\t 10-20",
        "dev xenbr0 port vif2.0 grp ff02::1:ffaa:a01 temp vid 10",
        "router ports on xenbr0: eth1 ",
        "                    state blocking mcast_router 1",
        "=",
        "|",
        ":",
        "\"",
        "[",
        "{",
        "\\",
    ];

    private static readonly string[] Sections =
    [
        "programs",
        "files",
        "configuration",
        "vlan-names",
        "vlan-links",
        "addresses",
        "port-vlans",
        "multicast",
        "offloads",
        "xenstore",
    ];

    private static readonly Arbitrary<string[]> Lines = Gen.OneOf(
            Generators.Texts.Select(t => t.Replace("\n", "", StringComparison.Ordinal)),
            Gen.Elements(Pieces),
            Gen.Zip(Gen.Elements(Pieces), Gen.Choose(0, 200)).Select(t => t.Item1[..Math.Min(t.Item1.Length, t.Item2)]),
            Gen.Zip(Gen.Zip(Gen.Elements(Pieces), Gen.Elements(Pieces)), Gen.Choose(0, 200))
                .Select(t => t.Item1.Item1[Math.Min(t.Item1.Item1.Length, t.Item2)..] + t.Item1.Item2)
        )
        .ArrayOf()
        .ToArbitrary();

    [Fact]
    public void No_parser_fails_on_any_text() =>
        Prop.ForAll(
                Lines,
                lines =>
                {
                    var text = string.Join('\n', lines);
                    SysfsParser.Parse(lines).ShouldNotBeNull();
                    ProcVlanParser.Parse(lines).ShouldNotBeNull();
                    IpLinkParser.Parse(lines).ShouldNotBeNull();
                    new LinkDetails(lines)[2, "locked"].ShouldBe(new LinkDetails(lines)[2, "locked"]);
                    MulticastParser.Parse(lines, out _).ShouldNotBeNull();
                    IpAddressParser.Parse(lines).ShouldNotBeNull();
                    ProcInet6Parser.Parse(lines).ShouldNotBeNull();
                    IfconfigParser.Parse(lines).ShouldNotBeNull();
                    FibTrieParser.Parse(lines, lines).ShouldNotBeNull();
                    BridgeVlanParser.Parse(lines).ShouldNotBeNull();
                    BondParser.Parse(lines).ShouldNotBeNull();
                    OffloadsParser.Parse(lines, out _).ShouldNotBeNull();
                    var nodes = XenstoreParser.Parse(lines, "/local/domain");
                    XenstoreReader.Domains(nodes).ShouldNotBeNull();
                    XenstoreReader.Vifs(nodes).ShouldNotBeNull();
                    try
                    {
                        OpenVSwitchParser.Parse(text, text, text).ShouldNotBeNull();
                    }
                    catch (FormatException e)
                    {
                        e.Message.ShouldNotBeEmpty();
                    }
                }
            )
            .Holds(400);

    [Fact]
    public void No_probe_output_makes_a_snapshot_fail() =>
        Prop.ForAll(
                Lines,
                lines =>
                {
                    var probe = new ProbeText().Domain0();
                    foreach (var section in Sections)
                        probe.Add(section, lines);
                    var snapshot = probe.Build();
                    SnapshotViews.Host(snapshot).ShouldNotBeNull();
                    SnapshotViews.Bridges(snapshot).ShouldNotBeNull();
                    SnapshotViews.DomainNics(snapshot).ShouldNotBeNull();
                    SnapshotViews.VlanInterfaces(snapshot).ShouldNotBeNull();
                }
            )
            .Holds(200);

    [Fact]
    public void Ports_of_a_filtering_bridge_have_the_vlans_the_kernel_gave_them()
    {
        var ports = BridgeVlanParser.Parse(Recorded.Lines("filtering.bridge-vlan-show"));
        ports.Keys.ShouldBe(["eth1", "xenbr0", "vif1.0", "vif2.0", "eth2.30", "xenbr30"], ignoreOrder: true);
        ports["eth1"].ShouldBe(PortVlans.Trunk(VlanSet.Parse("10,2000-2005"), null));
        ports["xenbr0"].ShouldBe(PortVlans.Trunk(VlanSet.Parse("10"), null));
        ports["vif1.0"].ShouldBe(PortVlans.Trunk(VlanSet.Parse("10,2000"), null));
        ports["vif2.0"].ShouldBe(PortVlans.Access(new VlanId(10)));
        BridgeVlanParser.Parse(Recorded.Lines("plain.bridge-vlan-show")).Values.ShouldAllBe(p => p == PortVlans.Access(new VlanId(1)));
    }

    [Fact]
    public void The_layout_of_old_iproute2_is_read_too()
    {
        // iproute2 4.3 of Ubuntu 16.04; a NIC with VLANs in its hardware is named a second time.
        var ports = BridgeVlanParser.Parse([
            "port\tvlan ids",
            "eth0\t 1 PVID Egress Untagged",
            "\t 10-12",
            "\t 2000",
            "",
            "eth0\tNone",
            "xenbr0\t 10",
            "",
            "vif3.0\tNone",
        ]);
        ports["eth0"].ShouldBe(PortVlans.Trunk(VlanSet.Parse("10-12,2000"), new VlanId(1)));
        ports["xenbr0"].ShouldBe(PortVlans.Trunk(VlanSet.Parse("10"), null));
        ports["vif3.0"].ShouldBe(PortVlans.Empty);
    }

    [Fact]
    public void A_vlan_that_is_untagged_without_being_pvid_and_the_other_way_round_are_told_apart()
    {
        var ports = BridgeVlanParser.Parse([
            "port              vlan-id  ",
            "vif1.0            10 PVID",
            "                  20 Egress Untagged",
        ]);
        ports["vif1.0"].ShouldBe(new PortVlans(VlanSet.Parse("10,20"), VlanSet.Parse("20"), new VlanId(10)));
    }

    [Fact]
    public void Vlans_that_stand_still_at_a_port_are_read_with_its_details()
    {
        var ports = BridgeVlanParser.Parse(
            [
                "port              vlan-id  ",
                "eth1              1 PVID Egress Untagged",
                "                    state forwarding mcast_router 1 ",
                "vif1.0            1 PVID Egress Untagged",
                "                    state forwarding mcast_router 1 ",
                "                  2-9",
                "                    state blocking mcast_router 1 ",
                "                  10",
                "                    state learning mcast_router 1 ",
            ],
            out var stopped
        );

        ports["vif1.0"].ShouldBe(PortVlans.Trunk(VlanSet.Parse("2-10"), new VlanId(1)));
        stopped.ShouldHaveSingleItem().ShouldBe(new("vif1.0", VlanSet.Parse("2-10")));
    }

    [Fact]
    public void Listeners_to_groups_of_ipv6_and_router_ports_are_read()
    {
        var members = MulticastParser.Parse(
            [
                "dev xenbr0 port vif2.0 grp ff02::1:ffaa:a01 temp proto kernel ",
                "dev xenbr0 port xenbr0 grp ff02::1:ff61:1 temp",
                "dev xenbr0 port eth1 grp 239.1.1.1 permanent vid 10",
                "dev xenbr0 port eth1 grp ff02::1:ff00:5 permanent proto static vid 10 ",
                "dev xenbr0 port eth1 grp ff0e::5 src fd00::1 temp filter_mode include proto kernel blocked  vid 10 ",
                "router ports on xenbr0: eth1 vif2.0 ",
            ],
            out var routers
        );

        members
            .ShouldHaveSingleItem()
            .Value.ShouldBe([
                new MulticastMember("vif2.0", "ff02::1:ffaa:a01", null, false),
                new MulticastMember("xenbr0", "ff02::1:ff61:1", null, false),
                new MulticastMember("eth1", "ff02::1:ff00:5", new VlanId(10), false),
                new MulticastMember("eth1", "ff0e::5", new VlanId(10), true),
            ]);
        routers["xenbr0"].ShouldBe(["eth1", "vif2.0"]);
    }

    [Fact]
    public void Settings_that_only_ip_shows_are_read_by_their_names()
    {
        var details = new LinkDetails([
            @"5: xenbr0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue \    link/ether 52:54:00:61:00:01 brd ff:ff:ff:ff:ff:ff "
                + @"\    bridge forward_delay 0 mcast_vlan_snooping 1 mst_enabled 0 ",
            @"7: vif1.0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 master xenbr0 \    link/ether fe:ff:ff:ff:ff:ff brd ff:ff:ff:ff:ff:ff "
                + @"\    bridge_slave state forwarding vlan_tunnel off isolated off locked on mab off ",
            @"8: locked: <BROADCAST> mtu 1500 \    veth on",
        ]);

        (
            details.IsOn(5, "mcast_vlan_snooping"),
            details.IsOn(5, "mst_enabled"),
            details.IsOn(7, "locked"),
            details.IsOn(7, "vlan_tunnel")
        ).ShouldBe((true, false, true, false));
        details[8, "locked"].ShouldBeNull();
    }

    [Fact]
    public void Vlan_interfaces_are_read_from_proc()
    {
        ProcVlanParser
            .Parse(Recorded.Lines("filtering.proc-net-vlan-config"))
            .ShouldBe([
                new ProcVlanEntry("eth2.30", new VlanId(30), "eth2"),
                new ProcVlanEntry("bond1.40", new VlanId(40), "bond1"),
                new ProcVlanEntry("qinq200", new VlanId(200), "eth2"),
                new ProcVlanEntry("xenbr0.10", new VlanId(10), "xenbr0"),
            ]);
    }

    [Fact]
    public void Tags_are_read_from_ip()
    {
        var links = IpLinkParser.Parse(Recorded.OneLine(Recorded.Lines("filtering.ip-d-link")));
        links
            .Values.Select(l => (l.Id.Value, l.Protocol))
            .ShouldBe(
                [(30, VlanProtocol.Dot1Q), (40, VlanProtocol.Dot1Q), (200, VlanProtocol.Dot1AD), (10, VlanProtocol.Dot1Q)],
                ignoreOrder: true
            );
    }

    [Fact]
    public void An_ip_from_before_provider_bridges_tells_no_tag() =>
        IpLinkParser
            .Parse([
                "4: eth0.10@eth0: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN \\    link/ether 52:54:00:00:00:02 brd "
                    + "ff:ff:ff:ff:ff:ff\\    vlan id 10 <REORDER_HDR> ",
            ])
            .ShouldHaveSingleItem()
            .Value.ShouldBe(new IpVlanEntry(4, new VlanId(10), null));

    [Theory]
    [InlineData(
        "2: eth0    inet 10.0.2.15/24 brd 10.0.2.255 scope global eth0\\       valid_lft forever preferred_lft forever",
        2,
        "10.0.2.15/24"
    )]
    [InlineData("12: ppp0    inet 10.0.0.1 peer 10.0.0.2/32 scope global ppp0", 12, "10.0.0.1/32")]
    [InlineData("3: tun0    inet 10.8.0.1 peer 10.8.0.2/24 scope global tun0", 3, "10.8.0.1/24")]
    [InlineData(
        "4: eth0.10    inet6 fe80::fc:ff:fe00:1/64 scope link flags 02 \\       valid_lft forever preferred_lft forever",
        4,
        "fe80::fc:ff:fe00:1/64"
    )]
    [InlineData("4: eth0.10    inet6 fd00::2 scope global", 4, "fd00::2/128")]
    public void Addresses_are_read_from_ip(string line, int index, string address) =>
        IpAddressParser
            .Parse([line])
            .ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(e => e.Key.ShouldBe(index), e => e.Value.ShouldBe([InterfaceAddress.Parse(address)]));

    [Fact]
    public void Addresses_are_read_from_ifconfig_of_each_kind()
    {
        string[] netTools2 =
        [
            "eth0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1400",
            "        inet 192.0.2.2  netmask 255.255.255.0  broadcast 192.0.2.255",
            "        inet6 fd00::2  prefixlen 64  scopeid 0x0<global>",
            "",
            "eth0:1: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1400",
            "        inet 192.0.2.130  netmask 255.255.255.128  broadcast 192.0.2.255",
        ];
        string[] busybox =
        [
            "eth0      Link encap:Ethernet  HWaddr 02:FC:00:00:00:01  ",
            "          inet addr:192.0.2.2  Bcast:192.0.2.255  Mask:255.255.255.0",
            "          inet6 addr: fd00::2/64 Scope:Global",
            "",
            "eth0:1    Link encap:Ethernet  HWaddr 02:FC:00:00:00:01  ",
            "          inet addr:192.0.2.130  Bcast:192.0.2.255  Mask:255.255.255.128",
        ];
        foreach (var text in new[] { netTools2, busybox })
        {
            var found = IfconfigParser.Parse(text).ShouldHaveSingleItem();
            found.Key.ShouldBe("eth0");
            found.Value.ShouldBe([InterfaceAddress.Parse("192.0.2.2/24"), InterfaceAddress.Parse("192.0.2.130/25")]);
        }
    }

    [Theory]
    [InlineData("255.255.0.255")]
    [InlineData("255.0.255.0")]
    public void A_mask_with_holes_is_no_prefix(string mask) =>
        IfconfigParser.Parse(["eth0      Link", $"          inet addr:10.0.0.1  Bcast:10.0.0.255  Mask:{mask}"]).ShouldBeEmpty();

    [Fact]
    public void Addresses_are_worked_out_from_routes()
    {
        string[] trie =
        [
            "Main:",
            "  +-- 0.0.0.0/0 3 0 5",
            "     |-- 0.0.0.0",
            "        /0 universe UNICAST",
            "           |-- 127.0.0.1",
            "              /32 host LOCAL",
            "           |-- 192.0.2.0",
            "              /24 link UNICAST",
            "           |-- 192.0.2.2",
            "              /32 host LOCAL",
            "        |-- 192.0.2.130",
            "           /32 host LOCAL",
            "        |-- 192.0.2.255",
            "           /32 link BROADCAST",
            "        |-- 198.51.100.1",
            "           /32 host LOCAL",
            "Local:",
            "           |-- 192.0.2.2",
            "              /32 host LOCAL",
        ];
        string[] routes =
        [
            "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT",
            "eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0",
            "eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0",
            "eth0.10\t800200C0\t00000000\t0001\t0\t0\t0\t80FFFFFF\t0\t0\t0",
        ];
        var found = FibTrieParser.Parse(trie, routes);
        found["lo"].ShouldBe([InterfaceAddress.Parse("127.0.0.1/8")]);
        found["eth0"].ShouldBe([InterfaceAddress.Parse("192.0.2.2/24")]);
        found["eth0.10"].ShouldBe([InterfaceAddress.Parse("192.0.2.130/25")]);
        found.Count.ShouldBe(3);
    }

    [Fact]
    public void Inet6_addresses_are_read_from_proc() =>
        ProcInet6Parser
            .Parse(["fe8000000000000000fc00fffe000001 0a 40 20 80     eth0"])
            .ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(e => e.Key.ShouldBe(10), e => e.Value.ShouldBe([InterfaceAddress.Parse("fe80::fc:ff:fe00:1/64")]));

    [Fact]
    public void A_bond_is_read_from_proc()
    {
        var bond = BondParser
            .Parse(Recorded.Lines("proc-net-bonding-bond1").Select(l => "/proc/net/bonding/bond1:" + l))
            .ShouldHaveSingleItem();
        bond.Key.ShouldBe("bond1");
        bond.Value.Mode.ShouldBe("active-backup");
        bond.Value.ActiveSlave.ShouldBe("dum1");
        bond.Value.Slaves.ShouldBe(["dum1"]);
    }

    [Fact]
    public void Offloads_of_many_interfaces_are_told_apart()
    {
        var found = OffloadsParser.Parse(
            [.. Recorded.Lines("ethtool-k-vif1.0"), .. Recorded.Lines("ethtool-k-eth1"), "unread 7"],
            out var unread
        );
        found["vif1.0"].ShouldBe(new Offloads(TransmitChecksum: true, ReceiveVlan: false, TransmitVlan: false, VlanFilter: false));
        found["eth1"].ShouldBe(new Offloads(TransmitChecksum: false, ReceiveVlan: false, TransmitVlan: false, VlanFilter: true));
        unread.ShouldBe(7);
    }

    [Fact]
    public void An_old_ethtool_that_knows_no_vlan_offloads_leaves_them_unknown() =>
        OffloadsParser
            .Parse(["Offload parameters for eth0:", "rx-checksumming: on", "tx-checksumming: off", "scatter-gather: on"], out _)["eth0"]
            .ShouldBe(new Offloads(TransmitChecksum: false, null, null, null));

    [Fact]
    public void Domains_and_nics_are_read_from_the_xenstore()
    {
        var nodes = XenstoreParser.Parse(Recorded.Lines("xenstore-ls-f"), "/local/domain");
        nodes.Count.ShouldBe(Recorded.Lines("xenstore-ls-f").Count);
        XenstoreReader.Domains(nodes).ShouldBe([new XenDomain(0, "Domain-0"), new XenDomain(1, "d1"), new XenDomain(2, "d2")]);
        XenstoreReader
            .Vifs(nodes)
            .ShouldBe([
                new VifRecord
                {
                    DomainId = 1,
                    Index = 0,
                    Mac = MacAddress.Parse("00:16:3e:00:01:01"),
                    Bridge = "xenbr0",
                    Script = "/etc/xen/scripts/vif-bridge",
                    State = 4,
                    Mtu = 1500,
                },
                new VifRecord
                {
                    DomainId = 2,
                    Index = 0,
                    Mac = MacAddress.Parse("00:16:3e:00:01:02"),
                    Bridge = "xenbr0",
                    Script = "/etc/xen/scripts/vif-bridge",
                    State = 4,
                    Mtu = 1500,
                },
            ]);
    }

    [Fact]
    public void The_tree_of_an_old_xenstore_ls_gives_the_same_domains_and_nics()
    {
        var whole = XenstoreParser.Parse(Recorded.Lines("xenstore-ls-f"), "/local/domain");
        var tree = XenstoreParser.Parse(Recorded.Tree(Recorded.Lines("xenstore-ls-f"), "/local/domain"), "/local/domain");
        tree.ShouldBe(whole, ignoreOrder: true);
    }

    [Theory]
    [InlineData("/local/domain/1/name: app", "app")]
    [InlineData("/local/domain/1/name: one: \"two\" = \"three", "one: \"two\" = \"three")]
    [InlineData("/local/domain/1/name: ", "")]
    [InlineData("/local/domain/1/name = \"one: two\"", "one: two")]
    public void A_name_that_was_read_is_that_of_the_list(string line, string name) =>
        XenstoreParser.Parse([line], "/local/domain").ShouldBe([new("/local/domain/1/name", name)]);

    [Fact]
    public void A_value_that_was_cut_off_is_not_taken_for_a_whole_one()
    {
        const string line = "/local/domain/1/name = \"";
        var name = new string('n', 100);
        XenstoreParser
            .Parse(Recorded.Tree(["/local/domain/1 = \"\"", line + name + "\""], "/local/domain"), "/local/domain")
            .ShouldNotContainKey("/local/domain/1/name");
        XenstoreParser.Parse([line + name + "\""], "/local/domain")["/local/domain/1/name"].ShouldBe(name);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a \"quoted\" one", "a \"quoted\" one")]
    [InlineData("tab\\tfeed\\nreturn\\rback\\\\slash", "tab\tfeed\nreturn\rback\\slash")]
    [InlineData("\\x1b[2J", "\u001b[2J")]
    [InlineData("\\xc3\\xa4", "\u00e4")]
    [InlineData("\\0011", "\u00011")]
    [InlineData("\\x1bb", "\u001bb")]
    [InlineData("odd\\", "odd\\")]
    [InlineData("\\xzz", "xzz")]
    public void Escapes_of_values_are_undone(string printed, string value) =>
        XenstoreParser.Parse([$"/local/domain/1/name = \"{printed}\""], "/local/domain").ShouldHaveSingleItem().Value.ShouldBe(value);

    [Fact]
    public void A_driver_domain_s_nics_and_what_the_toolstack_chose_are_read()
    {
        var nodes = XenstoreParser.Parse(
            [
                "/local/domain/5/backend/vif/7/1/mac = \"00:16:3e:00:00:07\"",
                "/local/domain/5/backend/vif/7/1/vifname = \"web\"",
                "/local/domain/5/backend/vif/7/1/mtu = \"1496\"",
                "/local/domain/5/backend/vif/7/1/vlan = \"10p/20-30\"",
                "/local/domain/5/backend/vif/7/1/state = \"2\"",
                "/local/domain/7/device/vif/1/mtu = \"1500\"",
            ],
            "/local/domain"
        );
        XenstoreReader
            .Vifs(nodes)
            .ShouldHaveSingleItem()
            .ShouldBe(
                new VifRecord
                {
                    BackendDomainId = 5,
                    DomainId = 7,
                    Index = 1,
                    Mac = MacAddress.Parse("00:16:3e:00:00:07"),
                    VifName = "web",
                    Mtu = 1496,
                    Vlan = "10p/20-30",
                    State = 2,
                }
            );
    }

    [Fact]
    public void Open_vSwitch_ports_have_their_tags_and_trunks()
    {
        var tables = Recorded.Lines("ovs-tables", "open-vswitch-3.1");
        var bridge = OpenVSwitchParser.Parse(tables[0], tables[1], tables[2]).ShouldHaveSingleItem();
        bridge.Name.ShouldBe("ovsbr0");
        bridge.SpanningTree.ShouldBeFalse();
        bridge
            .Ports.Select(p => (p.Name, p.Tag?.Value, p.Trunks.ToString(), p.Mode, string.Join(' ', p.Interfaces)))
            .ShouldBe([
                ("bond0", 5, "none", "native-untagged", "e0 e1"),
                ("eth2", null, "10,2000", null, "eth2"),
                ("ovsbr0", null, "none", null, "ovsbr0"),
                ("vif2.0", 10, "none", null, "vif2.0"),
            ]);
        OpenVSwitchParser
            .Parse(tables[0].Replace("false", "true"), tables[1], tables[2])
            .ShouldHaveSingleItem()
            .SpanningTree.ShouldBeTrue();
        OpenVSwitchParser.InternalInterfaces(tables[2]).ShouldBe(["ovsbr0"]);
    }

    [Theory]
    [InlineData("""{"data":[[["",[[""]]],false]],"headings":["","\ud80e"]}""")]
    [InlineData("""{"":[[[""],"",["",[]],[[[""]]],["",[]],""],[[""],0,["",[]],["",[]]]],"hea\ud800":[""]}""")]
    [InlineData("""{"data":[[[""],"",["set",[["uuid","\ud8a8"]]],false]],"headings":["","name","ports",""]}""")]
    [InlineData("""{"data":[["a"]],"headings":["name","ports"]}""")]
    [InlineData("ovs-vsctl: unix:/run/openvswitch/db.sock: database connection failed ()")]
    public void An_answer_of_Open_vSwitch_that_is_no_table_is_named_and_the_rest_of_the_host_is_read(string answer)
    {
        var host = new ProbeText().Nic("eth0", 2);
        var tables = Recorded.Lines("ovs-tables", "open-vswitch-3.1");
        for (var i = 0; i < tables.Count; i++)
        {
            var snapshot = host.Section("ovs", [.. tables.Take(i), answer, .. tables.Skip(i + 1)]).Build();
            snapshot.Interfaces.Select(n => n.Name).ShouldBe(["lo", "eth0"]);
            snapshot.OpenVSwitchBridges.ShouldBeEmpty();
            snapshot.NotSeen.ShouldHaveSingleItem().What.ShouldBe("Open vSwitch bridges");
            snapshot.NotSeen[0].Why.ShouldContain("'ovs-vsctl'");
        }
    }

    [Fact]
    public void The_numbers_of_sysfs_are_read_as_the_kernel_prints_them()
    {
        var lines = Recorded
            .Lines("filtering.sysfs-bridge")
            .Select(l => "./xenbr0/bridge/" + l.Replace('=', ':'))
            .Concat(Recorded.Lines("filtering.sysfs-brport-vif1.0").Select(l => "./xenbr0/brport/" + l.Replace('=', ':')))
            .Append("./xenbr0/ifindex:7")
            .Append("./vanished/mtu:1500");
        var entry = SysfsParser.Parse(lines).ShouldHaveSingleItem();
        entry.Integer("bridge/vlan_protocol").ShouldBe(0x8100);
        entry.Integer("bridge/forward_delay").ShouldBe(1500);
        entry.Flag("bridge/vlan_filtering").ShouldBe(true);
        entry.Integer("brport/port_no").ShouldBe(2);
        entry.Integer("brport/state").ShouldBe(3);
        entry.Integer("brport/designated_bridge").ShouldBeNull();
    }
}
