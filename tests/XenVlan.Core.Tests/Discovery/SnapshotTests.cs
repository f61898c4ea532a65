using Shouldly;
using XenVlan.Discovery;
using XenVlan.Model;
using XenVlan.Model.Json;
using Xunit;
using static XenVlan.Tests.Discovery.ProbeText;

namespace XenVlan.Tests.Discovery;

public sealed class SnapshotTests
{
    private static readonly IReadOnlyList<string> Xenstore = Recorded.Lines("xenstore-ls-f");

    /// <summary>The host the recorded files are from: eth1 and two vifs on filtering xenbr0, eth2.30 on plain xenbr30, QinQ, a
    /// bond.</summary>
    private static ProbeText RecordedHost(bool root = true) =>
        new ProbeText(root: root)
            .Domain0(Xenstore)
            .Nic("eth0", 2)
            .Nic("eth1", 3, PortOf(7))
            .Nic("eth2", 4)
            .Bridge("xenbr0", 7, filtering: true, "bridge/default_pvid:0")
            .Vif("vif1.0", 8, 1, 0, PortOf(7, 2))
            .Vif("vif2.0", 10, 2, 0, PortOf(7, 3))
            .Vlan("eth2.30", 11, 4, PortOf(12))
            .Bridge("xenbr30", 12, filtering: false)
            .Interface(
                "bond1",
                13,
                "uevent:DEVTYPE=bond",
                "bonding/mode:active-backup 1",
                "bonding/active_slave:dum1",
                "bonding/slaves:dum1"
            )
            .Interface("dum1", 14, "master/ifindex:13")
            .Vlan("bond1.40", 15, 13)
            .Vlan("qinq200", 16, 4)
            .Vlan("xenbr0.10", 17, 7)
            .VlanConfig(root ? Recorded.Lines("filtering.proc-net-vlan-config") : [])
            .Section("vlan-links", Recorded.OneLine(Recorded.Lines("filtering.ip-d-link")))
            .Section("port-vlans", Recorded.Lines("filtering.bridge-vlan-show"))
            .Section("offloads", [.. Recorded.Lines("ethtool-k-vif1.0"), .. Recorded.Lines("ethtool-k-eth1"), "unread 0"])
            .Add("addresses", "17: xenbr0.10    inet 10.10.0.1/24 scope global xenbr0.10\\       valid_lft forever preferred_lft forever");

    [Fact]
    public void A_domain_0_is_seen_whole()
    {
        var snapshot = RecordedHost().Build();
        snapshot.HostName.ShouldBe("a");
        snapshot.NodeName.ShouldBe("xen-a");
        snapshot.Timestamp.ShouldBe(42);
        snapshot.Kernel.ToString().ShouldBe("6.1.0-56-amd64");
        snapshot.IsRoot.ShouldBeTrue();
        snapshot.IsDomain0.ShouldBeTrue();
        snapshot.XenVersion.ShouldBe("4.17.7");
        snapshot.Toolstack.ShouldBe(Toolstack.XL);
        snapshot.NotSeen.ShouldBeEmpty();
        snapshot.Domains.Select(d => d.Name).ShouldBe(["Domain-0", "d1", "d2"]);
        snapshot
            .Interfaces.Select(i => (i.Name, i.Kind))
            .ShouldBe([
                ("lo", InterfaceKind.Loopback),
                ("eth0", InterfaceKind.Physical),
                ("eth1", InterfaceKind.Physical),
                ("eth2", InterfaceKind.Physical),
                ("xenbr0", InterfaceKind.Bridge),
                ("vif1.0", InterfaceKind.Vif),
                ("vif2.0", InterfaceKind.Vif),
                ("eth2.30", InterfaceKind.Vlan),
                ("xenbr30", InterfaceKind.Bridge),
                ("bond1", InterfaceKind.Bond),
                ("dum1", InterfaceKind.Other),
                ("bond1.40", InterfaceKind.Vlan),
                ("qinq200", InterfaceKind.Vlan),
                ("xenbr0.10", InterfaceKind.Vlan),
            ]);
        snapshot
            .Interfaces.Where(i => i.Master is not null)
            .Select(i => $"{i.Name} {i.Master}")
            .ShouldBe(["eth1 xenbr0", "vif1.0 xenbr0", "vif2.0 xenbr0", "eth2.30 xenbr30", "dum1 bond1"]);
        snapshot.FindInterface("vif1.0")!.Offloads!.TransmitChecksum.ShouldBe(true);
        snapshot.FindInterface("bond1")!.Bond!.ActiveSlave.ShouldBe("dum1");
        snapshot
            .FindInterface("xenbr0")!
            .Bridge.ShouldBe(
                new BridgeDetails
                {
                    VlanFiltering = true,
                    ForwardDelay = 15,
                    Snooping = MulticastSnooping.Off,
                }
            );
    }

