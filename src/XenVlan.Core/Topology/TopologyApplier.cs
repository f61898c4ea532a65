using XenVlan.Changes;
using XenVlan.Changes.Transactions;
using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Topology;

/// <summary>Carries out the plans of a document.</summary>
public static class TopologyApplier
{
    /// <summary>Carries plans out together, each as a transaction of its host, and keeps the new snapshots.</summary>
    /// <param name="plans">The plans.</param>
    /// <param name="store">Reaches the hosts.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Stops; the hosts undo what they did.</param>
    /// <returns>The hosts afterwards, in the order of the plans.</returns>
    /// <exception cref="XenVlanException">As <see cref="TransactionRunner.ApplyAllAsync"/>: one host failed, and all were taken
    /// back.</exception>
    public static async Task<IReadOnlyList<HostSnapshot>> ApplyAsync(
        IReadOnlyList<ChangePlan> plans,
        SnapshotStore store,
        TransactionOptions options,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(plans);
        ArgumentNullException.ThrowIfNull(store);
        var after = await TransactionRunner
            .ApplyAllAsync([.. plans.Select(p => (store.RouteTo(HostTarget.Parse(p.HostName)), p))], options, cancellationToken)
            .ConfigureAwait(false);
        foreach (var snapshot in after)
            store.Add(snapshot);
        return after;
    }
}
