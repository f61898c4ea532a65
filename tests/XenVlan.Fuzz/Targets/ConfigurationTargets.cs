using XenVlan.Changes;
using XenVlan.Changes.Desired;
using XenVlan.Changes.Persistence;
using XenVlan.Changes.Persistence.Domains;
using XenVlan.Changes.Persistence.Files;
using XenVlan.Changes.Persistence.Ifupdown;
using XenVlan.Changes.Persistence.InitScript;
using XenVlan.Changes.Persistence.Netplan;
using XenVlan.Changes.Persistence.NetworkManagerProfiles;
using XenVlan.Changes.Persistence.NetworkScripts;
using XenVlan.Model;

namespace XenVlan.Fuzz.Targets;

/// <summary>The configuration files of hosts: what the host's programs print of them, their parsers, and their editors.</summary>
internal static class ConfigurationTargets
{
    private const string Heading = "=== ";
    private const string DomainConfiguration =
        "# web: serves pages\nname    = \"web\"     # as in DNS\nmemory  = 128; vcpus = 1\n\nvif = [ "
        + "'mac=00:16:3e:00:05:00,bridge=xenbr0',     # to the world\n        # \"bridge=none\",\n        \"bridge=xenbr0, "
        + "mac=00:16:3e:00:05:01,script=vif-bridge,trusted\",\n      ]\non_crash = \"destroy\"\n";

    private static readonly PortVlans VlanOne = PortVlans.Access(new VlanId(1));

    /// <summary>Makes the list.</summary>
    /// <returns>The readers.</returns>
    public static IEnumerable<FuzzTarget> Make() =>
        [
            new FuzzTarget(
                "host-configuration",
                [
                    "m directory /etc/xen\nm link /etc/a\n 62 0a\nm end\nm file /etc/a\nm file /etc/b\nm sizes\n 3 /etc/a\n 17 /etc/b\n "
                        + "20 total\nm bytes\n 61 62 63 00 ff 0a 61 62 63 64 65 66 67 68 69 6a\n 6b 6c 6d 6e\nm end\nm unreadable "
                        + "/etc/c\nm large /etc/d\nm special /etc/e\n",
                ],
                text => Promise.MayNotUnderstand(() => _ = new HostConfigurationParser("m").Parse(text))
            ),
            new FuzzTarget("interfaces-lines", Blocks("ifupdown"), InterfacesLines),
            new FuzzTarget("ini-lines", [.. Blocks("keyfiles"), .. Blocks("networkd")], IniLines),
            new FuzzTarget("ifcfg-lines", Blocks("network-scripts"), IfcfgLines),
            new FuzzTarget("netplan-yaml", Blocks("netplan"), NetplanYaml),
            new FuzzTarget("domain-config", [DomainConfiguration, .. Golden("Domains/Golden/everything")], Domain),
            new FuzzTarget(
                "small-words",
                [
                    "10,20-29",
                    "4094p/5-9",
                    "00:16:3e:00:00:01",
                    "10.0.0.1/24",
                    "fe80::1/64",
                    "bridge_ports eth0 eth1",
                    "vlan=10",
                    "eth*",
                    "[a-z]*",
                    "regex eth.*",
                    "all",
                    "none",
                ],
                Small
            ),
            Backend("ifupdown", NetworkManager.Ifupdown, "ifupdown"),
            Backend("keyfiles", NetworkManager.NetworkManager, "keyfiles"),
            Backend("networkd", NetworkManager.SystemdNetworkd, "networkd"),
            Backend("netplan", NetworkManager.Netplan, "netplan"),
            Backend("network-scripts", NetworkManager.NetworkScripts, "network-scripts"),
            new FuzzTarget(
                "sysv",
                [
                    "=== /etc/xenvlan/vlans\n"
                        + File.ReadAllText(
                            Repository.PathOf("tests/XenVlan.Core.Tests/Changes/Persistence/network-vlan-lists.verified.txt")
                        ),
                ],
                text => Edit(text, null)
            )
            {
                Weight = 2,
                Memory = (20_000, 40_000_000),
                LongestInput = 20_000,
            },
            new FuzzTarget(
                "xl-and-xm",
                [
                    "=== /etc/xen/web.cfg\n"
                        + DomainConfiguration
                        + "=== /etc/xen/scripts/vif-bridge\ncall_hooks vif post\n=== /etc/xenvlan/vifs\nweb 0 vlans=10\n",
                    .. Golden("Domains/Golden/everything"),
                ],
                EditDomain
            )
            {
                Weight = 2,
                Memory = (20_000, 40_000_000),
                LongestInput = 20_000,
            },
        ];

