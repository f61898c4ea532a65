using System.Text;
using Shouldly;
using XenVlan.Changes;
using XenVlan.Changes.Desired;
using XenVlan.Model;
using Xunit;
using PathHosts = XenVlan.Tests.Paths.Network;

namespace XenVlan.Tests.Changes;

/// <summary>What a plan does besides what was asked is said, is in the host it foresees, and is undone.</summary>
public sealed class SideEffectsTests
{
    private static readonly InterfaceName Bridge = new("xenbr0");
    private static readonly InterfaceName Vif = new("vif1.0");

    public static TheoryData<string> Plans() => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Plans))]
    public void A_plan_with_side_effects_reads(string name)
    {
        var (host, changes) = Cases[name];

        Golden.Verify(Text(ChangePlan.Make(host with { Programs = ["ip", "bridge"] }, changes)), $"Changes/Golden/side-effects-{name}");
    }

    [Fact]
    public void A_bridge_whose_mtu_somebody_has_set_does_not_follow()
    {
        var host = PathHosts.Change(PathHosts.Host("a", PathHosts.Vif("00:16:3e:00:00:01")), "xenbr0", i => i with { Mtu = 1450 });

        var plan = ChangePlan.Make(host, [new MtuIs(Vif, 1400)]);

        plan.After.FindInterface("xenbr0")!.Mtu.ShouldBe(1450);
        plan.Notes.ShouldBeEmpty();
    }

    [Fact]
    public void Before_linux_4_17_a_bridge_follows_whoever_has_set_its_mtu()
    {
        var host = PathHosts.Change(PathHosts.Host("a", PathHosts.Vif("00:16:3e:00:00:01")), "xenbr0", i => i with { Mtu = 1450 });

        ChangePlan
            .Make(host with { Kernel = KernelVersion.Parse("4.16.1") }, [new MtuIs(Vif, 1400)])
            .After.FindInterface("xenbr0")!
            .Mtu.ShouldBe(1400);
    }

    [Fact]
    public void What_was_asked_for_is_no_side_effect()
    {
        var host = PathHosts.Change(PathHosts.Host("a", PathHosts.Vif("00:16:3e:00:00:01")), "eth1", i => i with { Mtu = 1400 });

        ChangePlan
            .Make(
                host,
                [
                    new MtuIs(Vif, 1400),
                    new MtuIs(Bridge, 1400),
                    new MtuIs(new InterfaceName("xenbr0.10"), 1400),
                    new MtuIs(new InterfaceName("xenbr0.20"), 1400),
                ]
            )
            .Notes.ShouldBeEmpty();
    }

    [Fact]
    public void A_vlan_interface_on_a_bridge_without_ports_cannot_be_set_up()
    {
        var none = MacAddress.Parse("00:00:00:00:00:00");
        var host = PathHosts.Host(
            "a",
            new()
            {
                Name = "br1",
                Kind = InterfaceKind.Bridge,
                Mtu = 1500,
                IsUp = true,
                Mac = none,
                Bridge = new(),
            },
            PathHosts.Vlan("br1.5", "br1", 5) with
            {
                IsUp = false,
                Mac = none,
            },
            new()
            {
                Name = "eth2",
                Kind = InterfaceKind.Physical,
                Mtu = 1500,
                IsUp = true,
            }
        );
        var up = new LinkIsUp(new InterfaceName("br1.5"));

        var error = Should.Throw<XenVlanException>(() => ChangePlan.Make(host, [up]));
        error.ErrorId.ShouldBe(ErrorIds.Conflict);
        error.Message.ShouldContain("bridge \"br1\" has no port, and so no MAC address");
        ChangePlan
            .Make(host, [new BridgePortPresent(new InterfaceName("br1"), new InterfaceName("eth2")), up])
            .Steps[^1]
            .Description.ShouldBe("set br1.5 up");
    }

    private static Dictionary<string, (HostSnapshot Host, HostChange[] Changes)> Cases { get; } =
        new(StringComparer.Ordinal)
        {
            ["vif-lowers-domain-0"] = (WithVif, [new MtuIs(Vif, 1400)]),
            ["vif-raises-domain-0"] = (
                PathHosts.Change(PathHosts.Change(WithVif, "vif1.0", i => i with { Mtu = 1400 }), "xenbr0", i => i with { Mtu = 1400 }),
                [new MtuIs(Vif, 1500)]
            ),
            ["below-ipv6"] = (
                PathHosts.Change(
                    WithVif,
                    "xenbr0.10",
                    i =>
                        i with
                        {
                            Addresses =
                            [
                                InterfaceAddress.Parse("10.0.0.1/24"),
                                InterfaceAddress.Parse("2001:db8::1/64"),
                                InterfaceAddress.Parse("fe80::1/64"),
                            ],
                        }
                ),
                [new MtuIs(Vif, 1000)]
            ),
            ["bond-and-its-slaves"] = (
                PathHosts.Host(
                    "a",
                    Slave("eth2", 1500),
                    Slave("eth3", 9000),
                    new()
                    {
                        Name = "bond0",
                        Kind = InterfaceKind.Bond,
                        Mtu = 9000,
                        IsUp = true,
                        Bond = new("active-backup", "eth2", ["eth2", "eth3"]),
                    },
                    PathHosts.Vlan("bond0.7", "bond0", 7) with
                    {
                        Mtu = 9000,
                    }
                ),
                [new MtuIs(new InterfaceName("bond0"), 1500)]
            ),
            ["small-port-joins"] = (WithTwoBridges, [new BridgePortPresent(Bridge, new InterfaceName("eth2"))]),
            ["vlan-of-down-parent-comes-up"] = (
                PathHosts.Host(
                    "a",
                    new()
                    {
                        Name = "eth2",
                        Kind = InterfaceKind.Physical,
                        Mtu = 1500,
                        Addresses = [InterfaceAddress.Parse("192.0.2.1/24")],
                    },
                    PathHosts.Vlan("eth2.5", "eth2", 5) with
                    {
                        IsUp = false,
                    },
                    PathHosts.Vlan("eth2.5.6", "eth2.5", 6) with
                    {
                        IsUp = false,
                    }
                ),
                [new BridgePortPresent(Bridge, new InterfaceName("eth2"))]
            ),
            ["vlan-of-down-parent"] = (
                PathHosts.Host(
                    "a",
                    new()
                    {
                        Name = "eth2",
                        Kind = InterfaceKind.Physical,
                        Mtu = 1500,
                    },
                    PathHosts.Vlan("eth2.5", "eth2", 5) with
                    {
                        IsUp = false,
                    }
                ),
                [
                    new VlanInterfacePresent
                    {
                        Parent = new InterfaceName("eth2.5"),
                        VlanId = new VlanId(6),
                        Addresses = [InterfaceAddress.Parse("2001:db8::1/64")],
                    },
                ]
            ),
            ["vlan-of-bridge-goes"] = (
                PathHosts.Change(
                    PathHosts.Host("a", PathHosts.Vlan("xenbr0.10.6", "xenbr0.10", 6) with { Mac = MacAddress.Parse("00:16:3e:00:00:09") }),
                    "xenbr0.10",
                    i => i with { Mac = MacAddress.Parse("00:16:3e:00:00:09") }
                ),
                [new VlanInterfaceAbsent(new InterfaceName("xenbr0.10.6"))]
            ),
            ["last-uplink-goes"] = (
                PathHosts.Host(
                    "a",
                    new()
                    {
                        Name = "eth2",
                        Kind = InterfaceKind.Physical,
                        Mtu = 1400,
                        IsUp = true,
                    },
                    new()
                    {
                        Name = "br30",
                        Kind = InterfaceKind.Bridge,
                        Mtu = 1400,
                        IsUp = true,
                        Bridge = new() { DefaultPvid = new VlanId(1) },
                    },
                    PathHosts.Vlan("eth2.30", "eth2", 30) with
                    {
                        Mtu = 1400,
                        Master = "br30",
                        Port = new() { State = BridgePortState.Forwarding },
                        PortVlans = PortVlans.Access(new VlanId(1)),
                    }
                ),
                [new VlanInterfaceAbsent(new InterfaceName("eth2.30"))]
            ),
            ["filtering-cuts-domain-0"] = (
                PathHosts.Change(WithVif, "xenbr0", i => i with { PortVlans = PortVlans.Trunk(VlanSet.Parse("1,20"), new VlanId(1)) }),
                [new BridgeFilteringIs(Bridge, On: true)]
            ),
        };

    private static HostSnapshot WithVif => PathHosts.Host("a", PathHosts.Vif("00:16:3e:00:00:01"));

    private static HostSnapshot WithTwoBridges =>
        PathHosts.Host(
            "a",
            new()
            {
                Name = "br1",
                Kind = InterfaceKind.Bridge,
                Mtu = 1400,
                IsUp = true,
                Bridge = new() { DefaultPvid = new VlanId(1) },
                PortVlans = PortVlans.Access(new VlanId(1)),
            },
            new()
            {
                Name = "eth2",
                Kind = InterfaceKind.Physical,
                Mtu = 1400,
                IsUp = true,
                Master = "br1",
                Port = new() { State = BridgePortState.Forwarding },
                PortVlans = PortVlans.Access(new VlanId(1)),
            }
        );

    private static NetworkInterface Slave(string name, int mtu) =>
        new()
        {
            Name = name,
            Kind = InterfaceKind.Physical,
            Mtu = mtu,
            IsUp = true,
            Master = "bond0",
        };

    private static string Text(ChangePlan plan)
    {
        var text = new StringBuilder();
        foreach (var note in plan.Notes)
            text.Append($"Warning: {note}\n");
        foreach (var step in plan.Steps)
            text.Append($"{step.Description}\n    do:   {step.Do}\n    undo: {step.Undo}\n");
        foreach (
            var link in plan
                .After.Interfaces.Where(i =>
                    plan.Before.FindInterface(i.Name) is { } was
                    && (was.Mtu, was.IsUp, was.Addresses.Count) != (i.Mtu, i.IsUp, i.Addresses.Count)
                )
                .OrderBy(i => i.Name, StringComparer.Ordinal)
        )
            text.Append(
                $"afterwards {link.Name}: MTU {link.Mtu}, {(link.IsUp ? "up" : "down")}, "
                    + $"{(link.Addresses.Count == 0 ? "no address" : string.Join(", ", link.Addresses))}\n"
            );
        return text.ToString();
    }
}
