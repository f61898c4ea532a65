using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using XenVlan.Changes;
using XenVlan.Changes.Desired;
using XenVlan.Changes.Persistence.Ifupdown;
using XenVlan.Model;
using XenVlan.Tests.Model;
using Xunit;
using static XenVlan.Tests.Changes.Persistence.PersistentHost;

namespace XenVlan.Tests.Changes.Persistence;

public sealed class IfupdownTests
{
    private const string Main = "/etc/network/interfaces";

    private const string Debian = """
        # This file describes the network interfaces available on your system
        # and how to activate them. For more information, see interfaces(5).

        source /etc/network/interfaces.d/*

        # The loopback network interface
        auto lo
        iface lo inet loopback

        allow-hotplug eth0
        iface eth0 inet dhcp

        # The trunk
        auto xenbr0
        iface xenbr0 inet manual
        	bridge_ports eth1
        	bridge_stp off
        	bridge_fd 0

        """;

    // Words that mean something to ifupdown, put together at random.
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.Elements(
                "auto ",
                "iface ",
                "eth0",
                "xenbr0.10",
                " inet",
                " static",
                "\n",
                "\n    ",
                "\\\n",
                "\\",
                "# c",
                "address 10.0.0.1/24",
                "mapping",
                "source ",
                "\r\n",
                "\t",
                "up ",
                "bridge_ports ",
                "é"
            )
            .ListOf()
            .Select(string.Concat),
        Generators.Texts
    );

    // Files that ifupdown reads.
    private static readonly Gen<string> Valid = Gen.Elements(
            "auto lo\n",
            "iface lo inet loopback\n",
            "\n",
            "# comment\n",
            "  # comment \\\n",
            "auto eth0 eth1\n",
            "iface eth0 inet dhcp\n    mtu \\\n  1500\n",
            "iface xenbr0 inet manual\n  bridge_ports eth1\n\n",
            "allow-hotplug eth0\n\n\n",
            "mapping eth*\n\tscript /bin/x\n\tmap y\n",
            "iface eth1 inet static\n\taddress 10.0.0.1\n\tnetmask 255.0.0.0\n\n\t# within\n\tup true\n"
        )
        .ListOf()
        .Select(string.Concat)
        .SelectMany(t => Gen.Elements(t, t + "# no line feed", t + "iface eth2 inet manual\n    up true", t + "auto eth2"));

    private static PersistentHost Host(string text = Debian, params (string Path, string Text)[] more) =>
        PersistentHost.With(NetworkManager.Ifupdown, [(Main, text), .. more]);

    [Theory]
    [InlineData("iface xenbr0.10\n    address 10.10.0.1/24\n", "iface xenbr0.10\n")]
    [InlineData("iface xenbr0.10 inherits xenbr0\n    address 10.10.0.1/24\n", "iface xenbr0.10 inherits xenbr0\n")]
    [InlineData("iface xenbr0.10 inet static\n    address 10.10.0.1/24\n", "iface xenbr0.10 inet manual\n")]
    public void A_stanza_that_loses_its_address_gets_a_method_only_where_it_had_one(string before, string after)
    {
        var address = InterfaceAddress.Parse("10.10.0.1/24");
        var host = PersistentHost
            .With(NetworkManager.Ifupdown, ("/etc/network/interfaces", before))
            .Having(
                new()
                {
                    Name = "xenbr0.10",
                    Kind = InterfaceKind.Vlan,
                    Mtu = 1500,
                    IsUp = true,
                    Vlan = new VlanDetails("xenbr0", new VlanId(10), VlanProtocol.Dot1Q),
                    Addresses = [address],
                }
            );

        host.After(new AddressAbsent(new InterfaceName("xenbr0.10"), address)).Files["/etc/network/interfaces"].ShouldBe(after);
    }

    [Fact]
    public void Files_are_as_interfaces5_wants_them()
    {
        var text = new Report()
            .Add(
                "a VLAN interface with addresses and MTU",
                Host().Show(Vlan(10, mtu: 1400, addresses: ["10.10.0.1/24", "10.10.1.1/24", "fd00::1/64"]))
            )
            .Add(
                "a name of its own, several addresses",
                Host().Show(Vlan(20, name: "mgmt", mtu: 1400, addresses: ["10.20.0.1/24", "fd00::1/64"]))
            )
            .Add("802.1ad", Host().Show(Vlan(30, protocol: VlanProtocol.Dot1AD), Vlan(31, name: "outer", protocol: VlanProtocol.Dot1AD)))
            .Add("a VLAN's own bridge", Host().Show(OwnBridge))
            .Add("a filtering bridge", Host().Show(Filtering))
            .Add(
                "MTU and address of interfaces there are",
                Host()
                    .Show(
                        new MtuIs(new InterfaceName("eth0"), 1400),
                        new MtuIs(new InterfaceName("eth1"), 2000),
                        new MtuIs(new InterfaceName("xenbr0"), 1400),
                        new MtuIs(new InterfaceName("eth2"), 1300),
                        new MtuIs(new InterfaceName("vif1.0"), 1300),
                        new AddressPresent(new InterfaceName("xenbr0"), InterfaceAddress.Parse("10.0.0.1/24")),
                        new AddressPresent(new InterfaceName("eth0"), InterfaceAddress.Parse("fd00::2/64"))
                    )
            )
            .Add(
                "a port moves to a new bridge",
                Host()
                    .Show(
                        new BridgePresent(new InterfaceName("br1")),
                        new BridgePortPresent(new InterfaceName("br1"), new InterfaceName("eth1"))
                    )
            )
            .Add(
                "a parent in a sourced file",
                Host(
                        "source interfaces.d/*",
                        ("/etc/network/interfaces.d/bridge", "auto xenbr0\niface xenbr0 inet manual\n bridge_ports all")
                    )
                    .Show(Vlan(10), new MtuIs(new InterfaceName("xenbr0"), 1400))
            )
            .Add(
                "an interface that is there but does not come up",
                Host(Debian + "\niface xenbr0.10 inet manual\n\tmtu 1400\n").Show(Vlan(10, mtu: 1300, addresses: "10.10.0.1/24"))
            );
        text.Verify("Changes/Persistence/ifupdown");
    }

    [Theory]
    [InlineData("auto xenbr0.10\niface xenbr0.10 inet static\n address 10.10.0.1\n netmask 255.255.255.0\n mtu 1400")]
    [InlineData("allow-hotplug eth0 xenbr0.10\niface xenbr0.10 inet static\n address 10.10.0.1\n netmask 24\n mtu 1400\n")]
    [InlineData(
        "auto /xenbr0*\niface xenbr0.10 inet manual\n up ip address add 10.10.0.1/24 dev $IFACE\n post-up /sbin/ip link set $IFACE mtu "
            + "1400\n"
    )]
    [InlineData("auto \\\n xenbr0.10\niface xenbr0.10 inet \\\n static\n address \\\n 10.10.0.1/24\n mtu 1400\n")]
    public void What_says_the_same_in_other_words_stays(string text) =>
        Host(text).Plan(Vlan(10, mtu: 1400, addresses: "10.10.0.1/24")).Files.ShouldBeEmpty();

    [Fact]
    public void Applying_a_change_twice_changes_nothing_more()
    {
        foreach (
            var changes in new HostChange[][]
            {
                OwnBridge,
                Filtering,
                [Vlan(10, mtu: 1400, addresses: ["10.10.0.1/24", "10.10.1.1/24", "fd00::1/64"])],
                [Vlan(20, name: "mgmt", mtu: 1400, addresses: ["10.20.0.1/24", "fd00::1/64"])],
                [Vlan(30, protocol: VlanProtocol.Dot1AD)],
            }
        )
            Host().After(changes).Plan(changes).Files.ShouldBeEmpty();
    }

    [Fact]
    public void A_new_id_replaces_the_old()
    {
        var before = Host().After(Vlan(10, name: "mgmt"));
        var after = before.After(NoVlan("mgmt"), Vlan(11, name: "mgmt"));
        after.Files[Main].ShouldBe(before.Files[Main].Replace("id 10", "id 11", StringComparison.Ordinal));
    }

    [Fact]
    public void Removing_takes_an_interface_out_of_lists_bridges_and_commands()
    {
        const string Text =
            "auto lo xenbr0.10 eth0\nno-auto-down xenbr0.10\niface xenbr0.10 inet manual\n# its own\n\tmtu 1400\n\n# stays\niface br1 "
            + "inet manual\n\tbridge_ports xenbr0.10 eth2\n\tup bridge vlan add dev xenbr0.10 vid 3\n";
        Host(Text)
            .After(Vlan(10))
            .After(NoVlan("xenbr0.10"))
            .Files[Main]
            .ShouldBe("auto lo eth0\n\n# stays\niface br1 inet manual\n\tbridge_ports eth2\n");
    }

    [Fact]
    public void Parsed_lines_concatenate_to_the_text() =>
        Prop.ForAll(
                Texts.ToArbitrary(),
                text =>
                {
                    var file = new InterfacesFile(Main, text);
                    if (file.FindProblem() is { } found)
                        file.Lines.Count.ShouldBeGreaterThan(found.Index);
                    string.Concat(file.Lines.Select(l => l.Raw)).ShouldBe(text);
                }
            )
            .Holds(500);

    [Fact]
    public void Added_and_removed_leaves_no_trace() =>
        Prop.ForAll(
                Valid.ToArbitrary(),
                text =>
                {
                    var host = Host(text);
                    HostChange[] many =
                    [
                        Vlan(10, mtu: 1400, addresses: ["10.10.0.1/24", "10.10.1.1/24", "fd00::1/64"]),
                        Vlan(20, name: "mgmt", addresses: ["10.20.0.1/24", "fd02::1/64"]),
                    ];
                    host.After(many).After(NoVlan("xenbr0.10"), NoVlan("mgmt")).Files[Main].ShouldBe(text);
                    host.After(many).After(NoVlan("mgmt"), NoVlan("xenbr0.10")).Files[Main].ShouldBe(text);
                }
            )
            .Holds(200);

    [Theory]
    [InlineData("auto lo\r\niface lo inet loopback\r\n", 1, "CR LF")]
    [InlineData("auto lo\nadress 10.0.0.1\n", 2, "outside of an iface stanza")]
    [InlineData("iface\n", 1, "names an interface")]
    [InlineData("\niface eth0 inet\n", 2, "ends in a method")]
    [InlineData("iface eth0 inetx static\n", 1, "no address family")]
    [InlineData("iface eth0 inet static\n  address\n", 2, "has no value")]
    [InlineData("iface eth0 inet static\n  mtu 1 \\\n", 2, "backslash")]
    [InlineData("mapping eth0\n  skript x\n", 2, "outside of an iface stanza")]
    public void What_ifupdown_would_not_read_is_an_error_with_file_and_line(string text, int line, string problem)
    {
        var error = Should.Throw<XenVlanException>(() => Host(text).Plan(Vlan(10)));
        error.ErrorId.ShouldBe(ErrorIds.ConfigurationInvalid);
        error.Message.ShouldStartWith($"{Main}:{line}: ");
        error.Message.ShouldContain(problem);
    }

    [Fact]
    public void Names_that_ifupdown_takes_for_another_VLAN_are_refused() =>
        Should.Throw<XenVlanException>(() => Host().Plan(Vlan(10, name: "xenbr0.11"))).ErrorId.ShouldBe(ErrorIds.NotSupported);
}
