using Shouldly;
using XenVlan.Discovery;
using XenVlan.Discovery.Probe;
using XenVlan.Model;
using XenVlan.Model.Json;
using Xunit;

namespace XenVlan.Tests.Discovery;

/// <summary>The probe's output of one real domain 0, read in several ways.</summary>
public sealed class RecordedProbeTests
{
    private static readonly HostSnapshot Root = Read("root");

    [Fact]
    public void Root_sees_all()
    {
        Root.NotSeen.ShouldBeEmpty();
        (Root.XenVersion, Root.IsDomain0, Root.Toolstack, Root.IsRoot).ShouldBe(("4.17.7", true, Toolstack.XL, true));
        Root.NetworkManagers.ShouldBe([NetworkManager.Ifupdown]);
        SnapshotViews
            .Bridges(Root)
            .Select(b => $"{b.Name}: {string.Join(", ", b.Ports.Select(Words))}")
            .ShouldBe([
                "xenbr0: eth1 Uplink 10,2000-2005, vif1.0 Vif app-a 10,2000, vif2.0 Vif ftp-a 10 10",
                "mgmt0: vif1.1 Vif app-a, vif2.1 Vif ftp-a",
                "xenbr30: eth2.30 Vlan",
            ]);
        SnapshotViews
            .DomainNics(Root)
            .Select(n => (n.DomainName, n.Index, n.Vif, n.Mac, n.Bridge, n.Mode, n.AccessVlan, n.AllowedVlans?.ToString(), n.State))
            .ShouldBe([
                ("app-a", 0, "vif1.0", "00:16:3e:aa:0b:01", "xenbr0", NicMode.Trunk, null, "10,2000", NicState.Connected),
                ("app-a", 1, "vif1.1", "00:16:3e:aa:0b:02", "mgmt0", NicMode.Trunk, null, "1-4094", NicState.Connected),
                ("ftp-a", 0, "vif2.0", "00:16:3e:aa:0a:01", "xenbr0", NicMode.Access, 10, null, NicState.Connected),
                ("ftp-a", 1, "vif2.1", "00:16:3e:aa:0a:02", "mgmt0", NicMode.Trunk, null, "1-4094", NicState.Connected),
            ]);
        SnapshotViews
            .VlanInterfaces(Root)
            .Select(v => (v.Name, v.Parent, v.VlanId, v.Protocol, v.Bridge, v.HasCarrier))
            .ShouldBe([
                ("eth2.30", "eth2", 30, VlanProtocol.Dot1Q, "xenbr30", true),
                ("xenbr0.10", "xenbr0", 10, VlanProtocol.Dot1Q, null, true),
                ("qinq200", "eth2", 200, VlanProtocol.Dot1AD, null, true),
                ("bond1.40", "bond1", 40, VlanProtocol.Dot1Q, null, false),
            ]);
        Root.FindInterface("bond1")!.Bond!.ActiveSlave.ShouldBe("dum1");
        Root.FindInterface("dum1")!.Master.ShouldBe("bond1");
        Root.FindInterface("eth1")!
            .Offloads.ShouldBe(new Offloads(TransmitChecksum: false, ReceiveVlan: false, TransmitVlan: false, VlanFilter: true));
    }

    [Fact]
    public void Anybody_sees_the_same_network()
    {
        var admin = Read("admin");
        admin.IsRoot.ShouldBeFalse();
        Network(admin).ShouldBe(Network(Root));
        admin.NotSeen.ShouldHaveSingleItem().What.ShouldBe("names of the domains, and their NICs' addresses and states");
    }

    [Fact]
    public void Busybox_shows_the_same_network_but_for_the_tag()
    {
        var busybox = Read("busybox");
        Network(busybox).ShouldBe(Network(WithoutProtocols(Root)));
        busybox.Domains.ShouldBe(Root.Domains);
        busybox.Vifs.ShouldBe(Root.Vifs);
        busybox.NotSeen.ShouldHaveSingleItem().What.ShouldEndWith("are 802.1Q or 802.1ad");
    }

    [Fact]
    public void The_kernel_s_own_files_show_the_same_network_but_for_what_is_in_none_of_them()
    {
        var bare = Read("no-tools");
        var expected = WithoutProtocols(Root);
        expected = expected with { Interfaces = [.. expected.Interfaces.Select(i => i with { PortVlans = null, Offloads = null })] };
        Network(bare).ShouldBe(Network(expected));
        bare.Vifs.ShouldBe(Root.Vifs);
        bare.NotSeen.Select(o => o.What)
            .ShouldBe([
                "VLANs of the ports of xenbr0",
                "some IPv4 addresses, perhaps",
                "offloads",
                "whether the tags of eth2.30, xenbr0.10, qinq200, bond1.40 are 802.1Q or 802.1ad",
            ]);
    }

    [Fact]
    public void Open_vSwitch_is_seen_beside_the_kernel_s_bridges()
    {
        var snapshot = Read("open-vswitch");
        snapshot.NotSeen.ShouldBeEmpty();
        SnapshotViews.Host(snapshot).BridgeKinds.ShouldBe([BridgeKind.Linux, BridgeKind.OpenVSwitch]);
        snapshot.FindInterface("ovsbr0")!.Kind.ShouldBe(InterfaceKind.OpenVSwitch);
        SnapshotViews
            .Bridges(snapshot)
            .Single(b => b.Name == "ovsbr0")
            .Ports.Select(p => (p.Name, p.DomainName, p.AllowedVlans!.ToString(), p.Pvid))
            .ShouldBe([("dummy0", null, "10,2000", null), ("vif2.0", "ftp-a", "10", 10)]);
        SnapshotViews
            .DomainNics(snapshot)
            .Where(n => n.Bridge == "ovsbr0")
            .ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(
                n => n.Vif.ShouldBe("vif2.0"),
                n => n.Mode.ShouldBe(NicMode.Access),
                n => n.AccessVlan.ShouldBe(10)
            );
    }

    private static HostSnapshot Read(string name)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Data", "probe-xen-4.17-debian-12");
        var output = SnapshotOutput.Parse(
            File.ReadAllText(Path.Combine(folder, name + ".txt")),
            File.ReadAllText(Path.Combine(folder, name + ".errors.txt")),
            ProbeText.Mark
        );
        return SnapshotBuilder.Build("a", default, 0, output);
    }

    private static string Words(XenBridgePort p) => $"{p.Name} {p.Role} {p.DomainName} {p.AllowedVlans} {p.Pvid}".Replace("  ", " ").Trim();

    private static HostSnapshot WithoutProtocols(HostSnapshot snapshot) =>
        snapshot with
        {
            Interfaces =
            [
                .. snapshot.Interfaces.Select(i => i.Vlan is { } vlan ? i with { Vlan = vlan with { Protocol = VlanProtocol.Dot1Q } } : i),
            ],
        };

    // Counters change from one reading to the next.
    private static string Network(HostSnapshot snapshot) =>
        XenVlanJson.SerializeSnapshot(
            new HostSnapshot
            {
                HostName = "",
                NodeName = snapshot.NodeName,
                TakenAt = default,
                Kernel = snapshot.Kernel,
                Interfaces = [.. snapshot.Interfaces.Select(i => i with { Counters = null })],
            }
        );
}