    private static IReadOnlyList<string> Golden(string name) => Corpus.Configurations(name);

    private static IReadOnlyList<string> Blocks(string name) =>
        [.. Golden(name).SelectMany(Files).Select(f => f.Content).Where(c => c.Length > 0).Distinct(StringComparer.Ordinal)];

    private static FuzzTarget Backend(string name, NetworkManager manager, string golden) =>
        new(name, Golden(golden), text => Edit(text, manager))
        {
            Weight = 2,
            Memory = (20_000, 40_000_000),
            LongestInput = 20_000,
        };

    // A heading before each file: "=== /etc/network/interfaces".
    private static IEnumerable<HostFile> Files(string text)
    {
        var found = new Dictionary<string, HostFile>(StringComparer.Ordinal);
        foreach (var block in ("\n" + text).Split("\n" + Heading))
        {
            var feed = block.IndexOf('\n', StringComparison.Ordinal);
            if (feed < 1 || block[0] != '/')
                continue;
            var path = block[..feed].Trim();
            var content = string.Concat(block[(feed + 1)..].Select(c => (char)(byte)c));
            found[path] = new HostFile(path, content + (content.EndsWith('\n') ? "" : "\n"));
        }

        return found.Values;
    }

    private static void Edit(string text, NetworkManager? manager)
    {
        var host = new HostSnapshot
        {
            HostName = "a",
            NodeName = "a",
            TakenAt = default,
            Kernel = KernelVersion.Parse("6.1.0"),
            Toolstack = manager is null ? Toolstack.Xend : Toolstack.XL,
            Programs = ["ip", "bridge"],
            NetworkManagers = manager is { } one ? [one] : [],
            Interfaces =
            [
                new()
                {
                    Name = "lo",
                    Kind = InterfaceKind.Loopback,
                    Mtu = 65536,
                    IsUp = true,
                },
                Nic("eth0", "52:54:00:00:00:10"),
                Nic("eth1", "52:54:00:00:00:11") with
                {
                    Master = "xenbr0",
                    Port = new BridgePortDetails(),
                    PortVlans = VlanOne,
                },
                Nic("eth2", "52:54:00:00:00:12"),
                new()
                {
                    Name = "xenbr0",
                    Kind = InterfaceKind.Bridge,
                    Mtu = 1500,
                    IsUp = true,
                    Bridge = new BridgeDetails { VlanFiltering = text.Length % 2 == 0, DefaultPvid = new VlanId(1) },
                    PortVlans = VlanOne,
                },
                new()
                {
                    Name = "xenbr0.10",
                    Kind = InterfaceKind.Vlan,
                    Mtu = 1500,
                    IsUp = true,
                    Vlan = new VlanDetails("xenbr0", new VlanId(10), VlanProtocol.Dot1Q),
                    Addresses = [InterfaceAddress.Parse("10.10.0.1/24")],
                },
            ],
        };
        NetworkInterface Nic(string name, string mac) =>
            new()
            {
                Name = name,
                Kind = InterfaceKind.Physical,
                Mtu = 9000,
                IsUp = true,
                Mac = MacAddress.Parse(mac),
            };
        var files = Files(text).ToList();
        HostChange[][] plans =
        [
            [
                new VlanInterfacePresent
                {
                    Parent = new InterfaceName("xenbr0"),
                    VlanId = new VlanId(20),
                    Mtu = 1400,
                    Addresses = [InterfaceAddress.Parse("10.20.0.1/24"), InterfaceAddress.Parse("fd00::1/64")],
                },
                new MtuIs(new InterfaceName("eth0"), 1400),
            ],
            [
                new VlanInterfaceAbsent(new InterfaceName("xenbr0.10")),
                new AddressPresent(new InterfaceName("eth0"), InterfaceAddress.Parse("10.0.0.9/24")),
            ],
            [
                new TaggedVlansAre(new InterfaceName("eth1"), VlanSet.Parse("10,20-29")),
                new BridgePortPresent(new InterfaceName("xenbr0"), new InterfaceName("eth2")),
            ],
            [
                new AddressAbsent(new InterfaceName("xenbr0.10"), InterfaceAddress.Parse("10.10.0.1/24")),
                new MtuIs(new InterfaceName("xenbr0"), 1400),
            ],
        ];
        foreach (var changes in plans)
            Write(host, files, changes);
    }