    [Fact]
    public void The_vlan_interfaces_are_the_same_by_root_and_by_anybody()
    {
        var root = RecordedHost().Build();
        var admin = RecordedHost(root: false).Build();
        XenVlanJson.Serialize(SnapshotViews.VlanInterfaces(admin)).ShouldBe(XenVlanJson.Serialize(SnapshotViews.VlanInterfaces(root)));
        admin.NotSeen.ShouldBeEmpty();
        SnapshotViews
            .VlanInterfaces(root)
            .Select(v => (v.Name, v.Parent, v.VlanId!.Value, v.Protocol, v.Bridge))
            .ShouldBe([
                ("eth2.30", "eth2", 30, VlanProtocol.Dot1Q, "xenbr30"),
                ("bond1.40", "bond1", 40, VlanProtocol.Dot1Q, null),
                ("qinq200", "eth2", 200, VlanProtocol.Dot1AD, null),
                ("xenbr0.10", "xenbr0", 10, VlanProtocol.Dot1Q, null),
            ]);
        SnapshotViews.VlanInterfaces(root)[3].Addresses.ShouldBe(["10.10.0.1/24"]);
    }

    [Fact]
    public void Without_iproute2_root_misses_only_what_the_kernel_tells_nobody_else()
    {
        var snapshot = RecordedHost()
            .Without("ip", "bridge")
            .Fail("vlan-links", 127, "sh: ip: not found")
            .Fail("addresses", 127, "sh: ip: not found")
            .Fail("port-vlans", 127, "sh: bridge: not found")
            .Section(
                "ifconfig",
                ["xenbr0.10: flags=4163<UP>  mtu 1500", "        inet 10.10.0.1  netmask 255.255.255.0  broadcast 10.10.0.255"]
            )
            .Build();
        var whole = RecordedHost().Build();

        var expected = SnapshotViews
            .VlanInterfaces(whole)
            .Select(v => v.Name == "qinq200" ? v with { Protocol = VlanProtocol.Dot1Q } : v)
            .ToList();
        XenVlanJson.Serialize(SnapshotViews.VlanInterfaces(snapshot)).ShouldBe(XenVlanJson.Serialize(expected));
        snapshot.Interfaces.ShouldAllBe(i => i.PortVlans == null);
        snapshot
            .NotSeen.Select(o => o.ToString())
            .ShouldBe([
                "VLANs of the ports of xenbr0: the 'bridge' program (iproute2) is missing",
                "whether the tags of eth2.30, bond1.40, qinq200, xenbr0.10 are 802.1Q or 802.1ad: only 'ip -d link' (iproute2) of 3.10 "
                    + "or later tells; 802.1Q is taken for granted",
            ]);
    }

