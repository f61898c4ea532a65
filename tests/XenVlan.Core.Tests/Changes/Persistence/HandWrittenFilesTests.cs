using Shouldly;
using XenVlan.Changes.Desired;
using XenVlan.Model;
using Xunit;
using static XenVlan.Tests.Changes.Persistence.PersistentHost;

namespace XenVlan.Tests.Changes.Persistence;

/// <summary>Files as administrators write them, in <c>Data/hand-written</c>: what XenVlan does not mean to change is there
/// afterwards.</summary>
public sealed class HandWrittenFilesTests
{
    private const string Keyfiles = "/etc/NetworkManager/system-connections";
    private const string Scripts = "/etc/sysconfig/network-scripts";
    private const string Networkd = "/etc/systemd/network";

    [Fact]
    public void A_keyfile_keeps_the_gateway_beside_an_address_and_its_parents_identifier()
    {
        var host = Keyfile();
        var path = $"{Keyfiles}/stor.nmconnection";

        var after = host.After(Is("stor", 1400, "192.0.2.7/24", "192.0.2.6/24"));

        after
            .Files[path]
            .ShouldBe(
                host.Files[path].Replace("address1=192.0.2.5/24,", "address1=192.0.2.7/24,", StringComparison.Ordinal)
                    + "\n[ethernet]\nmtu=1400\n"
            );
        Others(after, path).ShouldBe(Others(host, path));
    }

    [Fact]
    public void A_gateway_goes_to_another_address_of_its_network()
    {
        var host = Keyfile();
        var path = $"{Keyfiles}/stor.nmconnection";

        var after = host.After(Is("stor", null, "192.0.2.6/24"));

        after
            .Files[path]
            .ShouldBe(
                host.Files[path]
                    .Replace("address1=192.0.2.5/24,192.0.2.1\n", "", StringComparison.Ordinal)
                    .Replace("address2=192.0.2.6/24", "address2=192.0.2.6/24,192.0.2.1", StringComparison.Ordinal)
            );
    }

    [Theory]
    [InlineData]
    [InlineData("203.0.113.7/24")]
    [InlineData("2001:db8::7/64")]
    public void A_gateway_that_no_address_would_reach_is_a_refusal_that_names_it(params string[] addresses)
    {
        foreach (
            var (host, name, place) in new[]
            {
                (Keyfile(), "stor", $"{Keyfiles}/stor.nmconnection:14"),
                (NetworkdHost(), "xenbr0.30", $"{Networkd}/30-v30.network:6"),
                (Ifupdown(), "vlan20", "/etc/network/interfaces:38"),
                (Ifcfg(("ifcfg-vlan100", "GATEWAY=192.0.2.1\n")), "vlan100", $"{Scripts}/ifcfg-vlan100:12"),
            }
        )
        {
            var error = Should.Throw<XenVlanException>(() => host.Plan(Is(name, null, addresses)));
            error.ErrorId.ShouldBe(ErrorIds.NotSupported);
            error.Message.ShouldContain(place);
        }
    }

    [Fact]
    public void What_makes_a_profile_without_addresses_invalid_is_a_refusal()
    {
        var path = $"{Keyfiles}/stor.nmconnection";
        var host = Keyfile();
        var without = host with
        {
            Files = new Dictionary<string, string>(host.Files)
            {
                [path] = host.Files[path]
                    .Replace(",192.0.2.1\n", "\n", StringComparison.Ordinal)
                    .Replace("route1=198.51.100.0/24,192.0.2.9\n", "", StringComparison.Ordinal),
            },
        };

        var error = Should.Throw<XenVlanException>(() => without.Plan(Is("stor", null)));

        error.ErrorId.ShouldBe(ErrorIds.NotSupported);
        error.Message.ShouldContain($"{path}:14 says dns");
    }

