using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using XenVlan.Changes;
using XenVlan.Changes.Persistence.NetplanYaml;
using XenVlan.Model;
using XenVlan.Tests.Model;
using Xunit;
using static XenVlan.Tests.Changes.Persistence.PersistentHost;

namespace XenVlan.Tests.Changes.Persistence;

public sealed class NetplanTests
{
    private const string Main = "/etc/netplan/01-netcfg.yaml";

    private const string Text =
        """
        # the host's network
        network:
          version: 2
          renderer: networkd
          ethernets:
            eth0:
              dhcp4: true
            trunk: # eth1
              match: {macaddress: "52:54:00:00:00:11"}
              mtu: 9000
          bridges:
            xenbr0:
              interfaces: [trunk]
              addresses: [10.0.0.2/24]

        """;

    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.Elements("network:\n", "  vlans:\n", "    a: ", "{", "}", "[", "]", "*a", "&a ", "\n", "\t", "id: 1", "- ", "%", "é", "\0").ListOf().Select(string.Concat),
        Generators.Texts);

    private static PersistentHost Host(params (string Path, string Text)[] more) => PersistentHost.With(NetworkManager.Netplan, [(Main, Text), .. more]);

    [Fact]
    public void Files_are_as_netplan5_wants_them() =>
        new Report()
            .Add("a VLAN interface with addresses and MTU", Host().Show(Vlan(10, mtu: 1400, addresses: ["10.10.0.1/24", "fd00::1/64"])))
            .Add("VLANs of a NIC netplan names otherwise, and of one it does not know", Host().Show(Vlan(10, parent: "eth1"), Vlan(20, parent: "eth2", name: "mgmt")))
            .Add("a VLAN's own bridge", Host().Show(OwnBridge))
            .Add("MTU and address of interfaces there are", Host().Show(
                new MtuIs(new InterfaceName("eth1"), 2000), new MtuIs(new InterfaceName("xenbr0"), 1400), new AddressPresent(new InterfaceName("xenbr0"), InterfaceAddress.Parse("10.0.0.1/24"))))
            .Verify("Changes/Persistence/netplan");

    [Fact]
    public void Twice_is_once()
    {
        foreach (var changes in new HostChange[][] { OwnBridge, [Vlan(10, mtu: 1400, addresses: ["10.10.0.1/24", "fd00::1/64"])], [Vlan(20, parent: "eth2", name: "mgmt")], [new MtuIs(new InterfaceName("xenbr0"), 1400)] })
            Host().After(changes).Plan(changes).Files.ShouldBeEmpty();
    }

    [Fact]
    public void What_another_file_says_stays() =>
        Host(("/etc/netplan/02.yaml", "network: {vlans: {xenbr0.10: {id: 10, link: xenbr0, mtu: 1400, addresses: [{10.10.0.1/24: {label: x}}]}}}"))
            .Plan(Vlan(10, mtu: 1400, addresses: "10.10.0.1/24")).Files.ShouldBeEmpty();

    [Fact]
    public void Added_and_removed_leaves_no_trace()
    {
        var host = Host();
        host.After(Vlan(10, mtu: 1400, addresses: "10.10.0.1/24"), Vlan(20, parent: "eth2")).After(NoVlan("xenbr0.10"), NoVlan("eth2.20")).Files.ShouldBe(host.Files, ignoreOrder: true);
        host.After(Vlan(10)).After(Vlan(20)).After(NoVlan("xenbr0.20")).Files.ShouldBe(host.After(Vlan(10)).Files, ignoreOrder: true);
    }

    [Theory]
    [InlineData("802.1ad")]
    [InlineData("filtering")]
    [InlineData("unknown bridge")]
    public void What_netplan_cannot_hold_is_refused(string what)
    {
        var (host, changes) = what switch
        {
            "802.1ad" => (Host(), new HostChange[] { Vlan(10, protocol: VlanProtocol.Dot1AD) }),
            "filtering" => (Host(), Filtering),
            _ => (PersistentHost.With(NetworkManager.Netplan, (Main, "network: {ethernets: {eth0: {}}}")), [Vlan(10)]),
        };
        Should.Throw<XenVlanException>(() => host.Plan(changes)).ErrorId.ShouldBe(ErrorIds.NotSupported);
    }

    [Fact]
    public void A_file_that_counts_more_and_says_otherwise_is_an_error()
    {
        var error = Should.Throw<XenVlanException>(() => Host(("/etc/netplan/99.yaml", "network:\n  bridges:\n    xenbr0:\n      mtu: 1500\n")).Plan(new MtuIs(new InterfaceName("xenbr0"), 1400)));
        error.ErrorId.ShouldBe(ErrorIds.ConfigurationConflict);
        error.Message.ShouldStartWith("/etc/netplan/99.yaml:4 ");
    }

    [Fact]
    public void What_the_administrator_wrote_is_not_removed()
    {
        var host = Host(("/etc/netplan/02.yaml", "network:\n  vlans:\n    xenbr0.10: {id: 10, link: xenbr0}\n"));
        Should.Throw<XenVlanException>(() => host.Plan(NoVlan("xenbr0.10"))).Message.ShouldContain("/etc/netplan/02.yaml:3");
    }

    [Fact]
    public void What_is_no_YAML_is_an_error_with_file_and_line()
    {
        var error = Should.Throw<XenVlanException>(() => Host(("/etc/netplan/02.yaml", "network:\n  vlans: {\n")).Plan(Vlan(10)));
        error.ErrorId.ShouldBe(ErrorIds.ConfigurationInvalid);
        error.Message.ShouldStartWith("/etc/netplan/02.yaml:");
    }

    [Fact]
    public void Any_text_is_read_or_an_error() =>
        Prop.ForAll(Texts.ToArbitrary(), text =>
        {
            _ = NetplanReader.Read(text, out var problem);
            return problem is null || problem.Value.Line >= 0;
        }).Holds(500);

    [Fact]
    public void What_is_written_reads_the_same()
    {
        var text = Host().After(OwnBridge).Files[NetplanConfiguration.OwnPath];
        NetplanWriter.Write(NetplanReader.Read(text, out _)).ShouldBe(text);
    }

    [Fact]
    public void Any_letter_in_the_own_file_is_written_as_it_was_read()
    {
        const string Value = "é\n\U0001f600 \"\\";
        var bytes = string.Concat(Encoding.UTF8.GetBytes("network: {x: \"é\\n\U0001f600 \\\"\\\\\"}").Select(b => (char)b));
        var root = NetplanReader.Read(bytes, out _);
        root.Map("network").Get("x")!.Text.ShouldBe(Value);

        var written = NetplanWriter.Write(root);
        written.ShouldAllBe(c => char.IsAscii(c));
        NetplanReader.Read(written, out _).Map("network").Get("x")!.Text.ShouldBe(Value);
    }
}
