using System.Management.Automation;
using XenVlan.Changes.Transactions;
using XenVlan.Model;
using XenVlan.PowerShell.Running;

namespace XenVlan.PowerShell.Commands;

/// <summary>Keeps a change that its host would undo by itself.</summary>
[Cmdlet(VerbsLifecycle.Confirm, "XenTransaction", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(XenTransaction))]
public sealed class ConfirmXenTransactionCommand : TransactionCmdlet
{
    /// <summary>The transaction's name; the one that is armed when absent.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Id { get; set; }

    /// <summary>Shows what became of the transaction.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override PipedKinds Takes => PipedKinds.Host | PipedKinds.Transaction;

    private protected override void Process()
    {
        foreach (
            var transaction in ForEachTransaction(
                (route, token) => TransactionControl.PreviewConfirmAsync(route, Id, token),
                (route, id, _, token) => TransactionRunner.ConfirmAsync(route, id, TransactionOptions.Default, token)
            )
        )
        {
            if (PassThru)
                WriteObject(transaction);
        }
    }
}
