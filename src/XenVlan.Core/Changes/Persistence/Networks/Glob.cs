using System.Text;
using System.Text.RegularExpressions;

namespace XenVlan.Changes.Persistence.Networks;

/// <summary>Patterns of the shell, as fnmatch(3) matches them: <c>*</c>, <c>?</c> and <c>[…]</c>.</summary>
internal static class Glob
{
    /// <summary>Whether a text matches a pattern.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="text">The text.</param>
    /// <param name="isPath">Whether it is a path, in which a slash, and a dot that begins a name, match only themselves.</param>
    /// <returns>Whether it does.</returns>
    public static bool Matches(string pattern, string text, bool isPath = false)
    {
        if (isPath && text.Contains("/.", StringComparison.Ordinal) && !pattern.Contains("/.", StringComparison.Ordinal))
            return false;

        var any = isPath ? "[^/]" : ".";
        var regex = new StringBuilder("\\A");
        for (var i = 0; i < pattern.Length; i++)
        {
            var end = pattern[i] == '[' && i + 2 < pattern.Length ? pattern.IndexOf(']', i + 2) : -1;
            if (pattern[i] == '*')
                _ = regex.Append(any).Append('*');
            else if (pattern[i] == '?')
                _ = regex.Append(any);
            else if (end > 0)
            {
                var negated = pattern[i + 1] is '!' or '^';
                var inner = pattern[(i + (negated ? 2 : 1))..end].Replace("\\", "\\\\", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal).Replace("^", "\\^", StringComparison.Ordinal);
                _ = regex.Append(negated ? "[^" : "[").Append(inner).Append(']');
                i = end;
            }
            else
                _ = regex.Append(Regex.Escape(pattern[i].ToString()));
        }

        try
        {
            return Regex.IsMatch(text, regex.Append("\\z").ToString(), RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.CultureInvariant);
        }
        catch (ArgumentException)
        {
            // A range the wrong way round, such as [z-a], matches nothing.
            return false;
        }
    }
}
