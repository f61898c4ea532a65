using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using XenVlan.Changes;
using XenVlan.Changes.Desired;
using XenVlan.Changes.Persistence.Netplan;
using XenVlan.Model;
using XenVlan.Tests.Model;
using Xunit;
using static XenVlan.Tests.Changes.Persistence.PersistentHost;

namespace XenVlan.Tests.Changes.Persistence;

public sealed class NetplanTests
{
    private const string Main = "/etc/netplan/01-netcfg.yaml";

    private const string Text = """
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
        Gen.Elements("network:\n", "  vlans:\n", "    a: ", "{", "}", "[", "]", "*a", "&a ", "\n", "\t", "id: 1", "- ", "%", "é", "\0")
            .ListOf()
            .Select(string.Concat),
        Generators.Texts
    );

    private static readonly string[] StorAddresses = ["10.77.0.1/24", "fd77::1/64"];

    // A file of XenVlan's in which somebody has written: comments and empty lines anywhere, other indents, quotation marks, braces.
    private static readonly Gen<string> OwnTexts =
        from indent in Gen.Elements(2, 4)
        from extras in Gen.Elements("", "", "# a comment\n", "\n", "      # far in\n", "# one\n\n# two: {x}\n").ListOf(20)
        from ends in Gen.Elements("", "", "", " # behind", "   ").ListOf(20)
        from more in Gen.Elements(
            "",
            "",
            ">\"eth8\":\n>>mtu: 9000\n",
            "bridges:\n>xenbr9: {interfaces: [stor], parameters: {stp: false}}\n"
        )
        let other = Deeper($"ethernets:\n>eth2: {{}}\n{more}")
        from address in Gen.Elements(
            "addresses:\n>>>>- 10.77.0.1/24\n",
            "addresses:\n>>>- 10.77.0.1/24\n>>>- fd77::1/64\n",
            "addresses:\n>>>>- 10.77.0.1/24:\n>>>>>>label: x\n"
        )
        let stor = $">vlans:\n>>stor:\n>>>id: 77\n>>>link: eth2\n>>>{address}"
        from isLast in Gen.Elements(true, false)
        from isEnded in Gen.Elements(true, false)
        select OwnText(indent, [.. extras], [.. ends], $"network:\n>version: 2\n{(isLast ? stor + other : other + stor)}", isEnded);

    private static string Deeper(string block) => ">" + block.TrimEnd('\n').Replace("\n", "\n>", StringComparison.Ordinal) + "\n";

    private static string OwnText(int indent, string[] extras, string[] ends, string block, bool isEnded)
    {
        var lines = block.Replace(">", new string(' ', indent), StringComparison.Ordinal).TrimEnd('\n').Split('\n');
        var text = string.Concat(lines.Select((line, i) => $"{extras[i % extras.Length]}{line}{ends[i % ends.Length]}\n")) + extras[^1];
        return isEnded ? text : text.TrimEnd('\n');
    }

    private static NetworkInterface Stor(params InterfaceAddress[] addresses) =>
        new()
        {
            Name = "stor",
            Kind = InterfaceKind.Vlan,
            Mtu = 1500,
            IsUp = true,
            Vlan = new VlanDetails("eth2", new VlanId(77), VlanProtocol.Dot1Q),
            Addresses = addresses,
        };

    private static VlanInterfaceSettings StorIs(params InterfaceAddress[] addresses) =>
        new(new InterfaceName("stor")) { Addresses = addresses };

    private static PersistentHost Host(params (string Path, string Text)[] more) =>
        PersistentHost.With(NetworkManager.Netplan, [(Main, Text), .. more]);

    [Fact]
    public void Files_are_as_netplan5_wants_them() =>
        new Report()
            .Add("a VLAN interface with addresses and MTU", Host().Show(Vlan(10, mtu: 1400, addresses: ["10.10.0.1/24", "fd00::1/64"])))
            .Add(
                "VLANs of a NIC netplan names otherwise, and of one it does not know",
                Host().Show(Vlan(10, parent: "eth1"), Vlan(20, parent: "eth2", name: "mgmt"))
            )
            .Add("a VLAN's own bridge", Host().Show(OwnBridge))
            .Add(
                "MTU and address of interfaces there are",
                Host()
                    .Show(
                        new MtuIs(new InterfaceName("eth1"), 2000),
                        new MtuIs(new InterfaceName("xenbr0"), 1400),
                        new AddressPresent(new InterfaceName("xenbr0"), InterfaceAddress.Parse("10.0.0.1/24"))
                    )
            )
            .Verify("Changes/Persistence/netplan");

    [Fact]
    public void Applying_a_change_twice_changes_nothing_more()
    {
        foreach (
            var changes in new HostChange[][]
            {
                OwnBridge,
                [Vlan(10, mtu: 1400, addresses: ["10.10.0.1/24", "fd00::1/64"])],
                [Vlan(20, parent: "eth2", name: "mgmt")],
                [new MtuIs(new InterfaceName("xenbr0"), 1400)],
            }
        )
            Host().After(changes).Plan(changes).Files.ShouldBeEmpty();
    }

    [Fact]
    public void What_another_file_says_stays() =>
        Host(
                (
                    "/etc/netplan/02.yaml",
                    "network: {vlans: {xenbr0.10: {id: 10, link: xenbr0, mtu: 1400, addresses: [{10.10.0.1/24: {label: x}}]}}}"
                )
            )
            .Plan(Vlan(10, mtu: 1400, addresses: "10.10.0.1/24"))
            .Files.ShouldBeEmpty();

    [Fact]
    public void Added_and_removed_leaves_no_trace()
    {
        var host = Host();
        host.After(Vlan(10, mtu: 1400, addresses: "10.10.0.1/24"), Vlan(20, parent: "eth2"))
            .After(NoVlan("xenbr0.10"), NoVlan("eth2.20"))
            .Files.ShouldBe(host.Files, ignoreOrder: true);
        host.After(Vlan(10)).After(Vlan(20)).After(NoVlan("xenbr0.20")).Files.ShouldBe(host.After(Vlan(10)).Files, ignoreOrder: true);
    }

    [Fact]
    public void Added_and_removed_leaves_no_trace_in_any_file_of_XenVlans() =>
        Prop.ForAll(
                OwnTexts.ToArbitrary(),
                text =>
                {
                    var host = Host((NetplanConfiguration.OwnPath, text));
                    foreach (var (parent, name) in new[] { ("xenbr0", "xenbr0.10"), ("eth2", "eth2.10") })
                    {
                        var more = host.After(Vlan(10, parent, mtu: 1400, addresses: ["10.10.0.1/24", "fd00::1/64"]));
                        more.After(NoVlan(name)).Files[NetplanConfiguration.OwnPath].ShouldBe(text);
                    }

                    InterfaceAddress[] first =
                    [
                        .. StorAddresses.Where(a => text.Contains(a, StringComparison.Ordinal)).Select(InterfaceAddress.Parse),
                    ];
                    InterfaceAddress[] second = [InterfaceAddress.Parse("10.77.0.2/24"), .. first[1..]];
                    var changed = host.Having(Stor(first)).After(StorIs(second));
                    changed
                        .Files[NetplanConfiguration.OwnPath]
                        .ShouldBe(text.Replace("10.77.0.1/24", "10.77.0.2/24", StringComparison.Ordinal));
                    changed.After(StorIs(first)).Files[NetplanConfiguration.OwnPath].ShouldBe(text);
                }
            )
            .Holds(200);

    [Fact]
    public void Comments_in_XenVlans_file_stay_where_they_are()
    {
        const string Own = """
            # Written by XenVlan. netplan puts it together with the other files here.
            # rack B: ask before editing
            network:
              version: 2
              vlans:
                # the storage net

