using System.Management.Automation;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using XenVlan.Changes;
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
    private protected override void Process(TopologyDocument document, SnapshotStore store)
    {
        var plans = Await(token => TopologyPlanner.PlanAsync(document, store, token));
        foreach (var plan in plans)
        {
            foreach (var note in plan.Notes)
                WriteWarning($"Host {DisplayText.Quote(plan.HostName)}: {note}");
        }

        var confirmed = plans.Where(plan => !plan.IsEmpty && PlanQuestion.Ask(this, plan)).ToList();
        if (plans.All(p => p.IsEmpty))
            WriteVerbose($"{document.Name} is true already: nothing needs to be changed.");

        // A later host may rely on an earlier one, so the first failure ends it.
        foreach (var plan in confirmed)
        {
            foreach (var report in Pump((_, token) => ApplyAsync(plan, store, token)))
                WriteObject(report);
        }
    }

    private static async IAsyncEnumerable<StepReport> ApplyAsync(ChangePlan plan, SnapshotStore store, [EnumeratorCancellation] CancellationToken token)
    {
        var news = Channel.CreateUnbounded<StepReport>();
        var work = Task.Run(
            async () =>
            {
                try
                {
                    return await TopologyApplier.ApplyAsync(plan, store, report => news.Writer.TryWrite(report), token).ConfigureAwait(false);
                }
                finally
                {
                    news.Writer.Complete();
                }
            },
            token);
        await foreach (var report in news.Reader.ReadAllAsync(token).ConfigureAwait(false))
        {
            if (report.State is not StepState.Running)
                yield return report;
        }

        _ = await work.ConfigureAwait(false);
    }
}
