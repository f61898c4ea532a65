using System.Buffers;
using XenVlan.Changes.Persistence.Files;

namespace XenVlan.Changes.Persistence.Ifupdown;

/// <summary>
/// One line of <c>/etc/network/interfaces</c> as ifupdown reads it: a line whose last character is a backslash goes on in
/// the next (interfaces(5)); a comment does not.
/// </summary>
/// <param name="Number">Where it begins, from 1.</param>
/// <param name="Raw">All of it, with its line feed where it has one.</param>
internal sealed record InterfacesLine(int Number, string Raw)
{
    private static readonly SearchValues<char> Operators = SearchValues.Create(";|&`$<>(");
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

    /// <summary>Whether it is a command that the shell makes more than one of, or fills in.</summary>
    public bool DoesMore
    {
        get
        {
            var command = Value;
            foreach (var harmless in new[] { "|| true", "|| :", "2>/dev/null", "2> /dev/null", ">/dev/null 2>&1", "$IFACE", "${IFACE}" })
                command = command.Replace(harmless, "", StringComparison.Ordinal);
            return command.AsSpan().ContainsAny(Operators);
        }
    }

    /// <summary>Reads a text as lines.</summary>
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
    public string WithValue(string value)
    {
        var start = Indent.Length + Keyword.Length;
        var between = Raw[start..].TakeWhile(c => c is ' ' or '\t').Count();
        var end = Math.Max(Raw.AsSpan().TrimEnd(Blanks).Length, start + between);

        // Blanks stay as they are; of a line that goes on in others, no word has a place of its own.
        return between == 0 || Raw[start..end].Contains('\n', StringComparison.Ordinal)
            ? $"{Indent}{Keyword} {value}{End}"
            : $"{Raw[..(start + between)]}{value}{Raw[end..]}";
    }

    private static bool IsCommentText(string raw) => raw.AsSpan().TrimStart(Blanks) is ['#', ..];

    private static string Join(string raw) =>
        raw.Contains('\\', StringComparison.Ordinal) ? raw.Replace("\\\n", "", StringComparison.Ordinal) : raw;
}
