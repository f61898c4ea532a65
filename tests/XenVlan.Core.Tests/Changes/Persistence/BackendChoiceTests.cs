using Shouldly;
using XenVlan.Changes;
using XenVlan.Changes.Desired;
using XenVlan.Changes.Persistence;
using XenVlan.Model;
using Xunit;
using static XenVlan.Tests.Changes.Persistence.PersistentHost;

namespace XenVlan.Tests.Changes.Persistence;

/// <summary>Which manager's files are written.</summary>
public sealed class BackendChoiceTests
{
    private const string Interfaces = "/etc/network/interfaces";
    private const string Bridge = "auto xenbr0\niface xenbr0 inet manual\n\tbridge_ports eth1\n";
    private const string Keyfile = "/etc/NetworkManager/system-connections/x.nmconnection";
    private const string Ifcfg = "/etc/sysconfig/network-scripts/ifcfg-xenbr0";

    [Fact]
    public void The_manager_of_the_parent_has_the_VLAN_interface_too()
    {
        var host = PersistentHost
            .With(NetworkManager.Ifupdown, (Interfaces, Bridge), (Keyfile, "[connection]\ntype=ethernet\ninterface-name=eth0\n"))
            .Managed(NetworkManager.NetworkManager, NetworkManager.Ifupdown);
        host.Plan(Vlan(10)).Files.ShouldHaveSingleItem().Path.ShouldBe(Interfaces);
        host.Plan(Vlan(10, parent: "eth0")).Files.ShouldHaveSingleItem().Path.ShouldEndWith("/eth0.10.nmconnection");
        host.Plan(OwnBridge).Files.ShouldHaveSingleItem().Path.ShouldBe(Interfaces);
    }

    [Fact]
    public void Several_that_claim_an_interface_are_an_error_that_names_the_places()
    {
        var host = PersistentHost
            .With(NetworkManager.Ifupdown, (Interfaces, Bridge), (Keyfile, "[connection]\ntype=bridge\ninterface-name=xenbr0\n"))
            .Managed(NetworkManager.NetworkManager, NetworkManager.Ifupdown);
        var error = Should.Throw<XenVlanException>(() => host.Plan(Vlan(10)));
        error.ErrorId.ShouldBe(ErrorIds.ConfigurationConflict);
        error.Message.ShouldContain($"{Interfaces}:2");
        error.Message.ShouldContain($"{Keyfile}:3");
    }

    [Fact]
    public void Several_of_which_none_claims_an_interface_are_not_guessed_between()
    {
        var host = PersistentHost
            .With(NetworkManager.Ifupdown, (Interfaces, Bridge))
            .Managed(NetworkManager.NetworkManager, NetworkManager.Ifupdown);
        Should.Throw<XenVlanException>(() => host.Plan(Vlan(10, parent: "eth2"))).ErrorId.ShouldBe(ErrorIds.ConfigurationConflict);
    }

    [Fact]
    public void What_netplan_configures_is_netplans()
    {
        var host = PersistentHost
            .With(
                NetworkManager.Netplan,
                ("/etc/netplan/01.yaml", "network: {bridges: {xenbr0: {interfaces: [eth1]}}, ethernets: {eth1: {}}}"),
                ("/etc/systemd/network/50.network", "[Match]\nName=*\n")
            )
            .Managed(NetworkManager.Netplan, NetworkManager.SystemdNetworkd);
        host.Plan(Vlan(10)).Files.ShouldHaveSingleItem().Path.ShouldBe("/etc/netplan/90-xenvlan.yaml");
    }

    [Fact]
    public void NetworkManager_reads_the_network_scripts_files() =>
        PersistentHost
            .With(NetworkManager.NetworkScripts, (Ifcfg, "DEVICE=xenbr0\n"))
            .Managed(NetworkManager.NetworkManager, NetworkManager.NetworkScripts)
            .Plan(Vlan(10, parent: "eth2"))
            .Files.ShouldHaveSingleItem()
            .Path.ShouldEndWith("/ifcfg-eth2.10");

    [Fact]
    public void With_xend_the_script_makes_what_is_new_and_what_is_configured_stays_where_it_is()
    {
        var host = PersistentHost.With(NetworkManager.NetworkScripts, ("/etc/sysconfig/network-scripts/ifcfg-eth0", "DEVICE=eth0\n")) with
        {
            Directories = ["/etc/rc3.d"],
        };
        host = host with { Snapshot = host.Snapshot with { Toolstack = Toolstack.Xend } };
        host.Plan(Vlan(10, parent: "eth0")).Files.Select(f => f.Path).ShouldContain("/etc/xenvlan/vlans");
        host.Plan(new MtuIs(new InterfaceName("eth0"), 1400)).Files.ShouldHaveSingleItem().Path.ShouldEndWith("ifcfg-eth0");
    }

    [Fact]
    public void XAPI_is_left_to_itself() =>
        Should
            .Throw<XenVlanException>(() => PersistentHost.With(NetworkManager.Xapi).Plan(Vlan(10)))
            .ErrorId.ShouldBe(ErrorIds.NotSupported);

    [Fact]
    public void A_parent_that_nothing_makes_is_told_of() =>
        PersistentHost
            .With(NetworkManager.Ifupdown, (Interfaces, "auto lo\niface lo inet loopback\n"))
            .Plan(Vlan(10))
            .Notes.ShouldContain(n => n.Contains("makes xenbr0 at boot"));

    [Fact]
    public void NICs_of_domains_are_no_business_of_network_managers() =>
        PersistentHost
            .With(NetworkManager.Ifupdown, (Interfaces, Bridge))
            .Plan(
                new MtuIs(new InterfaceName("vif1.0"), 1400),
                new PortVlansAre(new InterfaceName("vif1.0"), PortVlans.Access(new VlanId(5)))
            )
            .Files.ShouldNotContain(f => f.Path == Interfaces);

    [Fact]
    public void What_is_to_go_and_is_in_no_file_either_is_not_there()
    {
        var host = Network
            .Host()
            .Managed(NetworkManager.Ifupdown)
            .Bridge("xenbr0")
            .Port("eth1")
            .Vlan("xenbr0", 10)
            .File(Interfaces, $"{Bridge}auto xenbr0.20\niface xenbr0.20 inet manual\n");
        var plan = ChangePlan.Make(host, [NoVlan("xenbr0.10"), NoVlan("xenbr0.20"), NoVlan("xenbr0.30")]);

        PersistencePlanner.NotThere(plan, host.Configuration).ShouldBe([new InterfaceName("xenbr0.30")]);
        PersistencePlanner.NotThere(plan, null).ShouldBe([new InterfaceName("xenbr0.20"), new InterfaceName("xenbr0.30")]);
        plan.NotThere.ShouldBeEmpty();
    }
}
