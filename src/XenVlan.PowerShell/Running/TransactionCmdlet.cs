using XenVlan.Changes.Transactions;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.PowerShell.Running;

/// <summary>A cmdlet about the changes that hosts keep a journal of.</summary>
public abstract class TransactionCmdlet : HostCmdlet
{
    /// <summary>Steers a transaction on each host of the current record, where the user agrees.</summary>
    /// <param name="id">The transaction; null where the user named none.</param>
    /// <param name="action">What is done, in words.</param>
    /// <param name="steer">Does it; gives the transaction's name.</param>
    /// <returns>What became of the transactions.</returns>
    private protected IEnumerable<XenTransaction> ForEachTransaction(
        string? id,
        string action,
        Func<HostAccess, Action<Action>, CancellationToken, Task<string>> steer
    )
    {
        var hosts = Hosts()
            .Where(h => ShouldProcess($"Host {DisplayText.Quote(h.Target.Name)}, transaction {id ?? "(the last one)"}", action))
            .ToList();
        return OnEach(
                hosts,
                action,
                (host, post, _, token) => SteerAsync(new HostAccess(ModuleSession.Connector, host.Target, host.Settings), post, token)
            )
            .Select(r => r.Result);

        async Task<XenTransaction> SteerAsync(HostAccess route, Action<Action> post, CancellationToken token)
        {
            var steered = await steer(route, post, token).ConfigureAwait(false);
            return await TransactionControl.FindAsync(route, steered, token).ConfigureAwait(false);
        }
    }
}
