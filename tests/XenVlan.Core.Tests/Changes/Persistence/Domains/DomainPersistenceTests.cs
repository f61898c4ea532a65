using System.Text;
using Shouldly;
using XenVlan.Changes;
using XenVlan.Changes.Desired;
using XenVlan.Changes.Persistence.Domains;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Tests.Changes.Persistence.Domains;

public sealed class DomainPersistenceTests
{
    private const string File = "/etc/xen/web.cfg";

    private const string Config = """
        # web: serves pages
        name    = "web"     # as in DNS
        memory  = 128; vcpus = 1

        vif = [ 'mac=00:16:3e:00:05:00,bridge=xenbr0',     # to the world
                # "bridge=none",
                "bridge=xenbr0, mac=00:16:3e:00:05:01,script=vif-bridge,trusted",
              ]
        on_crash = "destroy"

        """;

    private static readonly PortVlans Ten = PortVlans.Access(new VlanId(10));
    private static readonly PortVlans Fresh = PortVlans.Access(new VlanId(1));
    private static readonly InterfaceName Xenbr0 = new("xenbr0");
    private static readonly InterfaceName Xenbr10 = new("xenbr10");

    [Fact]
    public void Everything_at_once_is_written_where_it_belongs()
    {
        var host = Host();

        var (files, notes) = host.Make(
            new BridgePortPresent(Xenbr10, NicHost.Name(0)),
            new MtuIs(NicHost.Name(0), 1400),
            new BridgePortPresent(Xenbr0, NicHost.Name(1)),
            new PortVlansAre(NicHost.Name(1), PortVlans.Trunk(VlanSet.Parse("10,2000-2005"), new VlanId(5))),
            new TransmitChecksumIs(NicHost.Name(1), On: false)
        );

        Golden.Verify(Show(files, notes), "Changes/Persistence/Domains/Golden/everything");
    }

    [Fact]
    public void The_same_again_writes_nothing()
    {
        HostChange[] changes =
        [
            new BridgePortPresent(Xenbr10, NicHost.Name(0)),
            new PortVlansAre(NicHost.Name(0), Ten),
            new MtuIs(NicHost.Name(0), 1400),
            new TransmitChecksumIs(NicHost.Name(1), On: false),
        ];
        var host = Host();
        host.Make(changes).Files.Count.ShouldBe(3);

        host.Make(changes).Files.ShouldBeEmpty();

        // Nor once the domain was made from its file.
        host.Snapshot = host.Snapshot with
        {
            Vifs = [.. host.Snapshot.Vifs.Select(v => v.Index == 0 ? v with { Bridge = "xenbr10", Mtu = 1400 } : v)],
        };
        host.Make(changes).Files.ShouldBeEmpty();
    }

    [Fact]
    public void The_last_nic_that_needs_nothing_takes_file_and_hook_with_it()
    {
        var host = Host();
        host.Make(new PortVlansAre(NicHost.Name(0), Ten), new TransmitChecksumIs(NicHost.Name(1), On: false));
        host.Table.ShouldBe("0 10p - - - web\n1 - - off - web\n");
        host.Files[VifHook.Path].ShouldBe(VifHook.Text);

        host.Make(new PortVlansAre(NicHost.Name(0), Fresh));
        host.Table.ShouldBe("1 - - off - web\n");

        host.Make(new TransmitChecksumIs(NicHost.Name(1), On: true));
        host.Files.Keys.ShouldBe([NicHost.VifBridge, File], ignoreOrder: true);
        host.Files[File].ShouldBe(Config);
    }

    [Fact]
    public void A_nic_that_goes_to_another_bridge_and_back_leaves_no_trace()
    {
        var host = Host();
        host.Make(new PortVlansAre(NicHost.Name(0), Ten));
        host.Make(new BridgePortPresent(Xenbr10, NicHost.Name(0)));
        host.Table.ShouldBe("0 - - - xenbr0>xenbr10 web\n");

        host.Make(new BridgePortPresent(Xenbr0, NicHost.Name(0)));

        host.Files.Keys.ShouldBe([NicHost.VifBridge, File], ignoreOrder: true);
        host.Files[File].ShouldBe(Config);
    }

    [Fact]
    public void A_rule_for_a_domain_that_was_made_anew_goes_with_the_next_change()
    {
        var host = Host();
        host.Make(new BridgePortPresent(Xenbr10, NicHost.Name(0)), new MtuIs(NicHost.Name(0), 1400));
        host.Table.ShouldBe("0 - 1500>1400 - xenbr0>xenbr10 web\n");
        host.Snapshot = host.Snapshot with { Vifs = [.. host.Snapshot.Vifs.Select(v => v with { Bridge = "xenbr10", Mtu = 1400 })] };

        host.Make(new PortVlansAre(NicHost.Name(0), Ten));

        host.Table.ShouldBe("0 10p - - - web\n");
    }

