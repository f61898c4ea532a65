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

    private protected override PipedKinds Takes => PipedKinds.Host | PipedKinds.Transaction;

    private protected override void Process()
    {
        var own = Piped?.Kind is PipedKinds.Transaction ? Piped.Text(nameof(XenTransaction.Id)) : null;
        var patterns = Id?.Select(i => new WildcardPattern(i, WildcardOptions.IgnoreCase)).ToList();
        foreach (
            var (host, all) in OnEach(
                Hosts(),
                "Reading transactions",
                (_, _, connection, token) => TransactionReader.ReadAsync(connection, token)
            )
        )
        {
            foreach (var one in all.Where(t => patterns?.Exists(p => p.IsMatch(t.Id)) != false && State?.Contains(t.State) != false))
            {
                if (own is null || one.Id == own)
                    WriteObject(one.ReachedBy(host.Settings));
            }
        }
    }
}
