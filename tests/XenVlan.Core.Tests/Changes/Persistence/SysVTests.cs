using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using XenVlan.Changes;
using XenVlan.Changes.Desired;
using XenVlan.Model;
using XenVlan.Tests.Model;
using Xunit;
using static XenVlan.Tests.Changes.Persistence.PersistentHost;

namespace XenVlan.Tests.Changes.Persistence;

public sealed class SysVTests
{
    private const string List = "/etc/xenvlan/vlans";
    private const string ScriptPath = "/etc/init.d/network-vlan";

    // A list in which somebody has written: comments and empty lines anywhere, blanks, no end of the last line.
    private static readonly Gen<string> Lists =
        from extras in Gen.Elements("", "", "# a comment\n", "\n", "  # far in\n").ListOf(5)
        from blank in Gen.Elements(" ", "  ", "\t")
        from end in Gen.Elements("", "", "  ")
        from isEnded in Gen.Elements(true, false)
        let stor = $"vlan{blank}stor{blank}parent=eth2{blank}id=77{blank}address=10.77.0.1/24{end}\n"
        let lines = new[] { stor, $"bridge xenbr9{end}\n", "vlan eth2.40 parent=eth2 id=40 mtu=1400\n", "", "" }
        let text = string.Concat(extras.Zip(lines).Select(p => p.First + p.Second))
        select isEnded ? text : text.TrimEnd('\n');

    private static NetworkInterface Stor(InterfaceAddress address) =>
        new()
        {
            Name = "stor",
            Kind = InterfaceKind.Vlan,
            Mtu = 1500,
            IsUp = true,
            Vlan = new VlanDetails("eth2", new VlanId(77), VlanProtocol.Dot1Q),
            Addresses = [address],
        };

    private static VlanInterfaceSettings StorIs(InterfaceAddress address) => new(new InterfaceName("stor")) { Addresses = [address] };

    private static PersistentHost Host(string levels = "/etc/rc.d/rc{0}.d", params (string Path, string Text)[] files)
    {
        var host = new PersistentHost
        {
            Files = files.ToDictionary(f => f.Path, f => f.Text),
            Directories = [.. "0123456".Select(l => levels.Replace("{0}", l.ToString(), StringComparison.Ordinal))],
        };
        return host with { Snapshot = host.Snapshot with { Toolstack = Toolstack.Xend } };
    }

    [Fact]
    public void The_list_says_what_is_wanted()
    {
        var lists = new Report();
        foreach (
            var (title, changes) in new (string, HostChange[])[]
            {
                ("a VLAN interface with addresses and MTU", [Vlan(10, mtu: 1400, addresses: ["10.10.0.1/24", "fd00::1/64"])]),
                ("802.1ad, a name of its own", [Vlan(30, name: "outer", protocol: VlanProtocol.Dot1AD)]),
                ("a VLAN's own bridge", OwnBridge),
                ("a filtering bridge", Filtering),
                (
                    "MTU and address of interfaces there are, another port",
                    [
                        new MtuIs(new InterfaceName("eth1"), 2000),
                        new AddressPresent(new InterfaceName("xenbr0"), InterfaceAddress.Parse("10.1.0.1/24")),
                        new BridgePortPresent(new InterfaceName("xenbr0"), new InterfaceName("eth2")),
                    ]
                ),
                (
                    "a port that does not pass VLAN 1",
                    [new PortVlansAre(new InterfaceName("eth1"), PortVlans.Trunk(VlanSet.Parse("10,20"), new VlanId(5)))]
                ),
            }
        )
        {
            lists.Add(title, Host().After(changes).Files[List]);
        }

        lists.Verify("Changes/Persistence/network-vlan-lists");
    }

    [Fact]
    public void The_script_is_made_to_run_after_xend()
    {
        var (files, _) = Host().Plan(Vlan(10));
        files
            .Where(f => f.IsLink)
            .Select(f => $"{f.Path} -> {f.After}")
            .ShouldBe([
                "/etc/rc.d/rc0.d/K89network-vlan -> ../init.d/network-vlan",
                "/etc/rc.d/rc1.d/K89network-vlan -> ../init.d/network-vlan",
                "/etc/rc.d/rc2.d/S51network-vlan -> ../init.d/network-vlan",
                "/etc/rc.d/rc3.d/S51network-vlan -> ../init.d/network-vlan",
                "/etc/rc.d/rc4.d/S51network-vlan -> ../init.d/network-vlan",
                "/etc/rc.d/rc5.d/S51network-vlan -> ../init.d/network-vlan",
                "/etc/rc.d/rc6.d/K89network-vlan -> ../init.d/network-vlan",
            ]);
        files.Single(f => f.Path == ScriptPath).Mode.ShouldBe("0755");
        Host("/etc/rc{0}.d").After(Vlan(10)).Links.Keys.ShouldContain("/etc/rc3.d/S51network-vlan");
    }