    [Fact]
    public void Without_iproute2_and_without_root_the_ids_are_missing_too()
    {
        var snapshot = RecordedHost(root: false)
            .Without("ip")
            .Fail("vlan-links", 127, "")
            .Fail("addresses", 127, "")
            .Fail("ifconfig", 127, "")
            .Build();
        SnapshotViews.VlanInterfaces(snapshot).Select(v => (v.Name, v.Parent, v.VlanId)).ShouldContain(("eth2.30", "eth2", null));
        snapshot
            .NotSeen.Select(o => o.What)
            .ShouldBe([
                "some IPv4 addresses, perhaps",
                "VLANs of eth2.30, bond1.40, qinq200, xenbr0.10",
                "whether the tags of eth2.30, bond1.40, qinq200, xenbr0.10 are 802.1Q or 802.1ad",
            ]);
    }

    [Fact]
    public void A_kernel_before_provider_bridges_has_no_doubt_about_tags() =>
        new ProbeText("2.6.18-419.el5xen")
            .Nic("eth0", 2)
            .Vlan("eth0.10", 3, 2)
            .VlanConfig("eth0.10        | 10  | eth0")
            .Fail("vlan-links", 255, "Option \"-d\" is unknown, try \"ip -help\".")
            .Build()
            .NotSeen.ShouldBeEmpty();

    [Fact]
    public void Without_the_xenstore_nics_are_known_by_their_interfaces_and_the_reason_is_told()
    {
        var snapshot = RecordedHost(root: false).Fail("xenstore", 1, "xenstore-ls: xs_open: Permission denied").Build();
        snapshot.IsDomain0.ShouldBeTrue();
        snapshot
            .NotSeen.ShouldHaveSingleItem()
            .ToString()
            .ShouldBe(
                "names of the domains, and their NICs' addresses and states: 'xenstore-ls' failed: xenstore-ls: xs_open: Permission "
                    + "denied; log in as root to see it"
            );
        SnapshotViews
            .DomainNics(snapshot)
            .Select(n => (n.DomainName, n.Index, n.Vif, n.Mac, n.Bridge, n.State))
            .ShouldBe([
                ("domain 1", 0, "vif1.0", null, "xenbr0", NicState.Unknown),
                ("domain 2", 0, "vif2.0", null, "xenbr0", NicState.Unknown),
            ]);
    }

    [Theory]
    [InlineData(124, "'xenstore-ls' did not answer within 20 seconds")]
    [InlineData(null, "the output of 'xenstore-ls' was cut off")]
    public void A_xenstore_that_does_not_answer_is_told(int? status, string why) =>
        RecordedHost().Section("xenstore", [], status).Build().NotSeen.ShouldHaveSingleItem().Why.ShouldBe(why);

    [Fact]
    public void Missing_tools_are_named_with_what_they_are_part_of()
    {
        var snapshot = RecordedHost()
            .Without("ethtool", "xenstore-ls")
            .Remove("offloads")
            .Fail("xenstore", 127, "xenstore-ls: not found")
            .Build();
        snapshot
            .NotSeen.Select(o => o.ToString())
            .ShouldBe([
                "names of the domains, and their NICs' addresses and states: the 'xenstore-ls' program (the xenstore's tools) is missing",
                "offloads: the 'ethtool' program (ethtool) is missing",
            ]);
    }

    [Fact]
    public void Offloads_that_were_not_read_are_counted() =>
        RecordedHost()
            .Section("offloads", ["unread 3582"])
            .Build()
            .NotSeen.ShouldHaveSingleItem()
            .What.ShouldBe("offloads of 3582 interfaces");

    [Theory]
    [InlineData(2, "eth0", "if2")] // Its own number, as a container's first interface has.
    [InlineData(3, "eth0", "if3")] // That of another interface here.
    [InlineData(3, "eth1", "eth1")]
    [InlineData(9, "eth1", "if9")] // Only its name is that of one here.
    [InlineData(9, "eth7", "eth7")]
    public void A_parent_in_another_network_namespace_is_not_taken_for_an_interface_here(int number, string name, string parent)
    {
        var host = new ProbeText().Vlan("eth0", 2, number).Nic("eth1", 3).VlanConfig($"eth0           | 10  | {name}").Build();

        host.FindInterface("eth0")!.Vlan.ShouldBe(new VlanDetails(parent, new VlanId(10), VlanProtocol.Dot1Q));
    }

