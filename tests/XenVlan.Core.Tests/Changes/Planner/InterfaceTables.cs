using XenVlan.Changes.Desired;
using XenVlan.Model;

namespace XenVlan.Tests.Changes.Planner;

/// <summary>What is planned for VLAN interfaces, and for interfaces as such.</summary>
internal static class InterfaceTables
{
    private static readonly InterfaceName Eth0 = new("eth0");
    private static readonly InterfaceName Xenbr0 = new("xenbr0");
    private static readonly InterfaceName Ten = new("xenbr0.10");

    private static NetworkHost Plain => Network.Host().Nic("eth0").With("192.0.2.1/24").Bridge("xenbr0").Port("eth1");

    private static NetworkHost Filtering => Network.Host().Bridge("xenbr0").Filtering().Port("eth1", trunk: "10", native: 1);

    private static NetworkHost WithTen => Plain.Vlan("xenbr0", 10).With("10.0.0.1/24");

    private const string None = "00:00:00:00:00:00";

    public static PlanTable VlanInterfaces { get; } =
        new(
            "vlan-interfaces",
            "VLAN interfaces of domain 0: VlanInterfacePresent, VlanInterfaceSettings, VlanInterfaceAbsent",
            [
                new("A VLAN interface is made and set up.", Plain, Vlan(10)),
                new(
                    "Addresses come last, and only where nobody else on the VLAN has them: asked by ARP before, by the kernel's own "
                        + "duplicate address detection after.",
                    Plain,
                    Vlan(10, addresses: ["10.0.0.1/24", "2001:db8::1/64"]) with
                    {
                        Mtu = 1400,
                    }
                ),
                new("Without arping nobody can be asked, which is said.", Plain.Tools("ip", "bridge"), Vlan(10, addresses: "10.0.0.1/24")),
                new("802.1ad, with a name of its own.", Plain, Vlan(30, name: "outer") with { Protocol = VlanProtocol.Dot1AD }),
                new("One that is as it should be needs nothing.", WithTen, Vlan(10, addresses: "10.0.0.1/24")),
                new("One that is there gets what it lacks.", WithTen.Down(), Vlan(10, addresses: ["10.0.0.1/24", "10.0.1.1/24"])),
                new("On a bridge that filters VLANs the bridge itself must pass the VLAN, or domain 0 hears nothing.", Filtering, Vlan(10)),
                new("That the uplink does not pass the VLAN is said, and not changed.", Filtering, Vlan(20)),
                new(
                    "A parent that is down is set up as well; undone, both are down again.",
                    Network.Host().Nic("eth2").Down(),
                    Vlan(10, "eth2")
                ),
                new("On a bridge's port it takes the VLAN from all domains, which is said.", Plain, Vlan(10, "eth1")),
                new("A name that something else has is refused.", Plain.Vlan("xenbr0", 20, "xenbr0.10"), Vlan(10)),
                new("The kernel allows one VLAN interface for each VLAN of a parent.", Plain.Vlan("xenbr0", 10, "ten"), Vlan(10)),
                new("A name that would be too long has to be chosen.", Network.Host().Nic("enp0s31f6np1"), Vlan(1000, "enp0s31f6np1")),
                new(
                    "An address on a bridge's port would hear nothing.",
                    Plain.Vlan("xenbr0", 10).Bridge("xenbr10").Port("xenbr0.10"),
                    Vlan(10, addresses: "10.0.0.1/24")
                ),
                new("An address that the host has elsewhere is refused.", WithTen, Vlan(20, addresses: "10.0.0.1/16")),
                new(
                    "A VLAN interface takes its MAC address from its parent; a bridge without ports may have none.",
                    Network.Host().Bridge("xenbr0").WithMac(None),
                    Vlan(10)
                ),
                new("Settings: the addresses it is to have, and no others.", WithTen, Settings("10.0.0.2/24", "10.0.0.3/24")),
                new("Settings: its MTU alone.", WithTen, new VlanInterfaceSettings(Ten) { Mtu = 1400 }),
                new(
                    "Settings: no address, but for the link-local one, which is the kernel's.",
                    WithTen.With("fe80::1/64", "2001:db8::1/64"),
                    Settings()
                ),
                new("Settings are those of a VLAN interface.", Plain, new VlanInterfaceSettings(Eth0) { Mtu = 1400 }),
                new(
                    "Settings: an address on a bridge's port would hear nothing.",
                    Plain.Vlan("xenbr0", 10).Bridge("xenbr10").Port("xenbr0.10"),
                    Settings("10.0.0.1/24")
                ),
                new(
                    "Removed, and all of it comes back when that is undone.",
                    WithTen.WithMtu(1400).WithMac("02:00:00:00:00:0a"),
                    new VlanInterfaceAbsent(Ten)
                ),
                new("What is not there needs no removal.", Plain, new VlanInterfaceAbsent(Ten)),
                new(
                    "One that is the way out of another bridge: undone, it is that bridge's port again, with its VLANs.",
                    Plain.Vlan("xenbr0", 10).Bridge("xenbr10").Filtering().Port("xenbr0.10", access: 7).Vif(5),
                    new VlanInterfaceAbsent(Ten)
                ),
                new("What is no VLAN interface is not removed.", Plain, new VlanInterfaceAbsent(Eth0)),
                new(
                    "Nor is one whose VLAN could not be seen: it could not be made again.",
                    WithTen.With(i => i with { Vlan = i.Vlan! with { Id = null } }),
                    new VlanInterfaceAbsent(Ten)
                ),
                new("Nor one that carries another, which would go with it.", WithTen.Vlan("xenbr0.10", 20), new VlanInterfaceAbsent(Ten)),
                new("Removed and made anew in one plan.", WithTen, new VlanInterfaceAbsent(Ten), Vlan(10, addresses: "10.0.0.9/24")),
            ]
        );

