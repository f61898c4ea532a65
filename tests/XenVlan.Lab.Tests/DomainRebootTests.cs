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
/// A Xen host without a network manager, whose network an init script makes: after a reboot its bridge, its VLAN interface
/// and its domain's NIC are as XenVlan made them, through the script network-vlan, the domain's file and Xen's own hook.
/// </summary>
[Collection(Lanes.OwnHosts)]
public sealed class DomainRebootTests : IAsyncDisposable
{
    private static readonly TransactionOptions Options = new() { ConfirmTimeout = TimeSpan.FromSeconds(120) };

    private readonly HostConnector _connector = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _connector.DisposeAsync();

    [Fact]
    public async Task A_domains_nic_and_what_it_is_plugged_into_come_back_and_leave_no_trace_when_they_are_undone()
    {
        var name = $"disk-domains-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}";
        await using var lab = await DiskLab.UpAsync(
            new DiskLabOptions
            {
                Name = name,
                Manager = DiskManager.None,
                Xen = true,
            },
            new Progress<string>(Console.Error.WriteLine),
            Stop
        );
        var route = new HostAccess(_connector, HostTarget.Parse(DiskLab.Alias), new SshSettings { ConfigFile = lab.SshConfigPath });
        var filesBefore = await FilesAsync(lab);
        var before = await SeenAsync(route);

        _ = await ApplyAsync(route, Network);
        _ = await ApplyAsync(route, Nic);
        var made = await SeenAsync(route);
        made.ShouldContain("xenbr0.10 VLAN 10 of xenbr0 1400 up 10.10.0.1/24");
        made.ShouldContain("xenbr30 filters False, with xenbr0.30");
        made.ShouldContain("guest 0 on xenbr0 Trunk 10,2000-2005 5 1400 False");
        var files = await FilesAsync(lab);
        files.ShouldContain("/etc/rc3.d/S51network-vlan");
        files.ShouldContain("/etc/xen/scripts/vif-post.d");

        await lab.RebootAsync(Stop);
        (await SeenAsync(route)).ShouldBe(made, await SaidAsync(lab));
        (await FilesAsync(lab)).ShouldBe(files);
        (await ApplyAsync(route, Network)).IsEmpty.ShouldBeTrue();
        (await ApplyAsync(route, Nic)).IsEmpty.ShouldBeTrue();

        _ = await TransactionControl.UndoAsync(route, null, Options, Stop);
        _ = await TransactionControl.UndoAsync(route, null, Options, Stop);
        (await FilesAsync(lab)).ShouldBe(filesBefore);
        (await SeenAsync(route)).ShouldBe(before);
    }

    private static IReadOnlyList<HostChange> Network(HostSnapshot host) =>
        [new BridgeFilteringIs(new InterfaceName("xenbr0"), true), .. RebootTests.Made];

    private static IReadOnlyList<HostChange> Nic(HostSnapshot host) =>
        new DomainNicRequest
        {
            AllowedVlans = VlanSet.Parse("10,2000-2005"),
            NativeVlan = new VlanId(5),
            Mtu = 1400,
            TransmitChecksumOffload = false,
        }.For(SnapshotViews.DomainNics(host).Single());

    private static async Task<ChangePlan> ApplyAsync(HostAccess route, Func<HostSnapshot, IReadOnlyList<HostChange>> wanted)
    {
        await using var connection = route.Connect();
        var host = await HostReader.ReadAsync(connection, Stop);
        var plan = await PersistencePlanner.WithScopeAsync(ChangePlan.Make(host, wanted(host)), ChangeScope.Both, connection, Stop);
        _ = await TransactionRunner.ApplyAsync(route, plan, Options, Stop);
        return plan;
    }

    private static async Task<string> SeenAsync(HostAccess route)
    {
        await using var connection = route.OpenNewConnection(TimeSpan.FromSeconds(10));
        var host = await HostReader.ReadAsync(connection, Stop);
        var lines = SnapshotViews
            .VlanInterfaces(host)
            .Select(i =>
                $"{i.Name} VLAN {i.VlanId} of {i.Parent} {i.Mtu} {(i.IsUp ? "up" : "down")} "
                + $"{string.Join(' ', i.Addresses.Where(a => !InterfaceAddress.Parse(a).IsLinkLocal).Order(StringComparer.Ordinal))}"
            )
            .Concat(SnapshotViews.Bridges(host).Select(b => $"{b.Name} filters {b.VlanFiltering}, with {string.Join(' ', b.Uplinks)}"))
            .Concat(
                SnapshotViews
                    .DomainNics(host)
                    .Select(n =>
                        $"{n.DomainName} {n.Index} on {n.Bridge} {n.Mode} {n.AllowedVlans} {n.NativeVlan} {n.Mtu} "
                        + $"{n.TransmitChecksumOffload}"
                    )
            );
        return string.Join('\n', lines);
    }

    private static async Task<string> SaidAsync(DiskLab lab) =>
        (
            await lab.RunAsync(
                "systemctl --no-pager status network-vlan xen-bridge xendomains; journalctl -b --no-pager -u network-vlan; cat "
                    + "/var/log/xen/xen-hotplug.log",
                Stop
            )
        ).StandardOutput;

    private static async Task<string> FilesAsync(DiskLab lab) =>
        (await lab.RunAsync(HostState.FilesOf("/etc/init.d /etc/rc?.d /etc/xenvlan /etc/xen"), Stop)).EnsureSuccess();
}
