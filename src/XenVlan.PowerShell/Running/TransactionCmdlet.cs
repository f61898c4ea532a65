using System.Globalization;
using System.Management.Automation;
using XenVlan.Changes.Transactions;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.PowerShell.Running;

/// <summary>A cmdlet about the changes that hosts keep a journal of.</summary>
public abstract class TransactionCmdlet : HostCmdlet
{
    /// <summary>Decides about a transaction on each host of the current record, where the user agrees to what that will do.</summary>
    /// <param name="preview">Finds the transaction, and what deciding about it will do.</param>
    /// <param name="decide">Does it, to the very transaction that was shown.</param>
    /// <returns>What became of the transactions.</returns>
    private protected IEnumerable<XenTransaction> ForEachTransaction(
        Func<HostAccess, CancellationToken, Task<TransactionPreview>> preview,
        Func<HostAccess, string, Action<Action>, CancellationToken, Task> decide
    )
    {
        var agreed = new Dictionary<RequestedHost, string>();
        foreach (var (host, shown) in OnEach(Hosts(), "Reading transactions", (host, _, _, token) => preview(Access(host), token)))
        {
            if (ShouldDecide(shown))
                agreed.Add(host, shown.Transaction.Id);
        }

        return OnEach(agreed.Keys, "Deciding about transactions", (host, post, _, token) => DecideAsync(host, post, token))
            .Select(r => r.Result.ReachedBy(r.Host.Settings));

        async Task<XenTransaction> DecideAsync(RequestedHost host, Action<Action> post, CancellationToken token)
        {
            await decide(Access(host), agreed[host], post, token).ConfigureAwait(false);
            return await TransactionControl.FindAsync(Access(host), agreed[host], token).ConfigureAwait(false);
        }

        static HostAccess Access(RequestedHost host) => new(ModuleSession.Connector, host.Target, host.Settings);
    }

    // As a whole, as a plan is confirmed; -WhatIf shows each line of it.
    private bool ShouldDecide(TransactionPreview preview)
    {
        var lines = Lines(preview).ToList();
        var isAgreed = ShouldProcess(lines[0], string.Join('\n', lines), Caption(preview.Decision), out var reason);
        foreach (var line in lines.Skip(1))
        {
            if (isAgreed)
                WriteVerbose(line);
            else if (reason is ShouldProcessReason.WhatIf)
                _ = ShouldProcess(line, line, Caption(preview.Decision));
        }

        return isAgreed;
    }

    private static IEnumerable<string> Lines(TransactionPreview preview)
    {
        var one = preview.Transaction;
        var host = $"Host {DisplayText.Quote(one.HostName)}";
        var state = one.State is TransactionState.Running or TransactionState.Begun ? ", as far as it has come by then" : "";
        yield return $"{host}: {Verb(preview.Decision)} transaction {one.Id}, {one.Title}{state}";
        for (var i = 0; i < preview.Steps.Count; i++)
        {
            var step = preview.Steps[i];
            var number = string.Create(CultureInfo.InvariantCulture, $"step {i + 1} of {preview.Steps.Count}");
            var command = step.Command is null ? "" : $": {step.Command}";
            var undo = step.Undo is null ? "" : $" (undo: {step.Undo})";
            yield return $"{host}, {(preview.Decision is TransactionDecision.Confirm ? $"keep {number}" : number)}: "
                + $"{step.Description}{command}{undo}";
        }

        foreach (var file in preview.Files)
            yield return $"{host}, {file}";
    }

    private static string Verb(TransactionDecision decision) =>
        decision switch
        {
            TransactionDecision.Confirm => "confirm",
            TransactionDecision.RollBack => "roll back",
            _ => "undo",
        };

    private static string Caption(TransactionDecision decision) =>
        decision is TransactionDecision.Confirm ? "Keep the change?" : "Undo the change?";
}
