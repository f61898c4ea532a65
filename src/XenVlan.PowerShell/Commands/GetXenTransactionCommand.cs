using System.Management.Automation;
using XenVlan.Changes.Transactions;
using XenVlan.Model;
using XenVlan.PowerShell.Running;

namespace XenVlan.PowerShell.Commands;

/// <summary>Shows the changes that hosts keep a journal of, and what became of them.</summary>
[Cmdlet(VerbsCommon.Get, "XenTransaction")]
[OutputType(typeof(XenTransaction))]
public sealed class GetXenTransactionCommand : TransactionCmdlet
{
    /// <summary>The transactions' names; wildcards are allowed.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    public string[]? Id { get; set; }

    /// <summary>Only transactions in one of these states.</summary>
    [Parameter]
    public TransactionState[]? State { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var patterns = Id?.Select(i => new WildcardPattern(i, WildcardOptions.IgnoreCase)).ToList();
        foreach (
            var (_, all) in OnEach(
                Hosts(),
                "Reading transactions",
                (_, _, connection, token) => TransactionReader.ReadAsync(connection, token)
            )
        )
        {
            foreach (var one in all.Where(t => patterns?.Exists(p => p.IsMatch(t.Id)) != false && State?.Contains(t.State) != false))
                WriteObject(one);
        }
    }
}
