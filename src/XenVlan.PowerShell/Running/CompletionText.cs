using System.Management.Automation;
using System.Management.Automation.Language;

namespace XenVlan.PowerShell.Running;

/// <summary>Makes completions of words.</summary>
internal static class CompletionText
{
    /// <summary>Those words that begin as the user's does.</summary>
    /// <param name="typed">What the user typed so far, perhaps with an opening quotation mark.</param>
    /// <param name="words">All there are.</param>
    /// <returns>The completions, quoted where PowerShell needs it.</returns>
    public static IEnumerable<CompletionResult> Complete(string? typed, IEnumerable<string> words)
    {
        var start = (typed ?? "").Trim('\'', '"');
        return words
            .Where(w => w.StartsWith(start, StringComparison.OrdinalIgnoreCase) && !w.Any(char.IsControl))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(w => new CompletionResult(Quote(w), w, CompletionResultType.ParameterValue, w));
    }

    private static string Quote(string word) =>
        word.All(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_' or ':')
            ? word
            : "'" + CodeGeneration.EscapeSingleQuotedStringContent(word) + "'";
}