    private static void EditDomain(string text)
    {
        NetworkInterface Vif(int index) =>
            new()
            {
                Name = $"vif5.{index}",
                Kind = InterfaceKind.Vif,
                Mtu = 1500,
                IsUp = true,
                Master = "xenbr0",
                Port = new BridgePortDetails(),
                PortVlans = VlanOne,
                Vif = new VifIdentity(5, index),
                Offloads = new Offloads(true, null, null, null),
            };
        NetworkInterface Bridge(string name) =>
            new()
            {
                Name = name,
                Kind = InterfaceKind.Bridge,
                Mtu = 1500,
                IsUp = true,
                Bridge = new BridgeDetails { VlanFiltering = true, DefaultPvid = new VlanId(1) },
                PortVlans = VlanOne,
            };
        VifRecord Record(int index) =>
            new()
            {
                DomainId = 5,
                Index = index,
                Mac = MacAddress.Parse($"00:16:3e:00:05:0{index}"),
                Bridge = "xenbr0",
                Script = "/etc/xen/scripts/vif-bridge",
                Mtu = 1500,
                State = 4,
            };
        var host = new HostSnapshot
        {
            HostName = "a",
            NodeName = "a",
            TakenAt = default,
            Kernel = KernelVersion.Parse("6.1.0"),
            XenVersion = "4.17.7",
            IsDomain0 = true,
            Toolstack = text.Length % 2 == 0 ? Toolstack.XL : Toolstack.Xend,
            Domains = [new XenDomain(0, "Domain-0"), new XenDomain(5, "web")],
            Interfaces = [Bridge("xenbr0"), Bridge("xenbr10"), Vif(0), Vif(1)],
            Vifs = [Record(0), Record(1)],
        };
        Write(
            host,
            [.. Files(text)],
            [
                new BridgePortPresent(new InterfaceName("xenbr10"), new InterfaceName("vif5.0")),
                new MtuIs(new InterfaceName("vif5.1"), 1400),
                new PortVlansAre(new InterfaceName("vif5.1"), PortVlans.Trunk(VlanSet.Parse("10,20-29"), new VlanId(5))),
                new TransmitChecksumIs(new InterfaceName("vif5.0"), On: false),
            ]
        );
    }

    private static void Write(HostSnapshot host, List<HostFile> files, HostChange[] changes) =>
        Promise.MayRefuse(() =>
        {
            var plan = ChangePlan.Make(host, changes);
            var (written, notes) = PersistencePlanner.Plan(
                plan,
                new HostConfiguration { Files = files, Directories = ["/etc/xen", "/etc/rc.d/rc3.d"] }
            );
            foreach (var note in notes)
                Promise.IsHarmless(note, "a note");
            foreach (var file in written)
            {
                Promise.IsHarmless(file.Description, "what is said of a file");
                Promise.That(file.After?.All(c => c <= 0xff) is not false, "a file has bytes for characters");
            }

            // What was written is understood, and is enough.
            var after = files
                .Where(f => !written.Any(w => !w.IsLink && w.Path == f.Path))
                .Concat(written.Where(w => w is { IsLink: false, After: not null }).Select(w => new HostFile(w.Path, w.After!)))
                .ToList();
            after.AddRange(written.Where(w => w is { IsLink: true, After: not null }).Select(w => new HostFile(w.Path, "", w.After)));
            try
            {
                var again = PersistencePlanner
                    .Plan(plan, new HostConfiguration { Files = after, Directories = ["/etc/xen", "/etc/rc.d/rc3.d"] })
                    .Files;
                Promise.That(
                    again.Count == 0,
                    "files that were written need no writing: " + string.Join("; ", again.Select(f => f.Description))
                );
            }
            catch (XenVlanException e)
            {
                throw new BrokenPromiseException($"what was written is refused: {e.ErrorId}");
            }
        });

    private static void InterfacesLines(string text)
    {
        var file = new InterfacesFile("/etc/network/interfaces", text);
        Promise.IsLossless(file.Lines.Select(l => l.Raw), text);
        foreach (var stanza in file.Stanzas)
        {
            _ = stanza.Options.Count();
            _ = stanza.UpCommands.Count();
        }
    }