                stor:   # not to be touched
                  id: 77
                  link: eth2
                  mtu: 1500 # the switch cannot do more
                  addresses:
                    # this one
                    - "10.77.0.1/24"   # was .9
                    - 10.77.0.3/24

                # the end
            """;
        var (first, second, third) = (
            InterfaceAddress.Parse("10.77.0.1/24"),
            InterfaceAddress.Parse("10.77.0.2/24"),
            InterfaceAddress.Parse("10.77.0.3/24")
        );
        var host = Host((NetplanConfiguration.OwnPath, Own), ("/etc/netplan/02.yaml", "network: {ethernets: {eth2: {}}}\n"))
            .Having(Stor(first, third));

        var (files, notes) = host.Plan(StorIs(second, third) with { Mtu = 1400 }, Vlan(10));

        files
            .ShouldHaveSingleItem()
            .After.ShouldBe(
                Own.Replace("\"10.77.0.1/24\"", "10.77.0.2/24", StringComparison.Ordinal)
                    .Replace("mtu: 1500", "mtu: 1400", StringComparison.Ordinal)
                    .Replace("0.3/24\n", "0.3/24\n    xenbr0.10:\n      id: 10\n      link: xenbr0\n", StringComparison.Ordinal)
            );
        notes.ShouldBeEmpty();
    }

    [Fact]
    public void Comments_that_cannot_stay_are_told_of()
    {
        var host = Host(
            (NetplanConfiguration.OwnPath, "# head\nnetwork: {version: 2, # flow\n  vlans: {stor: {id: 77, link: eth2}}} # end\n")
        );

        var (files, notes) = host.Plan(Vlan(10));

        files.ShouldHaveSingleItem().After.ShouldStartWith("# head\nnetwork:\n");
        notes.ShouldBe(["/etc/netplan/90-xenvlan.yaml has comments that cannot be kept where it is changed, in line 2, 3."]);
    }

    [Fact]
    public void A_file_with_nothing_but_comments_left_stays()
    {
        var host = Host().After(Vlan(10));
        var text = host.Files[NetplanConfiguration.OwnPath];
        host = host with
        {
            Files = new Dictionary<string, string>(host.Files) { [NetplanConfiguration.OwnPath] = text + "# do not remove\n" },
        };

        host.After(NoVlan("xenbr0.10"))
            .Files[NetplanConfiguration.OwnPath]
            .ShouldBe(NetplanWriter.Head + "network:\n  version: 2\n# do not remove\n");
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
        var error = Should.Throw<XenVlanException>(() =>
            Host(("/etc/netplan/99.yaml", "network:\n  bridges:\n    xenbr0:\n      mtu: 1500\n"))
                .Plan(new MtuIs(new InterfaceName("xenbr0"), 1400))
        );
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
        Prop.ForAll(
                Texts.ToArbitrary(),
                text =>
                {
                    _ = NetplanReader.Read(text, out var problem);
                    return problem is null || problem.Value.Line >= 0;
                }
            )
            .Holds(500);

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
