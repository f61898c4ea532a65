using XenVlan.Changes.Desired;
using XenVlan.Changes.Persistence.NetworkManagerProfiles;
using XenVlan.Model;

namespace XenVlan.Tests.Changes.Planner;

/// <summary>Which files of each network manager make changes last: the same changes for all, and what is about one of them.</summary>
internal static class FileTables
{
    private const string Interfaces = "/etc/network/interfaces";
    private const string Networkd = "/etc/systemd/network";
    private const string Vendor = "/usr/lib/systemd/network";
    private const string Keyfiles = "/etc/NetworkManager/system-connections";
    private const string Netplan = "/etc/netplan/01-netcfg.yaml";
    private const string NetplanOwn = "/etc/netplan/90-xenvlan.yaml";
    private const string Ifcfg = "/etc/sysconfig/network-scripts/ifcfg-";
    private const string List = "/etc/xenvlan/vlans";

    private static readonly InterfaceName Eth0 = new("eth0");
    private static readonly InterfaceName Eth1 = new("eth1");
    private static readonly InterfaceName Eth2 = new("eth2");
    private static readonly InterfaceName Xenbr0 = new("xenbr0");
    private static readonly InterfaceName Xenbr1 = new("xenbr1");
    private static readonly InterfaceName Ten = new("xenbr0.10");

    // eth0 is for administration, eth1 the uplink of xenbr0, eth2 free, and domain 0 is in VLAN 10.
    private static NetworkHost Plain { get; } =
        Network
            .Host()
            .Nic("eth0")
            .With("192.0.2.1/24")
            .Nic("eth2")
            .Bridge("xenbr0")
            .Port("eth1")
            .Vif(5)
            .Vlan("xenbr0", 10)
            .With("10.0.0.1/24");

    private static string Stanzas(string more = "", string bridge = "bridge_ports eth1", string ten = "") =>
        $"""
            auto lo
            iface lo inet loopback

            auto eth0
            iface eth0 inet static
                address 192.0.2.1/24
                gateway 192.0.2.254

            # the trunk
            auto xenbr0
            iface xenbr0 inet manual
                {bridge}
                bridge_stp off
                bridge_fd 0{more}

            auto xenbr0.10
            iface xenbr0.10 inet static
                address 10.0.0.1/24{ten}

            """;

    private static NetworkHost IfupdownHost { get; } = Plain.Managed(NetworkManager.Ifupdown).File(Interfaces, Stanzas());

    private static NetworkHost NetworkdHost { get; } =
        Plain
            .Managed(NetworkManager.SystemdNetworkd)
            .File($"{Networkd}/10-eth0.network", "[Match]\nName=eth0\n\n[Network]\nAddress=192.0.2.1/24\nGateway=192.0.2.254\n")
            .File($"{Networkd}/20-eth1.network", "[Match]\nName=eth1\n\n[Network]\nBridge=xenbr0\n")
            .File($"{Networkd}/20-xenbr0.netdev", "[NetDev]\nName=xenbr0\nKind=bridge\n")
            .File($"{Networkd}/20-xenbr0.network", "[Match]\nName=xenbr0\n\n[Network]\nVLAN=xenbr0.10\n")
            .File($"{Networkd}/30-ten.netdev", "[NetDev]\nName=xenbr0.10\nKind=vlan\n\n[VLAN]\nId=10\n")
            .File($"{Networkd}/30-ten.network", "[Match]\nName=xenbr0.10\n\n[Network]\nAddress=10.0.0.1/24\n");