    [Fact]
    public void A_file_that_says_it_already_is_not_touched()
    {
        var host = Host();

        host.Make(new BridgePortPresent(Xenbr0, NicHost.Name(0)), new PortVlansAre(NicHost.Name(0), Fresh)).Files.ShouldBeEmpty();
    }

    [Fact]
    public void Without_a_bridge_in_the_file_the_default_one_counts()
    {
        var host = Host("name='web'\nvif=['mac=00:16:3e:00:05:00','']\n");
        host.Make(new BridgePortPresent(Xenbr0, NicHost.Name(0))).Files.ShouldBeEmpty();

        host.Files["/etc/xen/xl.conf"] = "# vif.default.bridge=\"xenbr0\"\nvif.default.bridge=\"xenbr10\"\n";
        host.Make(new BridgePortPresent(Xenbr0, NicHost.Name(1)));
        host.Files[File].ShouldBe("name='web'\nvif=['mac=00:16:3e:00:05:00','bridge=xenbr0']\n");
    }

    [Fact]
    public void Xl_before_4_15_knows_no_mtu_so_the_hook_sets_it()
    {
        var host = Host();
        host.Snapshot = host.Snapshot with { XenVersion = "4.14.6-pre" };

        host.Make(new MtuIs(NicHost.Name(0), 1400));

        host.Files[File].ShouldBe(Config);
        host.Table.ShouldBe("0 - 1400 - - web\n");
    }

    [Fact]
    public void Where_xen_applies_vlan_it_is_written_to_the_domains_file()
    {
        var host = Host();
        host.Snapshot = host.Snapshot with { XenVersion = "4.23.0" };
        host.Files["/etc/xen/scripts/xen-network-common.sh"] = "vlan=$(xenstore_read_default \"$XENBUS_PATH/vlan\" \"\")\n";
        HostChange[] changes = [new PortVlansAre(NicHost.Name(0), PortVlans.Trunk(VlanSet.Parse("20-30"), new VlanId(10)))];

        var (files, notes) = host.Make(changes);

        files.Select(f => f.Path).ShouldBe([File]);
        host.Files[File].ShouldBe(Config.Replace("bridge=xenbr0',", "bridge=xenbr0,vlan=10p/20-30',", StringComparison.Ordinal));
        notes.ShouldHaveSingleItem().ShouldContain("10p/20-30");
        host.Make(changes).Files.ShouldBeEmpty();
    }

    [Fact]
    public void Where_xl_takes_vlan_and_its_scripts_pass_it_over_the_hook_sets_it()
    {
        var host = Host();
        host.Snapshot = host.Snapshot with { XenVersion = "4.20.0" };

        host.Make(new PortVlansAre(NicHost.Name(0), Ten)).Files.Select(f => f.Path).ShouldBe([VifTable.Path, VifHook.Path]);
    }

    [Fact]
    public void A_vlan_key_that_nobody_applies_is_kept_true()
    {
        var host = Host("name='web'\nvif=['vlan=20,bridge=xenbr0']\n");

        host.Make(new PortVlansAre(NicHost.Name(0), Ten));
        host.Files[File].ShouldBe("name='web'\nvif=['vlan=10p,bridge=xenbr0']\n");

        host.Make(new PortVlansAre(NicHost.Name(0), PortVlans.Trunk(VlanSet.Parse("20"), null)));
        host.Files[File].ShouldBe("name='web'\nvif=['bridge=xenbr0']\n");
    }

    [Fact]
    public void The_address_finds_a_nic_whose_place_in_the_file_has_changed()
    {
        var host = Host("name='web'\nvif=['mac=00:16:3e:00:05:01,bridge=xenbr0', 'mac=00:16:3e:00:05:00,bridge=xenbr0']\n");

        host.Make(new BridgePortPresent(Xenbr10, NicHost.Name(0)));

        host.Files[File].ShouldBe("name='web'\nvif=['mac=00:16:3e:00:05:01,bridge=xenbr0', 'mac=00:16:3e:00:05:00,bridge=xenbr10']\n");
        host.Table.ShouldBe("1 - - - xenbr0>xenbr10 web\n");
    }

    [Fact]
    public void A_link_in_auto_leads_to_the_file_that_is_changed()
    {
        var host = new NicHost();
        host.Files["/etc/xen/vm/web"] = Config;
        host.Files["/etc/xen/auto/10-web"] = Config;
        host.Links["/etc/xen/auto/10-web"] = "../vm/./web";

        host.Make(new BridgePortPresent(Xenbr10, NicHost.Name(0))).Files[0].Path.ShouldBe("/etc/xen/vm/web");
    }

