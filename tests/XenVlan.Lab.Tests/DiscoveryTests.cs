using Shouldly;
using XenVlan.Discovery;
using XenVlan.Model;
using XenVlan.Model.Json;
using Xunit;

namespace XenVlan.Lab.Tests;

public sealed class DiscoveryTests(LabFixture fixture) : LabTest(fixture)
{
    private const string MakeSomethingToSee = """
        ip link add link xenbr0 name xenbr0.10 type vlan id 10 && ip addr add 10.10.0.1/24 dev xenbr0.10 &&
            ip link set xenbr0.10 mtu 1400 up
        ip link add link eth2 name eth2.30 type vlan id 30 && ip link add name xenbr30 type bridge &&
            ip link set eth2.30 master xenbr30 && ip link set xenbr30 up
        ip link add link xenbr0 name longname10 type vlan id 77
        """;

    private const string NothingToSee = "ip link del xenbr0.10; ip link del eth2.30; ip link del xenbr30; ip link del longname10";

    [Fact]
    public async Task A_host_shows_its_toolstack_version_and_domains()
    {
        var host = SnapshotViews.Host(await Fixture.ReadAsync("a"));

        host.Toolstack.ShouldBe(Toolstack.XL);
        host.XenVersion.ShouldNotBeNull().ShouldStartWith("4.17");
        host.IsDomain0.ShouldBeTrue();
        host.Domains.Select(d => d.Name).ShouldBe(["ftp-a", "app-a"], ignoreOrder: true);
        host.NotSeen.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_bridge_shows_its_uplink_and_the_domains_on_it()
    {
        var bridge = SnapshotViews.Bridges(await Fixture.ReadAsync("a")).Single(b => b.Name == "xenbr0");

        bridge.Uplinks.ShouldBe(["eth1"]);
        bridge.VlanFiltering.ShouldBeFalse();
        bridge.Ports.Where(p => p.Role is BridgePortRole.Vif).Select(p => p.DomainName).ShouldBe(["ftp-a", "app-a"], ignoreOrder: true);
        bridge.Ports.ShouldAllBe(p => p.State == BridgePortState.Forwarding);
    }

    [Fact]
    public async Task A_domains_nic_shows_its_vif_bridge_and_address_as_xl_does()
    {
        var nic = SnapshotViews.DomainNics(await Fixture.ReadAsync("a")).Single(n => n is { DomainName: "ftp-a", Index: 0 });
        var listed = await Fixture.RunAsync("a", "xl network-list ftp-a");

        listed.ShouldContain(nic.Mac!);
        nic.Bridge.ShouldBe("xenbr0");
        nic.State.ShouldBe(NicState.Connected);
        nic.Vif.ShouldBe($"vif{nic.DomainId}.0");
        nic.TransmitChecksumOffload.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_domain_that_can_be_logged_into_is_a_host_too()
    {
        var guest = await Fixture.ReadAsync("ftp-a");

        guest.IsDomain0.ShouldBeFalse();
        guest.FindInterface("eth0")!.Kind.ShouldBe(InterfaceKind.Physical);
    }

    [Fact]
    public async Task A_nic_whose_backend_another_domain_has_is_seen_too()
    {
        var name = (await Fixture.ReadAsync("a")).Domains[^1].Name;
        await DoAsync(
            "a",
            "xenstore-write /local/domain/1/backend/vif/2/7/mac 00:16:3e:00:00:07 /local/domain/1/backend/vif/2/7/bridge br7",
            "xenstore-rm /local/domain/1/backend"
        );

        var nic = SnapshotViews.DomainNics(await Fixture.ReadAsync("a")).Single(n => n.Index == 7);

        nic.DomainName.ShouldBe(name);
        nic.Bridge.ShouldBe("br7");
    }

    [Fact]
    public async Task Without_one_tool_or_another_the_same_objects_come_from_sysfs_procfs_and_the_xenstore()
    {
        Changes("a");
        await Fixture.RunAsync("a", MakeSomethingToSee);
        var everything = await Fixture.ReadAsync("a");

        foreach (
            var hidden in (string[])
                ["brctl", "vconfig ifconfig", "ip", "xl", "xenstore-read", "ip bridge brctl vconfig ifconfig xl ovs-vsctl timeout bash"]
        )
        {
            await HideAsync("a", hidden);
            var less = await Fixture.ReadAsync("a");

            Objects(less).ShouldBe(Objects(everything), $"without {hidden}");
            less.Programs.ShouldBe(everything.Programs.Except(hidden.Split(' ')), ignoreOrder: true);
        }
    }

    [Fact]
    public async Task Without_bridge_a_filtering_bridge_says_that_its_ports_vlans_could_not_be_seen()
    {
        Changes("a");
        await Fixture.RunAsync("a", "ip link set xenbr0 type bridge vlan_filtering 1");
        await HideAsync("a", "bridge");

        var snapshot = await Fixture.ReadAsync("a");

        snapshot.NotSeen.ShouldContain(o => o.What.Contains("xenbr0") && o.Why.Contains("bridge"));
        SnapshotViews.Bridges(snapshot).Single(b => b.Name == "xenbr0").Ports.ShouldAllBe(p => p.AllowedVlans == null);
    }

    [Fact]
    public async Task Under_another_shell_the_objects_are_the_same()
    {
        await DoAsync("a", MakeSomethingToSee, "ln -sf dash /bin/sh; " + NothingToSee);
        var underDash = await Fixture.ReadAsync("a");

        foreach (var shell in (string[])["/bin/busybox", "/bin/bash"])
        {
            await Fixture.RunAsync("a", $"ln -sf {shell} /bin/sh");
            Objects(await Fixture.ReadAsync("a")).ShouldBe(Objects(underDash), shell);
        }
    }

    [Fact]
    public async Task A_user_without_root_sees_the_interfaces_and_is_told_what_is_missing()
    {
        await DoAsync("a", MakeSomethingToSee, NothingToSee);
        var asRoot = await Fixture.ReadAsync("a");

        var asUser = await Fixture.ReadAsync("a-admin");

        asUser.IsRoot.ShouldBeFalse();
        asUser
            .Interfaces.Select(i => (i.Name, i.Kind, i.Master, i.Mtu))
            .ShouldBe(asRoot.Interfaces.Select(i => (i.Name, i.Kind, i.Master, i.Mtu)));
        SnapshotViews
            .VlanInterfaces(asUser)
            .Select(v => (v.Name, v.Parent, v.VlanId))
            .ShouldBe(SnapshotViews.VlanInterfaces(asRoot).Select(v => (v.Name, v.Parent, v.VlanId)));
        asUser.NotSeen.ShouldNotBeEmpty();
        asUser.NotSeen.ShouldAllBe(o => o.What.Length > 0 && o.Why.Length > 0);
        SnapshotViews.DomainNics(asUser).Count.ShouldBe(SnapshotViews.DomainNics(asRoot).Count);
    }

    [Fact]
    public async Task Openssh_and_dropbear_give_the_same_objects()
    {
        var dropbear = await Fixture.ReadAsync("a");
        var openssh = await Fixture.ReadAsync("a-openssh");

        Objects(openssh).ShouldBe(Objects(dropbear).Replace("\"hostName\": \"a\"", "\"hostName\": \"a-openssh\""));
    }

    [Fact]
    public async Task Reading_a_host_is_one_connection_and_one_script()
    {
        await using var connection = Connect("a");
        var snapshot = await HostReader.ReadAsync(connection, Stop);

        SnapshotViews.Bridges(snapshot).ShouldNotBeEmpty();
        SnapshotViews.DomainNics(snapshot).ShouldNotBeEmpty();
        Connector.ConnectionsOpened.ShouldBe(1);
        Connector.ScriptsRun.ShouldBe(1);
    }

    private static string Objects(HostSnapshot snapshot) =>
        string.Join(
            '\n',
            XenVlanJson.Serialize(SnapshotViews.Bridges(snapshot)),
            XenVlanJson.Serialize(SnapshotViews.DomainNics(snapshot)),
            XenVlanJson.Serialize(SnapshotViews.VlanInterfaces(snapshot))
        );

    // Every copy in the search path goes, also Xen's own and busybox's links, and what was hidden before comes back; nobody's
    // login then needs bash.
    private Task<string> HideAsync(string host, string tools) =>
        Fixture.RunAsync(
            host,
            $$"""
            sed -i 's|:/bin/bash$|:/bin/sh|' /etc/passwd
            for dir in /bin /sbin /usr/bin /usr/sbin /usr/local/bin /usr/local/sbin /usr/lib/xen*/bin; do
                for hidden in "$dir"/.hidden-*; do
                    if [ -e "$hidden" ] || [ -L "$hidden" ]; then mv "$hidden" "$dir/${hidden##*/.hidden-}"; fi
                done
                for tool in {{tools}}; do
                    if [ -e "$dir/$tool" ] || [ -L "$dir/$tool" ]; then mv "$dir/$tool" "$dir/.hidden-$tool"; fi
                done
            done
            """
        );
}
