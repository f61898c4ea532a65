using System.Globalization;
using System.Management.Automation;
using System.Net;
using System.Runtime.CompilerServices;
using XenVlan.Changes.Desired;
using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Paths;
using XenVlan.Paths.Ends;
using XenVlan.PowerShell.Completion;
using XenVlan.PowerShell.Running;

namespace XenVlan.PowerShell.Commands;

/// <summary>Tests whether a VLAN gets from one place to another, or is isolated from it.</summary>
[Cmdlet(VerbsDiagnostic.Test, "XenVlanPath", DefaultParameterSetName = PathSet)]
[OutputType(typeof(XenVlanPathResult))]
public sealed class TestXenVlanPathCommand : SnapshotCmdlet
{
    private const string PathSet = "Path";
    private const string MeshSet = "Mesh";
    private const int TestingActivity = 3;

    private readonly List<(RequestedHost Host, PathRequest Path)> _requests = [];
    private readonly List<(RequestedHost Host, InterfaceName Interface)> _mesh = [];
    private readonly List<HostSnapshot> _snapshots = [];
    private IReadOnlyList<PathTarget> _ends = [];
    private PathRequest _basis = null!;

    /// <summary>The interface to send from; its VLAN is the path's. For a path that begins at a domain's NIC it is left out.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    public string? Interface { get; set; }

    /// <summary>The domain whose NIC the path begins at.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [ArgumentCompleter(typeof(DomainNameCompleter))]
    public string? DomainName { get; set; }

    /// <summary>The number of the NIC in its domain, from 0.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    public int? Index { get; set; }

    /// <summary>Where the path ends: an address, <c>host</c>, <c>host/interface</c> or <c>host/domain:index</c>.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = PathSet)]
    public string[] To { get; set; } = [];

    /// <summary>Tests each pair of the piped interfaces that share a VLAN and are on different hosts.</summary>
    [Parameter(Mandatory = true, ParameterSetName = MeshSet)]
    public SwitchParameter Mesh { get; set; }

    /// <summary>The VLAN that is meant at a domain's NIC, 1 to 4094.</summary>
    [Parameter(ParameterSetName = PathSet)]
    public string? VlanId { get; set; }

    /// <summary>The address to send from in place of a domain's NIC, with its prefix length.</summary>
    [Parameter(ParameterSetName = PathSet)]
    public string? SourceAddress { get; set; }

    /// <summary>The address to probe at the end; its own when absent.</summary>
    [Parameter(ParameterSetName = PathSet)]
    public string? TargetAddress { get; set; }

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

    /// <summary>Watches every hop while the path is tested, and shows the way of a frame as a picture.</summary>
    [Parameter]
    public SwitchParameter Trace { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (IsGiven(nameof(TcpPort)) && TcpPort is < 1 or > 65535)
            Refuse(TcpPort, $"TCP port {TcpPort} is not valid: it is a number from 1 to 65535.");
        if (IsGiven(nameof(Interface)))
            _ = Valid(Interface, () => new InterfaceName(Interface!));
        if (IsGiven(nameof(Interface)) && (IsGiven(nameof(DomainName)) || IsGiven(nameof(Index))))
            Refuse(Interface, $"A path begins at an interface or at a domain's NIC, and both are given.");
        if (IsGiven(nameof(DomainName)) != IsGiven(nameof(Index)))
            Refuse(DomainName, $"A domain's NIC is named by -DomainName and -Index, and only one of them is given.");
        if (IsGiven(nameof(SourceAddress)) && IsGiven(nameof(Interface)))
            Refuse(SourceAddress, $"-SourceAddress is for a path that begins at a domain's NIC: an interface sends from its own.");
        if (Index is { } index and < 0)
            Refuse(Index, $"NIC {index} is not valid: NICs are counted from 0.");
        var address = TargetAddress is { } text ? Valid<IPAddress>(text, () => Address(text)) : null;
        _ends = [.. To.Select(t => Valid(t, () => PathTarget.Parse(t))).Select(e => address is null ? e : e with { Address = address })];
        _basis = new PathRequest
        {
            FromHost = HostTarget.Local,
            To = new PathTarget(),
            Vlan = VlanId is { } vlan ? Valid(vlan, () => Model.VlanId.Parse(vlan)) : null,
            FromAddress = SourceAddress is { } source ? Valid(source, () => InterfaceAddress.Parse(source)) : null,
            Mtu = IsGiven(nameof(Mtu)) ? Valid(Mtu, () => MtuIs.Check(Mtu)) : null,
            TcpPort = IsGiven(nameof(TcpPort)) ? TcpPort : null,
            Expected = Expect,
            Offline = Offline,
            Trace = Trace,
        };
    }

