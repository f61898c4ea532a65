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
        var all = await ReadAsync(route, cancellationToken).ConfigureAwait(false);
        var found = id is null ? all.LastOrDefault(t => t.State is TransactionState.Armed) : Find(all, id);
        return found is { State: TransactionState.Armed }
            ? found.Id
            : throw route.Target.Error(
                ErrorIds.TransactionNotFound,
                found is null
                    ? Message.Of(
                        $"Host {route.Target.Name} has no "
                            + $"{(id is null ? Message.Of($"armed transaction") : Message.Of($"transaction {id}"))}."
                    )
                    : Message.Of(
                        $"Transaction {found.Id:unquoted} of host {route.Target.Name} cannot be confirmed: it is "
                            + $"{found.State}{(found.Reason is null ? "" : $" ({found.Reason})"):unquoted}."
                    )
            );
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
        var all = await ReadAsync(route, cancellationToken).ConfigureAwait(false);
        var found = id is not null
            ? Find(all, id)
            : all.LastOrDefault(IsOpen) ?? all.LastOrDefault(t => t is { State: TransactionState.Confirmed, Reverts: null });
        if (found is null || (!IsOpen(found) && found.State is not TransactionState.Confirmed))
        {
            throw route.Target.Error(
                ErrorIds.TransactionNotFound,
                found is null
                    ? Message.Of(
                        $"Host {route.Target.Name} has no "
                            + $"{(id is null ? Message.Of($"transaction to undo") : Message.Of($"transaction {id}"))}."
                    )
                    : Message.Of(
                        $"Transaction {found.Id:unquoted} of host {route.Target.Name} cannot be undone: it is "
                            + $"{found.State}{(found.Reason is null ? "" : $" ({found.Reason})"):unquoted}."
                    )
            );
        }

        if (found.State is TransactionState.Confirmed)
            _ = await TransactionRunner.RevertAsync(route, found.Id, options, cancellationToken).ConfigureAwait(false);
        else
            await TransactionRunner.RollBackAsync(route, found.Id, options, cancellationToken).ConfigureAwait(false);
        return found.Id;
    }

    private static bool IsOpen(XenTransaction one) =>
        one.State is TransactionState.Begun or TransactionState.Running or TransactionState.Armed
        || one is { State: TransactionState.Interrupted, Cause: TransactionCause.Abandoned };

    private static XenTransaction? Find(IReadOnlyList<XenTransaction> all, string id) => all.FirstOrDefault(t => t.Id == id);

    private static Task<IReadOnlyList<XenTransaction>> ReadAsync(HostAccess route, CancellationToken cancellationToken) =>
        route.Connect().AskAsync(connection => TransactionReader.ReadAsync(connection, route.Journals, cancellationToken));
}