    [Fact]
    public void A_VLANs_profile_without_a_name_is_that_of_its_parent_and_id()
    {
        var path = $"{Keyfiles}/stor.nmconnection";
        var host = Keyfile("eth2.77");
        var nameless = host with
        {
            Files = new Dictionary<string, string>(host.Files)
            {
                [path] = host.Files[path].Replace("interface-name=stor\n", "", StringComparison.Ordinal),
            },
        };

        nameless.Plan(Is("eth2.77", 1400)).Files.ShouldHaveSingleItem().Path.ShouldBe(path);
        nameless.After(NoVlan("eth2.77")).Files.Keys.ShouldNotContain(path);
    }

    [Theory]
    [InlineData("192.0.2.9/24", "IPADDR=192.0.2.5 ", "IPADDR=192.0.2.9 ")]
    [InlineData("192.0.2.5/25", "NETMASK='255.255.255.0'", "NETMASK='255.255.255.128'")]
    public void An_ifcfg_line_keeps_its_comment_its_place_and_its_quotes(string address, string old, string @new)
    {
        var host = Ifcfg();
        var path = $"{Scripts}/ifcfg-vlan100";

        var after = host.After(Is("vlan100", null, address));

        after.Files[path].ShouldBe(host.Files[path].Replace(old, @new, StringComparison.Ordinal));
        after.Files[path].ShouldContain("   # was .4\n");
        Others(after, path).ShouldBe(Others(host, path));
    }

    [Fact]
    public void Numbered_addresses_of_an_ifcfg_file_stay_numbered()
    {
        var host = Ifcfg();
        var path = $"{Scripts}/ifcfg-eth2.0044";

        host.After(Is("eth2.0044", null, "198.51.100.7/24", "198.51.100.9/28"))
            .Files[path]
            .ShouldBe(
                host.Files[path].Replace("IPADDR1=198.51.100.8\nPREFIX1=24", "IPADDR1=198.51.100.9\nPREFIX1=28", StringComparison.Ordinal)
            );
        host.After(Is("eth2.0044", null, "198.51.100.7/24", "198.51.100.8/24", "198.51.100.9/24"))
            .Files[path]
            .ShouldBe(host.Files[path].Replace("PREFIX1=24\n", "PREFIX1=24\nIPADDR2=198.51.100.9\nPREFIX2=24\n", StringComparison.Ordinal));
    }

    [Fact]
    public void The_gateway_of_an_ifcfg_file_outlives_the_address_before_it()
    {
        var host = Ifcfg(("ifcfg-eth2.0044", "IPADDR=198.51.100.6\nPREFIX=24\nGATEWAY=198.51.100.1\n"));

        host.After(Is("eth2.0044", null, "198.51.100.7/24", "198.51.100.8/24"))
            .Files[$"{Scripts}/ifcfg-eth2.0044"]
            .ShouldContain("GATEWAY=198.51.100.1\n");
    }

    [Fact]
    public void An_address_that_only_a_shell_can_tell_is_a_refusal()
    {
        var host = Ifcfg(("ifcfg-vlan100", "IPADDR=$(cat /etc/address)\n"));

        Should
            .Throw<XenVlanException>(() => host.Plan(Is("vlan100", null, "192.0.2.9/24")))
            .Message.ShouldContain($"{Scripts}/ifcfg-vlan100:12 sets IPADDR");
    }

    [Theory]
    [InlineData("BROADCAST=192.0.2.255\nNETWORK=192.0.2.0\n", "BROADCAST=192.0.2.127\nNETWORK=192.0.2.0\n")]
    [InlineData("BROADCAST=192.0.2.77\n", null)]
    public void A_broadcast_address_follows_or_is_a_refusal(string there, string? after)
    {
        var host = Ifcfg(("ifcfg-vlan100", there));
        if (after is null)
            Should.Throw<XenVlanException>(() => host.Plan(Is("vlan100", null, "192.0.2.9/25"))).Message.ShouldContain("192.0.2.77");
        else
            host.After(Is("vlan100", null, "192.0.2.9/25")).Files[$"{Scripts}/ifcfg-vlan100"].ShouldEndWith(after);
    }

