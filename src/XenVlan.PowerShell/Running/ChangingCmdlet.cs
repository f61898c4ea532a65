using System.Globalization;
using System.Management.Automation;
using XenVlan.Changes;
using XenVlan.Changes.Desired;
using XenVlan.Changes.Persistence;
using XenVlan.Changes.Transactions;
using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.PowerShell.Running;

/// <summary>
/// A cmdlet that changes hosts. All that is asked of one host is planned together and carried out as one plan, so that
/// it is done wholly or not at all.
/// </summary>
public abstract class ChangingCmdlet : HostCmdlet
{
    private const int ChangingActivity = 2;

    private readonly List<(RequestedHost Host, HostChangeRequest Request)> _requests = [];

    /// <summary>How far the change goes: what runs, the configuration files so that it lasts, or both.</summary>
    [Parameter]
    public ChangeScope Scope { get; set; } = ChangeScope.Both;

    /// <summary>How long, in seconds, a host waits to be reached again before it undoes the change by itself.</summary>
    [Parameter]
    [ValidateRange(TransactionOptions.MinimumConfirmSeconds, TransactionOptions.MaximumConfirmSeconds)]
    public int ConfirmTimeout { get; set; } = TransactionOptions.DefaultConfirmSeconds;

    /// <summary>Keeps the change even if the host cannot be reached afterwards.</summary>
    [Parameter]
    public SwitchParameter NoRollback { get; set; }

    private protected sealed override void Process()
    {
        var requests = Requests().ToList();
        foreach (var host in Hosts())
            _requests.AddRange(requests.Select(w => (host, w)));
    }

    /// <inheritdoc/>
    protected sealed override void EndProcessing()
    {
        CheckTogether([.. _requests.Select(w => w.Host.Target).Distinct()], [.. _requests.Select(w => w.Request).Distinct()]);

        var requests = _requests.ToLookup(w => (w.Host.Target, w.Host.Settings));
        var hosts = requests
            .Select(same => same.Select(w => w.Host).FirstOrDefault(h => h.Current is not null) ?? same.First().Host)
            .ToList();
        var plans = new Dictionary<RequestedHost, Func<IHostConnection, CancellationToken, Task<ChangePlan>>>();
        foreach (var (host, snapshot) in Read(hosts))
        {
            if (MakePlan(snapshot, [.. RequestsOf(host)]) is { } plan)
                plans.Add(host, plan);
        }

        var confirmed = new List<(RequestedHost Host, ChangePlan Plan)>();
        var lasting = OnEach(plans.Keys, "Reading configuration", (host, _, connection, token) => plans[host](connection, token));
        foreach (var (host, plan) in lasting)
        {
            foreach (var note in plan.Notes)
                WriteWarning($"Host {DisplayText.Quote(plan.HostName)}: {note}");
            foreach (var name in plan.NotThere)
                ReportNotThere(plan.Before, name.Value);
            if (plan.IsEmpty)
            {
                WriteVerbose($"Host {DisplayText.Quote(plan.HostName)}: nothing needs to be changed.");
                ShowResults(host, plan.Before, plan.Before);
            }
            else if (PlanConfirmation.ShouldApply(this, plan))
            {
                confirmed.Add((host, plan));
            }
        }

        Apply(confirmed);

        IEnumerable<HostChangeRequest> RequestsOf(RequestedHost host) => requests[(host.Target, host.Settings)].Select(w => w.Request);

        void ShowResults(RequestedHost host, HostSnapshot before, HostSnapshot after)
        {
            foreach (var item in RequestsOf(host).SelectMany(w => w.Results(before, after)))
                WriteObject(item);
        }

        void Apply(List<(RequestedHost Host, ChangePlan Plan)> confirmed)
        {
            var byHost = confirmed.ToDictionary(p => p.Host, p => p.Plan);
            var results = OnEach(
                byHost.Keys,
                "Changing hosts",
                (host, post, _, token) =>
                    TransactionRunner.ApplyAsync(
                        new HostAccess(ModuleSession.Connector, host.Target, host.Settings),
                        byHost[host],
                        OptionsFor(ConfirmTimeout, NoRollback, post) with
                        {
                            OnStep = news => post(() => Tell(news)),
                        },
                        token
                    )
            );
            foreach (var (host, after) in results)
            {
                ShowResults(host, byHost[host].Before, ModuleSession.Remember(after, host.Settings));
            }
        }
    }

    /// <summary>What the parameters of the current record ask of each of its hosts.</summary>
    private protected abstract IEnumerable<HostChangeRequest> Requests();

    /// <summary>Refuses requests that contradict each other, before anything is sent.</summary>
    /// <param name="hosts">All hosts.</param>
    /// <param name="requests">All that is asked of any of them.</param>
    private protected virtual void CheckTogether(IReadOnlyList<HostTarget> hosts, IReadOnlyList<HostChangeRequest> requests) { }

    private void ReportNotThere(HostSnapshot host, string name)
    {
        var where = Scope is ChangeScope.Running ? "" : ", neither running nor in its configuration files";
        var there = SnapshotViews.VlanInterfaces(host).Select(i => i.Name);
        var error = Errors.Of(
            ErrorIds.InterfaceNotFound,
            $"Host {host.HostName} has no VLAN interface {name}{where:unquoted}. It has: {Message.List(there)}.",
            name
        );
        WriteError(ErrorRecords.From(error, name));
    }

    // What is left to do of it needs the host's files.
    private Func<IHostConnection, CancellationToken, Task<ChangePlan>>? MakePlan(
        HostSnapshot snapshot,
        IReadOnlyList<HostChangeRequest> requests
    )
    {
        try
        {
            var plan = ChangePlan.Make(snapshot, [.. requests.SelectMany(w => w.Changes(snapshot))]);
            return (connection, token) => PersistencePlanner.WithScopeAsync(plan, Scope, connection, token);
        }
        catch (OpenVSwitchNicException e)
        {
            return async (connection, token) =>
                throw await PersistencePlanner.ExplainAsync(e, Scope, connection, token).ConfigureAwait(false);
        }
        catch (XenVlanException e)
        {
            WriteError(ErrorRecords.From(e, snapshot.HostName));
            return null;
        }
    }

    private void Tell(StepReport news)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"Host {DisplayText.Quote(news.HostName)}, step {news.Number} of {news.Count}"
        );
        var isOver = news.State is StepState.Failed || (news.State is StepState.Done && news.Number == news.Count);
        WriteProgress(
            new ProgressRecord(ChangingActivity, "Changing the host", text)
            {
                CurrentOperation = DisplayText.Clean(news.Step.Description),
                PercentComplete = 100 * (news.Number - 1) / news.Count,
                RecordType = isOver ? ProgressRecordType.Completed : ProgressRecordType.Processing,
            }
        );
        if (news.State is not (StepState.Running or StepState.Done))
            WriteVerbose($"{text} {DisplayText.Clean($"{news.State}: {news.Said}")}");
    }
}
