using System.Management.Automation;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using XenVlan.Changes;
using XenVlan.Changes.Transactions;
using XenVlan.Discovery;
using XenVlan.Model;
using XenVlan.PowerShell.Running;
using XenVlan.Topology;

namespace XenVlan.PowerShell.Commands;

/// <summary>Makes a topology document true on its hosts.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "XenTopology", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(StepReport))]
public sealed class InvokeXenTopologyCommand : TopologyCmdlet
{
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

    private protected override void Process(TopologyDocument document, SnapshotStore store)
    {
        var plans = Await(token => TopologyPlanner.PlanAsync(document, store, Scope, token));
        foreach (var plan in plans)
        {
            foreach (var note in plan.Notes)
                WriteWarning($"Host {DisplayText.Quote(plan.HostName)}: {note}");
        }

        var confirmed = plans.Where(plan => !plan.IsEmpty && PlanConfirmation.ShouldApply(this, plan)).ToList();
        if (plans.All(p => p.IsEmpty))
            WriteVerbose($"{document.Name} is true already: nothing needs to be changed.");
        foreach (var report in Pump((post, token) => ApplyAsync(confirmed, store, OptionsFor(ConfirmTimeout, NoRollback, post), token)))
            WriteObject(report);
    }

    private static async IAsyncEnumerable<StepReport> ApplyAsync(
        IReadOnlyList<ChangePlan> plans,
        SnapshotStore store,
        TransactionOptions options,
        [EnumeratorCancellation] CancellationToken token
    )
    {
        var news = Channel.CreateUnbounded<StepReport>();
        var work = Task.Run(
            async () =>
            {
                try
                {
                    return await TopologyApplier
                        .ApplyAsync(plans, store, options with { OnStep = report => news.Writer.TryWrite(report) }, token)
                        .ConfigureAwait(false);
                }
                finally
                {
                    news.Writer.Complete();
                }
            },
            CancellationToken.None
        );

        // Also when it is stopped, the hosts are told to undo what they did before this ends.
        await foreach (var report in news.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            if (report.State is not StepState.Running)
                yield return report;
        }

        _ = await work.ConfigureAwait(false);
    }
}
