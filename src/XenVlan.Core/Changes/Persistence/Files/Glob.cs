namespace XenVlan.Changes.Persistence.Files;

/// <summary>Patterns of the shell, as fnmatch(3) matches them: <c>*</c>, <c>?</c> and <c>[…]</c>.</summary>
internal static class Glob
{
    /// <summary>Whether a text matches a pattern.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="text">The text.</param>
    /// <param name="isPath">Whether it is a path, in which a slash, and a dot that begins a name, match only themselves.</param>
    public static bool Matches(string pattern, string text, bool isPath = false)
    {
        if (isPath && text.Contains("/.", StringComparison.Ordinal) && !pattern.Contains("/.", StringComparison.Ordinal))
            return false;

        // Only the last * is tried again: what one before it could take, that one takes as well.
        var (p, t) = (0, 0);
        var (star, taken) = (-1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, taken) = (p++, t);
                continue;
            }

            if (p < pattern.Length && MatchesOne(pattern, p, text[t], isPath, out var next))
            {
                (p, t) = (next, t + 1);
                continue;
            }

            if (star < 0 || (isPath && text[taken] == '/'))
                return false;
            (p, t) = (star + 1, ++taken);
        }

        return pattern.AsSpan(p).Trim('*').IsEmpty;
    }

    private static bool MatchesOne(string pattern, int at, char c, bool isPath, out int next)
    {
        next = at + 1;
        if (pattern[at] == '?')
            return !(isPath && c == '/');
        var end = pattern[at] == '[' && at + 2 < pattern.Length ? pattern.IndexOf(']', at + 2) : -1;
        if (end < 0)
            return pattern[at] == c;
        next = end + 1;
        var isNegated = pattern[at + 1] is '!' or '^';
        var set = pattern.AsSpan((at + (isNegated ? 2 : 1))..end);
        return !(isPath && c == '/') && Holds(set, c) != isNegated;
    }

    // A range the wrong way round, such as z-a, holds nothing.
    private static bool Holds(ReadOnlySpan<char> set, char c)
    {
        for (var i = 0; i < set.Length; i++)
        {
            var isRange = i + 2 < set.Length && set[i + 1] == '-';
            if (isRange ? c >= set[i] && c <= set[i + 2] : c == set[i])
                return true;
            if (isRange)
                i += 2;
        }

        return false;
    }
}