    [Fact]
    public void The_VLANs_in_a_file_of_networkd_stay_there_and_XenVlans_own_file_holds_only_what_is_new()
    {
        var host = NetworkdHost();

        var after = host.After(Vlan(40, addresses: "192.0.40.2/24"));

        after.Files[$"{Networkd}/20-xenbr0.network.d/xenvlan.conf"].ShouldBe("[BridgeVLAN]\nVLAN=40\n\n[Network]\nVLAN=xenbr0.40\n");
        foreach (var (path, text) in host.Files)
            after.Files[path].ShouldBe(text);
    }

    [Fact]
    public void A_VLAN_that_is_not_to_pass_is_taken_out_of_the_range_it_stands_in()
    {
        var host = NetworkdHost();
        var path = $"{Networkd}/10-eth1.network";

        var after = host.After(new PortVlansAre(new InterfaceName("eth1"), PortVlans.Trunk(VlanSet.Parse("2-9,11-4094"), new VlanId(6))));

        after
            .Files[path]
            .ShouldBe(
                host.Files[path]
                    .Replace("VLAN=2-4094\n", "VLAN=2-9\nVLAN=11-4094\n", StringComparison.Ordinal)
                    .Replace("PVID=5\nEgressUntagged=5\n", "PVID=5\n", StringComparison.Ordinal)
            );
        after.Files[$"{path}.d/xenvlan.conf"].ShouldBe("[BridgeVLAN]\nPVID=6\n\n[BridgeVLAN]\nEgressUntagged=6\n");
        after
            .Plan(new PortVlansAre(new InterfaceName("eth1"), PortVlans.Trunk(VlanSet.Parse("2-9,11-4094"), new VlanId(6))))
            .Files.ShouldBeEmpty();
    }

    [Fact]
    public void A_PVID_that_would_have_the_last_word_is_changed_where_it_stands()
    {
        var host = NetworkdHost();
        var path = $"{Networkd}/10-eth1.network.d/zz-pvid.conf";
        host = host with { Files = new Dictionary<string, string>(host.Files) { [path] = "# late\n[BridgeVLAN]\nPVID=5\n" } };

        host.After(new PortVlansAre(new InterfaceName("eth1"), PortVlans.Trunk(VlanSet.Parse("2-4094"), new VlanId(6))))
            .Files[path]
            .ShouldBe("# late\n[BridgeVLAN]\nPVID=6\n");
    }

    [Fact]
    public void What_versions_of_systemd_read_differently_is_a_refusal()
    {
        var host = NetworkdHost();
        var path = $"{Networkd}/20-xenbr0.network.d/20-reset.conf";
        host = host with { Files = new Dictionary<string, string>(host.Files) { [path] = "[BridgeVLAN]\nVLAN=\nVLAN=7\n" } };

        Should.Throw<XenVlanException>(() => host.Plan(Vlan(40))).Message.ShouldContain($"{path}:2");
    }

