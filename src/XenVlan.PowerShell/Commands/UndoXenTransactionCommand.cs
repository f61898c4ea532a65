using System.Management.Automation;
using XenVlan.Changes.Transactions;
using XenVlan.Model;
using XenVlan.PowerShell.Running;

namespace XenVlan.PowerShell.Commands;

/// <summary>Undoes a change: one that runs, is armed or was interrupted, or the last that was confirmed.</summary>
[Cmdlet(VerbsCommon.Undo, "XenTransaction", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(XenTransaction))]
public sealed class UndoXenTransactionCommand : TransactionCmdlet
{
    /// <summary>The transaction's name; when absent the one that runs, is armed or was interrupted, else the last that was
    /// confirmed.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Id { get; set; }

    /// <summary>How long, in seconds, a host waits to be reached again before it keeps the change after all.</summary>
    [Parameter]
    [ValidateRange(TransactionOptions.MinimumConfirmSeconds, TransactionOptions.MaximumConfirmSeconds)]
    public int ConfirmTimeout { get; set; } = TransactionOptions.DefaultConfirmSeconds;

    /// <summary>Undoes the change even if the host cannot be reached afterwards.</summary>
    [Parameter]
    public SwitchParameter NoRollback { get; set; }

    /// <summary>Shows what became of the transaction.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override PipedKinds Takes => PipedKinds.Host | PipedKinds.Transaction;

    private protected override void Process()
    {
        foreach (
            var transaction in ForEachTransaction(
                (route, token) => TransactionControl.PreviewUndoAsync(route, Id, token),
                (route, id, post, token) => TransactionControl.UndoAsync(route, id, OptionsFor(ConfirmTimeout, NoRollback, post), token)
            )
        )
        {
            if (PassThru)
                WriteObject(transaction);
        }
    }
}
