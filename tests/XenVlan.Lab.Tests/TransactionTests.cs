using System.Globalization;
using Shouldly;
using XenVlan.Changes;
using XenVlan.Changes.Desired;
using XenVlan.Changes.Transactions;
using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Lab.Tests;

/// <summary>Changes that cut the client off, clients that meet, and what a dead one leaves, on real hosts.</summary>
[Trait(Lanes.Trait, Lanes.Third)]
public sealed class TransactionTests(LabFixture fixture) : LabTest(fixture)
{
    private static readonly TransactionOptions Hasty = new() { ConfirmTimeout = TimeSpan.FromSeconds(10) };

    public static TheoryData<string> Cuts => ["the card goes to another bridge", "the bridge loses its address"];

    // Domain 0 is reached at an address of its management bridge, as Xen hosts are.
    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task What_cuts_the_management_bridge_off_is_undone_by_the_host(string cut)
    {
        Changes("a");
        await Fixture.RunAsync(
            "a",
            "ip link add xenbr9 type bridge forward_delay 0; ip link set xenbr9 address $(cat /sys/class/net/eth0/address) up; ip link "
                + "set eth0 master xenbr9; ip addr del 10.0.2.15/24 dev eth0; ip addr add 10.0.2.15/24 dev xenbr9; ip route replace "
                + "default via 10.0.2.2"
        );
        var before = await Fixture.ReadAsync("a");
        var other = new InterfaceName("xenbr99");
        var plan = ChangePlan.Make(
            before,
            cut == Cuts.First().Data
                ? [new BridgePresent(other), new BridgePortPresent(other, new InterfaceName("eth0"))]
                : [new AddressAbsent(new InterfaceName("xenbr9"), InterfaceAddress.Parse("10.0.2.15/24"))]
        );

        var error = await Should.ThrowAsync<XenVlanException>(TransactionRunner.ApplyAsync(Route("a"), plan, Hasty, Stop));

        await UndoneAsync("a", error, plan, before);
        (await Fixture.RunAsync("a", "ip route show default")).ShouldContain("via 10.0.2.2 dev xenbr9");
    }

    // The client comes through host b, on the VLAN that it takes away.
    [Fact]
    public async Task Removing_the_vlan_interface_the_client_comes_over_is_undone_by_the_host()
    {
        Changes("a", "b");
        foreach (var (host, address) in new[] { ("a", "10.10.0.1/24"), ("b", "10.10.0.2/24") })
            await Fixture.RunAsync(
                host,
                $"ip link add link xenbr0 name xenbr0.10 type vlan id 10 && ip addr add {address} dev xenbr0.10 && ip link set xenbr0.10 up"
            );
        await Fixture.RunAsync("a", "ip route add 10.99.0.0/16 via 10.10.0.2 && lab-serve ssh 10.10.0.1");
        var overVlan = new HostAccess(
            Connector,
            HostTarget.Parse("root@10.10.0.1"),
            Fixture.Ssh with
            {
                Options = new Dictionary<string, string>(StringComparer.Ordinal) { ["ProxyJump"] = "b", ["HostKeyAlias"] = "a" },
            }
        );
        var before = await ReadAsync(overVlan);
        var plan = ChangePlan.Make(before, [new VlanInterfaceAbsent(new InterfaceName("xenbr0.10"))]);

        var error = await Should.ThrowAsync<XenVlanException>(TransactionRunner.ApplyAsync(overVlan, plan, Hasty, Stop));

        await UndoneAsync("root@10.10.0.1", error, plan, before);
        FaultFixture.StateOf(await ReadAsync(overVlan)).ShouldBeState(FaultFixture.StateOf(before));
        (await Fixture.RunAsync("a", "ip route show 10.99.0.0/16")).ShouldContain("10.10.0.2");
    }

    [Fact]
    public async Task A_second_client_is_told_who_is_at_it_since_when_and_with_which_plan()
    {
        Changes("a");
        var before = await Fixture.ReadAsync("a");
        var plan = ChangePlan.Make(before, [Vlan(10)]);
        XenVlanException? second = null;
        var options = Patient with
        {
            OnProgress = (_, text) =>
            {
                if (text.StartsWith("All steps", StringComparison.Ordinal))
                    second = Should.Throw<XenVlanException>(() =>
                        TransactionRunner
                            .ApplyAsync(Route("a"), ChangePlan.Make(before, [Vlan(20)]), Patient, Stop)
                            .GetAwaiter()
                            .GetResult()
                    );
            },
        };

        _ = await TransactionRunner.ApplyAsync(Route("a"), plan, options, Stop);

        second.ShouldNotBeNull().ErrorId.ShouldBe(ErrorIds.HostBusy);
        second.Message.ShouldContain($" on {Environment.MachineName}");
        second.Message.ShouldContain($", since {DateTime.UtcNow.Year.ToString(CultureInfo.InvariantCulture)}-");
        second.Message.ShouldContain("create xenbr0.10: VLAN 10 of xenbr0");
        SnapshotViews.VlanInterfaces(await Fixture.ReadAsync("a")).Select(i => i.Name).ShouldBe(["xenbr0.10"]);
    }

