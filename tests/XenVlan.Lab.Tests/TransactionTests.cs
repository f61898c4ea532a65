using System.Globalization;
using Shouldly;
using XenVlan.Changes;
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
        await Fixture.RunAsync("a", "ip link add xenbr9 type bridge forward_delay 0; ip link set xenbr9 address $(cat /sys/class/net/eth0/address) up; ip link set eth0 master xenbr9; ip addr del 10.0.2.15/24 dev eth0; ip addr add 10.0.2.15/24 dev xenbr9; ip route replace default via 10.0.2.2");
        var before = await Fixture.ReadAsync("a");
        var other = new InterfaceName("xenbr99");
        var plan = ChangePlan.Make(before, cut == Cuts.First().Data
            ? [new BridgePresent(other), new BridgePortPresent(other, new InterfaceName("eth0"))]
            : [new AddressAbsent(new InterfaceName("xenbr9"), InterfaceAddress.Parse("10.0.2.15/24"))]);

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
            await Fixture.RunAsync(host, $"ip link add link xenbr0 name xenbr0.10 type vlan id 10 && ip addr add {address} dev xenbr0.10 && ip link set xenbr0.10 up");
        await Fixture.RunAsync("a", "ip route add 10.99.0.0/16 via 10.10.0.2 && lab-serve ssh 10.10.0.1");
        var overVlan = new HostRoute(Connector, HostTarget.Parse("root@10.10.0.1"), Fixture.Ssh with { Options = new Dictionary<string, string>(StringComparer.Ordinal) { ["ProxyJump"] = "b", ["HostKeyAlias"] = "a" } });
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
            OnNews = (_, text) =>
            {
                if (text.StartsWith("All steps", StringComparison.Ordinal))
                    second = Should.Throw<XenVlanException>(() => TransactionRunner.ApplyAsync(Route("a"), ChangePlan.Make(before, [Vlan(20)]), Patient, Stop).GetAwaiter().GetResult());
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
        var killing = ShellCommand.Of("sh", "-c", "cd $(ls -d /run/xenvlan/2*/ | tail -1); read -r guard rest < guard; read -r worker rest < worker; kill -KILL $guard $worker; sleep 1");
        var killed = plan with { Steps = [.. plan.Steps.SkipLast(1), plan.Steps[^1] with { Do = ShellCommand.All(plan.Steps[^1].Do, killing) }] };
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
            Vlan(20, "10.20.0.1/24") with { Mtu = 1400 },
            .. new DomainNicRequest { AccessVlan = new VlanId(10), Mtu = 1400 }.For(SnapshotViews.DomainNics(host).Single(n => n.DomainName == "app-a" && n.Index == 0)),
        ];
        var (first, _) = await ApplyAsync("a", Wanted, ChangeScope.Both);
        first.Files.Select(f => f.Path).ShouldBe(["/etc/network/interfaces", "/etc/xen/app-a.cfg", "/etc/xen/scripts/vif-post.d/50-xenvlan.hook", "/etc/xenvlan/vifs"], ignoreOrder: true);
        var files = await FilesAsync();
        files.ShouldContain("/etc/xen/app-a.cfg");

        var (again, _) = await ApplyAsync("a", Wanted, ChangeScope.Both);

        again.Steps.Select(s => s.Description).ShouldBeEmpty();
        again.Files.Select(f => f.Path).ShouldBeEmpty();
        (await FilesAsync()).ShouldBe(files);
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

    private static async Task<HostSnapshot> ReadAsync(HostRoute route)
    {
        await using var connection = route.Connect();
        return await HostReader.ReadAsync(connection, Stop);
    }

    private static VlanInterfacePresent Vlan(int vlan, params string[] addresses) => new()
    {
        Parent = new InterfaceName("xenbr0"),
        VlanId = new VlanId(vlan),
        Addresses = [.. addresses.Select(InterfaceAddress.Parse)],
    };

    private Task<string> FilesAsync() => Fixture.RunAsync("a", "find /etc/network /etc/xen /etc/xenvlan -type f 2>/dev/null | sort | xargs stat -c '%n %i %Y %Z'");
}
