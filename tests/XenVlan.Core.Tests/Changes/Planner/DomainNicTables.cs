using XenVlan.Changes.Desired;
using XenVlan.Changes.Persistence.Domains;
using XenVlan.Model;

namespace XenVlan.Tests.Changes.Planner;

/// <summary>What is planned for the NICs of domains, while they run and beyond.</summary>
internal static class DomainNicTables
{
    private const string VifBridge = "/etc/xen/scripts/vif-bridge";
    private const string File = "/etc/xen/web.cfg";
    private const string Table = "/etc/xenvlan/vifs";

    private const string Config = """
        name = "web"
        vif = [ 'mac=00:16:3e:00:05:00,bridge=xenbr0', # to the world
                'mac=00:16:3e:00:05:01,bridge=xenbr0' ]

        """;

    private static readonly DomainNicRequest Access10 = new() { AccessVlan = new VlanId(10) };
    private static readonly DomainNicRequest Trunk = new() { AllowedVlans = VlanSet.Parse("10,20-29"), NativeVlan = new VlanId(5) };
    private static readonly DomainNicRequest Everything = new() { AllowedVlans = VlanSet.All };
    private static readonly InterfaceName Vif = new("vif5.0");

    private static NetworkHost Plain => Network.Host().Nic("eth0").Bridge("xenbr0").Port("eth1").Vif(5);

    private static NetworkHost Filtering => Network.Host().Bridge("xenbr0").Filtering().Port("eth1", trunk: "10,20", native: 1).Vif(5);

    private static NetworkHost OpenVSwitch => Network.Host().Bridge("xenbr0").Vif(5).OpenVSwitch("ovsbr0", "eth1");

    private static NetworkHost Files =>
        Filtering
            .At("vif5.0")
            .Having(s => s with { Vifs = [.. s.Vifs.Select(v => v with { Script = VifBridge })] })
            .Vif(5, 1, script: VifBridge)
            .Bridge("xenbr1")
            .Directories("/etc/xen")
            .File(VifBridge, "#!/bin/bash\ncall_hooks vif post\n")
            .File(File, Config);

