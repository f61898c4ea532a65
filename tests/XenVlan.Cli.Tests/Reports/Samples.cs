using XenVlan.Changes;
using XenVlan.Changes.Desired;
using XenVlan.Model;

namespace XenVlan.Cli.Tests.Reports;

/// <summary>Objects as Core would give them.</summary>
internal static class Samples
{
    /// <summary>A domain 0 with a bridge that filters, one domain, and a VLAN interface of its own.</summary>
    public static HostSnapshot Host { get; } =
        new()
        {
            HostName = "xen1",
            NodeName = "xen1.example.net",
            TakenAt = DateTimeOffset.UnixEpoch,
            Kernel = KernelVersion.Parse("6.1.0-56-amd64"),
            IsRoot = true,
            XenVersion = "4.17.5",
            IsDomain0 = true,
            Toolstack = Toolstack.XL,
            NetworkManagers = [NetworkManager.Ifupdown],
            Programs = ["ip", "bridge", "arping"],
            Domains = [new XenDomain(0, "Domain-0"), new XenDomain(3, "ftp-a")],
            Interfaces =
            [
                new NetworkInterface
                {
                    Name = "eth1",
                    Index = 2,
                    Kind = InterfaceKind.Physical,
                    Mtu = 1500,
                    IsUp = true,
                    HasCarrier = true,
                    Master = "xenbr0",
                    Port = new BridgePortDetails { State = BridgePortState.Forwarding },
                    PortVlans = PortVlans.Trunk(VlanSet.Parse("10,1000"), null),
                },
                new NetworkInterface
                {
                    Name = "xenbr0",
                    Index = 3,
                    Kind = InterfaceKind.Bridge,
                    Mtu = 1500,
                    IsUp = true,
                    HasCarrier = true,
                    Bridge = new BridgeDetails { VlanFiltering = true },
                    PortVlans = PortVlans.Trunk(VlanSet.Parse("10,1000"), null),
                },
                new NetworkInterface
                {
                    Name = "vif3.0",
                    Index = 9,
                    Kind = InterfaceKind.Vif,
                    Mtu = 1500,
                    IsUp = true,
                    HasCarrier = true,
                    Master = "xenbr0",
                    Vif = new VifIdentity(3, 0),
                    Port = new BridgePortDetails { State = BridgePortState.Learning },
                    PortVlans = PortVlans.Access(new VlanId(10)),
                    Offloads = new Offloads(true, null, null, null),
                },
                new NetworkInterface
                {
                    Name = "xenbr0.10",
                    Index = 10,
                    Kind = InterfaceKind.Vlan,
                    Mtu = 1496,
                    IsUp = true,
                    HasCarrier = true,
                    Vlan = new VlanDetails("xenbr0", new VlanId(10), VlanProtocol.Dot1Q),
                    Addresses = [InterfaceAddress.Parse("10.10.0.1/24"), InterfaceAddress.Parse("fe80::1/64")],
                },
            ],
            Vifs =
            [
                new VifRecord
                {
                    DomainId = 3,
                    Index = 0,
                    Mac = MacAddress.Parse("00:16:3e:01:02:03"),
                    Bridge = "xenbr0",
                    State = 4,
                },
            ],
            NotSeen = [new Gap("offloads", "ethtool is not installed")],
        };

    /// <summary>A plan with a warning.</summary>
    public static ChangePlan Plan { get; } =
        ChangePlan.Make(
            Host,
            [
                new VlanInterfacePresent
                {
                    Parent = new InterfaceName("eth1"),
                    VlanId = new VlanId(20),
                    Addresses = [InterfaceAddress.Parse("10.20.0.1/24")],
                },
            ]
        );

    /// <summary>A path that ends on the way.</summary>
    public static XenVlanPathResult Lost { get; } =
        new()
        {
            HostName = "xen1",
            Title = "Administration reaches ftp-a",
            Source = "xen1/xenbr0.10",
            Target = "ftp-a/eth0.10 (10.10.0.11)",
            VlanId = 10,
            Expected = PathExpectation.Reachable,
            AsExpected = false,
            Reachable = false,
            Isolated = true,
            LostAt = "xen1/vif3.0",
            Reason = PathReason.VlanNotAllowedOnPort,
            Explanation = "xen1/vif3.0 does not pass VLAN 10, only 2000.",
            Fix = "On xen1: bridge vlan add dev vif3.0 vid 10",
            PredictionAgrees = true,
            Probes =
            [
                new PathProbe(PathProbeKind.Arp, ProbeOutcome.Unanswered, "3 requests"),
                new PathProbe(PathProbeKind.FullSizePing, ProbeOutcome.NotChecked, "nothing answered before it"),
            ],
            Hops =
            [
                new PathHop
                {
                    HostName = "xen1",
                    Interface = "xenbr0.10",
                    Event = new Tagged(new VlanTag(new VlanId(10), VlanProtocol.Dot1Q), "xenbr0"),
                    Verdict = HopVerdict.Passes,
                },
                new PathHop
                {
                    HostName = "xen1",
                    Interface = "xenbr0",
                    Event = new Flooded(),
                    Tags = [new VlanTag(new VlanId(10), VlanProtocol.Dot1Q)],
                    Verdict = HopVerdict.Passes,
                    Seen = true,
                },
                new PathHop
                {
                    HostName = "xen1",
                    Interface = "vif3.0",
                    Event = new VlanNotAllowed(new VlanId(10), VlanSet.Parse("2000"), BridgeSide.Port),
                    Tags = [new VlanTag(new VlanId(10), VlanProtocol.Dot1Q)],
                    Verdict = HopVerdict.Drops,
                    Reason = PathReason.VlanNotAllowedOnPort,
                    Seen = false,
                },
            ],
        };

    /// <summary>A path that is apart, as it should be, although that was not foreseen.</summary>
    public static XenVlanPathResult Apart { get; } =
        new()
        {
            HostName = "xen1",
            Title = "www is apart from ftp",
            Source = "xen1/xenbr0.1000",
            Target = "ftp-a/eth0.2000 (10.200.0.11)",
            VlanId = 1000,
            TcpPort = 80,
            Expected = PathExpectation.Isolated,
            AsExpected = true,
            Reachable = false,
            Isolated = true,
            Explanation = "Nothing arrives.",
            PredictionAgrees = false,
        };
}