    private static NetworkHost KeyfileHost { get; } =
        Plain
            .Managed(NetworkManager.NetworkManager)
            .File(
                $"{Keyfiles}/mgmt.nmconnection",
                "[connection]\nid=mgmt\ntype=ethernet\ninterface-name=eth0\n\n[ipv4]\naddress1=192.0.2.1/24,192.0.2.254\nmethod=manual\n"
            )
            .File($"{Keyfiles}/trunk.nmconnection", "[connection]\nid=trunk\ntype=bridge\ninterface-name=xenbr0\n\n[bridge]\nstp=false\n")
            .File(
                $"{Keyfiles}/uplink.nmconnection",
                "[connection]\nid=uplink\ntype=ethernet\ninterface-name=eth1\nmaster=xenbr0\nslave-type=bridge\n"
            )
            .File($"{Keyfiles}/ten.nmconnection", KeyfileOfTen("address1=10.0.0.1/24\nmethod=manual\n"));

    private static NetworkHost NetplanHost { get; } =
        Plain
            .Managed(NetworkManager.Netplan)
            .File(
                Netplan,
                """
                network:
                  version: 2
                  ethernets:
                    eth0:
                      addresses: [192.0.2.1/24]
                      routes: [{to: default, via: 192.0.2.254}]
                    eth1: {}
                  bridges:
                    xenbr0:
                      interfaces: [eth1]

                """
            )
            .File(
                NetplanOwn,
                "network:\n  version: 2\n  vlans:\n    xenbr0.10:\n      id: 10\n      link: xenbr0\n"
                    + "      addresses:\n      - 10.0.0.1/24\n"
            );

    private static NetworkHost ScriptsHost { get; } =
        Plain
            .Managed(NetworkManager.NetworkScripts)
            .File($"{Ifcfg}eth0", "DEVICE=eth0\nONBOOT=yes\nIPADDR=192.0.2.1\nPREFIX=24\nGATEWAY=192.0.2.254\n")
            .File($"{Ifcfg}eth1", "DEVICE=eth1\nONBOOT=yes\nBRIDGE=xenbr0\n")
            .File($"{Ifcfg}xenbr0", "DEVICE=xenbr0\nTYPE=Bridge\nONBOOT=yes\nSTP=no\n")
            .File($"{Ifcfg}xenbr0.10", "DEVICE=xenbr0.10\nVLAN=yes\nONBOOT=yes\nIPADDR=10.0.0.1\nPREFIX=24\n");

    private static NetworkHost InitScriptHost { get; } =
        Plain
            .Kernel("2.6.18")
            .Xen("3.4.2", Toolstack.Xend)
            .Tools("arping", "brctl", "ifconfig", "vconfig")
            .At("xenbr0")
            .WithoutVlans()
            .At("eth1")
            .WithoutVlans()
            .At("vif5.0")
            .WithoutVlans()
            .Directories("/etc/rc0.d", "/etc/rc3.d")
            .Link("/etc/rc0.d/K89network-vlan", "../init.d/network-vlan")
            .Link("/etc/rc3.d/S51network-vlan", "../init.d/network-vlan")
            .File(List, "vlan xenbr0.10 parent=xenbr0 id=10 address=10.0.0.1/24\n")
            .File("/etc/init.d/network-vlan", XenVlan.Changes.Persistence.InitScript.InitScriptBackend.Script);

