using System.Collections.Concurrent;
using XenVlan.Changes;
using XenVlan.Changes.Persistence;
using XenVlan.Changes.Transactions;
using XenVlan.Hosts;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Lab.Tests;

/// <summary>
/// What tests on the lab share. A test names the hosts it changes, and leaves clean ones behind: a host is restored
/// after the test, not before, so that tests that change nothing cost nothing.
/// </summary>
[Collection(Lanes.SharedHosts)]
public abstract class LabTest(LabFixture fixture) : IAsyncLifetime
{
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _undo = new(StringComparer.Ordinal);

    protected LabFixture Fixture { get; } = fixture;

    protected XenLab Lab => Fixture.Lab;

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected HostConnector Connector { get; } = new();

    public ValueTask InitializeAsync() => Fixture.StartAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Connector.DisposeAsync();
        await Lab.Switch.ResetAsync(CancellationToken.None);
        _changed.UnionWith(await Fixture.NotCleanAfterAsync(_undo.Where(u => !_changed.Contains(u.Key)).Select(u => (u.Key, u.Value))));
        await Task.WhenAll(_changed.Select(host => Lab.RestoreAsync(host, CancellationToken.None)));
    }

    // Emulated hosts on a busy machine are slow to answer.
    protected static TransactionOptions Patient { get; } = new() { ConfirmTimeout = TimeSpan.FromSeconds(120) };

    /// <summary>Says that the test changes hosts, which are restored after it.</summary>
    protected void Changes(params string[] hosts) => _changed.UnionWith(hosts);

    /// <summary>
    /// Does something to a host, and says how it is undone. Where all is as before then, the host need not be restored.
    /// </summary>
    protected async Task DoAsync(string host, string script, string undo)
    {
        await UndoneByAsync(host, undo);
        _ = await Fixture.RunAsync(host, script);
    }

    /// <summary>Says how what the test is going to do to a host is undone, as in <see cref="DoAsync"/>: the last first.</summary>
    protected async Task UndoneByAsync(string host, string undo)
    {
        await Fixture.NoteCleanAsync(host);
        _undo.AddOrUpdate(host, undo, (_, before) => undo + "\n" + before);
    }

    /// <summary>Makes a VLAN interface on xenbr0 by hand, with an address or without, as <see cref="DoAsync"/> does things.</summary>
    protected Task MakeVlanAsync(string host, int vlan, string? address = null)
    {
        var name = $"xenbr0.{vlan}";
        var give = address is null ? "" : $"ip addr add {address} dev {name} && ";
        return DoAsync(
            host,
            $"ip link add link xenbr0 name {name} type vlan id {vlan} && {give}ip link set {name} up",
            $"ip link del {name}"
        );
    }

    protected IHostConnection Connect(string host) => Connector.Connect(HostTarget.Parse(host), Fixture.Ssh);

    /// <summary>Reads a host, plans changes from what is there, and carries them out.</summary>
    protected async Task<(ChangePlan Plan, HostSnapshot After)> ApplyAsync(
        string host,
        Func<HostSnapshot, IReadOnlyList<HostChange>> changes,
        ChangeScope scope = ChangeScope.Running
    )
    {
        var before = await Fixture.ReadAsync(host);
        await using var connection = Connect(host);
        var plan = await PersistencePlanner.WithScopeAsync(ChangePlan.Make(before, changes(before)), scope, connection, Stop);
        return (plan, await TransactionRunner.ApplyAsync(Route(host), plan, Patient, Stop));
    }

    protected HostAccess Route(string host) => new(Connector, HostTarget.Parse(host), Fixture.Ssh);
}