    [Fact]
    public void What_a_section_says_of_an_address_stays_with_the_new_one()
    {
        var host = NetworkdHost();
        var path = $"{Networkd}/30-v31.network";
        const string Text =
            "[Match]\nName=xenbr0.31\n\n[Network]\nGateway=192.0.31.1\n\n[Address]\nLabel=stor\nAddress = 192.0.31.2/24 "
            + "\nBroadcast=192.0.31.255\nScope=link\n";
        host = host with { Files = new Dictionary<string, string>(host.Files) { [path] = Text } };

        host.After(Is("xenbr0.31", null, "192.0.31.3/25"))
            .Files[path]
            .ShouldBe(Text.Replace("31.2/24", "31.3/25", StringComparison.Ordinal).Replace("31.255", "31.127", StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_stanza_says_of_an_address_stays_with_the_new_one()
    {
        const string Path = "/etc/network/interfaces";
        var host = Ifupdown();

        host.After(Is("vlan20", null, "192.0.2.6/25", "2001:db8::6/64"))
            .Files[Path]
            .ShouldBe(
                host.Files[Path]
                    .Replace(
                        "        address 192.0.2.5\n        netmask 255.255.255.0\n",
                        "        address 192.0.2.6\n        netmask 255.255.255.128\n",
                        StringComparison.Ordinal
                    )
                    .Replace("2001:db8::5/64", "2001:db8::6/64", StringComparison.Ordinal)
            );
    }

    [Fact]
    public void A_bridge_that_loses_its_last_port_is_told_of()
    {
        const string Path = "/etc/network/interfaces";
        var host = Ifupdown().Having(VlanOf("eth2.30", "eth2", 30));

        host.After(NoVlan("eth2.30"))
            .Files[Path]
            .ShouldBe(host.Files[Path].Replace("bridge_ports eth2.30", "bridge_ports none", StringComparison.Ordinal));
        host.Plan(NoVlan("eth2.30"))
            .Notes.ShouldBe([
                $"By the files of ifupdown, br30 has no way out any more: {Path}:{LineOf(host.Files[Path], "bridge_ports eth2.30")} "
                    + $"made eth2.30 its port, and nothing else there is put on it. From the next boot on it leads only to what Xen "
                    + $"puts on it, unless something else gives it a port.",
            ]);
    }

    [Fact]
    public void A_bridge_that_loses_its_last_port_is_told_of_whatever_manages_it()
    {
        foreach (
            var (manager, files) in new (NetworkManager, (string, string)[])[]
            {
                (
                    NetworkManager.SystemdNetworkd,
                    [
                        ($"{Networkd}/10-a.netdev", "[NetDev]\nName=eth2.30\nKind=vlan\n[VLAN]\nId=30\n"),
                        ($"{Networkd}/10-a.network", "[Match]\nName=eth2.30\n[Network]\nBridge=br30\n"),
                        ($"{Networkd}/20-vifs.network", "[Match]\nName=vif*\n[Network]\nBridge=br30\n"),
                    ]
                ),
                (
                    NetworkManager.NetworkManager,
                    [
                        (
                            $"{Keyfiles}/a",
                            "[connection]\ntype=vlan\ninterface-name=eth2.30\ncontroller=u-1\nport-type=bridge\n"
                                + "[vlan]\nid=30\nparent=eth2\n"
                        ),
                        ($"{Keyfiles}/b", "[connection]\nuuid=u-1\ntype=bridge\ninterface-name=br30\n"),
                    ]
                ),
                (
                    NetworkManager.NetworkScripts,
                    [
                        ($"{Scripts}/ifcfg-eth2.30", "DEVICE=eth2.30\nVLAN=yes\nBRIDGE=br30\n"),
                        ($"{Scripts}/ifcfg-br30", "DEVICE=br30\nTYPE=Bridge\n"),
                    ]
                ),
                (
                    NetworkManager.Netplan,
                    [
                        (
                            "/etc/netplan/90-xenvlan.yaml",
                            "network:\n  version: 2\n  ethernets:\n    eth2: {}\n  vlans:\n    eth2.30:\n      id: 30\n      link: "
                                + "eth2\n  bridges:\n    br30:\n      interfaces: [eth2.30]\n"
                        ),
                    ]
                ),
            }
        )
        {
            var host = With(manager, files).Having(VlanOf("eth2.30", "eth2", 30));
            host.Plan(NoVlan("eth2.30")).Notes.ShouldHaveSingleItem().ShouldContain("br30 has no way out any more: ");
        }
    }

    [Fact]
    public void A_file_of_networkd_that_takes_in_a_domains_NIC_is_told_of()
    {
        var notes = NetworkdHost().Plan(new PortVlansAre(new InterfaceName("vif1.0"), PortVlans.Access(new VlanId(40)))).Notes;

        notes
            .ShouldHaveSingleItem()
            .ShouldStartWith(
                $"{Networkd}/40-vifs.network:1 takes in vif1.0: systemd-networkd puts it on bridge xenbr0 and gives it VLAN 10 "
                    + $"whenever the NIC appears"
            );
    }

    [Theory]
    [InlineData("[Match]\nDriver=vif\n[BridgeVLAN]\nPVID=10\n", "may take in vif1.0: systemd-networkd gives it VLAN 10 (PVID 10)")]
    [InlineData("[Match]\nName=!vif*\n[BridgeVLAN]\nVLAN=10\n", null)]
    [InlineData("[Match]\nName=vif*\n[Link]\nUnmanaged=yes\n[BridgeVLAN]\nVLAN=10\n", null)]
    [InlineData("[Match]\nType=ether\n[Network]\nDHCP=yes\n", null)]
    [InlineData(
        "[Match]\nName=vif*\nno such line\n",
        "Whether a network manager takes in vif1.0 too is not known: /etc/systemd/network/40-vifs.network:3: "
    )]
    public void What_networkd_does_to_a_domains_NIC_is_told_as_far_as_it_is_known(string text, string? note)
    {
        var host = With(NetworkManager.SystemdNetworkd, ($"{Networkd}/40-vifs.network", text));

        var notes = host.Plan(new PortVlansAre(new InterfaceName("vif1.0"), PortVlans.Access(new VlanId(40)))).Notes;

        if (note is null)
            notes.ShouldBeEmpty();
        else
            notes.ShouldHaveSingleItem().ShouldContain(note);
    }

    [Theory]
    [InlineData(
        NetworkManager.NetworkManager,
        Keyfiles + "/vifs",
        "[connection]\ntype=ethernet\nmaster=xenbr0\nslave-type=bridge\n[match]\ninterface-name=vif*;\n[bridge-port]\nvlans=10\n",
        "may bring up on vif1.0 whenever the NIC appears, as a port of xenbr0 with VLAN 10"
    )]
    [InlineData(
        NetworkManager.NetworkManager,
        Keyfiles + "/vifs",
        "[connection]\ntype=ethernet\nmaster=xenbr0\nslave-type=bridge\n[match]\ninterface-name=!vif*;\n",
        null
    )]
    [InlineData(
        NetworkManager.Ifupdown,
        "/etc/network/interfaces",
        "allow-hotplug /vif*\niface vif1.0 inet manual\n up bridge vlan add dev vif1.0 vid 10\n",
        "interfaces:2 configures vif1.0 whenever the NIC appears"
    )]
    [InlineData(
        NetworkManager.Ifupdown,
        "/etc/network/interfaces",
        "iface br9 inet manual\n bridge_ports regex vif.*\n",
        "interfaces:2 puts vif1.0 on bridge br9"
    )]
    [InlineData(NetworkManager.Ifupdown, "/etc/network/interfaces", "iface xenbr0 inet manual\n bridge_ports eth1\n", null)]
    [InlineData(
        NetworkManager.Netplan,
        "/etc/netplan/a.yaml",
        "network:\n  ethernets:\n    nics:\n      match: {name: vif*}\n      mtu: 1400\n",
        "a.yaml:4 configures vif1.0"
    )]
    [InlineData(
        NetworkManager.NetworkScripts,
        Scripts + "/ifcfg-vif1.0",
        "DEVICE=vif1.0\nBRIDGE=xenbr0\n",
        "ifcfg-vif1.0:1 configures vif1.0"
    )]
    public void Other_managers_that_take_in_a_domains_NIC_are_told_of(NetworkManager manager, string path, string text, string? note)
    {
        var notes = With(manager, (path, text)).Plan(new PortVlansAre(new InterfaceName("vif1.0"), PortVlans.Access(new VlanId(40)))).Notes;

        if (note is null)
            notes.ShouldBeEmpty();
        else
            notes.ShouldHaveSingleItem().ShouldContain(note);
    }

    [Theory]
    [InlineData(
        "/etc/rc.local",
        "ip link add link eth2 name eth2.30 type vlan id 30",
        "comes back by /etc/rc.local:7 at boot or when that is run"
    )]
    [InlineData("/etc/rc.local", "  /sbin/vconfig add eth2 30 || true", "comes back by /etc/rc.local:7")]
    [InlineData(
        "/etc/systemd/system/v.service",
        "ExecStart=/sbin/ip link add link eth2 name storage type vlan id 30",
        "comes back by /etc/systemd/system/v.service:7"
    )]
    [InlineData(
        "/etc/udev/rules.d/9.rules",
        "ACTION==\"add\", NAME==\"eth2\", RUN+=\"/sbin/ip link add link eth2 name eth2.30 type vlan id 30\"",
        "comes back by /etc/udev/rules.d/9.rules:7"
    )]
    [InlineData(
        "/etc/cron.d/v",
        "@reboot root ip link add link eth2 name eth2.30 type vlan id 30",
        "comes back by /etc/cron.d/v:7 when cron runs it"
    )]
    [InlineData(
        "/usr/local/sbin/v",
        "for v in 10 20 30; do ip link add link eth2 name eth2.$v type vlan id $v; done",
        "may come back by /usr/local/sbin/v:7 whenever that is run"
    )]
    [InlineData(
        "/etc/xen/scripts/network-vlans",
        "vconfig add $netdev $v",
        "may come back by /etc/xen/scripts/network-vlans:7 when Xen runs it"
    )]
    [InlineData("/etc/rc.local", "# ip link add link eth2 name eth2.30 type vlan id 30", null)]
    [InlineData("/etc/rc.local", "ip link add link eth2 name eth2.31 type vlan id 31", null)]
    [InlineData("/etc/rc.local", "ip -d link show eth2.30 type vlan", null)]
    [InlineData("/etc/rc.local", "for v in 1; do ip link add link eth9 name eth9.$v type vlan id $v; done", null)]
    [InlineData("/etc/network/if-pre-up.d/vlan", "ip link add link \"$IF_VLAN_RAW_DEVICE\" name \"$IFACE\" type vlan id \"$VLANID\"", null)]
    [InlineData("/etc/init.d/network-vlan", "ip link add link eth2 name eth2.30 type vlan id 30", null)]
    public void What_makes_a_VLAN_interface_again_is_told_when_it_is_removed(string path, string text, string? note)
    {
        var host = With(NetworkManager.Ifupdown, ("/etc/network/interfaces", "iface eth2 inet manual\n"))
            .Having(VlanOf("eth2.30", "eth2", 30)) with
        {
            ScriptLines = [new(path, 7, text)],
        };

        var notes = host.Plan(NoVlan("eth2.30")).Notes;

        if (note is null)
            notes.ShouldBeEmpty();
        else
            notes.ShouldHaveSingleItem().ShouldContain(note);
    }

    [Fact]
    public void A_command_in_another_interfaces_stanza_makes_a_VLAN_interface_again()
    {
        const string Text =
            "auto eth2\niface eth2 inet manual\n    up ip link add link eth2 name eth2.30 type vlan id 30\niface eth2.30 inet manual\n";
        var host = With(NetworkManager.Ifupdown, ("/etc/network/interfaces", Text)).Having(VlanOf("eth2.30", "eth2", 30));

        host.Plan(NoVlan("eth2.30"))
            .Notes.ShouldHaveSingleItem()
            .ShouldStartWith("eth2.30 comes back by /etc/network/interfaces:3 with the next ifup of eth2,");
        host.After(NoVlan("eth2.30"))
            .Files["/etc/network/interfaces"]
            .ShouldBe(Text[..Text.IndexOf("iface eth2.30", StringComparison.Ordinal)]);
    }

    [Fact]
    public void What_makes_a_VLAN_interface_too_is_told_when_it_is_made()
    {
        var host = With(NetworkManager.Ifupdown, ("/etc/network/interfaces", "iface xenbr0 inet manual\n bridge_ports eth1\n")) with
        {
            ScriptLines = [new("/etc/rc.local", 2, "ip link add link xenbr0 name ten type vlan id 10")],
        };

        host.Plan(Vlan(10))
            .Notes.ShouldContain(n =>
                n.StartsWith("/etc/rc.local:2 makes xenbr0.10 too, at boot or when that is run: ", StringComparison.Ordinal)
            );
        host.Plan(Vlan(11)).Notes.ShouldBeEmpty();
    }

    private static VlanInterfaceSettings Is(string name, int? mtu, params string[] addresses) =>
        new(new InterfaceName(name))
        {
            Mtu = mtu,
            Addresses = mtu is not null && addresses.Length == 0 ? null : [.. addresses.Select(InterfaceAddress.Parse)],
        };

    private static int LineOf(string text, string part) => text[..text.IndexOf(part, StringComparison.Ordinal)].Count(c => c == '\n') + 1;

    private static IEnumerable<KeyValuePair<string, string>> Others(PersistentHost host, string path) =>
        host.Files.Where(f => f.Key != path).OrderBy(f => f.Key, StringComparer.Ordinal);

    private static PersistentHost Keyfile(string name = "stor") =>
        Written("keyfiles", Keyfiles, NetworkManager.NetworkManager)
            .Having(Nic("eth2", "52:54:00:62:00:02"))
            .Having(VlanOf(name, "eth2", 77, "192.0.2.5/24", "192.0.2.6/24"));

    private static PersistentHost Ifcfg(params (string Name, string Added)[] added)
    {
        var host = Written("network-scripts", Scripts, NetworkManager.NetworkScripts)
            .Having(VlanOf("vlan100", "eth2", 100, "192.0.2.5/24"))
            .Having(VlanOf("eth2.0044", "eth2", 44, "198.51.100.7/24", "198.51.100.8/24"));
        var files = new Dictionary<string, string>(host.Files);
        foreach (var (name, text) in added)
            files[$"{Scripts}/{name}"] += text;
        return host with { Files = files };
    }

    private static PersistentHost NetworkdHost()
    {
        var bridge = new PortVlans(VlanSet.Parse("30-32"), VlanSet.None, null);
        var host = Written("networkd", Networkd, NetworkManager.SystemdNetworkd);
        return host.Having(
                host.Snapshot.FindInterface("xenbr0")! with
                {
                    Bridge = new BridgeDetails { VlanFiltering = true },
                    PortVlans = bridge,
                }
            )
            .Having(host.Snapshot.FindInterface("eth1")! with { PortVlans = PortVlans.Trunk(VlanSet.Parse("2-4094"), new VlanId(5)) })
            .Having(VlanOf("xenbr0.30", "xenbr0", 30, "192.0.30.2/24"))
            .Having(VlanOf("xenbr0.31", "xenbr0", 31, "192.0.31.2/24"));
    }

    private static PersistentHost Ifupdown() =>
        Written("ifupdown", "/etc/network", NetworkManager.Ifupdown).Having(VlanOf("vlan20", "eth2", 20, "192.0.2.5/24", "2001:db8::5/64"));

    private static PersistentHost Written(string directory, string path, NetworkManager manager)
    {
        var root = System.IO.Path.Combine(Golden.ProjectDirectory, "Data", "hand-written", directory);
        return With(
            manager,
            [
                .. Directory
                    .EnumerateFiles(root, "*", SearchOption.AllDirectories)
                    .Select(f => ($"{path}/{System.IO.Path.GetRelativePath(root, f)}", File.ReadAllText(f))),
            ]
        );
    }

    private static NetworkInterface VlanOf(string name, string parent, int id, params string[] addresses) =>
        new()
        {
            Name = name,
            Kind = InterfaceKind.Vlan,
            Mtu = 1500,
            IsUp = true,
            Vlan = new VlanDetails(parent, new VlanId(id), VlanProtocol.Dot1Q),
            Addresses = [.. addresses.Select(InterfaceAddress.Parse)],
        };
}