    [Fact]
    public void Vlan_interfaces_that_stand_on_each_other_in_a_circle_stand_on_nothing_here() =>
        new ProbeText()
            .Vlan("a", 2, 3)
            .Vlan("b", 3, 4)
            .Vlan("c", 4, 2)
            .Nic("eth0", 5)
            .Vlan("d", 6, 5)
            .Build()
            .Interfaces.Where(i => i.Vlan is not null)
            .Select(i => $"{i.Name} {i.Vlan!.Parent}")
            .ShouldBe(["a if0", "b if0", "c if0", "d eth0"]);

    [Fact]
    public void Addresses_without_ip_come_from_ifconfig_and_proc()
    {
        var snapshot = new ProbeText()
            .Without("ip")
            .Nic("eth0", 2)
            .Interface("bond0.2000", 3)
            .Fail("addresses", 127, "")
            .Section(
                "ifconfig",
                [
                    "eth0      Link encap:Ethernet",
                    "          inet addr:10.0.0.1  Bcast:10.0.0.255  Mask:255.255.255.0",
                    "bond0.200 Link encap:Ethernet",
                    "          inet addr:10.2.0.1  Bcast:10.2.0.255  Mask:255.255.255.0",
                ]
            )
            .Section("routes", ["/proc/net/if_inet6:fe8000000000000000fc00fffe000001 02 40 20 80     eth0"])
            .Build();
        snapshot.FindInterface("eth0")!.Addresses.Select(a => a.ToString()).ShouldBe(["10.0.0.1/24", "fe80::fc:ff:fe00:1/64"]);
        snapshot.FindInterface("bond0.2000")!.Addresses.Select(a => a.ToString()).ShouldBe(["10.2.0.1/24"]);
        snapshot.NotSeen.ShouldBeEmpty();
    }

    [Fact]
    public void A_name_that_ifconfig_cut_off_is_not_guessed_where_two_would_fit()
    {
        var snapshot = new ProbeText()
            .Interface("bond0.2000", 3)
            .Interface("bond0.2001", 4)
            .Fail("addresses", 127, "")
            .Section("ifconfig", ["bond0.200 Link encap:Ethernet", "          inet addr:10.2.0.1  Bcast:10.2.0.255  Mask:255.255.255.0"])
            .Build();
        snapshot.Interfaces.ShouldAllBe(i => i.Addresses.Count == 0);
    }

    [Fact]
    public void A_vif_is_known_by_its_device_whatever_it_is_called()
    {
        var snapshot = new ProbeText()
            .Domain0(
                "/local/domain/3/name = \"web\"",
                "/local/domain/0/backend/vif/3/0/vifname = \"webnic\"",
                "/local/domain/0/backend/vif/3/0/mac = \"00:16:3e:00:00:03\""
            )
            .Bridge("xenbr0", 2, filtering: false)
            .Vif("webnic", 5, 3, 0, PortOf(2))
            .Interface("webnic-emu", 6, ["tun_flags:0x1002", .. PortOf(2, 2)])
            .Interface("tap4.1", 7, "tun_flags:0x1002")
            .Interface("vif4.1-emu", 8, "tun_flags:0x1002")
            .Interface("tun0", 9, "tun_flags:0x1001")
            .Nic("vif9.9", 10, "device/nodename:device/vif/0")
            .Build();
        snapshot
            .Interfaces.Skip(2)
            .Select(i => (i.Name, i.Kind, i.Vif))
            .ShouldBe([
                ("webnic", InterfaceKind.Vif, new VifIdentity(3, 0)),
                ("webnic-emu", InterfaceKind.Tap, new VifIdentity(3, 0)),
                ("tap4.1", InterfaceKind.Tap, new VifIdentity(4, 1)),
                ("vif4.1-emu", InterfaceKind.Tap, new VifIdentity(4, 1)),
                ("tun0", InterfaceKind.Other, null),
                ("vif9.9", InterfaceKind.Physical, null),
            ]);
        var nic = SnapshotViews.DomainNics(snapshot)[0];
        (nic.DomainName, nic.Vif, nic.Tap, nic.Bridge, nic.Mac).ShouldBe(("web", "webnic", "webnic-emu", "xenbr0", "00:16:3e:00:00:03"));
    }

