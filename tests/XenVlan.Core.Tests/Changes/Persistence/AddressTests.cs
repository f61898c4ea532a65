using Shouldly;
using XenVlan.Changes;
using XenVlan.Changes.Desired;
using XenVlan.Model;
using Xunit;
using static XenVlan.Tests.Changes.Persistence.PersistentHost;

namespace XenVlan.Tests.Changes.Persistence;

/// <summary>The addresses of a VLAN interface, set and taken away, in the files of every manager.</summary>
public sealed class AddressTests
{
    private static readonly InterfaceName Ten = new("xenbr0.10");

    private static readonly Dictionary<string, PersistentHost> Hosts = new(StringComparer.Ordinal)
    {
        ["ifupdown"] = With(
            NetworkManager.Ifupdown,
            ("/etc/network/interfaces", "auto lo\niface lo inet loopback\n\nauto xenbr0\niface xenbr0 inet manual\n    bridge_ports eth1\n")
        ),
        ["networkd"] = With(
            NetworkManager.SystemdNetworkd,
            ("/etc/systemd/network/20-xenbr0.netdev", "[NetDev]\nName=xenbr0\nKind=bridge\n"),
            ("/etc/systemd/network/20-xenbr0.network", "[Match]\nName=xenbr0\n")
        ),
        ["NetworkManager"] = With(
            NetworkManager.NetworkManager,
            ("/etc/NetworkManager/system-connections/xenbr0.nmconnection", "[connection]\nid=xenbr0\ntype=bridge\ninterface-name=xenbr0\n")
        ),
        ["netplan"] = With(NetworkManager.Netplan, ("/etc/netplan/01-host.yaml", "network:\n  version: 2\n  bridges:\n    xenbr0: {}\n")),
        ["network scripts"] = With(
            NetworkManager.NetworkScripts,
            ("/etc/sysconfig/network-scripts/ifcfg-xenbr0", "DEVICE=xenbr0\nTYPE=Bridge\n")
        ),
        ["the init script"] = new PersistentHost { Directories = [.. "0123456".Select(l => $"/etc/rc{l}.d")] },
    };

    public static TheoryData<string> Managers => [.. Hosts.Keys];

    [Fact]
    public void Addresses_are_exchanged_and_taken_away()
    {
        var text = new Report();
        foreach (var manager in Hosts.Keys)
        {
            var host = Hosts[manager].After(Vlan(10, mtu: 1400, addresses: ["10.10.0.1/24", "10.10.1.1/24", "fd00::1/64"]));
            text.Add($"{manager}: another instead of the first", host.Show(Is("10.10.0.9/24", "10.10.1.1/24", "fd00::1/64")))
                .Add($"{manager}: the last one only", host.Show(Is("fd00::1/64")))
                .Add($"{manager}: none", host.Show(Is()));
        }

        text.Verify("Changes/Persistence/addresses");
    }

    [Theory]
    [MemberData(nameof(Managers))]
    public void What_was_added_and_taken_away_again_leaves_no_trace(string manager)
    {
        foreach (var first in new string[][] { [], ["10.10.0.1/24"], ["fd00::1/64"], ["10.10.0.1/24", "fd00::1/64"] })
        {
            var host = Hosts[manager].After(Vlan(10, addresses: first));
            var more = host.After(Is([.. first, "10.10.0.2/24", "10.99.0.1/16", "fd00::2/64"]));
            more.Files.ShouldNotBe(host.Files);

            var back = more.After(Is(first));

            back.Plan(Is(first)).Files.Select(f => f.Path).ShouldBeEmpty();
            Addresses(back).ShouldBe(Addresses(host), ignoreOrder: true);
            if (first.Length > 0)
                Files(back).ShouldBe(Files(host));
        }
    }

    [Theory]
    [MemberData(nameof(Managers))]
    public void An_address_that_stands_in_the_files_alone_goes_too(string manager)
    {
        var wanted = Hosts[manager].After(Vlan(10, addresses: ["10.10.0.1/24", "fd00::1/64"]));
        var more = wanted.After(Is("10.10.0.1/24", "10.99.0.1/16", "fd00::1/64", "fd00::2/64"));
        var forgotten = more with { Snapshot = wanted.Snapshot };

        var set = forgotten.After(Is("10.10.0.1/24", "fd00::1/64"));

        set.Files.ShouldBe(wanted.Files);
    }