    [Fact]
    public async Task A_lock_that_killed_processes_left_is_taken_over_with_a_warning()
    {
        Changes("a");
        var before = await Fixture.ReadAsync("a");
        var plan = ChangePlan.Make(before, [Vlan(10, "10.10.0.1/24")]);
        var killing = ShellCommand.Of(
            "sh",
            "-c",
            "cd $(ls -d /run/xenvlan/2*/ | tail -1); read -r guard rest < guard; read -r worker rest < worker; kill -KILL $guard "
                + "$worker; sleep 1"
        );
        var killed = plan with
        {
            Steps = [.. plan.Steps.SkipLast(1), plan.Steps[^1] with { Do = ShellCommand.All(plan.Steps[^1].Do, killing) }],
        };
        _ = await Should.ThrowAsync<XenVlanException>(TransactionRunner.ApplyAsync(Route("a"), killed, Patient, Stop));
        SnapshotViews.VlanInterfaces(await Fixture.ReadAsync("a")).ShouldNotBeEmpty();
        var warnings = new List<string>();
        var options = Patient with { OnWarning = (_, text) => warnings.Add(text) };

        // What was left half done is undone first, so that a plan made from it does not fit any more.
        var stale = await Should.ThrowAsync<XenVlanException>(TransactionRunner.ApplyAsync(Route("a"), plan, options, Stop));
        stale.ErrorId.ShouldBe(ErrorIds.Conflict, stale.Message);
        FaultFixture.StateOf(await Fixture.ReadAsync("a")).ShouldBeState(FaultFixture.StateOf(before));
        _ = await TransactionRunner.ApplyAsync(Route("a"), plan, options, Stop);

        warnings.ShouldContain(w => w.Contains("was left by a process that is gone, and was taken over"));
        SnapshotViews.VlanInterfaces(await Fixture.ReadAsync("a")).Select(i => i.Name).ShouldBe(["xenbr0.10"]);
    }

    [Fact]
    public async Task The_same_change_again_makes_no_step_and_writes_no_file()
    {
        Changes("a");
        IReadOnlyList<HostChange> Wanted(HostSnapshot host) =>
            [
                Vlan(20, "10.20.0.1/24") with
                {
                    Mtu = 1400,
                },
                .. new DomainNicRequest { AccessVlan = new VlanId(10), Mtu = 1400 }.For(
                    SnapshotViews.DomainNics(host).Single(n => n.DomainName == "app-a" && n.Index == 0)
                ),
            ];
        var (first, _) = await ApplyAsync("a", Wanted, ChangeScope.Both);
        first
            .Files.Select(f => f.Path)
            .ShouldBe(
                ["/etc/network/interfaces", "/etc/xen/app-a.cfg", "/etc/xen/scripts/vif-post.d/50-xenvlan.hook", "/etc/xenvlan/vifs"],
                ignoreOrder: true
            );
        var files = await FilesAsync();
        files.ShouldContain("/etc/xen/app-a.cfg");

        var (again, _) = await ApplyAsync("a", Wanted, ChangeScope.Both);

        again.Steps.Select(s => s.Description).ShouldBeEmpty();
        again.Files.Select(f => f.Path).ShouldBeEmpty();
        (await FilesAsync()).ShouldBe(files);
    }