    public static IReadOnlyList<PlanTable> All { get; } =
    [
        new(
            "files-any-manager",
            """
            Which manager's files hold a change, and what every manager refuses

            An interface is kept by the manager whose files configure it, or what it is made of; there is no guessing. The host is the
            same in the tables of all managers; they show the files it has, and for each change the lines that come and go.
            """,
            [
                new("The manager of the parent has the VLAN interface too.", Two, Vlan(20)),
                new("Two that configure the same interface are told apart by nobody.", Two.File($"{Keyfiles}/x", Bridge), Vlan(20)),
                new("Nor are two of which none configures it.", Two, Vlan(20, "eth2")),
                new("XAPI keeps the network itself.", IfupdownHost.Managed(NetworkManager.Xapi), Vlan(20)),
                new("A name that files do not hold for sure is refused.", IfupdownHost, Vlan(20, name: "büro")),
                new("A file that cannot be read is not written.", IfupdownHost.Unreadable(Interfaces), Vlan(20)),
                new("What is not to be made to last needs no file.", IfupdownHost.Unreadable(Interfaces), new LinkIsUp(Eth2)),
                new("Without any manager and run levels nothing lasts, which is said.", Plain.Directories("/etc/xen"), Vlan(20)),
                new(
                    "A parent that no file makes is told of.",
                    IfupdownHost.File(Interfaces, "auto lo\niface lo inet loopback\n"),
                    Vlan(20)
                ),
                new(
                    "A script that makes it as well is told of.",
                    IfupdownHost.ScriptLine("/etc/rc.local", 3, "ip link add link xenbr0 name xenbr0.20 type vlan id 20"),
                    Vlan(20)
                ),
                new(
                    "A script by which it comes back is told of.",
                    IfupdownHost.ScriptLine("/etc/rc.local", 3, "vconfig add xenbr0 10"),
                    new VlanInterfaceAbsent(Ten)
                ),
                new(
                    "A manager that takes in a domain's NIC is told of.",
                    NetworkdHost.File($"{Networkd}/15-all.network", "[Match]\nName=vif*\n\n[Network]\nBridge=xenbr0\n"),
                    new MtuIs(new InterfaceName("vif5.0"), 1400)
                ),
                new(
                    "Whether one does is not known where its files cannot be read, which is said; the NIC is changed all the same.",
                    IfupdownHost.File(Interfaces, "iface\n"),
                    new MtuIs(new InterfaceName("vif5.0"), 1400)
                ),
            ],
            IfupdownHost
        ),
        new(
            "files-ifupdown",
            "ifupdown: /etc/network/interfaces and the files it sources, edited in place",
            [
                .. Every(
                    IfupdownHost,
                    IfupdownHost.File(
                        Interfaces,
                        Stanzas(
                            "\n    bridge_vlan_aware yes\n    up bridge vlan add dev eth1 vid 10"
                                + "\n    up bridge vlan add dev xenbr0 vid 10 self"
                        )
                    )
                ),
                new("A file that ifupdown would not read.", IfupdownHost.File(Interfaces, "iface\n"), Vlan(20)),
                new("A name that ifupdown takes for another VLAN.", IfupdownHost, Vlan(20, name: "xenbr0.11")),
                new(
                    "A port that is on another bridge by a pattern.",
                    IfupdownHost.File(Interfaces, Stanzas(bridge: "bridge_ports regex eth1.*")),
                    new BridgePresent(Xenbr1),
                    new BridgePortPresent(Xenbr1, Eth1)
                ),
                new(
                    "VLANs in the words of ifupdown2.",
                    IfupdownHost.File(Interfaces, Stanzas("\n    bridge-vids 10")),
                    new TaggedVlansAre(Eth1, VlanSet.Parse("20"))
                ),
                new(
                    "A command that does more than give VLANs.",
                    IfupdownHost.File(Interfaces, Stanzas("\n    up bridge vlan add dev eth1 vid 30 && logger up")),
                    new TaggedVlansAre(Eth1, VlanSet.Parse("20"))
                ),
                new(
                    "A bridge that no file makes.",
                    IfupdownHost.File(Interfaces, "auto lo\niface lo inet loopback\n"),
                    new BridgeFilteringIs(Xenbr0, On: true)
                ),
                new(
                    "A command that does more than give an address.",
                    IfupdownHost.File(Interfaces, Stanzas(ten: "\n    up ip addr add 10.0.0.9/24 dev xenbr0.10 && logger up")),
                    new VlanInterfaceSettings(Ten) { Addresses = [Address("10.0.0.1/24")] },
                    new AddressAbsent(Ten, Address("10.0.0.9/24"))
                ),
                new(
                    "A broadcast address that does not follow from the address.",
                    IfupdownHost.File(Interfaces, Stanzas(ten: "\n    broadcast 10.0.0.77")),
                    Settings("10.0.0.2/25")
                ),
            ],
            IfupdownHost
        ),
        new(
            "files-networkd",
            "systemd-networkd: .netdev and .network files of /etc/systemd/network, and drop-ins for what others wrote",
            [
                .. Every(
                    NetworkdHost,
                    NetworkdHost
                        .File($"{Networkd}/20-xenbr0.netdev", "[NetDev]\nName=xenbr0\nKind=bridge\n\n[Bridge]\nVLANFiltering=yes\n")
                        .File($"{Networkd}/20-eth1.network", "[Match]\nName=eth1\n\n[Network]\nBridge=xenbr0\n\n[BridgeVLAN]\nVLAN=10\n")
                        .File(
                            $"{Networkd}/20-xenbr0.network",
                            "[Match]\nName=xenbr0\n\n[Network]\nVLAN=xenbr0.10\n\n[BridgeVLAN]\nVLAN=10\n"
                        )
                ),
                new("A file that systemd would not read.", NetworkdHost.File($"{Networkd}/x.network", "Name=eth0\n"), Vlan(20)),
                new(
                    "A file that is not the administrator's makes it.",
                    Moved($"{Networkd}/30-ten.netdev", $"{Vendor}/30-ten.netdev"),
                    new VlanInterfaceAbsent(Ten)
                ),
                new(
                    "A file that is not the administrator's puts it on its parent.",
                    Moved($"{Networkd}/20-xenbr0.network", $"{Vendor}/20-xenbr0.network"),
                    new VlanInterfaceAbsent(Ten)
                ),
                new(
                    "A file that is not the administrator's gives it its address.",
                    Moved($"{Networkd}/30-ten.network", $"{Vendor}/30-ten.network"),
                    Settings()
                ),
                new(
                    "A file that is not the administrator's gives it VLANs.",
                    Moved($"{Networkd}/20-eth1.network", $"{Vendor}/20-eth1.network", "\n[BridgeVLAN]\nVLAN=30\n"),
                    new TaggedVlansAre(Eth1, VlanSet.Parse("20"))
                ),
                new(
                    "A file that matches by what a snapshot does not hold.",
                    NetworkdHost.File($"{Networkd}/05-driver.network", "[Match]\nDriver=e1000\n"),
                    new MtuIs(Eth0, 1400)
                ),
                new(
                    "A file that others share.",
                    NetworkdHost.File($"{Networkd}/05-all.network", "[Match]\nName=eth*\n"),
                    new MtuIs(Eth2, 1400)
                ),
                new(
                    "A file that takes all in, and that none can come before.",
                    NetworkdHost.File($"{Networkd}/!all.network", "[Match]\nName=xenbr*\n"),
                    Vlan(20)
                ),
                new(
                    "A bridge that no file makes cannot be let filter.",
                    Moved($"{Networkd}/20-xenbr0.netdev", null),
                    new BridgeFilteringIs(Xenbr0, On: true)
                ),
                new(
                    "VLANs that versions of systemd read differently.",
                    NetworkdHost.File(
                        $"{Networkd}/20-eth1.network",
                        "[Match]\nName=eth1\n\n[Network]\nBridge=xenbr0\n\n[BridgeVLAN]\nVLAN=30\nVLAN=\n"
                    ),
                    new TaggedVlansAre(Eth1, VlanSet.Parse("20"))
                ),
                new(
                    "A file of the name that XenVlan would choose, for something else.",
                    NetworkdHost.File($"{Networkd}/50-xenvlan-xenbr0.20.netdev", "[NetDev]\nName=outer\nKind=vlan\n\n[VLAN]\nId=20\n"),
                    Vlan(20)
                ),
            ],
            NetworkdHost
        ),
        new(
            "files-networkmanager",
            "NetworkManager: its profiles (keyfiles), edited in place",
            [
                .. Every(
                    KeyfileHost,
                    KeyfileHost
                        .File(
                            $"{Keyfiles}/trunk.nmconnection",
                            "[connection]\nid=trunk\ntype=bridge\ninterface-name=xenbr0\n\n"
                                + "[bridge]\nstp=false\nvlan-filtering=true\nvlans=10\n"
                        )
                        .File(
                            $"{Keyfiles}/uplink.nmconnection",
                            "[connection]\nid=uplink\ntype=ethernet\ninterface-name=eth1\nmaster=xenbr0\nslave-type=bridge\n\n"
                                + "[bridge-port]\nvlans=10\n"
                        )
                ),
                new("A file that is no keyfile.", KeyfileHost.File($"{Keyfiles}/x", "[connection]\nid\n"), Vlan(20)),
                new(
                    "A gateway beside the address that goes, with no line it could go to.",
                    KeyfileHost.File(
                        $"{Keyfiles}/ten.nmconnection",
                        KeyfileOfTen("address1=10.0.0.1/24,10.0.0.254\naddress2=10.0.0.2/24,10.0.0.253\nmethod=manual\n")
                    ),
                    Settings("10.0.0.2/24")
                ),
                new(
                    "Settings that NetworkManager takes only beside an address.",
                    KeyfileHost.File($"{Keyfiles}/ten.nmconnection", KeyfileOfTen("address1=10.0.0.1/24\ndns=10.0.0.53;\nmethod=manual\n")),
                    Settings()
                ),
                new("An interface without a profile.", KeyfileHost, new MtuIs(Eth2, 1400)),
                new(
                    "Two profiles for one interface.",
                    KeyfileHost.File($"{Keyfiles}/other", "[connection]\ntype=ethernet\ninterface-name=eth0\n"),
                    new MtuIs(Eth0, 1400)
                ),
                new(
                    "A profile that has the identifier XenVlan would choose.",
                    KeyfileHost.File(
                        $"{Keyfiles}/other",
                        $"[connection]\nuuid={ProfileText.Uuid("xenbr0.20")}\ntype=ethernet\ninterface-name=eth9\n"
                    ),
                    Vlan(20)
                ),
            ],
            KeyfileHost
        ),
        new(
            "files-netplan",
            "netplan: a file of XenVlan's own, /etc/netplan/90-xenvlan.yaml; those of others are not changed",
            [
                .. Every(NetplanHost, NetplanHost),
                new("A file that is no YAML.", NetplanHost.File("/etc/netplan/02.yaml", "network: {\n"), Vlan(20)),
                new("What the administrator wrote is not removed.", InAdministrators, new VlanInterfaceAbsent(Ten)),
                new("Nor are addresses.", InAdministrators, Settings()),
                new("A bridge that netplan does not know.", NetplanHost.Bridge("xenbr1"), new BridgePortPresent(Xenbr1, Eth2)),
                new(
                    "A port that another file puts on another bridge.",
                    NetplanHost,
                    new BridgePresent(Xenbr1),
                    new BridgePortPresent(Xenbr1, Eth1)
                ),
                new(
                    "A file that counts more and says otherwise.",
                    NetplanHost.File("/etc/netplan/99.yaml", "network:\n  bridges:\n    xenbr0: {mtu: 1500}\n"),
                    new MtuIs(Xenbr0, 1400)
                ),
                new(
                    "An interface that is defined as two things.",
                    NetplanHost.File("/etc/netplan/02.yaml", "network:\n  ethernets: {eth2: {}}\n  bonds: {eth2: {}}\n"),
                    new MtuIs(Eth2, 1400)
                ),
                new(
                    "A definition that others share.",
                    NetplanHost.File("/etc/netplan/02.yaml", "network:\n  ethernets: {all: {match: {name: \"eth[25]\"}}}\n").Nic("eth5"),
                    new MtuIs(Eth2, 1400)
                ),
                new("A parent that netplan does not know, and that is no network card.", NetplanHost.Bridge("xenbr1"), Vlan(20, "xenbr1")),
            ],
            NetplanHost
        ),
        new(
            "files-network-scripts",
            "Red Hat's network scripts: /etc/sysconfig/network-scripts/ifcfg-…, edited in place",
            [
                .. Every(
                    ScriptsHost,
                    ScriptsHost.File($"{Ifcfg}xenbr0", "DEVICE=xenbr0\nTYPE=Bridge\nONBOOT=yes\nSTP=no\nBRIDGING_OPTS=vlan_filtering=1\n")
                ),
                new("A file that the shell would read otherwise.", ScriptsHost.File($"{Ifcfg}eth2", "DEVICE=eth2\r\n"), Vlan(20)),
                new(
                    "Addresses that only a shell can tell.",
                    ScriptsHost.File($"{Ifcfg}xenbr0.10", "DEVICE=xenbr0.10\nVLAN=yes\nIPADDR=$(cat /etc/address)\n"),
                    Settings("10.0.0.2/24")
                ),
                new("An interface without a file.", ScriptsHost, new MtuIs(Eth2, 1400)),
                new(
                    "An interface that asks DHCP.",
                    ScriptsHost.File($"{Ifcfg}eth2", "DEVICE=eth2\nBOOTPROTO=dhcp\n"),
                    new AddressPresent(Eth2, Address("198.51.100.1/24"))
                ),
                new("Two files for one interface.", ScriptsHost.File($"{Ifcfg}x", "DEVICE=eth0\n"), new MtuIs(Eth0, 1400)),
            ],
            ScriptsHost
        ),
        new(
            "files-init-script",
            "Hosts that run xend, or whose network nothing that XenVlan knows configures: /etc/init.d/network-vlan and its list",
            [
                .. Every(InitScriptHost, InitScriptHost),
                new(
                    "The first entry brings the script.",
                    InitScriptHost
                        .Without(List)
                        .Without("/etc/init.d/network-vlan")
                        .Without("/etc/rc0.d/K89network-vlan")
                        .Without("/etc/rc3.d/S51network-vlan"),
                    Vlan(20)
                ),
                new("A line that the script would not read.", InitScriptHost.File(List, "vlan\n"), Vlan(20)),
                new(
                    "A script of that name that is somebody else's.",
                    InitScriptHost.File("/etc/init.d/network-vlan", "#!/bin/sh\nvconfig add xenbr0 10\n"),
                    Vlan(20)
                ),
            ],
            InitScriptHost
        ),
    ];

