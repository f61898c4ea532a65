using System.Text.RegularExpressions;
using XenVlan.Model;

namespace XenVlan.Changes.Transactions;

/// <summary>A plan as a host's journal has it: each step with its command and its undo, and the files.</summary>
/// <param name="Steps">The steps, in the order in which they ran.</param>
/// <param name="Files">The files, in words.</param>
internal sealed partial record JournalPlan(IReadOnlyList<PreviewedStep> Steps, IReadOnlyList<string> Files)
{
    // What stands above the plan where an earlier version reverted a transaction: the plan is that of the other one.
    private const string Reversed = "What was done, undone from its end:";

    // A command may be long; whoever decides about it wants to see it.
    private const int LongestCommand = 4000;

    /// <summary>Reads a plan.</summary>
    /// <param name="lines">The lines of the journal's file.</param>
    /// <returns>The plan; without commands where the journal has none.</returns>
    public static JournalPlan Parse(IEnumerable<string> lines)
    {
        var steps = new List<PreviewedStep>();
        var files = new List<string>();
        var isReversed = false;
        foreach (var line in lines)
        {
            if (line == Reversed)
                isReversed = true;
            else if (Step().Match(line) is { Success: true } step)
                steps.Add(new PreviewedStep(Clean(step.Groups["text"].Value), null, null));
            else if (line.StartsWith("   do:   ", StringComparison.Ordinal) && steps.Count > 0)
                steps[^1] = steps[^1] with { Command = Clean(line[9..]) };
            else if (line.StartsWith("   undo: ", StringComparison.Ordinal) && steps.Count > 0)
                steps[^1] = steps[^1] with { Undo = Clean(line[9..]) };
            else if (line.Length > 0 && line[0] != ' ')
                files.Add(Clean(line));
        }

        var plan = new JournalPlan(steps, files);
        return isReversed ? plan.Backwards() : plan;
    }

    /// <summary>The plan of undoing this one, for journals that do not have it themselves.</summary>
    public JournalPlan Backwards() =>
        new(
            [.. Steps.Reverse().Select(s => new PreviewedStep($"undo: {s.Description}", s.Undo, s.Command))],
            [.. Files.Select(f => $"put back as it was before: {f}")]
        );

    private static string Clean(string text) => DisplayText.Clean(text, LongestCommand);

    [GeneratedRegex(@"^\d+\. (?<text>.*)$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Step();
}
