using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Changes.Transactions;

/// <summary>Finds the transaction a user means, and confirms it or undoes it.</summary>
public static class TransactionControl
{
    /// <summary>Reads one transaction of a host.</summary>
    /// <param name="route">The host.</param>
    /// <param name="id">Its name.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The transaction.</returns>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.TransactionNotFound"/>: there is none of that name.</exception>
    public static async Task<XenTransaction> FindAsync(HostAccess route, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(route);
        return Find(await ReadAsync(route, cancellationToken).ConfigureAwait(false), id)
            ?? throw route.Target.Error(ErrorIds.TransactionNotFound, $"Host {route.Target.Name} has no transaction {id}.");
    }

    /// <summary>The transaction that can be confirmed.</summary>
    /// <param name="route">The host.</param>
    /// <param name="id">Its name; null for the one that is armed.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Its name.</returns>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.TransactionNotFound"/>: there is none, or it is not armed.</exception>
    public static async Task<string> FindArmedAsync(HostAccess route, string? id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(route);
        return Armed(route, await ReadAsync(route, cancellationToken).ConfigureAwait(false), id).Id;
    }

    /// <summary>What confirming a transaction will do.</summary>
    /// <param name="route">The host.</param>
    /// <param name="id">Its name; null for the one that is armed.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The transaction, its steps, which stay, and the files that will be written.</returns>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.TransactionNotFound"/>: there is none, or it is not armed.</exception>
    public static async Task<TransactionPreview> PreviewConfirmAsync(HostAccess route, string? id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(route);
        var armed = Armed(route, await ReadAsync(route, cancellationToken).ConfigureAwait(false), id);
        var (plan, _) = await ReadPlansAsync(route, armed, cancellationToken).ConfigureAwait(false);
        return new TransactionPreview(armed, TransactionDecision.Confirm, plan.Steps, plan.Files);
    }

    /// <summary>What undoing a transaction will do.</summary>
    /// <param name="route">The host.</param>
    /// <param name="id">Its name; null for the one that <see cref="UndoAsync"/> would take.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>
    /// The transaction, the steps of undoing it, and the files that will be put back. Of one that runs, only what is done by then
    /// is undone.
    /// </returns>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.TransactionNotFound"/>: there is none to undo.</exception>
    public static async Task<TransactionPreview> PreviewUndoAsync(HostAccess route, string? id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(route);
        var found = ToUndo(route, await ReadAsync(route, cancellationToken).ConfigureAwait(false), id);
        var (_, undo) = await ReadPlansAsync(route, found, cancellationToken).ConfigureAwait(false);
        if (found.State is TransactionState.Confirmed)
            return new TransactionPreview(found, TransactionDecision.Revert, undo.Steps, undo.Files);

        // What undoes it then is no transaction, and not undone itself. No file is written before it is confirmed; one that was
        // interrupted may have been at that.
        var files = found.State is TransactionState.Interrupted ? undo.Files : [];
        return new TransactionPreview(found, TransactionDecision.RollBack, [.. undo.Steps.Select(s => s with { Undo = null })], files);
    }

    /// <summary>Undoes a transaction, whatever state it is in.</summary>
    /// <param name="route">The host.</param>
    /// <param name="id">Its name; null for the one that runs, is armed or was interrupted, else the last that was confirmed.</param>
    /// <param name="options">How; undoing a confirmed one is a transaction itself.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The name of the one that was undone.</returns>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.TransactionNotFound"/>: there is none to undo.</exception>
    public static async Task<string> UndoAsync(
        HostAccess route,
        string? id,
        TransactionOptions options,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(route);
        ArgumentNullException.ThrowIfNull(options);
        var found = ToUndo(route, await ReadAsync(route, cancellationToken).ConfigureAwait(false), id);
        if (found.State is TransactionState.Confirmed)
            _ = await TransactionRunner.RevertAsync(route, found.Id, options, cancellationToken).ConfigureAwait(false);
        else
            await TransactionRunner.RollBackAsync(route, found.Id, options, cancellationToken).ConfigureAwait(false);
        return found.Id;
    }

    private static XenTransaction Armed(HostAccess route, IReadOnlyList<XenTransaction> all, string? id)
    {
        var found = id is null ? all.LastOrDefault(t => t.State is TransactionState.Armed) : Find(all, id);
        return found is { State: TransactionState.Armed } ? found : throw NotThere(route, found, id, "armed transaction", "confirmed");
    }

    private static XenTransaction ToUndo(HostAccess route, IReadOnlyList<XenTransaction> all, string? id)
    {
        var found = id is not null
            ? Find(all, id)
            : all.LastOrDefault(IsOpen) ?? all.LastOrDefault(t => t is { State: TransactionState.Confirmed, Reverts: null });
        return found is not null && (IsOpen(found) || found.State is TransactionState.Confirmed)
            ? found
            : throw NotThere(route, found, id, "transaction to undo", "undone");
    }

    private static XenVlanException NotThere(HostAccess route, XenTransaction? found, string? id, string wanted, string done) =>
        route.Target.Error(
            ErrorIds.TransactionNotFound,
            found is null
                ? Message.Of(
                    $"Host {route.Target.Name} has no {(id is null ? Message.Of($"{wanted:unquoted}") : Message.Of($"transaction {id}"))}."
                )
                : Message.Of(
                    $"Transaction {found.Id:unquoted} of host {route.Target.Name} cannot be {done:unquoted}: it is "
                        + $"{found.State}{(found.Reason is null ? "" : $" ({found.Reason})"):unquoted}."
                )
        );

    private static bool IsOpen(XenTransaction one) =>
        one.State is TransactionState.Begun or TransactionState.Running or TransactionState.Armed
        || one is { State: TransactionState.Interrupted, Cause: TransactionCause.Abandoned };

    private static XenTransaction? Find(IReadOnlyList<XenTransaction> all, string id) => all.FirstOrDefault(t => t.Id == id);

    private static Task<IReadOnlyList<XenTransaction>> ReadAsync(HostAccess route, CancellationToken cancellationToken) =>
        route.Connect().AskAsync(connection => TransactionReader.ReadAsync(connection, route.Journals, cancellationToken));

    private static Task<(JournalPlan Plan, JournalPlan Undo)> ReadPlansAsync(
        HostAccess route,
        XenTransaction transaction,
        CancellationToken cancellationToken
    ) =>
        route
            .Connect()
            .AskAsync(connection => TransactionReader.ReadPlansAsync(connection, transaction.Id, route.Journals, cancellationToken));
}