    private const string Bridge = "[connection]\ntype=bridge\ninterface-name=xenbr0\n";

    private static NetworkHost Two => IfupdownHost.Managed(NetworkManager.Ifupdown, NetworkManager.NetworkManager);

    private static NetworkHost InAdministrators =>
        NetplanHost
            .File(NetplanOwn, "network:\n  version: 2\n")
            .File("/etc/netplan/02.yaml", "network:\n  vlans:\n    xenbr0.10: {id: 10, link: xenbr0, addresses: [10.0.0.1/24]}\n");

    // Every kind of change, on a bridge that passes all frames and on one that looks at their tags.
    private static IEnumerable<PlanCase> Every(NetworkHost plain, NetworkHost filtering)
    {
        yield return new(
            "A VLAN interface with addresses and an MTU.",
            plain,
            Vlan(20, addresses: ["10.0.20.1/24", "2001:db8::1/64"]) with
            {
                Mtu = 1400,
            }
        );
        yield return new(
            "A VLAN interface with 802.1ad and a name of its own.",
            plain,
            Vlan(30, name: "outer") with
            {
                Protocol = VlanProtocol.Dot1AD,
            }
        );
        yield return new("A VLAN interface on a NIC that no file mentions.", plain, Vlan(20, "eth2"));
        yield return new("A VLAN interface that is there already.", plain, Vlan(10, addresses: "10.0.0.1/24"));
        yield return new("A VLAN interface gets another address, and an MTU.", plain, Settings("10.0.0.2/24") with { Mtu = 1400 });
        yield return new("A VLAN interface loses its address.", plain, Settings());
        yield return new("A VLAN interface goes.", plain, new VlanInterfaceAbsent(Ten));
        yield return new("A bridge with its uplink.", plain, new BridgePresent(Xenbr1), new BridgePortPresent(Xenbr1, Eth2));
        yield return new(
            "The bridge of one VLAN, on a bridge that carries all.",
            plain,
            new BridgePresent(Xenbr1),
            Vlan(20),
            new BridgePortPresent(Xenbr1, new InterfaceName("xenbr0.20"))
        );
        yield return new("The MTU of an uplink and its bridge.", plain, new MtuIs(Eth1, 9000), new MtuIs(Xenbr0, 9000));
        yield return new("One more address.", plain, new AddressPresent(Eth0, Address("198.51.100.1/24")));
        yield return new("An address that a gateway needs.", plain, new AddressAbsent(Eth0, Address("192.0.2.1/24")));
        yield return new(
            "What lasts by itself, or only while the host runs.",
            plain,
            new LinkIsUp(Eth2),
            new TransmitChecksumIs(new InterfaceName("vif5.0"), On: true),
            new UplinksPass(Xenbr0, VlanSet.Parse("20"))
        );
        yield return new("A bridge filters VLANs.", plain, new BridgeFilteringIs(Xenbr0, On: true));
        yield return new(
            "The VLANs of its ports, on a bridge that ignores tags as yet.",
            plain,
            new TaggedVlansAre(Eth1, VlanSet.Parse("10,20-29"))
        );
        yield return new(
            "Other VLANs for a port, and a native one, on a bridge that ignores tags as yet.",
            plain,
            new PortVlansAre(Eth1, PortVlans.Trunk(VlanSet.Parse("20"), new VlanId(5)))
        );
        if (ReferenceEquals(plain, filtering))
            yield break;

        var filters = filtering.At("xenbr0").With(i => i with { Bridge = i.Bridge! with { VlanFiltering = true } });
        filters = filters.Passing(trunk: "1,10", native: 1).At("eth1").Passing(trunk: "1,10", native: 1);
        yield return new("On a bridge that filters VLANs: a VLAN interface, whose VLAN the bridge itself has to pass.", filters, Vlan(20));
        yield return new(
            "On a bridge that filters VLANs: more VLANs on its uplink.",
            filters,
            new TaggedVlansAre(Eth1, VlanSet.Parse("10,20"))
        );
        yield return new(
            "On a bridge that filters VLANs: other VLANs on its uplink, and a native one.",
            filters,
            new PortVlansAre(Eth1, PortVlans.Trunk(VlanSet.Parse("20"), new VlanId(5)))
        );
        yield return new("A bridge ignores VLAN tags again.", filters, new BridgeFilteringIs(Xenbr0, On: false));
    }

    private static string KeyfileOfTen(string ipv4) =>
        $"[connection]\nid=ten\ntype=vlan\ninterface-name=xenbr0.10\n\n[vlan]\nid=10\nparent=xenbr0\n\n[ipv4]\n{ipv4}";

    private static NetworkHost Moved(string from, string? to, string more = "")
    {
        var text = NetworkdHost.Configuration.Find(from)!.Content;
        var without = NetworkdHost.Without(from);
        return to is null ? without : without.File(to, text + more);
    }

    private static InterfaceAddress Address(string text) => InterfaceAddress.Parse(text);

    private static VlanInterfaceSettings Settings(params string[] addresses) => new(Ten) { Addresses = [.. addresses.Select(Address)] };

    private static VlanInterfacePresent Vlan(int id, string parent = "xenbr0", string? name = null, params string[] addresses) =>
        new()
        {
            Parent = new InterfaceName(parent),
            VlanId = new VlanId(id),
            Name = name is null ? null : new InterfaceName(name),
            Addresses = [.. addresses.Select(Address)],
        };
}
