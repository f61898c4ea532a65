using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Changes.Transactions;

/// <summary>Carries plans out, each as a transaction of its host.</summary>
public static class TransactionRunner
{
    /// <summary>Carries a plan out on its host: arms it, looks whether the host is as wanted, confirms it.</summary>
    /// <param name="route">The host.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Stops; the host undoes what it did.</param>
    /// <returns>The host afterwards; the snapshot the plan was made from when nothing needed to be done.</returns>
    /// <exception cref="XenVlanException">
    /// <see cref="ErrorIds.ChangeFailed"/>: a step failed, and the ones before it were undone, or nothing could be begun;
    /// <see cref="ErrorIds.NotConfirmed"/>: the host could not be reached to confirm, and undid everything;
    /// <see cref="ErrorIds.HostBusy"/>: somebody else is changing the host; <see cref="ErrorIds.UndoFailed"/>: undoing
    /// failed too; <see cref="ErrorIds.ChangeNotVisible"/>: the host does not show what was asked for, and was undone;
    /// <see cref="ErrorIds.ConfigurationConflict"/>: a file was changed meanwhile.
    /// </exception>
    public static async Task<HostSnapshot> ApplyAsync(
        HostAccess route,
        ChangePlan plan,
        TransactionOptions options,
        CancellationToken cancellationToken
    ) => (await ApplyAllAsync([(route, plan)], options, cancellationToken).ConfigureAwait(false))[0];

    /// <summary>
    /// Carries plans of several hosts out together: all are armed, then all are looked at, then all are confirmed. If one
    /// fails, all are undone.
    /// </summary>
    /// <param name="plans">The plans, with the ways to their hosts.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Stops; the hosts undo what they did.</param>
    /// <returns>The hosts afterwards, in the same order.</returns>
    /// <exception cref="XenVlanException">As for one plan; of the first host that failed.</exception>
    public static async Task<IReadOnlyList<HostSnapshot>> ApplyAllAsync(
        IReadOnlyList<(HostAccess Route, ChangePlan Plan)> plans,
        TransactionOptions options,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(plans);
        ArgumentNullException.ThrowIfNull(options);
        var begun = new HostTransaction?[plans.Count];
        try
        {
            await EachAsync(
                    plans.Count,
                    async i =>
                    {
                        if (!plans[i].Plan.IsEmpty)
                            begun[i] = await HostTransaction
                                .BeginAsync(plans[i].Route, plans[i].Plan, options, cancellationToken)
                                .ConfigureAwait(false);
                    }
                )
                .ConfigureAwait(false);

            var after = new HostSnapshot[plans.Count];
            await EachAsync(
                    plans.Count,
                    async i =>
                        after[i] = begun[i] is { } one
                            ? await one.CheckAsync(cancellationToken).ConfigureAwait(false)
                            : plans[i].Plan.Before
                )
                .ConfigureAwait(false);
            await EachAsync(plans.Count, i => begun[i]?.ConfirmAsync(cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
            return after;
        }
        catch (Exception e) when (e is XenVlanException or OperationCanceledException && !options.NoRollback)
        {
            await TakeBackAsync(plans, begun, options).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Undoes a confirmed transaction, as a transaction of its own.</summary>
    /// <param name="route">The host.</param>
    /// <param name="id">The transaction; null for the last that was confirmed and not undone yet.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The host afterwards.</returns>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.TransactionNotFound"/>: there is none; and as for a plan.</exception>
    public static async Task<HostSnapshot> RevertAsync(
        HostAccess route,
        string? id,
        TransactionOptions options,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(route);
        var transaction = await HostTransaction.BeginRevertAsync(route, id ?? "", options, cancellationToken).ConfigureAwait(false);
        var after = await transaction.CheckAsync(cancellationToken).ConfigureAwait(false);
        await transaction.ConfirmAsync(cancellationToken).ConfigureAwait(false);
        return after;
    }

    /// <summary>Confirms an armed transaction that somebody began.</summary>
    /// <param name="route">The host.</param>
    /// <param name="id">The transaction.</param>
    /// <param name="options">Who wants to know.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A task that ends when it is confirmed and its files are written.</returns>
    /// <exception cref="XenVlanException">It is not armed any more.</exception>
    public static Task ConfirmAsync(HostAccess route, string id, TransactionOptions options, CancellationToken cancellationToken) =>
        HostTransaction.Existing(route, id, options).ConfirmAsync(cancellationToken);

    /// <summary>Undoes a transaction that is running, armed or interrupted.</summary>
    /// <param name="route">The host.</param>
    /// <param name="id">The transaction.</param>
    /// <param name="options">Who wants to know.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A task that ends when it is over.</returns>
    public static Task RollBackAsync(HostAccess route, string id, TransactionOptions options, CancellationToken cancellationToken) =>
        HostTransaction.Existing(route, id, options).RollBackAsync("somebody asked for it", cancellationToken);

    // All are waited for, whatever becomes of one: none may be left armed and forgotten.
    private static async Task EachAsync(int count, Func<int, Task> action)
    {
        var all = Enumerable.Range(0, count).Select(action).ToList();
        await Task.WhenAll(all).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var one in all)
            await one.ConfigureAwait(false);
    }

    private static async Task TakeBackAsync(
        IReadOnlyList<(HostAccess Route, ChangePlan Plan)> plans,
        HostTransaction?[] begun,
        TransactionOptions options
    )
    {
        using var patience = new CancellationTokenSource(options.ConfirmTimeout + TimeSpan.FromSeconds(60));
        var why = plans.Count > 1 ? "another host of the same plan failed" : "it could not be confirmed";
        await Task.WhenAll(
                begun.Select(
                    async (one, i) =>
                    {
                        if (one is null or { State: TransactionState.RolledBack or TransactionState.Stuck or TransactionState.Interrupted })
                            return;
                        var host = plans[i].Route.Target.Name;
                        try
                        {
                            if (one.State is TransactionState.Confirmed)
                                _ = await RevertAsync(
                                        plans[i].Route,
                                        one.Id,
                                        options with
                                        {
                                            OnStep = null,
                                            NoRollback = true,
                                        },
                                        patience.Token
                                    )
                                    .ConfigureAwait(false);
                            else
                                await one.RollBackAsync(why, patience.Token).ConfigureAwait(false);
                            options.OnProgress?.Invoke(host, $"The change was undone: {why}.");
                        }
                        catch (Exception e) when (e is XenVlanException or OperationCanceledException)
                        {
                            options.OnWarning?.Invoke(host, $"The change could not be undone from here: {e.Message}");
                        }
                    }
                )
            )
            .ConfigureAwait(false);
    }
}
