using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using XenVlan.Changes;
using XenVlan.Changes.Desired;
using XenVlan.Changes.Persistence.Files;
using XenVlan.Model;
using XenVlan.Tests.Model;
using Xunit;
using static XenVlan.Tests.Changes.Persistence.PersistentHost;

namespace XenVlan.Tests.Changes.Persistence;

public sealed class NetworkdTests
{
    private const string Directory = "/etc/systemd/network";
    private const string BridgeDevice = "[NetDev]\nName=xenbr0\nKind=bridge\n";
    private const string Bridge = "# the trunk\n[Match]\nName=xenbr0\n\n[Network]\nLinkLocalAddressing=no\n";
    private const string Uplink = "[Match]\nName=eth1\n\n[Network]\nBridge=xenbr0\n";

    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.Elements("[Match]", "[Network]\n", "VLAN=", "a", "=", "\n", "\\\n", "\\", ";c", "# c", "\r\n", " ", "]", "é")
            .ListOf()
            .Select(string.Concat),
        Generators.Texts
    );

    private static PersistentHost Host(params (string Path, string Text)[] more) =>
        PersistentHost.With(
            NetworkManager.SystemdNetworkd,
            [
                ($"{Directory}/10-xenbr0.netdev", BridgeDevice),
                ($"{Directory}/20-eth1.network", Uplink),
                ($"{Directory}/20-xenbr0.network", Bridge),
                .. more,
            ]
        );

    [Fact]
    public void Files_are_as_systemd_network5_wants_them()
    {
        new Report()
            .Add("a VLAN interface with addresses and MTU", Host().Show(Vlan(10, mtu: 1400, addresses: ["10.10.0.1/24", "fd00::1/64"])))
            .Add("802.1ad, a name of its own", Host().Show(Vlan(30, name: "outer", protocol: VlanProtocol.Dot1AD)))
            .Add("a VLAN's own bridge", Host().Show(OwnBridge))
            .Add("a filtering bridge", Host().Show(Filtering))
            .Add(
                "MTU and address of interfaces there are",
                Host(("/usr/lib/systemd/network/80-wired.network", "[Match]\nName=eth0\n\n[Network]\nDHCP=yes\n"))
                    .Show(
                        new MtuIs(new InterfaceName("eth0"), 1400),
                        new AddressPresent(new InterfaceName("xenbr0"), InterfaceAddress.Parse("10.0.0.1/24"))
                    )
            )
            .Add("a parent that no file configures", Host().Show(Vlan(10, parent: "eth2")))
            .Add(
                "a pattern that takes the new interface in",
                Host(($"{Directory}/15-all.network", "[Match]\nName=xenbr0*\n")).Show(Vlan(10))
            )
            .Add("removed where the administrator wrote it", Written().Show(NoVlan("xenbr0.10")))
            .Verify("Changes/Persistence/networkd");
    }

    [Fact]
    public void Applying_a_change_twice_changes_nothing_more()
    {
        foreach (
            var changes in new HostChange[][]
            {
                OwnBridge,
                Filtering,
                [Vlan(10, mtu: 1400, addresses: ["10.10.0.1/24", "fd00::1/64"])],
                [Vlan(30, name: "outer", protocol: VlanProtocol.Dot1AD)],
                [Vlan(10, parent: "eth2")],
            }
        )
            Host().After(changes).Plan(changes).Files.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("50-xenvlan-xenbr0.10.netdev", "[NetDev]\nName=outer\nKind=vlan\n[VLAN]\nId=10\n")]
    [InlineData("50-xenvlan-xenbr0.10.network", "[Match]\nName=outer\n")]
    [InlineData("50-xenvlan-xenbr0.10.network", "")]
    public void A_file_that_is_for_something_else_now_is_not_written_over(string file, string text)
    {
        var error = Should.Throw<XenVlanException>(() => Host(($"{Directory}/{file}", text)).Plan(Vlan(10)));
        error.ErrorId.ShouldBe(ErrorIds.ConfigurationConflict);
        error.Message.ShouldContain($"{Directory}/{file}");
    }

    [Fact]
    public void What_says_the_same_in_other_words_stays() =>
        Written().Plan(Vlan(10, mtu: 1400, addresses: "10.10.0.1/24")).Files.ShouldBeEmpty();

    [Fact]
    public void Added_and_removed_leaves_no_trace()
    {
        var host = Host();
        host.After(Vlan(10, mtu: 1400, addresses: "10.10.0.1/24"), Vlan(20), Vlan(30, parent: "eth2"))
            .After(NoVlan("xenbr0.10"), NoVlan("xenbr0.20"), NoVlan("eth2.30"))
            .Files.ShouldBe(host.Files, ignoreOrder: true);
    }

    [Fact]
    public void What_other_interfaces_share_is_not_changed_for_one()
    {
        var host = Host(($"{Directory}/15-all.network", "[Match]\nName=eth*\n"));
        var error = Should.Throw<XenVlanException>(() => host.Plan(new MtuIs(new InterfaceName("eth0"), 1400)));
        error.ErrorId.ShouldBe(ErrorIds.NotSupported);
        error.Message.ShouldContain("eth2");
    }

    [Fact]
    public void A_match_that_cannot_be_told_is_an_error()
    {
        var host = Host(($"{Directory}/15-driver.network", "[Match]\nDriver=e1000\n"));
        Should
            .Throw<XenVlanException>(() => host.Plan(new MtuIs(new InterfaceName("eth0"), 1400)))
            .ErrorId.ShouldBe(ErrorIds.ConfigurationConflict);
    }

    [Fact]
    public void A_masked_file_says_nothing()
    {
        var host = Host(("/usr/lib/systemd/network/15-all.network", "[Match]\nName=eth*\n")) with
        {
            Links = new Dictionary<string, string> { [$"{Directory}/15-all.network"] = "/dev/null" },
        };
        host.Plan(new MtuIs(new InterfaceName("eth0"), 1400)).Files.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("[Match]\nName=eth0\nDHCP yes\n", 3)]
    [InlineData("Name=eth0\n", 1)]
    public void What_systemd_would_not_read_is_an_error_with_file_and_line(string text, int line)
    {
        var error = Should.Throw<XenVlanException>(() => Host(($"{Directory}/x.network", text)).Plan(Vlan(10)));
        error.ErrorId.ShouldBe(ErrorIds.ConfigurationInvalid);
        error.Message.ShouldStartWith($"{Directory}/x.network:{line}: ");
    }

    [Fact]
    public void Parsed_lines_concatenate_to_the_text() =>
        Prop.ForAll(
                Texts.ToArbitrary(),
                ArbMap.Default.ArbFor<bool>(),
                (text, isSystemd) =>
                {
                    var file = new IniFile("x", text, isSystemd);
                    if (file.FindProblem() is { } found)
                        file.Lines.ShouldContain(found.Line);
                    string.Concat(file.Lines.Select(l => l.Raw)).ShouldBe(text);
                }
            )
            .Holds(500);

    [Fact]
    public void A_line_added_and_removed_leaves_no_trace() =>
        Prop.ForAll(
                Texts.ToArbitrary(),
                text =>
                {
                    var file = new IniFile("x", text + "\n\n[Network]\nDHCP=yes\n", isSystemd: true);
                    var plus = new IniFile("x", file.Plus("Network", "VLAN", "a.1"), isSystemd: true);
                    plus.Without([plus.All("Network", "VLAN").Last(l => l.Value == "a.1")]).ShouldBe(file.Text);
                }
            )
            .Holds(500);

    private static PersistentHost Written() =>
        PersistentHost.With(
            NetworkManager.SystemdNetworkd,
            ($"{Directory}/20-xenbr0.network", "[Match]\nName=xenbr0\n[Network]\nVLAN=xenbr0.9\nVLAN = xenbr0.10\n"),
            ($"{Directory}/30-vlan.netdev", "[NetDev]\nName=xenbr0.10\nKind=vlan\nMTUBytes=1400\n[VLAN]\nId=10\n"),
            ($"{Directory}/30-vlan.network", "[Match]\nName=xenbr0.10\n[Address]\nAddress=10.10.0.1/24\n")
        );
}