    [Fact]
    public void The_bridge_an_old_network_bridge_script_made_is_understood()
    {
        // Xen 3.2 and later: eth0 is the bridge, peth0 the card. Before: peth0 and vif0.0 on xenbr0, and eth0 is domain 0's end of vif0.0.
        var snapshot = new ProbeText("2.6.18-419.el5xen")
            .Without("xl")
            .Domain0(
                "0 = \"\"",
                " name = \"Domain-0\"",
                " backend = \"\"",
                "  vif = \"\"",
                "   1 = \"\"",
                "    0 = \"\"",
                "     mac = \"00:16:3e:00:00:01\"",
                "     bridge = \"xenbr0\"",
                "     state = \"4\"",
                "1 = \"\"",
                " name = \"ftp\""
            )
            .Add("configuration", "xend runs")
            .Add("programs", "xm")
            .Interface("eth0", 2)
            .Nic("peth0", 3, ["brport/bridge/ifindex:6", "brport/state:3", "brport/port_no:0x1"])
            .Interface("vif0.0", 4, "brport/bridge/ifindex:6", "brport/state:3", "brport/port_no:0x2")
            .Interface("xenbr0", 6, "bridge/stp_state:0", "bridge/forward_delay:0")
            .Interface("vif1.0", 7, "brport/bridge/ifindex:6", "brport/state:3", "brport/port_no:0x3")
            .Build();
        snapshot.Toolstack.ShouldBe(Toolstack.Xend);
        var bridge = SnapshotViews.Bridges(snapshot).ShouldHaveSingleItem();
        bridge.Uplinks.ShouldBe(["peth0"]);
        bridge.VlanFiltering.ShouldBeFalse();
        bridge
            .Ports.Select(p => (p.Name, p.Role, p.DomainName))
            .ShouldBe([
                ("peth0", BridgePortRole.Uplink, null),
                ("vif0.0", BridgePortRole.Vif, "Domain-0"),
                ("vif1.0", BridgePortRole.Vif, "ftp"),
            ]);
        var nic = SnapshotViews.DomainNics(snapshot).ShouldHaveSingleItem();
        (nic.DomainName, nic.Mode, nic.AllowedVlans, nic.NativeVlan, nic.State).ShouldBe(
            ("ftp", NicMode.Trunk, "1-4094", null, NicState.Connected)
        );
    }

    [Fact]
    public void A_bond_without_sysfs_and_master_links_is_seen_by_proc()
    {
        var snapshot = new ProbeText("2.6.18")
            .Interface("bond1", 2)
            .Nic("dum1", 3)
            .File("/proc/net/bonding/bond1", Recorded.Lines("proc-net-bonding-bond1"))
            .Build();
        snapshot.FindInterface("bond1")!.Kind.ShouldBe(InterfaceKind.Bond);
        snapshot.FindInterface("dum1")!.Master.ShouldBe("bond1");
    }

    [Theory]
    [InlineData(null, 1, false)]
    [InlineData("0", 0, false)]
    [InlineData("0", 1, true)]
    [InlineData("1", 0, true)]
    public void A_bridge_calls_iptables_where_either_switch_says_so_and_the_module_is_there(string? all, int own, bool calls)
    {
        var probe = new ProbeText().Bridge("xenbr0", 2, filtering: false, $"bridge/nf_call_iptables:{own}");
        if (all is not null)
            probe.Add("files", $"/proc/sys/net/bridge/bridge-nf-call-iptables:{all}");
        probe.Build().FindInterface("xenbr0")!.Bridge!.CallsIptables.ShouldBe(calls);
    }