    public static PlanTable Links { get; } =
        new(
            "links",
            "Interfaces as such: LinkIsUp, MtuIs, AddressPresent, AddressAbsent, TransmitChecksumIs",
            [
                new("An interface is set up.", Plain.At("eth0").Down(), new LinkIsUp(Eth0)),
                new("One that is up needs nothing.", Plain, new LinkIsUp(Eth0)),
                new(
                    "VLAN interfaces come up with their parent; the IPv6 addresses they lose when it goes down again are kept.",
                    Network.Host().Nic("eth0").Down().Vlan("eth0", 10).Down().With("2001:db8::1/64"),
                    new LinkIsUp(Eth0)
                ),
                new(
                    "A VLAN interface on a bridge without ports has no MAC address and cannot be set up.",
                    Network.Host().Bridge("xenbr0").WithMac(None).Vlan("xenbr0", 10).Down(),
                    new LinkIsUp(Ten)
                ),
                new("An MTU.", Plain, new MtuIs(Eth0, 9000)),
                new("An MTU it has already is nothing to do.", Plain, new MtuIs(Eth0, 1500)),
                new(
                    "A smaller MTU takes VLAN interfaces with it, and the bridge with its own.",
                    Plain.Vlan("xenbr0", 10).Vlan("eth1", 20),
                    new MtuIs(new InterfaceName("eth1"), 1400)
                ),
                new(
                    "Asked for on both, it is no side effect on the bridge.",
                    Plain,
                    new MtuIs(new InterfaceName("eth1"), 9000),
                    new MtuIs(Xenbr0, 9000)
                ),
                new(
                    "A bridge whose MTU somebody has set does not follow its ports.",
                    Plain.At("xenbr0").WithMtu(1450),
                    new MtuIs(new InterfaceName("eth1"), 1400)
                ),
                new(
                    "Before Linux 4.17 it does.",
                    Plain.Kernel("4.16.0").At("xenbr0").WithMtu(1450),
                    new MtuIs(new InterfaceName("eth1"), 1400)
                ),
                new(
                    "A bond gives its MTU to its slaves.",
                    Network.Host().Nic("eth2").Nic("eth3").Bond("bond0", "eth2", "eth3"),
                    new MtuIs(new InterfaceName("bond0"), 9000)
                ),
                new(
                    "With less than 1280 bytes there is no IPv6, so its addresses go, which is said and undone.",
                    Network.Host().Nic("eth0").With("192.0.2.1/24", "2001:db8::1/64"),
                    new MtuIs(Eth0, 1200)
                ),
                new("A VLAN interface has no more than its parent.", WithTen, new MtuIs(Ten, 9000)),
                new("An MTU has bounds.", Plain, new MtuIs(Eth0, 67)),
                new("An address is asked for, then given.", Plain, new AddressPresent(Xenbr0, InterfaceAddress.Parse("10.0.0.1/24"))),
                new(
                    "An address on an interface that is down is not asked for: nobody would hear.",
                    Plain.At("eth0").Down(),
                    new AddressPresent(Eth0, InterfaceAddress.Parse("10.0.0.1/24"))
                ),
                new("An address it has needs nothing.", Plain, new AddressPresent(Eth0, InterfaceAddress.Parse("192.0.2.1/24"))),
                new(
                    "An address that another interface has is refused.",
                    Plain,
                    new AddressPresent(Xenbr0, InterfaceAddress.Parse("192.0.2.1/24"))
                ),
                new("An address is taken.", Plain, new AddressAbsent(Eth0, InterfaceAddress.Parse("192.0.2.1/24"))),
                new(
                    "An IPv6 address is taken.",
                    Plain.At("eth0").With("2001:db8::1/64"),
                    new AddressAbsent(Eth0, InterfaceAddress.Parse("2001:db8::1/64"))
                ),
                new(
                    "The kernel takes the others of its network with the first, so they are given again; undone, all in their order.",
                    Plain.At("eth0").With("192.0.2.2/24", "198.51.100.1/24"),
                    new AddressAbsent(Eth0, InterfaceAddress.Parse("192.0.2.1/24"))
                ),
                new("An address it does not have needs no taking.", Plain, new AddressAbsent(Eth0, InterfaceAddress.Parse("10.0.0.1/24"))),
                new(
                    "An address that the same plan would give is not given.",
                    Plain,
                    new AddressPresent(Xenbr0, InterfaceAddress.Parse("10.0.0.1/24")),
                    new AddressAbsent(Xenbr0, InterfaceAddress.Parse("10.0.0.1/24"))
                ),
                new(
                    "Transmit checksums are computed by the host from now on.",
                    Plain.Vif(5),
                    new TransmitChecksumIs(new InterfaceName("vif5.0"), On: false)
                ),
                new(
                    "Transmit checksums are left out again.",
                    Plain.Vif(5).WithChecksum(false),
                    new TransmitChecksumIs(new InterfaceName("vif5.0"), On: true)
                ),
                new("As it is already, nothing to do.", Plain.Vif(5), new TransmitChecksumIs(new InterfaceName("vif5.0"), On: true)),
                new(
                    "Offloads that could not be seen are not changed.",
                    Plain.Vif(5).WithChecksum(null),
                    new TransmitChecksumIs(new InterfaceName("vif5.0"), On: false)
                ),
            ]
        );

