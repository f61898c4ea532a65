using System.Globalization;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using XenVlan.Changes;
using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Paths;
using XenVlan.PowerShell.Completion;
using XenVlan.PowerShell.Running;

namespace XenVlan.PowerShell.Commands;

/// <summary>Tests whether a VLAN gets from one place to another, or is isolated from it.</summary>
[Cmdlet(VerbsDiagnostic.Test, "XenVlanPath")]
[OutputType(typeof(XenVlanPathResult))]
public sealed class TestXenVlanPathCommand : HostCmdlet
{
    private const int TestingActivity = 3;

    private readonly List<(HostRequest Host, PathRequest Path)> _requests = [];
    private readonly List<HostSnapshot> _snapshots = [];
    private IReadOnlyList<PathEnd> _ends = [];
    private int? _mtu;
    private int? _tcpPort;

    /// <summary>The interface to send from; its VLAN is the path's.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    public string Interface { get; set; } = "";

    /// <summary>Where the path ends: an address, <c>host</c> or <c>host/interface</c>.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public string[] To { get; set; } = [];

    /// <summary>The largest packet to try, in bytes, 68 to 65535; the smaller MTU of the two ends when absent.</summary>
    [Parameter]
    public int Mtu { get; set; }

    /// <summary>A TCP port to connect to, 1 to 65535.</summary>
    [Parameter]
    public int TcpPort { get; set; }

    /// <summary>What the path should be.</summary>
    [Parameter]
    [Alias("Expected")]
    public PathExpectation Expect { get; set; }

    /// <summary>Predicts from snapshots, and sends nothing.</summary>
    [Parameter]
    public SwitchParameter Offline { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _ends = [.. To.Select(t => Valid(t, () => PathEnd.Parse(t)))];
        _mtu = IsGiven(nameof(Mtu)) ? Valid(Mtu, () => MtuIs.Check(Mtu)) : null;
        if (IsGiven(nameof(TcpPort)) && TcpPort is < 1 or > 65535)
            Refuse(TcpPort, string.Create(CultureInfo.InvariantCulture, $"TCP port {TcpPort} is not valid: it is a number from 1 to 65535."));
        _tcpPort = IsGiven(nameof(TcpPort)) ? TcpPort : null;
        if (IsGiven(nameof(Interface)))
            _ = Valid(Interface, () => new InterfaceName(Interface));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var from = Valid(Interface, () => new InterfaceName(Interface));
        if (IsGiven(nameof(Snapshot)))
        {
            _snapshots.AddRange(Snapshot!.Except(_snapshots));
            if (HostName is null && _snapshots.Count > 1)
                Refuse(null, "Snapshots of several hosts are given. Say with -HostName at which of them the path begins.");
        }

        foreach (var host in Hosts())
        {
            foreach (var end in _ends)
            {
                var path = new PathRequest
                {
                    FromHost = host.Target,
                    FromInterface = from,
                    To = end,
                    Mtu = _mtu,
                    TcpPort = _tcpPort,
                    Expected = Expect,
                    Offline = Offline,
                };
                _requests.Add((host, path));
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var hosts = _requests
            .GroupBy(r => (r.Host.Target, r.Host.Settings))
            .Select(same => same.Select(r => r.Host).FirstOrDefault(h => h.Current is not null) ?? same.First().Host)
            .ToList();
        var read = Read(hosts).ToList();
        foreach (var sameSettings in read.GroupBy(r => r.Host.Settings))
        {
            var store = new SnapshotStore(ModuleSession.Connector, sameSettings.Key);
            foreach (var snapshot in _snapshots.Concat(sameSettings.Select(r => r.Snapshot)))
                store.Add(snapshot);
            var targets = sameSettings.Select(r => r.Host.Target).ToHashSet();
            Test(new PathTester(store), [.. _requests.Where(r => r.Host.Settings == sameSettings.Key && targets.Contains(r.Host.Target)).Select(r => r.Path)]);
        }
    }

    // One after the other: the probes of two paths that are tested at once would be seen at each other's hops.
    private void Test(PathTester tester, IReadOnlyList<PathRequest> paths)
    {
        var done = 0;
        foreach (var outcome in Pump((_, stop) => TestAllAsync(tester, paths, stop)))
        {
            if (paths.Count > 1)
                WriteProgress(new ProgressRecord(TestingActivity, "Testing paths", string.Create(CultureInfo.InvariantCulture, $"{++done} of {paths.Count}")) { PercentComplete = 100 * done / paths.Count });
            if (outcome.Error is { } error)
                WriteError(ErrorRecords.From(error, (error as XenVlanException)?.Target ?? outcome.Target.Name));
            else
                WriteObject(outcome.Value);
        }
    }

    private static async IAsyncEnumerable<HostOutcome<XenVlanPathResult>> TestAllAsync(
        PathTester tester,
        IReadOnlyList<PathRequest> paths,
        [EnumeratorCancellation] CancellationToken stop)
    {
        foreach (var path in paths)
        {
            HostOutcome<XenVlanPathResult> outcome;
            try
            {
                outcome = new(path.FromHost, await tester.TestAsync(path, stop).ConfigureAwait(false), null);
            }
            catch (XenVlanException e)
            {
                outcome = new(path.FromHost, null, e);
            }

            yield return outcome;
        }
    }
}