    [Fact]
    public void An_unprivileged_domain_has_no_domains_and_misses_nothing()
    {
        var snapshot = new ProbeText()
            .Add(
                "files",
                "/sys/hypervisor/type:xen",
                "/sys/hypervisor/version/major:4",
                "/sys/hypervisor/version/minor:17",
                "/sys/hypervisor/version/extra:<denied>"
            )
            .Add("configuration", "/proc/xen", "/proc/xen/capabilities")
            .Nic("eth0", 2, "device/nodename:device/vif/0")
            .Build();
        snapshot.IsDomain0.ShouldBeFalse();
        snapshot.XenVersion.ShouldBe("4.17");
        snapshot.Toolstack.ShouldBe(Toolstack.None);
        snapshot.NotSeen.ShouldBeEmpty();
        snapshot.FindInterface("eth0")!.Kind.ShouldBe(InterfaceKind.Physical);
    }

    [Fact]
    public void Without_xenfs_nobody_but_a_new_kernel_or_the_xenstore_tells_domain_0()
    {
        Host().Build().NotSeen.ShouldContain(o => o.What == "whether this is domain 0");
        Host("/sys/hypervisor/start_flags/initdomain:1").Build().IsDomain0.ShouldBeTrue();
        Host("/sys/hypervisor/start_flags/initdomain:0").Build().IsDomain0.ShouldBeFalse();
        Host().Section("xenstore", Xenstore).Build().IsDomain0.ShouldBeTrue();

        static ProbeText Host(params IEnumerable<string> files) =>
            new ProbeText().Add("files", "/sys/hypervisor/type:xen").Add("files", files).Fail("xenstore", 1, "no");
    }

    [Fact]
    public void A_machine_without_xen_is_a_host_too()
    {
        var snapshot = new ProbeText().Build();
        snapshot.XenVersion.ShouldBeNull();
        snapshot.Toolstack.ShouldBe(Toolstack.None);
        snapshot.NotSeen.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("xl", Toolstack.XL)]
    [InlineData("xm", Toolstack.Xend)]
    [InlineData("xl xm", Toolstack.XL)]
    [InlineData("xl xm|xend runs", Toolstack.Xend)]
    [InlineData("xl xm|/var/lock/subsys/xend", Toolstack.Xend)]
    [InlineData("xl xe|/etc/xensource-inventory", Toolstack.Xapi)]
    [InlineData("xl|/etc/xensource-inventory", Toolstack.XL)]
    [InlineData("", Toolstack.None)]
    public void The_toolstack_is_what_runs_and_not_what_is_installed(string found, Toolstack toolstack)
    {
        var parts = found.Split('|');
        new ProbeText()
            .Domain0()
            .Without("xl")
            .Add("programs", parts[0].Split(' '))
            .Add("configuration", parts.Skip(1))
            .Build()
            .Toolstack.ShouldBe(toolstack);
    }

    [Theory]
    [InlineData("/etc/network/interfaces|iface lo inet loopback", "Ifupdown")]
    [InlineData("/etc/network/interfaces|iface lo inet loopback|/run/NetworkManager", "NetworkManager")]
    [InlineData("/etc/network/interfaces|  iface xenbr0 inet static|/run/NetworkManager", "NetworkManager Ifupdown")]
    [InlineData("/run/systemd/netif/state|/etc/netplan/50-cloud-init.yaml", "Netplan SystemdNetworkd")]
    [InlineData("/etc/sysconfig/network-scripts/ifcfg-lo", "")]
    [InlineData("/etc/sysconfig/network-scripts/ifcfg-lo|/etc/sysconfig/network-scripts/ifcfg-eth0", "NetworkScripts")]
    [InlineData("/var/run/NetworkManager|/etc/sysconfig/network-scripts/ifcfg-eth0", "NetworkManager NetworkScripts")]
    [InlineData("/etc/xensource-inventory", "Xapi")]
    public void What_sets_the_network_up_is_known_by_its_files(string found, string managers) =>
        string.Join(' ', new ProbeText().Add("configuration", found.Split('|')).Build().NetworkManagers).ShouldBe(managers);

