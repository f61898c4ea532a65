using System.Globalization;
using Shouldly;
using XenVlan.Changes;
using XenVlan.Changes.Desired;
using XenVlan.Changes.Persistence;
using XenVlan.Changes.Transactions;
using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Lab.Tests;

/// <summary>
/// What is made on a host is there again when its manager reads its files anew and after a reboot, whatever manages its network,
/// with what an administrator wrote by hand beside it, and leaves no trace when it is undone. The host whose network nothing
/// manages is that of <see cref="DomainRebootTests"/>.
/// </summary>
[Collection(Lanes.OwnHosts)]
public sealed class RebootTests : IAsyncDisposable
{
    // Interfaces come and go while a manager starts; what it made is there after a few seconds.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(90);

    private static readonly TransactionOptions Options = new() { ConfirmTimeout = TimeSpan.FromSeconds(120) };

    private readonly HostConnector _connector = new();

    /// <summary>What is made, here and on the host of <see cref="DomainRebootTests"/>.</summary>
    internal static IReadOnlyList<HostChange> Made { get; } =
    [
        Vlan(10) with
        {
            Mtu = 1400,
            Addresses = [InterfaceAddress.Parse("10.10.0.1/24")],
        },
        Vlan(20) with
        {
            Addresses = [InterfaceAddress.Parse("10.20.0.1/24"), InterfaceAddress.Parse("2001:db8:20::1/64")],
        },
        Vlan(30),
        new BridgePresent(new InterfaceName("xenbr30")),
        new BridgePortPresent(new InterfaceName("xenbr30"), new InterfaceName("xenbr0.30")),
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _connector.DisposeAsync();

    [Theory]
    [InlineData(DiskManager.Ifupdown)]
    [InlineData(DiskManager.NetworkManager)]
    [InlineData(DiskManager.Networkd)]
    [InlineData(DiskManager.Netplan)]
    public async Task What_was_made_comes_back_and_leaves_no_trace_when_it_is_undone(DiskManager manager)
    {
        var name = $"disk-reboot-{manager.ToString().ToLowerInvariant()}-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}";
        await using var lab = await DiskLab.UpAsync(
            new DiskLabOptions { Name = name, Manager = manager },
            new Progress<string>(Console.Error.WriteLine),
            Stop
        );
        var route = new HostAccess(_connector, HostTarget.Parse(DiskLab.Alias), new SshSettings { ConfigFile = lab.SshConfigPath });
        var hand = HandWrittenNetwork.Of(manager);
        _ = (await lab.RunAsync($"set -e\n{hand.Write}", Stop)).EnsureSuccess();
        await EventuallyAsync(() => LookAsync(lab, hand), hand.Before);
        var filesBefore = await FilesAsync(lab);

        foreach (var (changes, scope, notes) in new[] { (hand.Changes, hand.Scope, hand.Notes), (Made, ChangeScope.Both, []) })
        {
            var plan = await PlanAsync(route, changes, scope);
            plan.Files.ShouldNotBeEmpty();
            foreach (var note in notes)
                plan.Notes.ShouldContain(n => n.StartsWith(note, StringComparison.Ordinal), string.Join('\n', plan.Notes));
            _ = await TransactionRunner.ApplyAsync(route, plan, Options, Stop);
        }

        var made = await MadeAsync(route);
        made.ShouldContain("xenbr0.10 VLAN 10 of xenbr0 1400 up 10.10.0.1/24");
        made.ShouldContain("xenbr30 bridge of xenbr0.30");
        var files = await FilesAsync(lab);
        files.ShouldNotBe(filesBefore);

        var again = await PlanAsync(route, Made, ChangeScope.Both);
        again.Steps.Select(s => s.Description).ShouldBeEmpty();
        again.Files.Select(f => $"{f.Path}: {f.Description}\n{f.After}").ShouldBeEmpty();
        (await FilesAsync(lab)).ShouldBe(files);

        await ReloadAsync(lab, hand, hand.After);
        await EventuallyAsync(() => MadeAsync(route), made);

        await lab.RebootAsync(Stop);
        await EventuallyAsync(() => MadeAsync(route), made);
        await EventuallyAsync(() => LookAsync(lab, hand), hand.After);
        (await PlanAsync(route, [.. Made, .. hand.Changes], ChangeScope.Both)).Files.Select(f => f.Path).ShouldBeEmpty();

        _ = await TransactionControl.UndoAsync(route, null, Options, Stop);
        _ = await TransactionControl.UndoAsync(route, null, Options, Stop);
        (await FilesAsync(lab)).ShouldBe(filesBefore);
        await EventuallyAsync(() => MadeAsync(route), "");
        if (hand.Scope is ChangeScope.Both)
            await EventuallyAsync(() => LookAsync(lab, hand), hand.Before);
        await ReloadAsync(lab, hand, hand.Before);
    }

    // networkd looks at names and types alone, so that a veth of such a name is what a NIC of a domain is to it.
    [Fact]
    public async Task What_networkd_does_to_a_domains_NIC_is_what_is_said_of_it()
    {
        var name = $"disk-vifs-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}";
        var options = new DiskLabOptions { Name = name, Manager = DiskManager.Networkd };
        await using var lab = await DiskLab.UpAsync(options, new Progress<string>(Console.Error.WriteLine), Stop);
        var route = new HostAccess(_connector, HostTarget.Parse(DiskLab.Alias), new SshSettings { ConfigFile = lab.SshConfigPath });
        var vif = new InterfaceName("vif9.0");
        var write = HandWrittenNetwork.Of(DiskManager.Networkd).Write;
        _ = (await lab.RunAsync($"set -e\n{write}\nip link add vif9.0 type veth peer name guest9", Stop)).EnsureSuccess();
        await EventuallyAsync(VlansAsync, "br8 10");

        await using var connection = route.Connect();
        var plan = ChangePlan.Make(await HostReader.ReadAsync(connection, Stop), [new PortVlansAre(vif, PortVlans.Access(new VlanId(40)))]);
        plan = await PersistencePlanner.WithScopeAsync(plan, ChangeScope.Both, connection, Stop);
        var note = plan.Notes[0];
        note.ShouldContain("40-vifs.network:1 takes in vif9.0: systemd-networkd puts it on bridge br8 and gives it VLAN 10 ");
        foreach (
            var (said, how) in new[]
            {
                ("whenever the NIC appears", "ip link del vif9.0; ip link add vif9.0 type veth peer name guest9"),
                ("when systemd-networkd starts", "systemctl restart systemd-networkd"),
                ("networkctl reconfigure", "networkctl reconfigure vif9.0"),
                ("reload after that file was changed", "touch /etc/systemd/network/40-vifs.network; networkctl reload"),
            }
        )
        {
            note.ShouldContain(said);
            var again = ChangePlan.Make(await HostReader.ReadAsync(connection, Stop), plan.Changes);
            _ = await TransactionRunner.ApplyAsync(route, again, Options, Stop);
            (await VlansAsync()).ShouldBe("br8 40 PVID Egress Untagged");
            _ = (await lab.RunAsync(how, Stop)).EnsureSuccess();
            await EventuallyAsync(async () => (await VlansAsync()).Split('\n')[0], "br8 10");
        }

        async Task<string> VlansAsync() =>
            (
                await lab.RunAsync(
                    """
                    bridge=$(readlink /sys/class/net/vif9.0/master)
                    echo "${bridge##*/} $(bridge vlan show dev vif9.0 | sed -e 1d -e 's/^vif9.0//' | tr -s ' \t' ' ' | sed 's/^ //')"
                    """,
                    Stop
                )
            ).StandardOutput.TrimEnd('\n');
    }

    // On a slow machine systemd-networkd may set a route before it has its gateway's network, and then gives the route up; what its
    // files say comes with the next reload.
    private static async Task ReloadAsync(DiskLab lab, HandWrittenNetwork hand, string wanted)
    {
        const int Reloads = 3;
        for (var i = 1; i < Reloads; i++)
        {
            _ = (await lab.RunAsync(hand.Reload, Stop)).EnsureSuccess();
            if (await ComesAsync(() => LookAsync(lab, hand), wanted))
                return;
        }

        _ = (await lab.RunAsync(hand.Reload, Stop)).EnsureSuccess();
        await EventuallyAsync(() => LookAsync(lab, hand), wanted);
    }

    private static async Task EventuallyAsync(Func<Task<string>> look, string wanted)
    {
        if (!await ComesAsync(look, wanted))
            (await look()).ShouldBe(wanted);
    }

    private static async Task<bool> ComesAsync(Func<Task<string>> look, string wanted)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(Settling);
        while (!patience.IsCancellationRequested)
        {
            if (await look() == wanted)
                return true;
            await Task.Delay(1000, Stop);
        }

        return false;
    }

