using FsCheck.Fluent;
using Shouldly;
using XenVlan.Changes;
using XenVlan.Changes.Desired;
using XenVlan.Changes.Persistence.NetworkManagerProfiles;
using XenVlan.Model;
using XenVlan.Tests.Model;
using Xunit;
using static XenVlan.Tests.Changes.Persistence.PersistentHost;

namespace XenVlan.Tests.Changes.Persistence;

public sealed class KeyfileTests
{
    private const string Directory = "/etc/NetworkManager/system-connections";
    private const string Bridge = """
        [connection]
        id=trunk
        uuid=11111111-2222-3333-4444-555555555555
        type=bridge
        interface-name=xenbr0

        [bridge]
        stp=false

        [ipv4]
        method=disabled

        [ipv6]
        method=ignore

        """;
    private const string Uplink = """
        # the trunk's uplink
        [connection]
        id=uplink
        type=802-3-ethernet
        master=11111111-2222-3333-4444-555555555555
        slave-type=bridge

        [802-3-ethernet]
        mac-address=52:54:00:00:00:11

        """;
    private const string Management = """
        [connection]
        id=mgmt
        type=ethernet
        interface-name=eth0

        [ipv4]
        address1=192.168.0.2/24,192.168.0.1
        method=manual

        [x-unknown]
        key=é
        """;

    private static PersistentHost Host(params (string Path, string Text)[] more) =>
        PersistentHost.With(
            NetworkManager.NetworkManager,
            [
                ($"{Directory}/trunk.nmconnection", Bridge),
                ($"{Directory}/uplink", Uplink),
                ($"{Directory}/mgmt.nmconnection", Management),
                .. more,
            ]
        );

    [Fact]
    public void Files_are_as_nm_settings_keyfile5_wants_them() =>
        new Report()
            .Add(
                "a VLAN interface with addresses and MTU",
                Host().Show(Vlan(10, mtu: 1400, addresses: ["10.10.0.1/24", "10.10.1.1/24", "fd00::1/64"]))
            )
            .Add("802.1ad, a name of its own", Host().Show(Vlan(30, name: "outer", protocol: VlanProtocol.Dot1AD)))
            .Add("a VLAN's own bridge", Host().Show(OwnBridge))
            .Add("a filtering bridge", Host().Show(Filtering))
            .Add(
                "a port that does not pass VLAN 1",
                Host().Show(new PortVlansAre(new InterfaceName("eth1"), PortVlans.Trunk(VlanSet.Parse("10,20"), new VlanId(5))))
            )
            .Add(
                "MTU and address of interfaces there are",
                Host()
                    .Show(
                        new MtuIs(new InterfaceName("eth0"), 1400),
                        new MtuIs(new InterfaceName("eth1"), 2000),
                        new AddressPresent(new InterfaceName("eth0"), InterfaceAddress.Parse("10.0.0.1/24")),
                        new AddressPresent(new InterfaceName("xenbr0"), InterfaceAddress.Parse("10.1.0.1/24"))
                    )
            )
            .Add(
                "a NIC without a profile becomes a port",
                Host().Show(new BridgePortPresent(new InterfaceName("xenbr0"), new InterfaceName("eth2")))
            )
            .Verify("Changes/Persistence/keyfiles");

    [Fact]
    public void Applying_a_change_twice_changes_nothing_more()
    {
        foreach (
            var changes in new HostChange[][]
            {
                OwnBridge,
                Filtering,
                [Vlan(10, mtu: 1400, addresses: ["10.10.0.1/24", "fd00::1/64"])],
                [Vlan(30, name: "outer", protocol: VlanProtocol.Dot1AD)],
                [new BridgePortPresent(new InterfaceName("xenbr0"), new InterfaceName("eth2"))],
            }
        )
            Host().After(changes).Plan(changes).Files.ShouldBeEmpty();
    }