    [Theory]
    [MemberData(nameof(Managers))]
    public void What_is_so_already_is_not_written(string manager)
    {
        var host = Hosts[manager].After(Vlan(10, mtu: 1400, addresses: ["10.10.0.1/24", "fd00::1/64"]));

        host.Plan(Is("fd00::1/64", "10.10.0.1/24") with { Mtu = 1400 }).Files.Select(f => f.Path).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Managers))]
    public void An_interface_made_by_hand_lasts_with_what_is_set(string manager)
    {
        var running = ChangePlan.Make(Hosts[manager].Snapshot, [Vlan(10)]).After;
        var byHand = Hosts[manager] with { Snapshot = running };

        var wanted = Hosts[manager].After(Vlan(10, mtu: 1400, addresses: "10.10.0.1/24"));
        byHand.After(Is("10.10.0.1/24") with { Mtu = 1400 }).Files.ShouldBe(wanted.Files);
    }

    [Fact]
    public void An_address_another_file_of_netplan_gives_is_left_to_it()
    {
        var host = With(
            NetworkManager.Netplan,
            (
                "/etc/netplan/01-host.yaml",
                "network:\n  version: 2\n  bridges:\n    xenbr0: {}\n  vlans:\n    xenbr0.10: {id: 10, link: xenbr0, addresses: "
                    + "[10.10.0.1/24]}\n"
            )
        );
        var running = host with { Snapshot = ChangePlan.Make(host.Snapshot, [Vlan(10, addresses: "10.10.0.1/24")]).After };

        var error = Should.Throw<XenVlanException>(() => running.Plan(Is()));

        error.ErrorId.ShouldBe(ErrorIds.NotSupported);
        error.Message.ShouldContain("/etc/netplan/01-host.yaml:");
    }

    [Fact]
    public void Only_a_vlan_interface_is_set()
    {
        Should
            .Throw<XenVlanException>(() =>
                ChangePlan.Make(Hosts["netplan"].Snapshot, [new VlanInterfaceSettings(new InterfaceName("xenbr0")) { Mtu = 1400 }])
            )
            .ErrorId.ShouldBe(ErrorIds.Conflict);
        Should
            .Throw<XenVlanException>(() => ChangePlan.Make(Hosts["netplan"].Snapshot, [Is()]))
            .ErrorId.ShouldBe(ErrorIds.InterfaceNotFound);
    }

    [Fact]
    public void An_address_that_goes_brings_back_those_the_kernel_removes_with_it()
    {
        var host = ChangePlan
            .Make(Hosts["netplan"].Snapshot, [Vlan(10, addresses: ["10.10.0.1/24", "10.10.0.2/24", "10.99.0.1/16"])])
            .After;

        var step = ChangePlan.Make(host, [new AddressAbsent(Ten, InterfaceAddress.Parse("10.10.0.1/24"))]).Steps.ShouldHaveSingleItem();

        step.Do.Text.ShouldBe("ip address del 10.10.0.1/24 dev xenbr0.10 && ip address replace 10.10.0.2/24 dev xenbr0.10");
        step.Undo.Text.ShouldBe(
            "ip -4 address flush dev xenbr0.10 to 10.10.0.1/24 && ip address add 10.10.0.1/24 dev xenbr0.10 && ip address add "
                + "10.10.0.2/24 dev xenbr0.10"
        );
    }

    [Fact]
    public void Old_addresses_are_taken_away_before_new_ones_are_given()
    {
        var host = ChangePlan.Make(Hosts["netplan"].Snapshot, [Vlan(10, addresses: ["10.10.0.1/24", "10.20.0.1/24"])]).After;

        ChangePlan
            .Make(host, [Is("10.10.0.1/16", "10.30.0.1/24")])
            .Steps.Select(s => s.Description)
            .ShouldBe([
                "remove 10.10.0.1/24 from xenbr0.10",
                "remove 10.20.0.1/24 from xenbr0.10",
                "add 10.10.0.1/16 to xenbr0.10",
                "add 10.30.0.1/24 to xenbr0.10",
            ]);
    }

    private static VlanInterfaceSettings Is(params string[] addresses) =>
        new(Ten) { Addresses = [.. addresses.Select(InterfaceAddress.Parse)] };

    // That IPv6 is wanted may have been there before, so it stays.
    private static IEnumerable<string> Files(PersistentHost host) =>
        host.Files.Select(f => f.Key + "\n" + f.Value.Replace("IPV6INIT=yes\n", "", StringComparison.Ordinal));

    private static IEnumerable<string> Addresses(PersistentHost host) =>
        host.Files.Values.SelectMany(t => t.Split([' ', '\n', '=', ',', '\'', '[', ']'])).Where(w => InterfaceAddress.TryParse(w, out _));
}
