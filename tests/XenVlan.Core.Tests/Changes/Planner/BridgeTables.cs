using XenVlan.Changes.Desired;
using XenVlan.Model;

namespace XenVlan.Tests.Changes.Planner;

/// <summary>What is planned for bridges, their ports and their VLANs.</summary>
internal static class BridgeTables
{
    private static readonly InterfaceName Xenbr0 = new("xenbr0");
    private static readonly InterfaceName Xenbr1 = new("xenbr1");
    private static readonly InterfaceName Eth1 = new("eth1");
    private static readonly InterfaceName Eth2 = new("eth2");

    private static NetworkHost Plain => Network.Host().Nic("eth0").With("192.0.2.1/24").Bridge("xenbr0").Port("eth1");

    private static NetworkHost Filtering =>
        Network.Host().Bridge("xenbr0").Filtering().Passing(trunk: "1,10", native: 1).Port("eth1", trunk: "10,20", native: 1);

    public static PlanTable Bridges { get; } =
        new(
            "bridges",
            """
            Bridges and what is on them: BridgePresent, BridgePortPresent, BridgeFilteringIs

            Each case is a host, what is wanted of it, and what the planner makes of that: the steps in order, each with the
            command that undoes it; what the host has to keep of an interface so that the undo can give it back; notes for the
            user; and what is then different on the host. A change that cannot be made is refused with an error.
            """,
            [
                new(
                    "A new bridge speaks no spanning tree, does not delay its ports, and is set up.",
                    Network.Host(),
                    new BridgePresent(Xenbr0)
                ),
                new("A bridge that is there and up needs nothing.", Plain, new BridgePresent(Xenbr0)),
                new("A bridge that is down is only set up.", Plain.At("xenbr0").Down(), new BridgePresent(Xenbr0)),
                new("A name that something else has is refused.", Plain, new BridgePresent(new InterfaceName("eth0"))),
                new(
                    "A bridge and its uplink: the interface that the plan makes is no more there when its other steps are undone.",
                    Network.Host().Nic("eth1").Down(),
                    new BridgePresent(Xenbr0),
                    new BridgePortPresent(Xenbr0, Eth1)
                ),
                new(
                    "A new port of a bridge that filters VLANs has the bridge's default VLAN.",
                    Filtering.Having(s => s with { Interfaces = [.. s.Interfaces, .. Network.Host().Nic("eth2").Snapshot.Interfaces] }),
                    new BridgePortPresent(Xenbr0, Eth2)
                ),
                new(
                    "A new port of a bridge without a default VLAN has none.",
                    Filtering
                        .At("xenbr0")
                        .With(i => i with { Bridge = i.Bridge! with { DefaultPvid = null } })
                        .Having(s => s with { Interfaces = [.. s.Interfaces, .. Network.Host().Nic("eth2").Snapshot.Interfaces] }),
                    new BridgePortPresent(Xenbr0, Eth2)
                ),
                new(
                    "A port of another bridge is taken off there first; undone, it gets its VLANs there again.",
                    Filtering.Vif(5, access: 20).Bridge("xenbr1").Port("eth2"),
                    new BridgePortPresent(Xenbr1, new InterfaceName("vif5.0"))
                ),
                new(
                    "An address on an interface that becomes a port hears nothing any more, which is said.",
                    Plain,
                    new BridgePortPresent(Xenbr0, new InterfaceName("eth0"))
                ),
                new(
                    "VLAN interfaces on an interface that becomes a port take their frames before the bridge sees them, which is said.",
                    Network.Host().Nic("eth2").Vlan("eth2", 10).Bridge("xenbr0").Port("eth1"),
                    new BridgePortPresent(Xenbr0, Eth2)
                ),
                new(
                    "A bridge that loses its only uplink has no way out, which is said.",
                    Plain.Bridge("xenbr1").Port("eth2"),
                    new BridgePortPresent(Xenbr1, Eth1)
                ),
                new(
                    "A bridge follows a port with a smaller MTU, and its VLAN interfaces follow it.",
                    Network.Host().Nic("eth2").WithMtu(1400).Bridge("xenbr0").Port("eth1").Vlan("xenbr0", 10),
                    new BridgePortPresent(Xenbr0, Eth2)
                ),
                new(
                    "A bridge that loses the port with the smallest MTU rises again; a VLAN interface that was lowered with it does not.",
                    Network
                        .Host()
                        .Bridge("xenbr0")
                        .WithMtu(1400)
                        .Port("eth1")
                        .Port("eth2")
                        .WithMtu(1400)
                        .Vlan("xenbr0", 10)
                        .Bridge("xenbr1"),
                    new BridgePortPresent(Xenbr1, Eth2)
                ),
                new(
                    "A port cannot be put on what is no bridge of the kernel.",
                    Plain.Nic("eth2"),
                    new BridgePortPresent(new InterfaceName("eth0"), Eth2)
                ),
                new(
                    "A slave of a bond is left to its bond.",
                    Network.Host().Nic("eth2").Nic("eth3").Bond("bond0", "eth2", "eth3").Bridge("xenbr0"),
                    new BridgePortPresent(Xenbr0, Eth2)
                ),
                new(
                    "A port of Open vSwitch is left to Open vSwitch.",
                    Network.Host().Bridge("xenbr0").OpenVSwitch("ovsbr0", "eth2"),
                    new BridgePortPresent(Xenbr0, Eth2)
                ),
                new("What is not there is named, with what is.", Plain, new BridgePortPresent(Xenbr0, Eth2)),
                new(
                    "A bridge is let filter VLANs; its ports keep the VLANs they have for that.",
                    Plain.Vif(5),
                    new BridgeFilteringIs(Xenbr0, On: true)
                ),
                new(
                    "Where VLAN interfaces are on the bridge itself, filtering cuts them off unless it passes their VLANs, which is said.",
                    Plain.Vlan("xenbr0", 10),
                    new BridgeFilteringIs(Xenbr0, On: true)
                ),
                new("A bridge is let ignore tags.", Filtering, new BridgeFilteringIs(Xenbr0, On: false)),
                new("A bridge that filters needs nothing to filter.", Filtering, new BridgeFilteringIs(Xenbr0, On: true)),
                new("Kernels before 3.9 have no bridge that filters.", Plain.Kernel("3.8.0"), new BridgeFilteringIs(Xenbr0, On: true)),
                new("Only a bridge filters.", Plain, new BridgeFilteringIs(Eth1, On: true)),
            ]
        );

