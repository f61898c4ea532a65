using XenVlan.Changes.Persistence.Networks;

namespace XenVlan.Changes.Persistence.Ifupdown;

/// <summary>
/// One line of <c>/etc/network/interfaces</c> as ifupdown reads it: a line whose last character is a backslash goes on in
/// the next (interfaces(5)); a comment does not.
/// </summary>
/// <param name="Number">Where it begins, from 1.</param>
/// <param name="Raw">All of it, with its line feed where it has one.</param>
internal sealed record InterfacesLine(int Number, string Raw)
{
    private static readonly char[] Blanks = [' ', '\t', '\n', '\r', '\v', '\f'];

    /// <summary>Its words; none for an empty line or a comment.</summary>
    public IReadOnlyList<string> Words { get; } = IsCommentText(Raw) ? [] : Join(Raw).Split(Blanks, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Its first word; empty for an empty line or a comment.</summary>
    public string Keyword => Words.Count > 0 ? Words[0] : "";

    /// <summary>What follows the first word of a line that has one.</summary>
    public string Value => Join(Raw).Trim(Blanks)[Keyword.Length..].Trim(Blanks);

    /// <summary>The blanks it begins with.</summary>
    public string Indent => Raw[..^Raw.TrimStart(' ', '\t').Length];

    /// <summary>Its line feed; empty for a last line without one.</summary>
    public string End => Raw.EndsWith('\n') ? "\n" : "";

    /// <summary>Whether it ends in a backslash, with nothing to go on in.</summary>
    public bool GoesOn => !IsCommentText(Raw) && Raw.TrimEnd('\n').EndsWith('\\');

    /// <summary>Reads a text as lines.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The lines; their <see cref="Raw"/>s put together are the text.</returns>
    public static IReadOnlyList<InterfacesLine> Parse(string text)
    {
        var lines = new List<InterfacesLine>();
        var physical = TextLines.Split(text);
        for (var i = 0; i < physical.Count; i++)
        {
            var number = i + 1;
            var raw = physical[i];
            while (!IsCommentText(raw) && raw.EndsWith("\\\n", StringComparison.Ordinal) && i + 1 < physical.Count)
                raw += physical[++i];
            lines.Add(new InterfacesLine(number, raw));
        }

        return lines;
    }

    /// <summary>The same line with other words after its first.</summary>
    /// <param name="value">The words.</param>
    /// <returns>The text of the line.</returns>
    public string WithValue(string value) => $"{Indent}{Keyword} {value}{End}";

    private static bool IsCommentText(string raw) => raw.AsSpan().TrimStart(Blanks) is ['#', ..];

    private static string Join(string raw) => raw.Contains('\\', StringComparison.Ordinal) ? raw.Replace("\\\n", "", StringComparison.Ordinal) : raw;
}
