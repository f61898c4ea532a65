using System.Management.Automation;
using XenVlan.Discovery;
using XenVlan.Discovery.Comparison;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.PowerShell.Running;

namespace XenVlan.PowerShell.Commands;

/// <summary>Shows what differs between snapshots: of a host at two moments, or of two hosts.</summary>
[Cmdlet(VerbsData.Compare, "XenSnapshot", DefaultParameterSetName = WithSnapshot)]
[OutputType(typeof(SnapshotDifference))]
public sealed class CompareXenSnapshotCommand : SshCmdlet
{
    private const string WithSnapshot = "Snapshot";
    private const string WithHost = "Host";

    private readonly List<HostSnapshot> _differences = [];

    /// <summary>The snapshots to compare with, the files that hold them, or objects that were read from them.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [SnapshotFileTransformation]
    public HostSnapshot[] ReferenceSnapshot { get; set; } = [];

    /// <summary>The other snapshots, in the same forms. When absent, the hosts of the references are read now.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true, ParameterSetName = WithSnapshot)]
    [ValidateNotNullOrEmpty]
    [SnapshotFileTransformation]
    public HostSnapshot[]? DifferenceSnapshot { get; set; }

    /// <summary>The hosts to read now, and compare with.</summary>
    [Parameter(Mandatory = true, ParameterSetName = WithHost)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public string[] DifferenceHostName { get; set; } = [];

    /// <summary>How long reading a host may take, connecting included, in milliseconds.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int OperationTimeout { get; set; } = (int)SshSettings.Default.ReadTimeout.TotalMilliseconds;

    /// <inheritdoc/>
    protected override void ProcessRecord() => _differences.AddRange(DifferenceSnapshot ?? []);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var pairs =
            ParameterSetName == WithHost ? Read(DifferenceHostName.Select(n => (n, (SshSettings?)null))).SelectMany(PairsOf)
            : _differences.Count > 0 || MyInvocation.ExpectingInput ? _differences.SelectMany(PairsOf)
            : Read(ReferenceSnapshot.Select(r => (r.HostName, r.Ssh))).SelectMany(now => OfHost(now).Select(r => (r, now)));
        foreach (var (reference, difference) in pairs)
        {
            foreach (var gap in reference.NotSeen.Concat(difference.NotSeen).Select(g => g.What).Distinct(StringComparer.Ordinal))
                WriteVerbose($"Not compared, as one of the snapshots or both could not see it: {DisplayText.Clean(gap)}.");
            foreach (var one in SnapshotComparison.Compare(reference, difference))
                WriteObject(one);
        }
    }

    // What one reference is compared with may be any host; of several, the one of the same host is meant.
    private IEnumerable<(HostSnapshot Reference, HostSnapshot Difference)> PairsOf(HostSnapshot difference)
    {
        if (ReferenceSnapshot is [var only])
            return [(only, difference)];
        var references = OfHost(difference).ToList();
        if (references.Count == 0)
            WriteError(
                ErrorRecords.From(
                    difference.Error(
                        ErrorIds.InvalidValue,
                        $"There is no snapshot to compare that of host {difference.HostName} with. There are those of: "
                            + $"{Message.List(ReferenceSnapshot.Select(r => r.HostName))}."
                    ),
                    difference.HostName
                )
            );
        return references.Select(r => (r, difference));
    }

    private IEnumerable<HostSnapshot> OfHost(HostSnapshot snapshot) => ReferenceSnapshot.Where(r => r.HostName == snapshot.HostName);

    private IEnumerable<HostSnapshot> Read(IEnumerable<(string HostName, SshSettings? Settings)> hosts)
    {
        var settings = hosts
            .DistinctBy(h => h.HostName, StringComparer.Ordinal)
            .ToDictionary(h => Valid(h.HostName, () => HostTarget.Parse(h.HostName)), h => Settings ?? h.Settings ?? SshSettings.Default);
        var limit = TimeSpan.FromMilliseconds(OperationTimeout);
        var outcomes = Pump(
            (_, stop) =>
                HostFanOut.RunAsync(
                    settings.Keys,
                    (target, token) =>
                        ModuleSession
                            .Connector.Connect(target, settings[target])
                            .AskAsync(connection => HostReader.ReadAsync(connection, limit, token)),
                    HostFanOut.DefaultThrottle,
                    stop
                )
        );
        foreach (var outcome in outcomes)
        {
            if (outcome.Value is { } snapshot)
            {
                yield return ModuleSession.Remember(snapshot, settings[outcome.Target]);
            }
            else
            {
                WriteError(ErrorRecords.From(outcome.Error!, outcome.Target.Name));
            }
        }
    }
}