    // As NetworkManager gives addresses: without a route, which it makes itself, in the kernel's name.
    [Fact]
    public async Task Addresses_that_bring_no_route_come_back_with_the_routes_made_for_them()
    {
        Changes("a");
        _ = await Fixture.RunAsync(
            "a",
            """
            set -e
            ip link add link xenbr0 name xenbr0.50 type vlan id 50
            ip link set xenbr0.50 up
            for n in 1 2; do
                ip addr add 10.50.0.$n/24 brd + noprefixroute dev xenbr0.50
                ip route append 10.50.0.0/24 dev xenbr0.50 proto kernel scope link src 10.50.0.$n metric 400
            done
            ip route add 192.168.50.0/24 via 10.50.0.9 proto static metric 400
            ip -6 addr add fd00:50::1/64 noprefixroute nodad dev xenbr0.50
            ip -6 route add fd00:50::/64 dev xenbr0.50 proto kernel metric 400
            ip -6 route add fd01:50::/64 via fd00:50::9 proto static metric 400
            """
        );
        const string See = "ip -o address show dev xenbr0.50 | grep -v fe80:; ip route show dev xenbr0.50; ip -6 route show dev xenbr0.50";
        Task<string> SeenAsync() => Fixture.RunAsync("a", See);
        var before = await SeenAsync();
        var change = new VlanInterfaceSettings(new InterfaceName("xenbr0.50")) { Addresses = [InterfaceAddress.Parse("10.50.0.7/24")] };
        var plan = ChangePlan.Make(await Fixture.ReadAsync("a"), [change]);
        var failing = plan with { Steps = [.. plan.Steps, new ChangeStep("fail", ShellCommand.Of("false"), ShellCommand.Nothing)] };

        var error = await Should.ThrowAsync<XenVlanException>(TransactionRunner.ApplyAsync(Route("a"), failing, Patient, Stop));
        error.Message.ShouldNotContain("in between");
        (await SeenAsync()).ShouldBe(before);

        _ = await TransactionRunner.ApplyAsync(Route("a"), plan, Patient, Stop);
        (await SeenAsync()).ShouldNotBe(before);
        _ = await TransactionControl.UndoAsync(Route("a"), null, Patient, Stop);
        (await SeenAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Undoing_that_is_called_off_leaves_all_as_it_was_and_goes_on_with_what_has_come_back_by_itself()
    {
        Changes("a");
        _ = await Fixture.RunAsync(
            "a",
            """
            set -e
            ip link add link xenbr0 name xenbr0.60 type vlan id 60
            ip addr add 10.60.0.1/24 brd + dev xenbr0.60
            ip link set xenbr0.60 up
            ip route add 192.168.60.0/24 via 10.60.0.9
            """
        );
        const string See =
            "{ ip -d -o link show type vlan; ip -o -4 address show; ip route show; } | grep xenbr0[.] | sed 's/^[0-9]*: //' | sort";
        Task<string> SeenAsync() => Fixture.RunAsync("a", See);
        var before = await SeenAsync();
        _ = await ApplyAsync("a", _ => [new VlanInterfaceAbsent(new InterfaceName("xenbr0.60")), Vlan(70, "10.70.0.1/24")]);
        (await SeenAsync()).ShouldNotContain("xenbr0.60");

        // What was made has come by more since.
        _ = await Fixture.RunAsync(
            "a",
            """
            set -e
            ip addr del 10.70.0.1/24 dev xenbr0.70
            ip addr add 10.70.0.1/24 brd + dev xenbr0.70
            ip route add 192.168.70.0/24 via 10.70.0.9
            """
        );
        var between = await SeenAsync();
        var calledOff = Patient with
        {
            OnProgress = (_, text) =>
            {
                if (text.StartsWith("All steps", StringComparison.Ordinal))
                    _ = Fixture
                        .RunAsync("a", "cd /var/lib/xenvlan/transactions && sh \"$(ls | tail -1)/transaction.sh\" undo")
                        .GetAwaiter()
                        .GetResult();
            },
        };

        var error = await Should.ThrowAsync<XenVlanException>(TransactionControl.UndoAsync(Route("a"), null, calledOff, Stop));
        error.Message.ShouldNotContain("in between");
        (await SeenAsync()).ShouldBe(between);

        _ = await Fixture.RunAsync("a", "ip link add link xenbr0 name xenbr0.60 type vlan id 60");
        _ = await TransactionControl.UndoAsync(Route("a"), null, Patient, Stop);
        (await SeenAsync()).ShouldBe(before);
    }

    private async Task UndoneAsync(string host, XenVlanException error, ChangePlan plan, HostSnapshot before)
    {
        error.ErrorId.ShouldBe(ErrorIds.NotConfirmed, error.Message);
        error.Target.ShouldBe(host);
        foreach (var step in plan.Steps)
            error.Message.ShouldContain(step.Description);
        FaultFixture.StateOf(await Fixture.ReadAsync("a") with { HostName = before.HostName }).ShouldBeState(FaultFixture.StateOf(before));
        await using var connection = Connect("a");
        (await TransactionReader.ReadAsync(connection, Stop)).ShouldHaveSingleItem().State.ShouldBe(TransactionState.RolledBack);
    }

    private static async Task<HostSnapshot> ReadAsync(HostAccess route)
    {
        await using var connection = route.Connect();
        return await HostReader.ReadAsync(connection, Stop);
    }

    private static VlanInterfacePresent Vlan(int vlan, params string[] addresses) =>
        new()
        {
            Parent = new InterfaceName("xenbr0"),
            VlanId = new VlanId(vlan),
            Addresses = [.. addresses.Select(InterfaceAddress.Parse)],
        };

    private Task<string> FilesAsync() =>
        Fixture.RunAsync("a", "find /etc/network /etc/xen /etc/xenvlan -type f 2>/dev/null | sort | xargs stat -c '%n %i %Y %Z'");
}
