using Shouldly;
using XenVlan.Changes;
using XenVlan.Changes.Desired;
using XenVlan.Changes.Transactions;
using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Model.Json;
using XenVlan.UndoCheck;
using Xunit;

namespace XenVlan.Lab.Tests;

public sealed class ChangeTests(LabFixture fixture) : LabTest(fixture)
{
    // What undoes that something was changed, and a VLAN interface with it.
    private const string NoJournal = "rm -rf /var/lib/xenvlan /run/xenvlan";
    private const string NoVlan10 = "ip link del xenbr0.10; " + NoJournal;

    private static readonly VlanId Ten = new(10);

    [Fact]
    public async Task A_vlan_interface_is_made_with_its_address_and_mtu_and_once_only_and_removed_without_a_trace()
    {
        await UndoneByAsync("a", NoVlan10);
        var before = await Fixture.ReadAsync("a");
        IReadOnlyList<HostChange> changes = [Vlan("xenbr0", 10, "10.10.0.1/24") with { Mtu = 1400 }];
        var (plan, after) = await ApplyAsync("a", _ => changes);

        plan.Steps.Count.ShouldBe(5);
        var made = SnapshotViews.VlanInterfaces(after).Single();
        made.Name.ShouldBe("xenbr0.10");
        made.Mtu.ShouldBe(1400);
        made.IsUp.ShouldBeTrue();
        made.Addresses.ShouldContain("10.10.0.1/24");
        ChangePlan.Make(after, changes).IsEmpty.ShouldBeTrue();

        var (_, removed) = await ApplyAsync("a", _ => [new VlanInterfaceAbsent(new InterfaceName("xenbr0.10"))]);
        State(removed).ShouldBe(State(before));
    }

    [Fact]
    public async Task A_failing_step_undoes_the_steps_before_it()
    {
        await UndoneByAsync("a", NoVlan10);
        var before = await Fixture.ReadAsync("a");

        // The address is taken behind the plan's back, so that the last step fails.
        var plan = ChangePlan.Make(before, [Vlan("xenbr0", 10, "10.10.0.1/24"), new LinkIsUp(new InterfaceName("eth2"))]);
        var broken = plan with
        {
            Steps =
            [
                .. plan.Steps,
                new ChangeStep("fail", ShellCommand.Of("ip", "link", "set", "dev", "nosuch", "up"), ShellCommand.Nothing),
            ],
        };
        var news = new List<StepReport>();
        var error = await Should.ThrowAsync<XenVlanException>(
            TransactionRunner.ApplyAsync(Route("a"), broken, Patient with { OnStep = news.Add }, Stop)
        );

        error.ErrorId.ShouldBe(ErrorIds.ChangeFailed);
        error.Message.ShouldContain("nosuch");
        news.Count(n => n.State is StepState.Undone).ShouldBe(plan.Steps.Count);
        State(await Fixture.ReadAsync("a")).ShouldBe(State(before));
    }