    public static PlanTable Running { get; } =
        new(
            "domain-nics",
            """
            NICs of domains while they run: DomainNicRequest, and VlanBridge, the bridge of one VLAN

            A bridge that filters VLANs gives each vif its VLANs. On one that does not, an access VLAN is a bridge of its own,
            whose way out is a VLAN interface on the bridge that carries all VLANs.
            """,
            [
                new("An access VLAN on a bridge that filters VLANs.", Filtering, Wish.Of(5, 0, Access10)),
                new("A trunk on a bridge that filters VLANs; what the uplink does not pass is said.", Filtering, Wish.Of(5, 0, Trunk)),
                new("An HVM domain's NIC is two interfaces, and both get the VLAN.", Filtering.Tap(5), Wish.Of(5, 0, Access10)),
                new(
                    "Bridge, MTU and checksum offload at once.",
                    Filtering.Bridge("xenbr1").Port("eth2"),
                    Wish.Of(
                        5,
                        0,
                        new()
                        {
                            Bridge = new InterfaceName("xenbr1"),
                            Mtu = 1400,
                            TransmitChecksumOffload = false,
                        }
                    )
                ),
                new("An access VLAN on a bridge that ignores tags is a bridge of its own.", Plain, Wish.Of(5, 0, Access10)),
                new(
                    "Such a bridge that is there is used.",
                    Plain.Vlan("xenbr0", 10).Bridge("vlan10").Port("xenbr0.10"),
                    Wish.Of(5, 0, Access10)
                ),
                new(
                    "A NIC that is on the bridge of its VLAN needs nothing.",
                    Plain.Vlan("xenbr0", 10).Bridge("xenbr10").Port("xenbr0.10").Vif(6),
                    Wish.Of(6, 0, Access10)
                ),
                new(
                    "A VLAN interface that is there, without addresses, becomes its way out.",
                    Plain.Vlan("xenbr0", 10, "ten"),
                    Wish.Of(5, 0, Access10)
                ),
                new(
                    "The bridge of another VLAN is refused.",
                    Plain.Vlan("xenbr0", 20).Bridge("xenbr20").Port("xenbr0.20").Vif(6),
                    Wish.Of(6, 0, Access10)
                ),
                new(
                    "A VLAN that domain 0 has addresses in is not taken from it.",
                    Plain.Vlan("xenbr0", 10).With("10.0.0.1/24"),
                    Wish.Of(5, 0, Access10)
                ),
                new("The bridge's name may be taken.", Plain.Nic("xenbr10"), Wish.Of(5, 0, Access10)),
                new("All VLANs on a bridge that ignores tags is what it has.", Plain, Wish.Of(5, 0, Everything)),
                new("Some VLANs on a bridge that ignores tags are refused.", Plain, Wish.Of(5, 0, Trunk)),
                new("Access VLAN and trunk contradict each other.", Filtering, Wish.Of(5, 0, Access10 with { AllowedVlans = VlanSet.All })),
                new("A native VLAN goes with a trunk.", Filtering, Wish.Of(5, 0, new() { NativeVlan = new VlanId(5) })),
                new("A NIC whose backend is not in this domain 0 cannot be changed.", Filtering.Told(6, 0), Wish.Of(6, 0, Access10)),
                new(
                    "A NIC that is on no bridge needs one that is named.",
                    Network.Host().Vif(5).With(i => i with { Master = null, Port = null, PortVlans = null }),
                    Wish.Of(5, 0, Access10)
                ),
                new(
                    "A bridge that is not there is named, with those that are.",
                    Plain,
                    Wish.Of(5, 0, new() { Bridge = new InterfaceName("xenbr7") })
                ),
                new(
                    "A bridge that the same plan makes, and that will ignore tags, has no access VLANs.",
                    Plain,
                    WillFilter(false, Access10 with { Bridge = new InterfaceName("xenbr7") })
                ),
                new(
                    "On Open vSwitch nothing is changed; the error has the commands, and what makes it last.",
                    OpenVSwitch,
                    Wish.Of(5, 0, Access10 with { Bridge = new InterfaceName("ovsbr0") })
                ),
                new(
                    "On Open vSwitch a native VLAN is nothing that Xen's script can make.",
                    OpenVSwitch,
                    Wish.Of(5, 0, Trunk with { Bridge = new InterfaceName("ovsbr0") })
                ),
                new(
                    "With XAPI, Open vSwitch is XAPI's.",
                    OpenVSwitch.Xen("4.17.5", Toolstack.Xapi),
                    Wish.Of(5, 0, Access10 with { Bridge = new InterfaceName("ovsbr0") })
                ),
            ]
        );

