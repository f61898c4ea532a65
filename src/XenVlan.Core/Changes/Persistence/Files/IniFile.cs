namespace XenVlan.Changes.Persistence.Files;

/// <summary>
/// A file of sections and assignments, with every byte of it: those of systemd (systemd.syntax(7)) and of NetworkManager
/// (GLib's key files).
/// </summary>
internal sealed class IniFile
{
    private readonly bool _isSystemd;

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="text">What is in it.</param>
    /// <param name="isSystemd">Whether a semicolon begins a comment and a backslash at a line's end joins the next.</param>
    public IniFile(string path, string text, bool isSystemd)
    {
        Path = path;
        Text = text;
        _isSystemd = isSystemd;
        Lines = Parse();
    }

    /// <summary>Its path.</summary>
    public string Path { get; }

    /// <summary>All of it.</summary>
    public string Text { get; }

    /// <summary>Its lines; their raw texts put together are <see cref="Text"/>.</summary>
    public IReadOnlyList<IniLine> Lines { get; }

    /// <summary>Its assignments.</summary>
    public IEnumerable<IniLine> Entries => Lines.Where(l => l.Key is not null);

    /// <summary>Where a line is.</summary>
    /// <returns>Such as <c>/etc/systemd/network/20-eth0.network:5</c>.</returns>
    public string Place(IniLine line) => $"{Path}:{line.Number}";

    /// <summary>The values a key has in a section.</summary>
    /// <returns>The lines that assign it, in order.</returns>
    public IEnumerable<IniLine> All(string section, string key) => Entries.Where(l => l.Section == section && l.Key == key);

    /// <summary>The value that counts.</summary>
    /// <returns>The last one; null where there is none.</returns>
    public string? Last(string section, string key) => All(section, key).LastOrDefault()?.Value;

    /// <summary>What is no section, assignment or comment.</summary>
    /// <returns>The line and the problem; null where there is none.</returns>
    public (IniLine Line, string Problem)? FindProblem() =>
        Lines.FirstOrDefault(l => l.IsUnknown || (l.Key is not null && l.SectionNumber == 0)) switch
        {
            null => null,
            { IsUnknown: true } line => (
                line,
                "This is neither a section such as [Network], nor an assignment such as Key=value, nor a comment. Correct it, or make "
                    + "it a comment."
            ),
            var line => (
                line,
                $"{Model.DisplayText.Quote(line.Key)} is assigned before any section. Put a section such as [Network] before it."
            ),
        };

    /// <summary>The text with an assignment that has another value.</summary>
    public string With(IniLine line, string value)
    {
        var equals = line.Raw.IndexOf('=', StringComparison.Ordinal) + 1;
        var blanks = line.Raw[equals..].TakeWhile(c => c is ' ' or '\t').Count();
        var end = Math.Max(line.Raw.AsSpan().TrimEnd(" \t\r\n").Length, equals + blanks);
        var raw = line.Raw[..(equals + blanks)] + value + line.Raw[end..];
        return string.Concat(Lines.Select(l => ReferenceEquals(l, line) ? raw : l.Raw));
    }

    /// <summary>The text with a line behind another.</summary>
    /// <param name="line">The other line.</param>
    /// <param name="added">The line, without its end.</param>
    public string After(IniLine line, string added) =>
        string.Concat(
            Lines.Select(l =>
                !ReferenceEquals(l, line) ? l.Raw
                : l.Raw.EndsWith('\n') ? $"{l.Raw}{added}\n"
                : $"{l.Raw}\n{added}"
            )
        );

    /// <summary>The text with one more assignment, at the end of the last such section, or in a new one at the end.</summary>
    public string Plus(string section, string key, string value)
    {
        var after = Lines.LastOrDefault(l => l.Section == section && (l.IsHeader || l.Key is not null));
        if (after is null)
            return TextLines.Append(Text, $"[{section}]\n{key}={value}\n");

        return After(after, $"{key}={value}");
    }

    /// <summary>The text with a key that has one value.</summary>
    public string Set(string section, string key, string value) =>
        All(section, key).LastOrDefault() is { } line ? With(line, value) : Plus(section, key, value);

    /// <summary>The text without some lines, and without the headers of sections that lose all their assignments by that.</summary>
    public string Without(IReadOnlyCollection<IniLine> gone)
    {
        var sections = gone.Select(l => l.SectionNumber)
            .Where(n => !Entries.Any(e => e.SectionNumber == n && !gone.Contains(e)))
            .ToHashSet();
        var indices = Enumerable
            .Range(0, Lines.Count)
            .Where(i => gone.Contains(Lines[i]) || (Lines[i].IsHeader && sections.Contains(Lines[i].SectionNumber)))
            .ToList();
        return indices.Exists(i => Lines[i].IsHeader)
            ? TextLines.RemoveLines([.. Lines.Select(l => l.Raw)], indices)
            : string.Concat(Lines.Where(l => !gone.Contains(l)).Select(l => l.Raw));
    }

    private List<IniLine> Parse()
    {
        var lines = new List<IniLine>();
        var physical = TextLines.Split(Text);
        var section = "";
        var sections = 0;
        for (var i = 0; i < physical.Count; i++)
        {
            var number = i + 1;
            var raw = physical[i];
            var value = Clean(raw);
            while (_isSystemd && !IsComment(raw) && value.EndsWith('\\') && i + 1 < physical.Count)
            {
                var next = physical[++i];
                raw += next;
                value = IsComment(next) ? value : $"{value[..^1]} {Clean(next)}";
            }

            if (value.StartsWith('[') && value.EndsWith(']') && !IsComment(raw))
            {
                section = value[1..^1];
                sections++;
                lines.Add(new IniLine(number, raw, section, sections) { IsHeader = true });
            }
            else if (value.Length == 0 || IsComment(raw))
                lines.Add(new IniLine(number, raw, section, sections));
            else if (value.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
                lines.Add(
                    new IniLine(number, raw, section, sections)
                    {
                        Key = value[..equals].TrimEnd(),
                        Value = value[(equals + 1)..].TrimStart(),
                    }
                );
            else
                lines.Add(new IniLine(number, raw, section, sections) { IsUnknown = true });
        }

        return lines;
    }

    private bool IsComment(string raw) => raw.TrimStart() is ['#', ..] || (_isSystemd && raw.TrimStart() is [';', ..]);

    private static string Clean(string raw) => raw.Trim(' ', '\t', '\r', '\n');
}

/// <summary>A line of a file of sections and assignments.</summary>
/// <param name="Number">Where it begins, from 1.</param>
/// <param name="Raw">All of it, with its line feed where it has one.</param>
/// <param name="Section">The section it is in; empty before the first.</param>
/// <param name="SectionNumber">How many sections begin before it, its own included; sections may repeat.</param>
internal sealed record IniLine(int Number, string Raw, string Section, int SectionNumber)
{
    /// <summary>What it assigns to; null for any other line.</summary>
    public string? Key { get; init; }

    /// <summary>What it assigns.</summary>
    public string Value { get; init; } = "";

    /// <summary>Whether it is a section's header.</summary>
    public bool IsHeader { get; init; }

    /// <summary>Whether it is none of what such a file has.</summary>
    public bool IsUnknown { get; init; }
}