    [Fact]
    public void Another_kernel_is_refused_by_name()
    {
        var error = Should.Throw<XenVlanException>(() => new ProbeText().Section("host", ["FreeBSD"]).Build());
        error.ErrorId.ShouldBe(ErrorIds.NotLinux);
        error.Message.ShouldContain("FreeBSD");
        error.Target.ShouldBe("a");
    }

    [Fact]
    public void A_host_that_says_nothing_is_an_error() =>
        Should.Throw<XenVlanException>(() => new ProbeText().Remove("host").Build()).ErrorId.ShouldBe(ErrorIds.UnexpectedOutput);

    [Theory]
    [InlineData("0", "0", "", "1", "", null)]
    [InlineData("1", "0", "", "1", "", false)]
    [InlineData("1", "1", "", "1", "", false)]
    [InlineData("1", "1", "fe80::1/64", "1", "", true)]
    [InlineData("1", "1", "fe80::1/64 dadfailed tentative", "1", "", null)]
    [InlineData("1", "1", "10.0.0.1/24", "1", "", false)]
    [InlineData("1", "0", "", "1", "eth1", null)]
    [InlineData("1", "0", "", "0", "", null)]
    public void Whether_a_bridge_knows_a_querier_of_mld_is_worked_out(
        string snoops,
        string asks,
        string address,
        string router,
        string heard,
        bool? knows
    )
    {
        var probe = new ProbeText()
            .Bridge(
                "xenbr0",
                2,
                filtering: false,
                $"bridge/multicast_snooping:{snoops}",
                $"bridge/multicast_querier:{asks}",
                "bridge/multicast_router:1"
            )
            .Nic("eth1", 3, [.. ProbeText.PortOf(2), $"brport/multicast_router:{router}"])
            .Section(
                "multicast",
                heard.Length > 0 ? [$"router ports on xenbr0: {heard} "] : ["dev xenbr0 port eth1 grp ff02::1:ff00:5 temp"]
            );
        if (address.Length > 0)
            probe.Add("addresses", $"2: xenbr0    inet{(address.Contains(':', StringComparison.Ordinal) ? "6" : "")} {address} scope link");

        var snooping = probe.Build().GetInterface(new InterfaceName("xenbr0")).Bridge!.Snooping!;

        snooping.IsOn.ShouldBe(snoops == "1");
        if (snooping.IsOn)
            snooping.HasMldQuerier.ShouldBe(knows);
        else
            snooping.ShouldBe(MulticastSnooping.Off);
    }

    [Theory]
    [InlineData(68, true, null)]
    [InlineData(68, false, false)]
    [InlineData(89, true, null)]
    [InlineData(90, true, false)]
    public void A_bridge_too_narrow_to_ask_by_mld_may_count_as_a_querier_without_an_address(int mtu, bool asks, bool? knows)
    {
        var probe = new ProbeText()
            .Bridge(
                "xenbr0",
                2,
                filtering: false,
                $"mtu:{mtu}",
                "bridge/multicast_snooping:1",
                $"bridge/multicast_querier:{(asks ? 1 : 0)}",
                "bridge/multicast_router:1"
            )
            .Nic("eth1", 3, [.. ProbeText.PortOf(2), "brport/multicast_router:1"])
            .Section("multicast", ["dev xenbr0 port eth1 grp ff02::1:ff00:5 temp"]);

        probe.Build().GetInterface(new InterfaceName("xenbr0")).Bridge!.Snooping!.HasMldQuerier.ShouldBe(knows);
    }