    public static PlanTable Lasting { get; } =
        new(
            "domain-nic-files",
            """
            What makes NICs of domains last: the domain's own file where Xen has a word for it, else the table /etc/xenvlan/vifs,
            which a hook of Xen's vif scripts reads whenever a NIC is connected
            """,
            [
                new("VLANs are in the table; no Xen that is known sets them by itself.", Files, Wish.Of(5, 0, Access10)),
                new("A trunk is in the table too.", Files, Wish.Of(5, 1, Trunk)),
                new(
                    "Bridge and MTU are in the domain's file; the rule is for the domain as it was made.",
                    Files,
                    Wish.Of(5, 0, new() { Bridge = new InterfaceName("xenbr1"), Mtu = 1400 })
                ),
                new("Checksum offload is in the table.", Files, Wish.Of(5, 0, new() { TransmitChecksumOffload = false })),
                new(
                    "The last NIC that needs nothing takes table and hook with it.",
                    Files.At("vif5.0").Passing(access: 10).File(Table, "0 10p - - - web\n").File(VifHook.Path, VifHook.Text),
                    new PortVlansAre(Vif, PortVlans.Access(new VlanId(1)))
                ),
                new(
                    "An access VLAN on a bridge that ignores tags: the domain's file names the bridge of its own.",
                    Files.At("xenbr0").With(i => i with { Bridge = i.Bridge! with { VlanFiltering = false } }),
                    Wish.Of(5, 0, Access10)
                ),
                new(
                    "A script that runs no hooks makes nothing last, which is said.",
                    Files.File(VifBridge, "#!/bin/sh\n"),
                    Wish.Of(5, 0, Access10)
                ),
                new(
                    "A domain that was made from elsewhere: that is said, and the table holds it.",
                    Files.File(File, "name='other'\n"),
                    Wish.Of(5, 0, new() { Bridge = new InterfaceName("xenbr1") })
                ),
                new(
                    "A domain whose name could not be seen: that is said.",
                    Files.Named(5, null),
                    new PortVlansAre(Vif, PortVlans.Access(new VlanId(10)))
                ),
                new("XAPI keeps NICs in its own database.", Files.Xen("4.17.5", Toolstack.Xapi), Wish.Of(5, 0, Access10)),
                new("A name that no line can hold.", Files.Named(5, "web\n"), Wish.Of(5, 0, Access10)),
                new("Two files of one domain.", Files.File("/etc/xen/vm/web", Config), Wish.Of(5, 0, Access10)),
                new("A file that cannot be read.", Files.File(File, "").Unreadable(File), Wish.Of(5, 0, Access10)),
                new(
                    "A file that nobody can read.",
                    Files.File(File, "").Unreadable(File, "it is larger than 1048576 bytes"),
                    Wish.Of(5, 0, Access10)
                ),
                new("The table has a line that is none.", Files.File(Table, "nonsense\n"), Wish.Of(5, 0, Access10)),
                new(
                    "A NIC that is not in the file was attached later.",
                    Files.File(File, "name='web'\nvif=['bridge=xenbr0']\n"),
                    Wish.Of(5, 1, Access10)
                ),
                new(
                    "A NIC with another address is another NIC.",
                    Files.File(File, "name='web'\nvif=['mac=00:16:3e:99:99:99']\n"),
                    Wish.Of(5, 0, Access10)
                ),
                new("A NIC written with escapes.", Files.File(File, "name='web'\nvif=['ip=\\\\1']\n"), Wish.Of(5, 0, new() { Mtu = 1400 })),
                new(
                    "A bridge whose name a domain's file cannot hold.",
                    Files.Bridge("x,y"),
                    Wish.Of(5, 0, new() { Bridge = new InterfaceName("x,y") })
                ),
                .. new (string Title, string Text)[]
                {
                    ("xl: NICs that are no list.", "name='web'\nvif='bridge=xenbr0'\n"),
                    ("xl: a NIC that is no text.", "name='web'\nvif=[1]\n"),
                    ("xl: lines that end in CR LF.", "name='web'\r\n"),
                    ("xl: something that is no word of such a file.", "name='web'\n%\n"),
                    ("xl: a text that does not end.", "name='web'\nvif=['bridge\n"),
                    ("xl: something behind a value.", "name='web' 1\n"),
                    ("xl: a line without a name.", "name='web'\n= 1\n"),
                    ("xl: a name without a value.", "name='web'\nvif\n"),
                    ("xl: a value that is none.", "name='web'\nvif=\n"),
                    ("xl: a list without commas.", "name='web'\nvif=['a' 'b']\n"),
                }.Select(c => new PlanCase(c.Title, Files.File(File, c.Text), Wish.Of(5, 0, Access10))),
                new(
                    "xm: a file that is a program.",
                    Files.Xen("4.1.0", Toolstack.Xend).File(File, "name='web'\nvif=[x for x in y]\n"),
                    Wish.Of(5, 0, Access10)
                ),
            ],
            Files
        );

    // As the topology's planner asks for a bridge that the same plan makes, or lets filter VLANs.
    private static Wish WillFilter(bool on, DomainNicRequest request) =>
        new(
            $"{PlanText.Of(request)}  for NIC 0 of domain 5, on a bridge that will {(on ? "look at" : "ignore")} VLAN tags",
            host => request.For(XenVlan.Discovery.SnapshotViews.DomainNics(host).First(n => n.DomainId == 5), on)
        );
}