    [Fact]
    public async Task An_access_vlan_on_a_bridge_that_does_not_filter_gets_a_bridge_of_its_own()
    {
        Changes("a");
        var (plan, after) = await ApplyAsync("a", before => new DomainNicRequest { AccessVlan = Ten }.For(Nic(before, "app-a")));

        var nic = Nic(after, "app-a");
        nic.Bridge.ShouldBe("xenbr10");
        nic.Mode.ShouldBe(NicMode.Access);
        nic.AccessVlan.ShouldBe(Ten.Value);
        plan.Steps.ShouldNotBeEmpty();

        var (again, _) = await ApplyAsync("a", before => new DomainNicRequest { AccessVlan = Ten }.For(Nic(before, "app-a")));
        again.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task An_access_vlan_on_a_filtering_bridge_is_the_ports_pvid()
    {
        Changes("a");
        await Fixture.RunAsync("a", "ip link set xenbr0 type bridge vlan_filtering 1");
        var (plan, after) = await ApplyAsync("a", before => new DomainNicRequest { AccessVlan = Ten }.For(Nic(before, "app-a")));

        Nic(after, "app-a").AccessVlan.ShouldBe(Ten.Value);
        Nic(after, "app-a").Bridge.ShouldBe("xenbr0");
        plan.Notes.ShouldContain(n => n.Contains("eth1") && n.Contains("VLAN 10"));
        var shown = await Fixture.RunAsync("a", $"bridge vlan show dev {Nic(after, "app-a").Vif}");
        shown.ShouldContain("10 PVID Egress Untagged");
    }

    [Fact]
    public async Task A_trunk_on_a_filtering_bridge_passes_its_vlans_and_its_native_one()
    {
        Changes("a");
        await Fixture.RunAsync("a", "ip link set xenbr0 type bridge vlan_filtering 1");
        var (_, after) = await ApplyAsync(
            "a",
            before =>
                new DomainNicRequest { AllowedVlans = VlanSet.Parse("10,2000-2005"), NativeVlan = new VlanId(5) }.For(Nic(before, "ftp-a"))
        );

        var nic = Nic(after, "ftp-a");
        nic.Mode.ShouldBe(NicMode.Trunk);
        nic.AllowedVlans.ShouldBe("10,2000-2005");
        nic.NativeVlan.ShouldBe(5);
    }

    [Fact]
    public async Task Port_vlans_are_undone_to_what_they_were()
    {
        await DoAsync(
            "a",
            "ip link set xenbr0 type bridge vlan_filtering 1; bridge vlan add dev eth1 vid 20-29; bridge vlan add dev eth1 vid 7 untagged",
            "bridge vlan del dev eth1 vid 20-29; bridge vlan del dev eth1 vid 7; ip link set xenbr0 type bridge vlan_filtering 0; "
                + NoJournal
        );
        var before = await Fixture.ReadAsync("a");
        var eth1 = new InterfaceName("eth1");
        var plan = ChangePlan.Make(before, [new PortVlansAre(eth1, PortVlans.Trunk(VlanSet.Parse("25-40"), new VlanId(7)))]);
        var broken = plan with { Steps = [.. plan.Steps, new ChangeStep("fail", ShellCommand.Of("false"), ShellCommand.Nothing)] };

        _ = await Should.ThrowAsync<XenVlanException>(TransactionRunner.ApplyAsync(Route("a"), broken, Patient, Stop));

        State(await Fixture.ReadAsync("a")).ShouldBe(State(before));
    }

    [Fact]
    public async Task A_vifs_mtu_and_checksum_offload_are_set()
    {
        Changes("a");
        var (_, after) = await ApplyAsync(
            "a",
            before => new DomainNicRequest { Mtu = 1400, TransmitChecksumOffload = false }.For(Nic(before, "ftp-a"))
        );

        Nic(after, "ftp-a").Mtu.ShouldBe(1400);
        Nic(after, "ftp-a").TransmitChecksumOffload.ShouldBe(false);
    }

    [Fact]
    public async Task A_nics_mtu_that_lowers_domain_0s_vlans_says_so_and_is_undone_with_them()
    {
        await DoAsync(
            "a",
            "ip link add link xenbr0 name xenbr0.50 type vlan id 50 && ip link set xenbr0.50 up",
            "ip link del xenbr0.50; " + NoJournal
        );
        var before = await Fixture.ReadAsync("a");
        before.FindInterface("xenbr0.50")!.Mtu.ShouldBe(1500);

        var plan = ChangePlan.Make(before, new DomainNicRequest { Mtu = 1400 }.For(Nic(before, "ftp-a")));
        plan.Steps.Single().Description.ShouldContain("xenbr0 follows from 1500 to 1400; xenbr0.50 follows from 1500 to 1400");
        plan.Notes.ShouldContain(n =>
            n.StartsWith("The MTU of xenbr0, xenbr0.50 goes from 1500 to 1400 with this", StringComparison.Ordinal)
        );
        var changed = await TransactionRunner.ApplyAsync(Route("a"), plan, Patient, Stop);
        changed.Interfaces.Select(i => (i.Name, i.Mtu)).ShouldBe(plan.After.Interfaces.Select(i => (i.Name, i.Mtu)), ignoreOrder: true);

        var after = await TransactionRunner.RevertAsync(Route("a"), null, Patient, Stop);

        State(after).ShouldBe(State(before));
        after.FindInterface("xenbr0.50")!.Mtu.ShouldBe(1500);
    }

    [Fact]
    public async Task Without_iproute2_the_older_tools_do_the_same()
    {
        Changes("a");
        await OnlyOlderToolsAsync("a");
        var before = await Fixture.ReadAsync("a");
        before.Has("ip").ShouldBeFalse();

        var (plan, made) = await ApplyAsync("a", _ => [Vlan("xenbr0", 10, "10.10.0.1/24") with { Mtu = 1400 }]);
        plan.Steps[0].Do.Text.ShouldContain("vconfig add xenbr0 10");
        SnapshotViews.VlanInterfaces(made).Single().Addresses.ShouldContain("10.10.0.1/24");

        var (_, after) = await ApplyAsync("a", _ => [new VlanInterfaceAbsent(new InterfaceName("xenbr0.10"))]);
        State(after).ShouldBe(State(before));
    }

    [Fact]
    public async Task A_bridge_is_made_and_a_nic_moved_to_it_with_the_older_tools()
    {
        Changes("a");
        await OnlyOlderToolsAsync("a");

        var (_, after) = await ApplyAsync("a", before => new DomainNicRequest { AccessVlan = Ten }.For(Nic(before, "app-a")));

        Nic(after, "app-a").AccessVlan.ShouldBe(Ten.Value);
    }

    [Fact]
    public async Task Without_root_the_change_fails_and_says_why()
    {
        var before = await Fixture.ReadAsync("a-admin");
        var plan = ChangePlan.Make(before, [Vlan("xenbr0", 10)]);

        var error = await Should.ThrowAsync<XenVlanException>(TransactionRunner.ApplyAsync(Route("a-admin"), plan, Patient, Stop));

        error.ErrorId.ShouldBe(ErrorIds.ChangeFailed);
        error.Message.ShouldContain("root");
    }

    [Fact]
    public async Task A_vlan_interface_that_is_in_the_way_is_a_conflict()
    {
        await MakeVlanAsync("a", 10, "10.10.0.1/24");
        var before = await Fixture.ReadAsync("a");

        Should
            .Throw<XenVlanException>(() => ChangePlan.Make(before, new DomainNicRequest { AccessVlan = Ten }.For(Nic(before, "app-a"))))
            .ErrorId.ShouldBe(ErrorIds.Conflict);
        Should
            .Throw<XenVlanException>(() => ChangePlan.Make(before, [Vlan("xenbr0", 20, "10.10.0.1/24")]))
            .ErrorId.ShouldBe(ErrorIds.Conflict);
        Should
            .Throw<XenVlanException>(() => ChangePlan.Make(before, [Vlan("xenbr0", 20) with { Name = new InterfaceName("xenbr0.10") }]))
            .ErrorId.ShouldBe(ErrorIds.Conflict);
        State(await Fixture.ReadAsync("a")).ShouldBe(State(before));
    }

    // Debian's vconfig is a wrapper around ip; busybox's is the real thing.
    private Task<string> OnlyOlderToolsAsync(string host) =>
        Fixture.RunAsync(
            host,
            "for d in /bin /sbin /usr/bin /usr/sbin; do rm -f $d/ip $d/vconfig; done; ln -s \"$(command -v busybox)\" /usr/sbin/vconfig"
        );

    private static VlanInterfacePresent Vlan(string parent, int vlan, params string[] addresses) =>
        new()
        {
            Parent = new InterfaceName(parent),
            VlanId = new VlanId(vlan),
            Addresses = [.. addresses.Select(InterfaceAddress.Parse)],
        };

    private static XenDomainNic Nic(HostSnapshot host, string domain) =>
        SnapshotViews.DomainNics(host).Single(n => n.DomainName == domain && n.Index == 0);

    // What a change may touch; counters and interface numbers go on by themselves.
    private static string State(HostSnapshot host) =>
        XenVlanJson.SerializeSnapshot(
            host with
            {
                TakenAt = default,
                Interfaces =
                [
                    .. host
                        .Interfaces.OrderBy(i => i.Name, StringComparer.Ordinal)
                        .Select(i => i with { Index = 0, Counters = null, Bridge = RawState.WithoutListeners(i.Bridge) }),
                ],
            }
        );
}
