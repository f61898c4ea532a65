using System.Globalization;
using System.Text;
using XenVlan.Changes;

namespace XenVlan.UndoCheck;

/// <summary>What became of one case.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Way">How it was undone.</param>
/// <param name="Plan">What was done; null where it did not come to that.</param>
/// <param name="Script">What made the host.</param>
/// <param name="Differences">What differs afterwards.</param>
/// <param name="Log">What the transactions told.</param>
/// <param name="Took">How long it took.</param>
internal sealed record UndoResult(
    int Seed,
    UndoWay Way,
    ChangePlan? Plan,
    string Script,
    IReadOnlyList<string> Differences,
    string Log,
    TimeSpan Took
)
{
    /// <summary>Whether the host is as it was.</summary>
    public bool Passed => Differences.Count == 0;

    /// <summary>How many steps were undone.</summary>
    public int Steps => Plan?.Steps.Count ?? 0;

    /// <summary>In one line.</summary>
    public string Summary =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"seed {Seed}: {(Passed ? "passed" : "FAILED")}, {Steps} steps, {Way}, {Took.TotalSeconds:0.0} s"
        );

    /// <summary>With the plan and what differs, and where all is wanted with the host and the journal.</summary>
    /// <param name="all">Whether all is wanted.</param>
    public string Describe(bool all)
    {
        var text = new StringBuilder(Summary).Append('\n');
        if (all)
            _ = text.Append("# The host:\n").Append(Script);
        foreach (var change in Plan?.Changes ?? [])
            _ = text.Append(CultureInfo.InvariantCulture, $"  wanted: {change}\n");
        foreach (var step in Plan?.Steps ?? [])
            _ = text.Append(CultureInfo.InvariantCulture, $"  {step.Description}\n     do:   {step.Do}\n     undo: {step.Undo}\n");
        foreach (var difference in Differences)
            _ = text.Append("  ").Append(difference).Append('\n');
        if (all || Differences.Any(d => d.StartsWith('!')))
            _ = text.Append("# The journal:\n").Append(Log).Append('\n');
        return text.ToString();
    }
}