    private protected override PipedKinds Takes => PipedKinds.Host | PipedKinds.Bridge | PipedKinds.Nic | PipedKinds.VlanInterface;

    private protected override void Process()
    {
        if (IsGiven(nameof(Snapshot)))
        {
            _snapshots.AddRange(Snapshot!.Except(_snapshots));
            if (HostName is null && _snapshots.Count > 1)
                Refuse(null, $"Snapshots of several hosts are given. Say with -HostName at which of them the path begins.");
        }

        var nic = Interface is null && DomainName is { } domain && Index is { } number ? new DomainNicName(domain, number) : null;
        var from = Interface is { } name ? Valid(name, () => new InterfaceName(name)) : null;
        if (from is null && (nic is null || ParameterSetName == MeshSet))
        {
            const string Missing = "Where the path begins is missing: an interface, or a domain's NIC with -DomainName and -Index.";
            WriteError(ErrorRecords.From(Errors.Of(ErrorIds.InvalidValue, $"{Missing:unquoted}"), InputObject));
            return;
        }

        foreach (var host in Hosts())
        {
            if (ParameterSetName == MeshSet)
                _mesh.Add((host, from!));
            foreach (var end in _ends)
                _requests.Add((host, _basis with { FromHost = host.Target, FromInterface = from, FromNic = nic, To = end }));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var hosts = _requests
            .Select(r => r.Host)
            .Concat(_mesh.Select(m => m.Host))
            .GroupBy(h => (h.Target, h.Settings))
            .Select(same => same.FirstOrDefault(h => h.Current is not null) ?? same.First())
            .ToList();
        var read = Read(hosts).ToList();
        foreach (var sameSettings in read.GroupBy(r => r.Host.Settings))
        {
            var store = new SnapshotStore(ModuleSession.Connector, sameSettings.Key);
            foreach (var snapshot in _snapshots.Concat(sameSettings.Select(r => r.Snapshot)))
                store.Add(snapshot);
            var targets = sameSettings.Select(r => r.Host.Target).ToHashSet();
            var paths = _requests.Where(r => r.Host.Settings == sameSettings.Key && targets.Contains(r.Host.Target)).Select(r => r.Path);
            Test(
                new PathTester(store),
                sameSettings.Key,
                [.. paths, .. MeshOf(sameSettings.Key, [.. sameSettings.Select(r => r.Snapshot)])]
            );
        }
    }

    private static IPAddress Address(string text) =>
        InterfaceAddress.TryParseAddress(text, out var address)
            ? address
            : throw Errors.Of(ErrorIds.InvalidValue, $"{text} is not an IPv4 or IPv6 address.", text);

    private IReadOnlyList<PathRequest> MeshOf(SshSettings settings, IReadOnlyList<HostSnapshot> snapshots)
    {
        var members = _mesh.Where(m => m.Host.Settings == settings).Select(m => (m.Host.Target.Name, m.Interface.Value)).ToHashSet();
        return PathMesh.Between(
            snapshots.SelectMany(SnapshotViews.VlanInterfaces).Where(i => members.Contains((i.HostName, i.Name))),
            _basis
        );
    }

    // One after the other: the probes of two paths that are tested at once would be seen at each other's hops.
    private void Test(PathTester tester, SshSettings settings, IReadOnlyList<PathRequest> paths)
    {
        var done = 0;
        foreach (var outcome in Pump((_, stop) => TestAllAsync(tester, paths, stop)))
        {
            if (paths.Count > 1)
                WriteProgress(
                    new ProgressRecord(
                        TestingActivity,
                        "Testing paths",
                        string.Create(CultureInfo.InvariantCulture, $"{++done} of {paths.Count}")
                    )
                    {
                        PercentComplete = 100 * done / paths.Count,
                    }
                );
            if (outcome.Error is { } error)
                WriteError(ErrorRecords.From(error, (error as XenVlanException)?.Target ?? outcome.Target.Name));
            else
                Write(outcome.Value!.ReachedBy(settings));
        }
    }

    // Whoever asks for what is not reachable, or not isolated, by a false value gets what is not known too.
    private void Write(XenVlanPathResult result)
    {
        if (result.Outcome is PathOutcome.NotKnown)
            WriteWarning(
                $"{DisplayText.Clean(result.Source)} to {DisplayText.Clean(result.Target)}: it is not known whether anything arrives. "
                    + $"{DisplayText.Clean(result.Explanation)}"
            );
        WriteObject(PathDrawMethod.AddTo(result.Worded(PowerShellWording.Instance), Trace));
    }

    private static async IAsyncEnumerable<HostOutcome<XenVlanPathResult>> TestAllAsync(
        PathTester tester,
        IReadOnlyList<PathRequest> paths,
        [EnumeratorCancellation] CancellationToken stop
    )
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