    [Fact]
    public void Applying_a_change_twice_changes_nothing_more_also_where_chkconfig_gave_other_numbers()
    {
        foreach (
            var changes in new HostChange[][] { OwnBridge, Filtering, [Vlan(10, mtu: 1400, addresses: ["10.10.0.1/24", "fd00::1/64"])] }
        )
            Host().After(changes).Plan(changes).Files.ShouldBeEmpty();

        var host = Host().After(Vlan(10));
        host = host with { Links = host.Links.ToDictionary(l => l.Key.Replace("S51", "S20", StringComparison.Ordinal), l => l.Value) };
        host.Plan(Vlan(10)).Files.ShouldBeEmpty();
    }

    [Fact]
    public void Added_and_removed_leaves_no_trace()
    {
        var host = Host();
        var after = host.After(Vlan(10, mtu: 1400, addresses: "10.10.0.1/24"), Vlan(20)).After(NoVlan("xenbr0.20"), NoVlan("xenbr0.10"));
        after.Files.ShouldBe(host.Files);
        after.Links.ShouldBeEmpty();

        var one = host.After(Vlan(10));
        one.After(Vlan(20)).After(NoVlan("xenbr0.20")).Files.ShouldBe(one.Files);
    }

    [Fact]
    public void Added_and_removed_leaves_no_trace_in_any_list() =>
        Prop.ForAll(
                Lists.ToArbitrary(),
                text =>
                {
                    var host = Host(files: (List, text)).After(Vlan(10)).After(NoVlan("xenbr0.10"));
                    host.Files[List].ShouldBe(text);
                    var more = host.After(Vlan(20, mtu: 1400, addresses: ["10.20.0.1/24", "fd00::1/64"]), Vlan(30, "eth2"));
                    more.After(NoVlan("xenbr0.20"), NoVlan("eth2.30")).Files.ShouldBe(host.Files, ignoreOrder: true);

                    var (first, second) = (InterfaceAddress.Parse("10.77.0.1/24"), InterfaceAddress.Parse("10.77.0.2/24"));
                    var changed = host.Having(Stor(first)).After(StorIs(second));
                    changed.Files[List].ShouldBe(text.Replace("10.77.0.1/24", "10.77.0.2/24", StringComparison.Ordinal));
                    changed.After(StorIs(first)).Files[List].ShouldBe(text);

                    var bridge = new NetworkInterface
                    {
                        Name = "xenbr9",
                        Kind = InterfaceKind.Bridge,
                        Mtu = 1500,
                        IsUp = true,
                        Bridge = new BridgeDetails(),
                    };
                    var port = host.Having(bridge).After(new BridgePortPresent(new InterfaceName("xenbr9"), new InterfaceName("eth2")));
                    port.Files[List].ShouldBe(text.Replace("bridge xenbr9", "bridge xenbr9 port=eth2", StringComparison.Ordinal));
                }
            )
            .Holds(200);

    [Fact]
    public void A_script_of_somebody_else_stays()
    {
        var error = Should.Throw<XenVlanException>(() => Host(files: (ScriptPath, "#!/bin/sh\nvconfig add xenbr0 10\n")).Plan(Vlan(10)));
        error.ErrorId.ShouldBe(ErrorIds.ConfigurationConflict);
    }

    [Fact]
    public void Without_run_levels_nothing_is_written_and_the_user_is_told()
    {
        var (files, notes) = (Host() with { Directories = [] }).Plan(Vlan(10));
        files.ShouldBeEmpty();
        notes.ShouldContain(n => n.Contains("gone after its next boot"));
    }

    [Theory]
    [InlineData("# c\nvlan\n", 2)]
    [InlineData("vlan x parent=y id=1 colour=red\n", 1)]
    [InlineData("vlan x parent=y id=1\r\n", 1)]
    public void A_line_that_is_not_understood_is_an_error_with_file_and_line(string text, int line)
    {
        var error = Should.Throw<XenVlanException>(() => Host(files: (List, text)).Plan(Vlan(10)));
        error.ErrorId.ShouldBe(ErrorIds.ConfigurationInvalid);
        error.Message.ShouldStartWith($"{List}:{line}: ");
    }
}
