using System.Globalization;
using Shouldly;
using XenVlan.Changes;
using XenVlan.Changes.Persistence;
using XenVlan.Changes.Transactions;
using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Lab.Tests;

/// <summary>
/// What is made on a host is there again after a reboot, whatever manages its network, and leaves no trace when it is taken
/// back. The host whose network nothing manages is that of <see cref="DomainRebootTests"/>.
/// </summary>
[Collection(Lanes.OwnHosts)]
public sealed class RebootTests : IAsyncDisposable
{
    // Interfaces come and go while a manager starts; what it made is there after a few seconds.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(60);

    private static readonly TransactionOptions Options = new() { ConfirmTimeout = TimeSpan.FromSeconds(120) };

    private readonly HostConnector _connector = new();

    /// <summary>What is made, here and on the host of <see cref="DomainRebootTests"/>.</summary>
    internal static IReadOnlyList<HostChange> Made { get; } =
    [
        Vlan(10) with { Mtu = 1400, Addresses = [InterfaceAddress.Parse("10.10.0.1/24")] },
        Vlan(20) with { Addresses = [InterfaceAddress.Parse("10.20.0.1/24"), InterfaceAddress.Parse("2001:db8:20::1/64")] },
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
    public async Task What_was_made_comes_back_and_leaves_no_trace_when_it_is_taken_back(DiskManager manager)
    {
        var name = $"disk-reboot-{manager.ToString().ToLowerInvariant()}-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}";
        await using var lab = await DiskLab.UpAsync(new DiskLabOptions { Name = name, Manager = manager }, new Progress<string>(Console.Error.WriteLine), Stop);
        var route = new HostRoute(_connector, HostTarget.Parse(DiskLab.Alias), new SshSettings { ConfigFile = lab.SshConfigPath });
        var filesBefore = await FilesAsync(lab);

        var plan = await PlanAsync(route);
        plan.Files.ShouldNotBeEmpty();
        _ = await TransactionRunner.ApplyAsync(route, plan, Options, Stop);
        var made = await MadeAsync(route);
        made.ShouldContain("xenbr0.10 VLAN 10 of xenbr0 1400 up 10.10.0.1/24");
        made.ShouldContain("xenbr30 bridge of xenbr0.30");
        var files = await FilesAsync(lab);
        files.ShouldNotBe(filesBefore);

        var again = await PlanAsync(route);
        again.Steps.Select(s => s.Description).ShouldBeEmpty();
        again.Files.Select(f => $"{f.Path}: {f.Description}\n{f.After}").ShouldBeEmpty();
        (await FilesAsync(lab)).ShouldBe(files);

        await lab.RebootAsync(Stop);
        await EventuallyAsync(() => MadeAsync(route), made);
        (await PlanAsync(route)).Files.Select(f => f.Path).ShouldBeEmpty();

        _ = await TransactionSteering.UndoAsync(route, null, Options, Stop);
        (await FilesAsync(lab)).ShouldBe(filesBefore);
        await EventuallyAsync(() => MadeAsync(route), "");
    }

    private static async Task EventuallyAsync(Func<Task<string>> look, string wanted)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(Settling);
        while (!patience.IsCancellationRequested)
        {
            if (await look() == wanted)
                return;
            await Task.Delay(1000, Stop);
        }

        (await look()).ShouldBe(wanted);
    }

    private static async Task<ChangePlan> PlanAsync(HostRoute route)
    {
        await using var connection = route.Connect();
        var plan = ChangePlan.Make(await HostReader.ReadAsync(connection, Stop), Made);
        return await PersistencePlanner.WithScopeAsync(plan, ChangeScope.Both, connection, Stop);
    }

    private static VlanInterfacePresent Vlan(int vlan) => new() { Parent = new InterfaceName("xenbr0"), VlanId = new VlanId(vlan) };

    // What XenVlan made, a line each: the managers differ in what else they do to a host.
    private static async Task<string> MadeAsync(HostRoute route)
    {
        await using var connection = route.ConnectAnew(TimeSpan.FromSeconds(10));
        var host = await HostReader.ReadAsync(connection, Stop);
        var lines = host.Interfaces
            .Where(i => i.Vlan is not null || i.Name == "xenbr30")
            .OrderBy(i => i.Name, StringComparer.Ordinal)
            .Select(i => i.Vlan is { } vlan
                ? $"{i.Name} VLAN {vlan.Id} of {vlan.Parent} {i.Mtu} {(i.IsUp ? "up" : "down")} {string.Join(' ', i.Addresses.Where(a => !a.IsLinkLocal).Select(a => a.ToString()).Order(StringComparer.Ordinal))}".TrimEnd()
                : $"{i.Name} bridge of {string.Join(' ', host.Interfaces.Where(p => p.Master == i.Name).Select(p => p.Name))} {(i.IsUp ? "up" : "down")}");
        return string.Join('\n', lines);
    }

    private static async Task<string> FilesAsync(DiskLab lab) => (await lab.RunAsync(
        HostState.FilesOf("/etc/network /etc/NetworkManager /etc/systemd/network /etc/netplan /etc/init.d /etc/rc?.d /etc/xenvlan"),
        Stop)).EnsureSuccess();
}
