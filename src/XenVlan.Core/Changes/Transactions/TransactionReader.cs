using System.Globalization;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Changes.Transactions;

/// <summary>Reads which transactions a host keeps.</summary>
public static class TransactionReader
{
    // A line for each step of each plan that is kept.
    private const int MostCharacters = 8 * 1024 * 1024;

    /// <summary>Reads them.</summary>
    /// <param name="connection">The host.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The transactions, oldest first; none where the host never had one.</returns>
    /// <exception cref="XenVlanException">
    /// <see cref="ErrorIds.ChangeFailed"/>: the login is not root's, who alone may see them; and all errors of
    /// <see cref="IHostConnection.RunAsync"/>.
    /// </exception>
    public static async Task<IReadOnlyList<XenTransaction>> ReadAsync(IHostConnection connection, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var mark = UniqueToken.New("xvl");
        var all = new List<(XenTransaction Transaction, List<string> Plan)>();
        var options = ScriptOptions.Reading with { MaximumOutput = MostCharacters };
        _ = await connection
            .RunAsync(TransactionScripts.List(mark), options, l => Take(all, connection.Target.Name, l, mark), cancellationToken)
            .ConfigureAwait(false);
        return End(all);
    }

    internal static IReadOnlyList<XenTransaction> Parse(string hostName, string output, string mark)
    {
        var all = new List<(XenTransaction Transaction, List<string> Plan)>();
        foreach (var line in output.Split('\n'))
            Take(all, hostName, line, mark);
        return End(all);
    }

    private static void Take(List<(XenTransaction Transaction, List<string> Plan)> all, string hostName, string line, string mark)
    {
        var words = line.Split(' ', 3);
        if (words.Length < 2 || words[0] != mark)
            return;
        var rest = words.Length > 2 ? words[2] : "";
        switch (words[1])
        {
            // A connection that was lost is tried again, from the start.
            case "begin":
                all.Clear();
                break;
            case "refused":
                throw HostTransaction.Refusal(hostName, DisplayText.Clean(rest));
            case "transaction":
                all.Add(
                    (
                        new XenTransaction
                        {
                            HostName = hostName,
                            Id = DisplayText.Clean(rest),
                            State = TransactionState.Begun,
                        },
                        []
                    )
                );
                break;
            case "plan" when all.Count > 0:
                if (!rest.StartsWith("   ", StringComparison.Ordinal))
                    all[^1].Plan.Add(DisplayText.Clean(rest));
                break;
            case var word when all.Count > 0:
                all[^1] = (With(all[^1].Transaction, word, rest), all[^1].Plan);
                break;
            default:
                break;
        }
    }

    // PowerShell indexes arrays, but not what the compiler makes of a collection expression.
    private static List<XenTransaction> End(List<(XenTransaction Transaction, List<string> Plan)> all) =>
        all.ConvertAll(t => t.Transaction with { Plan = t.Plan.ToArray() });

    /// <summary>Reads a state as the host writes it: a word and the reason.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The state; interrupted where the text is none.</returns>
    internal static (TransactionState State, string Reason) ParseState(string text)
    {
        var words = text.Split(' ', 2);
        var reason = words.Length > 1 ? DisplayText.Clean(words[1]) : "";
        return words[0] switch
        {
            "begun" => (TransactionState.Begun, reason),
            "running" => (TransactionState.Running, reason),
            "armed" => (TransactionState.Armed, reason),
            "persisting" => (TransactionState.Persisting, reason),
            "confirmed" => (TransactionState.Confirmed, ""),
            "undoing" => (TransactionState.Undoing, reason),
            "rolled-back" => (TransactionState.RolledBack, reason),
            "undone" => (TransactionState.Undone, reason),
            "stuck" => (TransactionState.Stuck, reason),
            _ => (TransactionState.Interrupted, reason),
        };
    }

    private static XenTransaction With(XenTransaction transaction, string word, string rest)
    {
        if (word == "state")
        {
            var (state, reason) = ParseState(rest);
            int? left =
                state is TransactionState.Armed
                && int.TryParse(reason, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
                    ? Math.Max(0, seconds)
                    : null;
            return transaction with { State = state, Reason = left is not null || reason.Length == 0 ? null : reason, SecondsLeft = left };
        }

        var (key, value) = rest.Split(' ', 2) is [var k, var v] ? (k, DisplayText.Clean(v)) : (rest, "");
        return key switch
        {
            "by" => transaction with { By = value },
            "title" => transaction with { Title = value },
            "reverts" => transaction with { Reverts = value.Length == 0 ? null : value },
            "started" when DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) =>
                transaction with
                {
                    StartedAt = at,
                },
            _ => transaction,
        };
    }
}
