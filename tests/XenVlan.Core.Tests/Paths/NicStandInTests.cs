using System.Diagnostics;
using Shouldly;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Paths.Ends;
using XenVlan.Paths.Probing;
using Xunit;

namespace XenVlan.Tests.Paths;

/// <summary>What stands in for a domain's NIC is on its bridge, with its VLANs.</summary>
public sealed class NicStandInTests
{
    private static readonly NetworkHost Filtering = XenVlan.Tests.Network.Host().Bridge("xenbr0").Filtering().Port("eth1");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_has_the_vlans_of_the_nic_on_its_port_and_the_vlan_inside()
    {
        var standIn = Of(Filtering.Vif(5, trunk: "10,20", native: 5), vlan: 20, "10.0.20.9/24");
        standIn.Interface.ShouldBe("xv0.1");

        var script = standIn.Around(new ShellScript().Add("true"), isIPv6: false, isGuarded: true, other: null).ToString();

        var port = script.Split('\n').First(l => l.StartsWith("xv_end=", StringComparison.Ordinal))["xv_end=".Length..];
        port.ShouldStartWith(NicStandIn.Prefix);
        script.ShouldContain($"bridge vlan add dev {port} vid 5 pvid untagged\n");
        script.ShouldContain($"bridge vlan add dev {port} vid 10\n");
        script.ShouldContain($"bridge vlan add dev {port} vid 20\n");
        script.ShouldContain($"bridge vlan del dev {port} vid 1\n");
        script.ShouldContain("ip link add link xv0 name xv0.1 type vlan id 20\n");
        script.ShouldContain("ip address add 10.0.20.9/24 dev xv0.1\n");
        await IsReadBySh(script);
    }

    [Fact]
    public async Task Untagged_frames_need_no_vlan_inside_and_a_bridge_that_ignores_tags_none_on_its_port()
    {
        var standIn = Of(XenVlan.Tests.Network.Host().Bridge("xenbr0").Vif(5), vlan: null, "10.0.0.9/24");
        standIn.Interface.ShouldBe("xv0");

        var script = standIn.Around(new ShellScript().Add("true"), isIPv6: false, isGuarded: false, other: null).ToString();

        script.ShouldNotContain("bridge vlan");
        script.ShouldNotContain("type vlan");
        await IsReadBySh(script);
    }

    [Fact]
    public void Where_none_can_be_made_it_says_why()
    {
        Of(Filtering.Vif(5), null, null).Problem.ShouldBeNull();
        Of(Filtering.Vif(5).With(i => i with { Master = null, Port = null, PortVlans = null }), null, null)
            .Problem.ShouldBe("vif5.0 is on no bridge");
        Of(Filtering.Vif(5).Having(h => h with { IsRoot = false }), null, null).Problem.ShouldBe("standing in for a NIC needs root");
        Of(Filtering.Vif(5).OpenVSwitch("ovsbr0", "vif5.0").At("vif5.0").With(i => i with { Master = "ovsbr0" }), null, null)
            .Problem.ShouldNotBeNull()
            .ShouldContain("Open vSwitch");
    }

    private static NicStandIn Of(HostSnapshot host, int? vlan, string? address) =>
        new(
            ResolvedNic.Find(host, new DomainNicName("web", 0), vlan is { } id ? new VlanId(id) : null),
            address is null ? null : InterfaceAddress.Parse(address)
        );

    private static async Task IsReadBySh(string script)
    {
        using var sh = Process.Start(
            new ProcessStartInfo("sh", "-n")
            {
                RedirectStandardInput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            }
        )!;
        await sh.StandardInput.WriteAsync(script.AsMemory(), Stop);
        sh.StandardInput.Close();
        (await sh.StandardError.ReadToEndAsync(Stop)).ShouldBeEmpty();
        await sh.WaitForExitAsync(Stop);
        sh.ExitCode.ShouldBe(0);
    }
}
