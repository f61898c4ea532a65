using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using XenVlan.Changes;
using XenVlan.Changes.Desired;
using XenVlan.Changes.Persistence.NetworkScripts;
using XenVlan.Model;
using XenVlan.Tests.Model;
using Xunit;
using static XenVlan.Tests.Changes.Persistence.PersistentHost;

namespace XenVlan.Tests.Changes.Persistence;

public sealed class NetworkScriptsTests
{
    private const string Directory = "/etc/sysconfig/network-scripts";
    private const string Bridge = "# the trunk\nDEVICE=xenbr0\nTYPE=Bridge\nONBOOT=yes\nBOOTPROTO=none\nSTP=off\nNM_CONTROLLED=no\n";
    private const string Uplink = "HWADDR=52:54:00:00:00:11\nONBOOT=yes\nBRIDGE=\"xenbr0\" # the trunk\n";
    private const string Management =
        "DEVICE='eth0'\nBOOTPROTO=static\nIPADDR=192.168.0.2\nNETMASK=255.255.255.0\nMTU=1500   # as ever\nexport ONBOOT=yes\n. "
        + "/etc/somewhere";

    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.Elements("A=", "DEVICE=", "\"", "'", "\\", "\n", " ", "#", "$x", "`", ";", "export ", "1", "é", "\r\n", "\t")
            .ListOf()
            .Select(string.Concat),
        Generators.Texts
    );

    private static PersistentHost Host(params (string Path, string Text)[] more) =>
        PersistentHost.With(
            NetworkManager.NetworkScripts,
            [
                ($"{Directory}/ifcfg-xenbr0", Bridge),
                ($"{Directory}/ifcfg-uplink", Uplink),
                ($"{Directory}/ifcfg-eth0", Management),
                ($"{Directory}/ifcfg-eth0.bak", "DEVICE=eth0\n"),
                .. more,
            ]
        );

    [Fact]
    public void Files_are_as_initscripts_read_them() =>
        new Report()
            .Add(
                "a VLAN interface with addresses and MTU",
                Host().Show(Vlan(10, mtu: 1400, addresses: ["10.10.0.1/24", "10.10.1.1/24", "10.10.2.1/24", "fd00::1/64", "fd01::1/64"]))
            )
            .Add("names of their own", Host().Show(Vlan(30, name: "outer"), Vlan(40, name: "vlan40")))
            .Add("a VLAN's own bridge", Host().Show(OwnBridge))
            .Add("a filtering bridge", Host().Show(new BridgeFilteringIs(new InterfaceName("xenbr0"), On: true)))
            .Add(
                "MTU and address of interfaces there are",
                Host()
                    .Show(
                        new MtuIs(new InterfaceName("eth0"), 1400),
                        new MtuIs(new InterfaceName("eth1"), 2000),
                        new AddressPresent(new InterfaceName("eth0"), InterfaceAddress.Parse("10.0.0.1/24"))
                    )
            )
            .Add(
                "a NIC without a file becomes a port",
                Host().Show(new BridgePortPresent(new InterfaceName("xenbr0"), new InterfaceName("eth2")))
            )
            .Verify("Changes/Persistence/network-scripts");

    [Theory]
    [InlineData("DEVICE=eth9\n")]
    [InlineData("HWADDR=52:54:00:00:00:99\n")]
    [InlineData("DEVICE=$name\n")]
    public void A_file_of_another_interface_is_not_written_over(string text)
    {
        var error = Should.Throw<XenVlanException>(() =>
            Host(($"{Directory}/ifcfg-eth2", text)).Plan(new BridgePortPresent(new InterfaceName("xenbr0"), new InterfaceName("eth2")))
        );
        error.ErrorId.ShouldBe(ErrorIds.ConfigurationConflict);
        error.Message.ShouldContain($"{Directory}/ifcfg-eth2");
    }

    [Fact]
    public void Applying_a_change_twice_changes_nothing_more()
    {
        foreach (
            var changes in new HostChange[][]
            {
                OwnBridge,
                [Vlan(10, mtu: 1400, addresses: ["10.10.0.1/24", "10.10.1.1/24", "fd00::1/64", "fd01::1/64"])],
                [Vlan(30, name: "outer")],
                [new BridgeFilteringIs(new InterfaceName("xenbr0"), On: true)],
            }
        )
            Host().After(changes).Plan(changes).Files.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("DEVICE=xenbr0.10\nVLAN=yes\nMTU=1400\nIPADDR=10.10.0.1\nNETMASK=255.255.255.0\n")]
    [InlineData("DEVICE=\"xenbr0.10\"\nVLAN='Y'\nMTU=\"14\"00\nIPADDR1=10.10.0.1\nPREFIX1=24\nNETMASK1=255.0.0.0\nONBOOT=YES")]
    public void What_says_the_same_in_other_words_stays(string text) =>
        Host(($"{Directory}/ifcfg-VLAN10", text)).Plan(Vlan(10, mtu: 1400, addresses: "10.10.0.1/24")).Files.ShouldBeEmpty();

    [Fact]
    public void Added_and_removed_leaves_no_trace()
    {
        var host = Host();
        host.After(Vlan(10, mtu: 1400, addresses: "10.10.0.1/24"), Vlan(20, name: "vlan20"))
            .After(NoVlan("vlan20"), NoVlan("xenbr0.10"))
            .Files.ShouldBe(host.Files, ignoreOrder: true);
    }

    [Theory]
    [InlineData("DEVICE=eth2\r\n", 1, "CR LF")]
    [InlineData("# c\nDEVICE=\"eth2\n", 2, "not closed")]
    [InlineData("DEVICE=eth2 \\\n", 1, "backslash")]
    public void What_the_shell_would_read_otherwise_is_an_error_with_file_and_line(string text, int line, string problem)
    {
        var error = Should.Throw<XenVlanException>(() => Host(($"{Directory}/ifcfg-eth2", text)).Plan(Vlan(10)));
        error.ErrorId.ShouldBe(ErrorIds.ConfigurationInvalid);
        error.Message.ShouldStartWith($"{Directory}/ifcfg-eth2:{line}: ");
        error.Message.ShouldContain(problem);
    }

    [Fact]
    public void What_the_scripts_cannot_hold_is_refused()
    {
        Should.Throw<XenVlanException>(() => Host().Plan(Vlan(10, protocol: VlanProtocol.Dot1AD))).ErrorId.ShouldBe(ErrorIds.NotSupported);
        Should
            .Throw<XenVlanException>(() => Host().Plan(new BridgeFilteringIs(new InterfaceName("xenbr0"), On: true), Vlan(10)))
            .ErrorId.ShouldBe(ErrorIds.NotSupported);
        Should.Throw<XenVlanException>(() => Host().Plan(Filtering)).ErrorId.ShouldBe(ErrorIds.NotSupported);
        Should
            .Throw<XenVlanException>(() =>
                Host(($"{Directory}/ifcfg-eth2", "BOOTPROTO=dhcp\n"))
                    .Plan(new AddressPresent(new InterfaceName("eth2"), InterfaceAddress.Parse("10.0.0.9/24")))
            )
            .ErrorId.ShouldBe(ErrorIds.NotSupported);
    }

    [Fact]
    public void Parsed_lines_concatenate_to_the_text() =>
        Prop.ForAll(
                Texts.ToArbitrary(),
                text =>
                {
                    var file = new IfcfgFile("x", text);
                    if (file.FindProblem() is { } found)
                        found.Line.ShouldBeLessThanOrEqualTo(text.Count(c => c == '\n') + 1);
                    string.Concat(file.Lines.Select(l => l.Raw)).ShouldBe(text);
                }
            )
            .Holds(2000);

    [Fact]
    public void What_is_set_is_read() =>
        Prop.ForAll(
                Gen.Zip(Texts, Generators.Arguments.Where(t => !t.Contains('\r'))).ToArbitrary(),
                t =>
                {
                    var text = t.Item1.Length == 0 || t.Item1.EndsWith('\n') ? t.Item1 : t.Item1 + "\n";
                    return new IfcfgFile("x", text).FindProblem() is not null
                        || new IfcfgFile("x", new IfcfgFile("x", text).With("KEY", t.Item2)).Value("KEY") == t.Item2;
                }
            )
            .Holds(2000);
}