    public static PlanTable PortVlans { get; } =
        new(
            "port-vlans",
            """
            The VLANs of a bridge's ports, and of the bridge itself: PortVlansAre, TaggedVlansAre, UplinksPass

            What is added comes first, then what changes its flags, then what goes, so that no VLAN that stays is interrupted.
            """,
            [
                new("From one access VLAN to another.", Filtering.Vif(5, access: 20), Are("vif5.0", access: 10)),
                new("From the default VLAN to a trunk without untagged frames.", Filtering.Vif(5), Are("vif5.0", trunk: "10,20-29,40")),
                new(
                    "From a trunk to another with a native VLAN.",
                    Filtering.Vif(5, trunk: "10,20"),
                    Are("vif5.0", trunk: "20,30", native: 10)
                ),
                new("What it has already needs nothing.", Filtering.Vif(5, access: 20), Are("vif5.0", access: 20)),
                new(
                    "The bridge's own VLANs are set with the word self; a VLAN interface that loses its VLAN so is told of.",
                    Filtering.Vlan("xenbr0", 10),
                    Are("xenbr0", access: 1)
                ),
                new(
                    "On a bridge that does not filter they are set as well, and count once it does.",
                    Plain.Vif(5),
                    Are("vif5.0", access: 10),
                    new BridgeFilteringIs(Xenbr0, On: true)
                ),
                new("Without a bridge there are no VLANs to set.", Plain, Are("eth0", access: 10)),
                new("VLANs that could not be seen are not changed.", Filtering.Vif(5).WithoutVlans(), Are("vif5.0", access: 10)),
                new(
                    "Tagged VLANs leave alone what happens to untagged frames.",
                    Filtering,
                    new TaggedVlansAre(Eth1, VlanSet.Parse("10,30"))
                ),
                new(
                    "Tagged VLANs with a native one say what happens to untagged frames.",
                    Filtering,
                    new TaggedVlansAre(Eth1, VlanSet.Parse("10,30"), new VlanId(30))
                ),
                new(
                    "What leaves the machine is looked at when all is done: on a bridge that ignores tags everything does.",
                    Plain,
                    new UplinksPass(Xenbr0, VlanSet.Parse("10"))
                ),
                new(
                    "Once the bridge filters VLANs, the uplink has to pass the VLAN, as it does here by a later change.",
                    Plain,
                    new UplinksPass(Xenbr0, VlanSet.Parse("10,20")),
                    new BridgeFilteringIs(Xenbr0, On: true),
                    new TaggedVlansAre(Eth1, VlanSet.Parse("10"))
                ),
                new("Uplinks that pass the VLANs need nothing.", Filtering, new UplinksPass(Xenbr0, VlanSet.Parse("10,20"))),
                new(
                    "Uplinks that do not are told of, with the commands; what leaves a machine is not widened unasked.",
                    Filtering.Port("eth2"),
                    new UplinksPass(Xenbr0, VlanSet.Parse("10,20,30-39"))
                ),
            ]
        );

    private static PortVlansAre Are(string name, int? access = null, string? trunk = null, int? native = null) =>
        new(
            new InterfaceName(name),
            access is { } vlan
                ? XenVlan.Model.PortVlans.Access(new VlanId(vlan))
                : XenVlan.Model.PortVlans.Trunk(VlanSet.Parse(trunk!), native is { } id ? new VlanId(id) : null)
        );
}