    [Fact]
    public void Files_that_are_no_domains_and_broken_files_of_other_domains_do_not_matter()
    {
        var host = Host();
        host.Files["/etc/xen/xl.conf"] = "name=\"web\"\n";
        host.Files["/etc/xen/web.cfg.dpkg-old"] = Config;
        host.Files["/etc/xen/web.cfg~"] = Config;
        host.Files["/etc/xen/web2.cfg"] = "name = \"web2\"\nvif = [ \n";
        host.Files["/etc/xen/scripts/vif-local"] = "name=\"web\"\n";

        host.Make(new BridgePortPresent(Xenbr10, NicHost.Name(0))).Files[0].Path.ShouldBe(File);
    }

    [Fact]
    public void A_domain_made_from_elsewhere_is_moved_by_the_hook_and_the_user_is_told()
    {
        var host = new NicHost();

        var (_, notes) = host.Make(new BridgePortPresent(Xenbr10, NicHost.Name(0)));

        host.Table.ShouldBe("0 - - - xenbr0>xenbr10 web\n");
        notes.ShouldHaveSingleItem().ShouldContain("No file of host \"a\" under /etc/xen");
    }

    [Fact]
    public void A_script_that_runs_no_hooks_makes_a_note()
    {
        var host = Host();
        host.Files[NicHost.VifBridge] = "#!/bin/sh\n";

        var (files, notes) = host.Make(new PortVlansAre(NicHost.Name(0), Ten));

        files.ShouldBeEmpty();
        notes.ShouldHaveSingleItem().ShouldContain("runs no hooks");
    }

    [Fact]
    public void Names_are_written_in_the_bytes_the_host_has()
    {
        var host = Host(Latin("name='wéb'\nvif=['bridge=xenbr0']\n"));
        var bridge = host.Snapshot.Interfaces.Single(i => i.Name == "xenbr10") with { Name = "brücke" };
        host.Snapshot = host.Snapshot with { Domains = [new XenDomain(5, "wéb")], Interfaces = [.. host.Snapshot.Interfaces, bridge] };

        host.Make(new BridgePortPresent(new InterfaceName("brücke"), NicHost.Name(0)));

        host.Files[File].ShouldBe(Latin("name='wéb'\nvif=['bridge=brücke']\n"));
        host.Table.ShouldBe(Latin("0 - - - xenbr0>brücke wéb\n"));
    }

    [Fact]
    public void Plain_xm_files_keep_their_line_ends()
    {
        var host = Host("name = 'web'\r\nacpi = True # yes\r\nvif = ['bridge=xenbr0', # one\r\n       '',]\r\n");
        host.Snapshot = host.Snapshot with { Toolstack = Toolstack.Xend };

        host.Make(new BridgePortPresent(Xenbr10, NicHost.Name(0)));

        host.Files[File].ShouldBe("name = 'web'\r\nacpi = True # yes\r\nvif = ['bridge=xenbr10', # one\r\n       '',]\r\n");
    }

    [Fact]
    public void What_cannot_be_done_says_why_and_where()
    {
        var errors = new List<string>();
        Fails("two files of one domain", Host().With("/etc/xen/auto/web", Config));
        Fails("no vif", Host("name = 'web'\n"));
        Fails("too few", Host("name = 'web'\nvif = []\n"));
        Fails("another address", Host("name = 'web'\n\nvif = ['mac=00:16:3e:99:99:99']\n"));
        Fails("escapes", Host("name = 'web'\nvif = ['bridge=\\x65th0']\n"));
        Fails("table", Host().With(VifTable.Path, "# mine\n0 10q - - - web\n"));

        var xapi = Host();
        xapi.Snapshot = xapi.Snapshot with { Toolstack = Toolstack.Xapi };
        Fails("xapi", xapi);

        var unreadable = new NicHost();
        unreadable.Unreadable.Add(File);
        Fails("unreadable", unreadable);
        Golden.Verify(string.Join("\n\n", errors), "Changes/Persistence/Domains/Golden/conflicts");

        void Fails(string what, NicHost host)
        {
            var error = Should.Throw<XenVlanException>(() => host.Make(new BridgePortPresent(Xenbr10, NicHost.Name(0))));
            errors.Add($"{what}:\n{error.ErrorId}\n{error.Message}");
        }
    }

    private static NicHost Host(string config = Config) => new NicHost().With(File, config);

    private static string Latin(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private static string Show(IReadOnlyList<FileChange> files, IReadOnlyList<string> notes) =>
        string.Join(
            '\n',
            files
                .Where(f => f.Path != VifHook.Path)
                .Select(f => $"{f.Path}, {f.Mode}: {f.Description}\n{f.After}")
                .Concat(files.Where(f => f.Path == VifHook.Path).Select(f => $"{f.Path}, {f.Mode}: {f.Description}"))
                .Concat(notes.Select(n => "note: " + n))
        );
}
