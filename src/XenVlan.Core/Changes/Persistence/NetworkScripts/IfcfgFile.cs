using System.Buffers;
using System.Text;
using XenVlan.Hosts;

namespace XenVlan.Changes.Persistence.NetworkScripts;

/// <summary>An <c>ifcfg-</c> file, with every byte of it.</summary>
internal sealed class IfcfgFile
{
    /// <summary>Reads a file.</summary>
    public IfcfgFile(string path, string text)
    {
        Path = path;
        Text = text;
        var lines = new List<IfcfgLine>();
        for (int start = 0, number = 1; start < text.Length; )
        {
            var line = Parse(text, start, number);
            lines.Add(line);
            start += line.Raw.Length;
            number += line.Raw.Count(c => c == '\n');
        }

        Lines = lines;
    }

    /// <summary>Its path.</summary>
    public string Path { get; }

    /// <summary>All of it.</summary>
    public string Text { get; }

    /// <summary>Its lines; their raw texts put together are <see cref="Text"/>.</summary>
    public IReadOnlyList<IfcfgLine> Lines { get; }

    /// <summary>What a variable is set to in the end.</summary>
    /// <returns>Its value; null where it is not set, or only a shell can tell.</returns>
    public string? Value(string key) => Find(key)?.Value;

    /// <summary>The line that sets a variable in the end.</summary>
    /// <returns>The line; null where there is none.</returns>
    public IfcfgLine? Find(string key) => Lines.LastOrDefault(l => l.Key == key);

    /// <summary>The file with a variable set.</summary>
    public string With(string key, string value)
    {
        if (Find(key) is { } line)
            return string.Concat(
                Lines.Select(l => ReferenceEquals(l, line) ? line.Before + line.QuotedAsThere(value) + line.After : l.Raw)
            );
        var added = $"{key}={ShellCommand.Quote(value)}";
        return Text.Length == 0 || Text.EndsWith('\n') ? $"{Text}{added}\n" : $"{Text}\n{added}";
    }

    /// <summary>The file with a variable set behind another.</summary>
    /// <param name="after">The other variable, which is set.</param>
    /// <param name="key">The variable, which is not.</param>
    /// <param name="value">The value.</param>
    public string With(string after, string key, string value)
    {
        var line = Find(after)!;
        var added = $"{key}={ShellCommand.Quote(value)}";
        return string.Concat(
            Lines.Select(l =>
                !ReferenceEquals(l, line) ? l.Raw
                : l.Raw.EndsWith('\n') ? $"{l.Raw}{added}\n"
                : $"{l.Raw}\n{added}"
            )
        );
    }

    /// <summary>The file without a variable.</summary>
    public string Without(string key) => string.Concat(Lines.Where(l => l.Key != key).Select(l => l.Raw));

    /// <summary>What the shell would not read as it is meant.</summary>
    /// <returns>The line's number and the problem; null where there is none.</returns>
    public (int Line, string Problem)? FindProblem()
    {
        foreach (var line in Lines)
        {
            if (line.Raw.Contains('\r', StringComparison.Ordinal))
                return (
                    line.Number,
                    "The line ends in CR LF, and the shell takes the CR for a part of the value. Convert the file: sed -i 's/\\r$//'."
                );
            if (line.Key is not null && line.After.Length == 0 && line.Value is null && OpensQuote(line.Raw[line.Before.Length..]))
                return (line.Number, $"The quotation mark in the value of {line.Key} is not closed. Close it.");
        }

        return Text.TrimEnd('\n').EndsWith('\\') && Lines is [.., var last]
            ? (last.Number, "The last line ends in a backslash, so it goes on where nothing follows. Remove the backslash.")
            : null;
    }

    private static bool OpensQuote(string text) => ReadValue(text, 0, out _) < 0;