    [Fact]
    public void What_says_the_same_in_other_words_stays()
    {
        const string Text =
            "[connection]\nid = VLAN\ntype = vlan\ninterface-name = xenbr0.10\n[vlan]\nid = 10\nparent = "
            + "11111111-2222-3333-4444-555555555555\n[802-3-ethernet]\nmtu = "
            + "1400\n[ipv4]\naddresses1=10.10.0.1;24;0.0.0.0;\nmethod=manual\n";
        Host(($"{Directory}/VLAN", Text)).Plan(Vlan(10, mtu: 1400, addresses: "10.10.0.1/24")).Files.ShouldBeEmpty();
    }

    [Fact]
    public void A_file_of_another_profile_stays_where_a_new_one_would_be()
    {
        var taken = $"{Directory}/eth2.nmconnection";
        var all = Host((taken, "[connection]\nid=far\ntype=ethernet\n[802-3-ethernet]\nmac-address=52:54:00:00:00:99\n"));
        HostChange[] changes = [new BridgePortPresent(new InterfaceName("xenbr0"), new InterfaceName("eth2"))];

        var after = all.After(changes);

        after.Files[taken].ShouldBe(all.Files[taken]);
        var added = after.Files.Keys.Except(all.Files.Keys).ShouldHaveSingleItem();
        added.ShouldBe($"{Directory}/eth2-{ProfileText.Uuid("eth2")}.nmconnection");
        after.Plan(changes).Files.ShouldBeEmpty();

        // Once it is for something else, the second name is taken too, and so is the identifier.
        var lost = after with
        {
            Files = new Dictionary<string, string>(after.Files)
            {
                [added] = after.Files[added].Replace("interface-name=eth2", "interface-name=eth9", StringComparison.Ordinal),
            },
        };
        var error = Should.Throw<XenVlanException>(() => lost.Plan(changes));
        error.ErrorId.ShouldBe(ErrorIds.ConfigurationConflict);
        error.Message.ShouldContain($"\"{added}\" has the identifier");
    }

    [Fact]
    public void Added_and_removed_leaves_no_trace()
    {
        var host = Host();
        host.After(Vlan(10, mtu: 1400, addresses: "10.10.0.1/24"), Vlan(20))
            .After(NoVlan("xenbr0.10"), NoVlan("xenbr0.20"))
            .Files.ShouldBe(host.Files, ignoreOrder: true);
    }

    [Fact]
    public void Several_profiles_for_one_interface_are_an_error_that_names_them()
    {
        var error = Should.Throw<XenVlanException>(() =>
            Host(($"{Directory}/other", "[connection]\ntype=ethernet\ninterface-name=eth0\n"))
                .Plan(new MtuIs(new InterfaceName("eth0"), 1400))
        );
        error.ErrorId.ShouldBe(ErrorIds.ConfigurationConflict);
        error.Message.ShouldContain($"{Directory}/mgmt.nmconnection:4");
        error.Message.ShouldContain($"{Directory}/other:3");
    }

    [Fact]
    public void An_interface_without_a_profile_is_not_guessed_at() =>
        Should
            .Throw<XenVlanException>(() =>
                Host()
                    .Plan(
                        new VlanInterfacePresent { Parent = new InterfaceName("eth2"), VlanId = new VlanId(9) },
                        new MtuIs(new InterfaceName("eth2"), 1400)
                    )
            )
            .ErrorId.ShouldBe(ErrorIds.NotSupported);

    [Fact]
    public void A_file_that_is_no_keyfile_is_an_error_with_file_and_line()
    {
        var error = Should.Throw<XenVlanException>(() => Host(($"{Directory}/x", "[connection]\nid\n")).Plan(Vlan(10)));
        error.ErrorId.ShouldBe(ErrorIds.ConfigurationInvalid);
        error.Message.ShouldStartWith($"{Directory}/x:2: ");
    }

    [Fact]
    public void VLANs_are_read_as_they_are_written() =>
        Prop.ForAll(
                Gen.Zip(Generators.VlanSets, Generators.VlanIds).ToArbitrary(),
                t =>
                {
                    var trunk = PortVlans.Trunk(t.Item1, t.Item2);
                    return ProfileText.ParseVlans(ProfileText.Vlans(trunk)).Equals(trunk);
                }
            )
            .Holds();
}