    [Theory]
    [InlineData(1, false, true, null, null)]
    [InlineData(1, false, false, false, false)]
    [InlineData(1, true, true, true, null)]
    [InlineData(0, false, true, null, false)]
    [InlineData(2, false, true, null, true)]
    public void A_bridge_may_be_asked_by_a_vlan_interface_on_it_that_is_a_port_of_another(
        int router,
        bool asks,
        bool isPort,
        bool? knows,
        bool? isRouter
    )
    {
        var probe = new ProbeText()
            .Bridge(
                "xenbr0",
                2,
                filtering: false,
                "bridge/multicast_snooping:1",
                $"bridge/multicast_querier:{(asks ? 1 : 0)}",
                $"bridge/multicast_router:{router}"
            )
            .Nic("eth1", 3, [.. ProbeText.PortOf(2), "brport/multicast_router:1"])
            .Bridge("xenbr1", 4, filtering: false)
            .Vlan("xenbr0.10", 5, 2, isPort ? ProbeText.PortOf(4) : [])
            .Section("multicast", ["dev xenbr0 port eth1 grp ff02::1:ff00:5 temp"]);
        if (asks)
            probe.Add("addresses", "2: xenbr0    inet6 fe80::1/64 scope link");

        var snooping = probe.Build().GetInterface(new InterfaceName("xenbr0")).Bridge!.Snooping!;

        (snooping.HasMldQuerier, snooping.IsRouter).ShouldBe((knows, isRouter));
    }

    [Fact]
    public void A_bridge_that_is_no_router_does_not_tell_which_of_its_ports_are()
    {
        var probe = new ProbeText()
            .Bridge("xenbr0", 2, filtering: false, "bridge/multicast_snooping:1", "bridge/multicast_querier:0", "bridge/multicast_router:0")
            .Nic("eth1", 3, [.. ProbeText.PortOf(2), "brport/multicast_router:1"])
            .Section("multicast", ["dev xenbr0 port eth1 grp ff02::1:ff00:5 temp"]);

        var snooping = probe.Build().GetInterface(new InterfaceName("xenbr0")).Bridge!.Snooping!;

        (snooping.HasMldQuerier, snooping.RouterPorts).ShouldBe((null, null));
    }

    [Fact]
    public void Without_the_listeners_a_snooping_bridge_says_so()
    {
        var probe = new ProbeText()
            .Bridge("xenbr0", 2, filtering: false, "bridge/multicast_snooping:1")
            .Without("bridge")
            .Fail("multicast", 127, "");

        var snapshot = probe.Build();

        snapshot.NotSeen.ShouldContain(o => o.What.StartsWith("who listens to multicasts", StringComparison.Ordinal));
        var snooping = snapshot.GetInterface(new InterfaceName("xenbr0")).Bridge!.Snooping!;
        (snooping.Members, snooping.HasMldQuerier).ShouldBe((null, null));
    }

    [Theory]
    [InlineData("aa:bb:cc:00:00:01", "802.3ad of eth1, eth2, active: eth1, LACP partner aa:bb:cc:00:00:01")]
    [InlineData("00:00:00:00:00:00", "802.3ad of eth1, eth2, active: eth1, no LACP partner")]
    [InlineData("", "802.3ad of eth1, eth2, active: eth1, LACP partner not known")]
    public void A_bond_is_shown_at_the_port_of_its_bridge_with_its_partner(string partner, string said)
    {
        var snapshot = new ProbeText()
            .Bridge("xenbr0", 2, filtering: false)
            .Interface(
                "bond0",
                3,
                [
                    "uevent:DEVTYPE=bond",
                    "bonding/mode:802.3ad 4",
                    "bonding/active_slave:",
                    "bonding/slaves:eth1 eth2",
                    $"bonding/ad_partner_mac:{partner}",
                    .. ProbeText.PortOf(2),
                ]
            )
            .Nic("eth1", 4, "master/ifindex:3", "bonding_slave/state:active")
            .Nic("eth2", 5, "master/ifindex:3", "bonding_slave/state:backup")
            .Build();

        SnapshotViews
            .Bridges(snapshot)
            .ShouldHaveSingleItem()
            .Ports.ShouldHaveSingleItem()
            .Bond.ShouldNotBeNull()
            .ToString()
            .ShouldBe(said);
    }
}