    private static IfcfgLine Parse(string text, int start, int number)
    {
        var end = text.IndexOf('\n', start) is >= 0 and var at ? at + 1 : text.Length;
        var raw = text[start..end];
        var keyStart = raw.Length - raw.TrimStart(' ', '\t').Length;
        if (raw[keyStart..].StartsWith("export ", StringComparison.Ordinal))
            keyStart += "export ".Length;
        var keyEnd = keyStart;
        while (keyEnd < raw.Length && (char.IsAsciiLetterOrDigit(raw[keyEnd]) || raw[keyEnd] == '_'))
            keyEnd++;
        if (keyEnd == keyStart || keyEnd == raw.Length || raw[keyEnd] != '=' || char.IsAsciiDigit(raw[keyStart]))
            return new IfcfgLine(number, raw);

        var before = raw[..(keyEnd + 1)];
        var key = raw[keyStart..keyEnd];
        var valueStart = start + keyEnd + 1;
        var valueEnd = ReadValue(text, valueStart, out var value);
        if (valueEnd < 0)
            return new IfcfgLine(number, text[start..]) { Key = key, Before = before };

        end = text.IndexOf('\n', valueEnd) is >= 0 and var after ? after + 1 : text.Length;
        return new IfcfgLine(number, text[start..end])
        {
            Key = key,
            Value = value,
            Before = before,
            After = text[valueEnd..end],
        };
    }

    // One word of the shell: returns its end, or -1 where a quotation mark is not closed.
    private static int ReadValue(string text, int start, out string? value)
    {
        var word = new StringBuilder();
        var isPlain = true;
        value = null;
        var i = start;
        for (; i < text.Length && text[i] is not (' ' or '\t' or '\n' or '\r' or ';' or '&' or '|'); i++)
        {
            switch (text[i])
            {
                case '\'':
                    var close = text.IndexOf('\'', i + 1);
                    if (close < 0)
                        return -1;
                    _ = word.Append(text, i + 1, close - i - 1);
                    i = close;
                    break;
                case '"':
                    for (i++; i < text.Length && text[i] != '"'; i++)
                    {
                        isPlain &= text[i] is not ('$' or '`');
                        if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '"' or '\\' or '$' or '`')
                            i++;
                        _ = i < text.Length ? word.Append(text[i]) : word;
                    }

                    if (i >= text.Length)
                        return -1;
                    break;
                case '\\' when i + 1 < text.Length:
                    // A line feed after it joins two lines.
                    _ = text[++i] == '\n' ? word : word.Append(text[i]);
                    break;
                default:
                    isPlain &= text[i] is not ('$' or '`' or '(');
                    _ = word.Append(text[i]);
                    break;
            }
        }

        value = isPlain ? word.ToString() : null;
        return i;
    }
}

/// <summary>A line of an <c>ifcfg-</c> file, which is a script that the shell reads; one with an open quote goes on.</summary>
/// <param name="Number">Where it begins, from 1.</param>
/// <param name="Raw">All of it, with its line feed where it has one.</param>
internal sealed record IfcfgLine(int Number, string Raw)
{
    private static readonly SearchValues<char> Special = SearchValues.Create("'\"\\$`\n");

    /// <summary>The variable it sets; null for any other line.</summary>
    public string? Key { get; init; }

    /// <summary>What it sets it to; null where only a shell can tell.</summary>
    public string? Value { get; init; }

    /// <summary>What stands before the value.</summary>
    public string Before { get; init; } = "";

    /// <summary>What stands after the value: a comment, and the line feed.</summary>
    public string After { get; init; } = "";

    /// <summary>A value with the quotation marks that are around the one there.</summary>
    public string QuotedAsThere(string value)
    {
        var there = Raw[Before.Length..^After.Length];
        var mark = there.Length > 1 && there[0] == there[^1] && there.AsSpan(1, there.Length - 2).IndexOf(there[0]) < 0 ? there[0] : ' ';
        var isSafe = !value.AsSpan().ContainsAny(Special);
        return isSafe && mark is ('\'' or '"') ? $"{mark}{value}{mark}" : ShellCommand.Quote(value);
    }
}
