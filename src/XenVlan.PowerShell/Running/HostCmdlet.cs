using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.PowerShell.Running;

/// <summary>What all cmdlets that look at hosts share: which hosts, and how to reach them.</summary>
public abstract class HostCmdlet : SshCmdlet
{
    private const int ReadingActivity = 1;

    private long _began;

    /// <summary>
    /// The hosts: an ssh_config alias, <c>host</c>, <c>user@host</c> or <c>user@host:port</c>. This machine when absent.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public string[]? HostName { get; set; }

    /// <summary>How many hosts to work on at the same time.</summary>
    [Parameter]
    [ValidateRange(1, 1024)]
    public int ThrottleLimit { get; set; } = HostFanOut.DefaultThrottle;

    /// <summary>
    /// What the pipeline brings: names of hosts, objects of XenVlan, or one's own with properties named as the parameters are.
    /// </summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Snapshots that the user gave to be used in place of their hosts, however old they are.</summary>
    private protected virtual IReadOnlyList<HostSnapshot> GivenSnapshots => [];

    /// <summary>Which of XenVlan's objects the cmdlet can be given through a pipeline.</summary>
    private protected abstract PipedKinds Takes { get; }

    /// <summary>What the pipeline brought for the current record; null where it brought nothing.</summary>
    private protected PipedObject? Piped { get; private set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();

        // All cmdlets of a pipeline begin before the first object flows.
        _began = Stopwatch.GetTimestamp();
        if (IsGiven(nameof(HostName)))
            _ = Targets(HostName!);
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        try
        {
            Piped = InputObject is { } given ? PipedObject.Read(given) : null;
            if (Piped is { Kind: not PipedKinds.None } piped && !Takes.HasFlag(piped.Kind))
                throw Errors.Of(
                    ErrorIds.InvalidValue,
                    $"{MyInvocation.MyCommand.Name:unquoted} takes no {piped.TypeName:unquoted} through a pipeline."
                );
        }
        catch (XenVlanException e)
        {
            WriteError(ErrorRecords.From(e, InputObject));
            return;
        }

        Process();
    }

    /// <summary>Properties of what the pipeline brought, as texts; those that are null are left out.</summary>
    /// <param name="properties">Their names.</param>
    private protected List<string> Texts(params string[] properties) => [.. properties.Select(p => Piped?.Text(p)).OfType<string>()];

    /// <summary>Does what one record asks for.</summary>
    private protected abstract void Process();

    /// <summary>The hosts that the current record is about.</summary>
    /// <returns>At least one; each only once.</returns>
    private protected IReadOnlyList<RequestedHost> Hosts()
    {
        var targets =
            HostName is { } names ? Targets(names)
            : Piped?.HostName is { } piped ? Targets([piped])
            : GivenSnapshots.Count > 0 ? Targets(GivenSnapshots.Select(s => s.HostName))
            : [HostTarget.Local];
        return [.. targets.Distinct().Select(Request)];
    }

    /// <summary>Reads hosts, many at once.</summary>
    /// <param name="hosts">The hosts; those with a current snapshot are not asked.</param>
    /// <param name="limit">How long reading one may take, connecting included; null for as long as usual.</param>
    /// <returns>
    /// Each host with its snapshot, in the order they answer. A host that fails is reported, and is not among them.
    /// </returns>
    private protected IEnumerable<(RequestedHost Host, HostSnapshot Snapshot)> Read(
        IReadOnlyCollection<RequestedHost> hosts,
        TimeSpan? limit = null
    )
    {
        foreach (var host in hosts)
        {
            if (host.Current is { } snapshot)
                yield return (host, snapshot);
        }

        var missing = hosts.Where(h => h.Current is null).ToList();
        foreach (
            var (host, outcome) in OnEach(
                missing,
                "Reading hosts",
                (host, _, connection, token) => HostReader.ReadAsync(connection, limit ?? host.Settings.ReadTimeout, token)
            )
        )
        {
            yield return (host, ModuleSession.Remember(outcome, host.Settings));
        }
    }

    /// <summary>Does something on hosts, many at once.</summary>
    /// <param name="hosts">The hosts, each once.</param>
    /// <param name="activity">What is done, in words, for the progress bar.</param>
    /// <param name="operation">What to do; is given, besides host and connection, a way to have something done on the pipeline's
    /// thread.</param>
    /// <returns>What came of each host that did not fail; the others are reported.</returns>
    private protected IEnumerable<(RequestedHost Host, T Result)> OnEach<T>(
        IReadOnlyCollection<RequestedHost> hosts,
        string activity,
        Func<RequestedHost, Action<Action>, IHostConnection, CancellationToken, Task<T>> operation
    )
    {
        var done = 0;

        // A host's name may stand for two machines, reached with different settings. Both get their turn.
        var rounds = hosts
            .GroupBy(h => h.Target)
            .SelectMany(same => same.Select((host, turn) => (host, turn)))
            .GroupBy(h => h.turn, h => h.host);
        foreach (var round in rounds)
        {
            var byTarget = round.ToDictionary(h => h.Target);
            var outcomes = Pump(
                (post, stop) =>
                    HostFanOut.RunAsync(
                        byTarget.Keys,
                        (target, token) => ConnectAndDoAsync(byTarget[target], post, operation, token),
                        ThrottleLimit,
                        stop
                    )
            );
            foreach (var outcome in outcomes)
            {
                ShowProgress(activity, ++done, hosts.Count);
                if (outcome.Error is { } error)
                    WriteError(ErrorRecords.From(error, outcome.Target.Name));
                else
                    yield return (byTarget[outcome.Target], outcome.Value!);
            }
        }
    }

    private static async Task<T> ConnectAndDoAsync<T>(
        RequestedHost host,
        Action<Action> post,
        Func<RequestedHost, Action<Action>, IHostConnection, CancellationToken, Task<T>> operation,
        CancellationToken token
    )
    {
        return await ModuleSession
            .Connector.Connect(host.Target, host.Settings)
            .AskAsync(connection => operation(host, post, connection, token))
            .ConfigureAwait(false);
    }

    private void ShowProgress(string activity, int done, int count)
    {
        if (count < 2)
            return;
        WriteProgress(
            new ProgressRecord(ReadingActivity, activity, string.Create(CultureInfo.InvariantCulture, $"{done} of {count}"))
            {
                PercentComplete = 100 * done / count,
                RecordType = done == count ? ProgressRecordType.Completed : ProgressRecordType.Processing,
            }
        );
    }

    private List<HostTarget> Targets(IEnumerable<string> names) => [.. names.Select(n => Valid(n, () => HostTarget.Parse(n)))];

    private RequestedHost Request(HostTarget target)
    {
        var piped = Piped?.HostName == target.Name ? Piped : null;
        var given = GivenSnapshots.LastOrDefault(s => s.HostName == target.Name);

        // What an object was made from is used when it was read for this pipeline.
        var current = given ?? (piped?.Snapshot?.Timestamp >= _began ? piped.Snapshot : null);
        return new RequestedHost(target, Settings ?? piped?.Ssh ?? given?.Ssh ?? SshSettings.Default, current);
    }
}
