using System.Globalization;
using XenVlan.Cli.Output;
using XenVlan.Model;

namespace XenVlan.Cli.Reports;

/// <summary>Prints transactions.</summary>
internal static class TransactionText
{
    /// <summary>Prints transactions.</summary>
    /// <param name="screen">Where to.</param>
    /// <param name="all">The transactions.</param>
    public static void Write(Screen screen, IReadOnlyList<XenTransaction> all)
    {
        if (all.Count == 0)
            screen.Line("There are no transactions.");
        foreach (var one in all)
        {
            var (word, style) = State(one);
            screen.Line($"{one.HostName} {one.Id}: {word}{(one.Reason is null ? "" : $": {one.Reason}")}", style);
            screen.Line(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{one.Title}, by {one.By}{(one.Reverts is null ? "" : $", undoes {one.Reverts}")}"
                ),
                Styles.Faint,
                indent: 2
            );
        }
    }

    private static (string Word, Spectre.Console.Style Style) State(XenTransaction one) =>
        one.State switch
        {
            TransactionState.Confirmed => ("confirmed", Styles.Good),
            TransactionState.Armed => (
                string.Create(CultureInfo.InvariantCulture, $"armed, {one.SecondsLeft} seconds left to confirm it"),
                Styles.Warning
            ),
            TransactionState.RolledBack => ("rolled back", Styles.Warning),
            TransactionState.Undone => ("undone", Styles.Warning),
            TransactionState.Stuck => ("stuck in between", Styles.Bad),
            TransactionState.Interrupted => ("interrupted", Styles.Bad),
            TransactionState.Undoing => ("being undone", Styles.Warning),
            TransactionState.Persisting => ("writing its files", Styles.Warning),
            TransactionState.Running => ("running", Styles.Warning),
            _ => ("begun", Styles.Warning),
        };
}
