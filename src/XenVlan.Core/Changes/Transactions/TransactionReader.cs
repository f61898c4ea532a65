using System.Globalization;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Changes.Transactions;

/// <summary>Reads which transactions a host keeps.</summary>
public static class TransactionReader
{
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
        var mark = RandomWord.New("xvl");
        var result = await connection.RunAsync(TransactionScripts.List(mark), ScriptOptions.Reading, cancellationToken).ConfigureAwait(false);
        return Parse(connection.Target.Name, result.Output, mark);
    }

    internal static IReadOnlyList<XenTransaction> Parse(string hostName, string output, string mark)
    {
        var all = new List<XenTransaction>();
        foreach (var line in output.Split('\n'))
        {
            var words = line.Split(' ', 3);
            if (words.Length < 2 || !string.Equals(words[0], mark, StringComparison.Ordinal))
                continue;
            var rest = words.Length > 2 ? words[2] : "";
            if (string.Equals(words[1], "refused", StringComparison.Ordinal))
                throw HostTransaction.Refusal(hostName, DisplayText.Clean(rest));
            if (string.Equals(words[1], "transaction", StringComparison.Ordinal))
                all.Add(new XenTransaction { HostName = hostName, Id = DisplayText.Clean(rest), State = TransactionState.Begun });
            else if (all.Count > 0)
                all[^1] = With(all[^1], words[1], rest);
        }

        return all;
    }

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
        // PowerShell indexes arrays, but not what the compiler makes of a collection expression.
        if (string.Equals(word, "plan", StringComparison.Ordinal))
            return rest.StartsWith("   ", StringComparison.Ordinal) ? transaction : transaction with { Plan = transaction.Plan.Append(DisplayText.Clean(rest)).ToArray() };
        if (string.Equals(word, "state", StringComparison.Ordinal))
        {
            var (state, reason) = ParseState(rest);
            int? left = state is TransactionState.Armed && int.TryParse(reason, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds) ? Math.Max(0, seconds) : null;
            return transaction with { State = state, Reason = left is not null || reason.Length == 0 ? null : reason, SecondsLeft = left };
        }

        var (key, value) = rest.Split(' ', 2) is [var k, var v] ? (k, DisplayText.Clean(v)) : (rest, "");
        return key switch
        {
            "by" => transaction with { By = value },
            "title" => transaction with { Title = value },
            "reverts" => transaction with { Reverts = value.Length == 0 ? null : value },
            "started" when DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) => transaction with { StartedAt = at },
            _ => transaction,
        };
    }
}
