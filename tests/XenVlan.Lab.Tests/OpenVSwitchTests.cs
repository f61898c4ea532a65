using Shouldly;
using XenVlan.Changes.Desired;
using XenVlan.Changes.Persistence;
using XenVlan.Discovery;
using XenVlan.Drawing;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Paths.Ends;
using Xunit;

namespace XenVlan.Lab.Tests;

/// <summary>
/// Open vSwitch under real domains: a fake bridge is shown, what is not tried is not answered, and what a refusal says to do, does it.
/// </summary>
[Trait(Lanes.Trait, Lanes.Third)]
public sealed class OpenVSwitchTests(LabFixture fixture) : PathLabTest(fixture)
{
    private const string FakeBridge = """
        /usr/share/openvswitch/scripts/ovs-ctl start --system-id=random >/dev/null 2>&1
        set -e
        app=vif$(xl domid app-a).0
        ftp=vif$(xl domid ftp-a).0
        ovs-vsctl add-br ovsbr0 -- add-br ovsv10 ovsbr0 10
        ip link set $app nomaster
        ip link set $ftp nomaster
        ovs-vsctl add-port ovsv10 $app -- add-port ovsbr0 $ftp -- set port $ftp trunks=10,20
        ip link set ovsbr0 up
        ip link set ovsv10 up
        ip addr add 10.10.0.1/24 dev ovsv10
        """;

    [Fact]
    public async Task A_fake_bridge_is_shown_and_a_path_over_it_is_predicted_and_not_said_to_be_tried()
    {
        Changes("a");
        _ = await Fixture.RunAsync("a", FakeBridge);
        _ = await Fixture.RunAsync(
            "ftp-a",
            "ip link add link eth0 name eth0.10 type vlan id 10 && ip addr add 10.10.0.11/24 dev eth0.10 && ip link set eth0.10 up"
        );

        var host = await Fixture.ReadAsync("a");
        var port = SnapshotViews.Bridges(host).Single(b => b.Name == "ovsbr0").Ports.Single(p => p.Name == "ovsv10");
        (port.IsFakeBridge, port.Pvid, port.Addresses.Single(a => a.Contains('.'))).ShouldBe((true, 10, "10.10.0.1/24"));
        TreeText.Write(TopologyTree.Draw([host])).ShouldContain("ovsv10  fake bridge  access 10  10.10.0.1/24");

        var request = new PathRequest
        {
            FromHost = HostTarget.Parse("a"),
            FromNic = new DomainNicName("app-a", 0),
            Vlan = new VlanId(10),
            FromAddress = InterfaceAddress.Parse("10.10.0.99/24"),
            To = PathTarget.Parse("ftp-a/eth0.10"),
            Expected = PathExpectation.Reachable,
        };
        var tried = await TestAsync(request);
        (tried.Reachable, tried.Isolated, tried.AsExpected).ShouldBe((null, null, false), tried.Explanation);
        tried.Probes.ShouldNotBeEmpty();
        tried.Probes.ShouldAllBe(p => p.Outcome == ProbeOutcome.NotChecked);
        (await TestAsync(request with { Offline = true })).Reachable.ShouldBe(true);
        _ = await Fixture.RunAsync(
            "app-a",
            "ip addr add 10.10.0.99/24 dev eth0 && ping -c 3 -W 5 10.10.0.11 >&2 && ip addr del 10.10.0.99/24 dev eth0"
        );
    }

    [Fact]
    public async Task What_a_refusal_names_changes_the_nic_and_makes_it_last()
    {
        Changes("a");
        _ = await Fixture.RunAsync("a", FakeBridge);

        var refusal = await RefusalAsync(new DomainNicRequest { AccessVlan = new VlanId(20) });
        await using (var connection = Connect("a"))
        {
            var file = (await Fixture.RunAsync("a", "grep -n 'bridge=xenbr0' /etc/xen/app-a.cfg")).Split(':')[0];
            var error = await PersistencePlanner.ExplainAsync(refusal, ChangeScope.Both, connection, Stop);
            error.Message.ShouldContain($"To make it last, write bridge=ovsbr0.20,script=vif-openvswitch at /etc/xen/app-a.cfg:{file}.");
            (await PersistencePlanner.ExplainAsync(refusal, ChangeScope.Running, connection, Stop)).ShouldBeSameAs(refusal);

            _ = await Fixture.RunAsync("a", Commands(error));
            (await NicAsync()).ShouldBe("ovsbr0 Access 20");
            _ = await MakeAnewAsync($"{file}s/bridge=xenbr0/bridge=ovsbr0.20,script=vif-openvswitch/");
            (await NicAsync()).ShouldBe("ovsbr0 Access 20");
        }

        // What Xen's script makes of a native VLAN is an access port; the command makes it one, until it is connected again.
        var native = await RefusalAsync(new DomainNicRequest { AllowedVlans = VlanSet.Parse("10,20"), NativeVlan = new VlanId(5) });
        native.Message.ShouldContain("Nothing in the file of a domain makes a native VLAN last there");
        _ = await Fixture.RunAsync("a", Commands(native));
        (await NicAsync()).ShouldBe("ovsbr0 Trunk 10,20 native 5");
        _ = await MakeAnewAsync("s/bridge=ovsbr0.20/bridge=ovsbr0.5:10:20/");
        (await NicAsync()).ShouldBe("ovsbr0 Access 5");
    }

    private async Task<OpenVSwitchNicException> RefusalAsync(DomainNicRequest request)
    {
        var nic = await FindAsync();
        return Should.Throw<OpenVSwitchNicException>(() => request.For(nic));
    }

    private static string Commands(XenVlanException error) => error.Message.Split(" runs: ")[1].Split(". ")[0];

    private Task<string> MakeAnewAsync(string edit) =>
        Fixture.RunAsync("a", $"sed -i '{edit}' /etc/xen/app-a.cfg && xl destroy app-a && xl create /etc/xen/app-a.cfg");

    private async Task<string> NicAsync()
    {
        var nic = await FindAsync();
        return nic.AccessVlan is { } vlan
            ? $"{nic.Bridge} {nic.Mode} {vlan}"
            : $"{nic.Bridge} {nic.Mode} {nic.AllowedVlans}{(nic.NativeVlan is { } native ? $" native {native}" : "")}";
    }

    private async Task<XenDomainNic> FindAsync() =>
        SnapshotViews.DomainNics(await Fixture.ReadAsync("a")).Single(n => n.DomainName == "app-a" && n.Index == 0);
}
