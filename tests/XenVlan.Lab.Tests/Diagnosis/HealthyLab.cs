using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Lab.Tests.Diagnosis;

/// <summary>
/// A lab of its own with VLAN 10 working between both hosts and all domains, by IPv4 and IPv6: what every case begins with.
/// Without a tag the domains ftp-a and ftp-b reach each other too.
/// </summary>
public sealed class HealthyLab : IAsyncDisposable
{
    private static readonly Dictionary<string, string> Setups = new(StringComparer.Ordinal)
    {
        ["a"] = Dom0("1"),
        ["b"] = Dom0("2"),
        ["ftp-a"] = DomU("11") + "ip addr add 10.30.0.11/24 dev eth0; ",
        ["app-a"] = DomU("12"),
        ["ftp-b"] = DomU("21") + "ip addr add 10.30.0.21/24 dev eth0; ",
        ["app-b"] = DomU("22"),
    };

    private readonly HostConnector _connector = new();
    private readonly LabFixture _fixture = new("diagnosis");
    private readonly Dictionary<string, HostSnapshot> _healthy = new(StringComparer.Ordinal);

    /// <summary>The hosts.</summary>
    public static IReadOnlyList<string> Hosts { get; } = ["a", "b"];

    /// <summary>The hosts and domains.</summary>
    public static IReadOnlyCollection<string> Places => Setups.Keys;

    /// <summary>The switch between the hosts.</summary>
    public LabSwitch Switch => _fixture.Lab.Switch;

    /// <summary>Brings the lab up and makes it healthy, where it is not so already.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_healthy.Count > 0)
            return;
        await _fixture.StartAsync();
        await Task.WhenAll(Hosts.Select(h => SetUpAsync(h, cancellationToken)));
    }

    /// <summary>What is read of the hosts from now on.</summary>
    public SnapshotStore NewStore() => _fixture.NewStore(_connector);

    /// <summary>What was read of a place while it was healthy.</summary>
    public HostSnapshot Healthy(string place) => _healthy[place];

    /// <summary>Runs a script on a host or in a domain.</summary>
    public async Task RunAsync(string place, string script, bool mustSucceed, CancellationToken cancellationToken)
    {
        var result = await _fixture.Lab.RunAsync(place, script, cancellationToken);
        if (mustSucceed)
            _ = result.EnsureSuccess();
    }

    /// <summary>Sees that places are as they were when they were healthy, and thaws the hosts of those that are not.</summary>
    public async Task CheckAsync(
        IReadOnlyCollection<string> places,
        IReadOnlyCollection<string> broken,
        CancellationToken cancellationToken
    )
    {
        var hosts = broken.Select(HostOf).ToHashSet(StringComparer.Ordinal);
        var changed = await _fixture.NotCleanAfterAsync(places.Where(p => !hosts.Contains(HostOf(p))).Select(p => (p, "")));
        hosts.UnionWith(changed.Select(HostOf));

        foreach (var host in hosts)
        {
            await _fixture.Lab.RestoreAsync(host, cancellationToken);
            await SetUpAsync(host, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _connector.DisposeAsync();
        await _fixture.DisposeAsync();
    }

    private static string HostOf(string place) => place[^1..];

    private static string Dom0(string number) =>
        "ip link add link xenbr0 name xenbr0.10 type vlan id 10; ip link set xenbr0.10 up; "
        + $"ip addr add 10.10.0.{number}/24 dev xenbr0.10; ip -6 addr add fd00:10::{number}/64 dev xenbr0.10 nodad; "
        + "for port in eth1 vif1.0 vif2.0; do bridge vlan add dev $port vid 10; done; bridge vlan add dev xenbr0 vid 10 self; ";

    private static string DomU(string number) =>
        "ip link add link eth0 name eth0.10 type vlan id 10; ip link set eth0.10 up; "
        + $"ip addr add 10.10.0.{number}/24 dev eth0.10; ip -6 addr add fd00:10::{number}/64 dev eth0.10 nodad; ";

    private async Task SetUpAsync(string host, CancellationToken cancellationToken)
    {
        foreach (var place in Places.Where(p => HostOf(p) == host))
        {
            await RunAsync(place, "set -e; " + Setups[place], mustSucceed: true, cancellationToken);
            _healthy[place] = await _fixture.ReadAsync(place);
            await _fixture.NoteCleanAsync(place);
        }
    }
}