    private static async Task<ChangePlan> PlanAsync(HostAccess route, IReadOnlyList<HostChange> changes, ChangeScope scope)
    {
        await using var connection = route.Connect();
        var plan = ChangePlan.Make(await HostReader.ReadAsync(connection, Stop), changes);
        return await PersistencePlanner.WithScopeAsync(plan, scope, connection, Stop);
    }

    private static VlanInterfacePresent Vlan(int vlan) => new() { Parent = new InterfaceName("xenbr0"), VlanId = new VlanId(vlan) };

    // What XenVlan made, a line each: the managers differ in what else they do to a host.
    private static async Task<string> MadeAsync(HostAccess route)
    {
        await using var connection = route.OpenNewConnection(TimeSpan.FromSeconds(10));
        var host = await HostReader.ReadAsync(connection, Stop);
        var lines = host
            .Interfaces.Where(i => i.Name.StartsWith("xenbr", StringComparison.Ordinal) && i.Name != "xenbr0")
            .OrderBy(i => i.Name, StringComparer.Ordinal)
            .Select(i =>
                i.Vlan is { } vlan
                    ? $"{i.Name} VLAN {vlan.Id} of {vlan.Parent} {i.Mtu} {(i.IsUp ? "up" : "down")} {Addresses(i)}".TrimEnd()
                    : $"{i.Name} bridge of {string.Join(' ', host.Interfaces.Where(p => p.Master == i.Name).Select(p => p.Name))} "
                        + $"{(i.IsUp ? "up" : "down")}"
            );
        return string.Join('\n', lines);
    }

    private static string Addresses(NetworkInterface link) =>
        string.Join(' ', link.Addresses.Where(a => !a.IsLinkLocal).Select(a => a.ToString()).Order(StringComparer.Ordinal));

    private static async Task<string> LookAsync(DiskLab lab, HandWrittenNetwork hand) =>
        (await lab.RunAsync(hand.Look, Stop)).StandardOutput.TrimEnd('\n');

    private static async Task<string> FilesAsync(DiskLab lab) =>
        (
            await lab.RunAsync(
                HostState.FilesOf("/etc/network /etc/NetworkManager /etc/systemd/network /etc/netplan /etc/init.d /etc/rc?.d /etc/xenvlan"),
                Stop
            )
        ).EnsureSuccess();
}
