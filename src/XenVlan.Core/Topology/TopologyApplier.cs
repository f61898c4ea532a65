using XenVlan.Changes;
using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Topology;

/// <summary>Carries out the plans of a document.</summary>
public static class TopologyApplier
{
    /// <summary>Carries out a plan on its host, and keeps the new snapshot.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="store">Reaches the host.</param>
    /// <param name="onStep">Called with the news of each step.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The host afterwards.</returns>
    /// <exception cref="XenVlanException">As <see cref="ChangeRunner.ApplyAsync"/>.</exception>
    public static async Task<HostSnapshot> ApplyAsync(ChangePlan plan, SnapshotStore store, Action<StepReport>? onStep, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(store);
        var connection = store.Connect(HostTarget.Parse(plan.HostName));
        await using (connection.ConfigureAwait(false))
        {
            var after = await ChangeRunner.ApplyAsync(connection, plan, onStep, cancellationToken).ConfigureAwait(false);
            store.Add(after);
            return after;
        }
    }
}