    public static PlanTable OlderTools { get; } =
        new(
            "older-tools",
            """
            Hosts with vconfig, brctl and ifconfig

            The same changes where the kernel is older than 2.6.39, or has no ip: the kernel of a host that runs xend.
            """,
            [
                new(
                    "A bridge with its uplink.",
                    Old.Nic("eth2"),
                    new BridgePresent(new InterfaceName("xenbr1")),
                    new BridgePortPresent(new InterfaceName("xenbr1"), new InterfaceName("eth2"))
                ),
                new(
                    "A port goes to another bridge.",
                    Old.Bridge("xenbr1").Port("eth2"),
                    new BridgePortPresent(new InterfaceName("xenbr1"), new InterfaceName("eth1"))
                ),
                new(
                    "A VLAN interface with addresses and MTU.",
                    Old,
                    Vlan(10, addresses: ["10.0.0.1/24", "2001:db8::1/64"]) with
                    {
                        Mtu = 1400,
                    }
                ),
                new(
                    "A VLAN interface goes, and comes back with its addresses when that is undone.",
                    Old.Vlan("xenbr0", 10).With("10.0.0.1/24", "2001:db8::1/64"),
                    new VlanInterfaceAbsent(Ten)
                ),
                new(
                    "An address of IPv4 goes, and one of IPv6.",
                    Old.Vlan("xenbr0", 10).With("10.0.0.1/24", "10.0.0.2/24", "2001:db8::1/64"),
                    new AddressAbsent(Ten, InterfaceAddress.Parse("10.0.0.1/24")),
                    new AddressAbsent(Ten, InterfaceAddress.Parse("2001:db8::1/64"))
                ),
                new("An interface is set up, with another MTU.", Old.At("eth0").Down(), new MtuIs(Eth0, 1400), new LinkIsUp(Eth0)),
                new(
                    "Without ip an interface has one IPv4 address, and as many of IPv6 as are wanted.",
                    Old.Tools("brctl", "ifconfig", "vconfig"),
                    Vlan(10, addresses: ["10.0.0.1/24", "2001:db8::1/64"])
                ),
                new(
                    "Without ip a second IPv4 address is refused: it would take the place of the first.",
                    Old.Tools("brctl", "ifconfig", "vconfig"),
                    new AddressPresent(Eth0, InterfaceAddress.Parse("198.51.100.1/24"))
                ),
                new(
                    "Without ip one IPv4 address takes the place of another.",
                    Old.Tools("brctl", "ifconfig", "vconfig"),
                    new AddressAbsent(Eth0, InterfaceAddress.Parse("192.0.2.1/24")),
                    new AddressPresent(Eth0, InterfaceAddress.Parse("198.51.100.1/24"))
                ),
                new("vconfig knows no 802.1ad.", Old, Vlan(10) with { Protocol = VlanProtocol.Dot1AD }),
                new("vconfig chooses the name.", Old, Vlan(10, name: "ten")),
                new("Where there is ip and no vconfig, ip it is.", Old.Tools("ip"), Vlan(10)),
            ]
        );

    private static NetworkHost Old =>
        Plain
            .Kernel("2.6.18")
            .Xen("3.4.2", Toolstack.Xend)
            .Tools("arping", "brctl", "ifconfig", "ip", "vconfig")
            .At("xenbr0")
            .WithoutVlans()
            .At("eth1")
            .WithoutVlans();

    private static VlanInterfacePresent Vlan(int id, string parent = "xenbr0", string? name = null, params string[] addresses) =>
        new()
        {
            Parent = new InterfaceName(parent),
            VlanId = new VlanId(id),
            Name = name is null ? null : new InterfaceName(name),
            Addresses = [.. addresses.Select(InterfaceAddress.Parse)],
        };

    private static VlanInterfaceSettings Settings(params string[] addresses) =>
        new(Ten) { Addresses = [.. addresses.Select(InterfaceAddress.Parse)] };
}