    private static void IniLines(string text)
    {
        foreach (var isSystemd in new[] { true, false })
        {
            var file = new IniFile("/etc/x", text, isSystemd);
            Promise.IsLossless(file.Lines.Select(l => l.Raw), text);
            _ = file.FindProblem();
            foreach (var line in file.Entries.Take(2).ToList())
            {
                _ = file.With(line, "x");
                _ = file.Without([line]);
            }

            _ = file.Set("Match", "Name", "eth0");
        }
    }

    private static void IfcfgLines(string text)
    {
        var file = new IfcfgFile("/etc/ifcfg-eth0", text);
        Promise.IsLossless(file.Lines.Select(l => l.Raw), text);
        _ = file.FindProblem();
        _ = file.With("IPADDR", "10.0.0.1");
        _ = file.Without("IPADDR");
        _ = IfcfgAddresses.All(file).Count();
    }

    private static void NetplanYaml(string text)
    {
        var bytes = string.Concat(text.Select(c => (char)(byte)c));
        var root = NetplanReader.Read(bytes, out var problem);
        if (problem is null)
        {
            var written = NetplanWriter.Write(root);
            var again = NetplanWriter.Write(NetplanReader.Read(written, out var broken));
            Promise.That(broken is null, "what was written is YAML");
            Promise.IsSame(again, written, "what was written is read as it was meant");

            Promise.IsSame(NetplanText.With(bytes, root, out _), bytes, "what does not change is the same text");
            root.Map("network").Map("vlans").Map("eth0.4094").Set("id", new NetplanScalar("4094"));
            var changed = NetplanReader.Read(NetplanText.With(bytes, root, out _), out _);
            Promise.IsSame(NetplanWriter.Write(changed), NetplanWriter.Write(root), "what was changed in a text is read as it was meant");
        }
    }

    private static void Domain(string text)
    {
        foreach (var dialect in Enum.GetValues<ConfigDialect>())
        {
            Promise.MayRefuse(() =>
            {
                var config = DomainConfig.Parse(new ConfigSource("a", "/etc/xen/web", text, dialect));
                foreach (var vif in config.Vifs.Take(2))
                {
                    var changed = config.With(vif, "bridge", "new0");
                    Promise.IsSame(
                        string.Join('\n', changed.Vifs.Select(v => v.Get("bridge"))),
                        string.Join('\n', config.Vifs.Select(v => v == vif ? "new0" : v.Get("bridge"))),
                        "one NIC is changed"
                    );
                }
            });
        }
    }

    private static void Small(string text)
    {
        if (VlanSet.TryParse(text, out var set))
            Promise.That(VlanSet.Parse(set.ToString()).Equals(set), "a set of VLANs is what it is written as");
        if (InterfaceAddress.TryParse(text, out var address))
            Promise.That(InterfaceAddress.Parse(address.ToString()).Equals(address), "an address is what it is written as");
        if (MacAddress.TryParse(text, out var mac))
            Promise.That(MacAddress.Parse(mac.ToString()) == mac, "an Ethernet address is what it is written as");
        if (InterfaceName.TryParse(text, out var name))
            Promise.IsSame(name.Value, text, "a name is kept");
        if (PortVlansText.TryRead(text, out var vlans))
            Promise.That(
                PortVlansText.TryRead(PortVlansText.Write(vlans), out var same) && same.Equals(vlans),
                "VLANs of a port are what they are written as"
            );
        _ = VlanId.TryParse(text, out _);
        _ = KernelVersion.Parse(text);
        _ = ProfileText.ParseVlans(text);
        _ = BridgePorts.Has(text, "eth0");
        _ = BridgePorts.Without(BridgePorts.With(text, "eth9"), "eth9");
        _ = Glob.Matches(text, "eth0");
        _ = Glob.Matches("*a*b*c*[a-z]?", text);
        _ = InitScriptEntry.Parse(text, out _);
        _ = VifEntry.TryRead(text, out _);
        _ = VifRule.TryRead(text, out _);
        Promise.IsHarmless(DisplayText.Clean(text), "cleaned text");
        Promise.That(DisplayText.Clean(text, 10).Length <= 17, "cleaned text is short");
    }
}
