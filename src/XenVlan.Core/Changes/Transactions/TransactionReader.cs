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
    public static Task<IReadOnlyList<XenTransaction>> ReadAsync(IHostConnection connection, CancellationToken cancellationToken) =>
        ReadAsync(connection, JournalPaths.Default, cancellationToken);

    internal static async Task<IReadOnlyList<XenTransaction>> ReadAsync(
        IHostConnection connection,
        JournalPaths paths,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(connection);
        var mark = UniqueToken.New("xvl");
        var all = new List<(XenTransaction Transaction, List<string> Plan)>();
        var options = ScriptOptions.Reading with { MaximumOutput = MostCharacters };
        _ = await connection
            .RunAsync(TransactionScripts.List(mark, paths), options, l => Take(all, connection.Target.Name, l, mark), cancellationToken)
            .ConfigureAwait(false);
        return End(all);
    }

    /// <summary>Reads the plan of a transaction, and that of undoing it.</summary>
    /// <returns>
    /// The plans; the second worked out from the first where the journal, of an earlier version, has only that one.
    /// </returns>
    internal static async Task<(JournalPlan Plan, JournalPlan Undo)> ReadPlansAsync(
        IHostConnection connection,
        string id,
        JournalPaths paths,
        CancellationToken cancellationToken
    )
    {
        var mark = UniqueToken.New("xvl");
        var (plan, undo) = (new List<string>(), new List<string>());
        var options = ScriptOptions.Reading with { MaximumOutput = MostCharacters };
        _ = await connection.RunAsync(TransactionScripts.Show(id, mark, paths), options, TakePlan, cancellationToken).ConfigureAwait(false);
        var parsed = JournalPlan.Parse(plan);
        return (parsed, undo.Count > 0 ? JournalPlan.Parse(undo) : parsed.Backwards());

        void TakePlan(string line)
        {
            var (kind, rest) = Marked(line, mark);
            switch (kind)
            {
                // A connection that was lost is tried again, from the start.
                case "begin":
                    plan.Clear();
                    undo.Clear();
                    break;
                case "refused":
                    throw HostTransaction.Refusal(connection.Target.Name, DisplayText.Clean(rest));
                case "plan":
                    plan.Add(rest);
                    break;
                case "plan.undo":
                    undo.Add(rest);
                    break;
                default:
                    break;
            }
        }
    }

    internal static IReadOnlyList<XenTransaction> Parse(string hostName, string output, string mark)
    {
        var all = new List<(XenTransaction Transaction, List<string> Plan)>();
        foreach (var line in output.Split('\n'))
            Take(all, hostName, line, mark);
        return End(all);
    }

    // The word after the mark, and what follows it; no word for a line that is not ours.
    private static (string Word, string Text) Marked(string line, string mark)
    {
        var words = line.Split(' ', 3);
        return words.Length < 2 || words[0] != mark ? ("", "") : (words[1], words.Length > 2 ? words[2] : "");
    }

    private static void Take(List<(XenTransaction Transaction, List<string> Plan)> all, string hostName, string line, string mark)
    {
        var (kind, rest) = Marked(line, mark);
        switch (kind)
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

    // Shells index arrays, but not what the compiler makes of a collection expression.
    private static List<XenTransaction> End(List<(XenTransaction Transaction, List<string> Plan)> all) =>
        all.ConvertAll(t => t.Transaction with { Plan = t.Plan.ToArray() });

    /// <summary>Reads a state as the host writes it: a word, for some a cause word, and a text.</summary>
    /// <returns>The state; interrupted where the line has none.</returns>
    internal static TransactionStatus ParseState(string line)
    {
        var (word, text) = FirstWord(line);
        return word switch
        {
            "begun" => new(TransactionState.Begun, null, DisplayText.Clean(text)),
            "running" => new(TransactionState.Running, null, DisplayText.Clean(text)),
            "armed" => new(TransactionState.Armed, null, DisplayText.Clean(text)),
            "persisting" => new(TransactionState.Persisting, null, DisplayText.Clean(text)),
            "confirmed" => new(TransactionState.Confirmed, null, ""),
            "undoing" => ParseCause(TransactionState.Undoing, text),
            "rolled-back" => ParseCause(TransactionState.RolledBack, text),
            "undone" => ParseCause(TransactionState.Undone, text),
            "stuck" => ParseCause(TransactionState.Stuck, text),
            _ => ParseCause(TransactionState.Interrupted, text),
        };
    }

    /// <summary>Reads a cause word and a text; without a word, as earlier versions wrote it, the cause is unknown.</summary>
    /// <returns>The state with its cause.</returns>
    internal static TransactionStatus ParseCause(TransactionState state, string text)
    {
        var (word, reason) = FirstWord(text);
        TransactionCause? cause = word switch
        {
            "timeout" => TransactionCause.Timeout,
            "asked" => TransactionCause.Requested,
            "by-hand" => TransactionCause.ByHand,
            "stopped" => TransactionCause.Stopped,
            "step-failed" => TransactionCause.StepFailed,
            "killed" => TransactionCause.Killed,
            "journal" => TransactionCause.JournalFailed,
            "file" => TransactionCause.FileFailed,
            "left" => TransactionCause.Abandoned,
            "settled" => TransactionCause.HostDown,
            "reverted" => TransactionCause.Reverted,
            _ => null,
        };
        return new(state, cause ?? TransactionCause.Unknown, DisplayText.Clean(cause is null ? text : reason));
    }

    private static (string Word, string Text) FirstWord(string text) =>
        text.Split(' ', 2) is [var word, var rest] ? (word, rest) : (text, "");

    private static XenTransaction With(XenTransaction transaction, string word, string rest)
    {
        if (word == "state")
        {
            var (state, cause, reason) = ParseState(rest);
            int? left =
                state is TransactionState.Armed
                && int.TryParse(reason, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
                    ? Math.Max(0, seconds)
                    : null;
            return transaction with
            {
                State = state,
                Cause = cause,
                Reason = left is not null || reason.Length == 0 ? null : reason,
                SecondsLeft = left,
            };
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

/// <summary>What became of a transaction so far.</summary>
/// <param name="State">The state.</param>
/// <param name="Cause">Why; null where the state needs no cause.</param>
/// <param name="Reason">What there is to say of it, for people; nothing hangs on it.</param>
internal readonly record struct TransactionStatus(TransactionState State, TransactionCause? Cause = null, string Reason = "");
