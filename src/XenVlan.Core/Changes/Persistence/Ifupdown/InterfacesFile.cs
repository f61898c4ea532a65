using XenVlan.Changes.Persistence.Files;

namespace XenVlan.Changes.Persistence.Ifupdown;

/// <summary>A file in the format of interfaces(5), with every byte of it.</summary>
internal sealed class InterfacesFile
{
    private static readonly string[] Families = ["inet", "inet6", "ipx", "can", "link"];
    private static readonly string[] Listing = ["auto", "no-auto-down", "no-scripts"];

    /// <summary>Reads a file.</summary>
    public InterfacesFile(string path, string text)
    {
        Path = path;
        Text = text;
        Lines = InterfacesLine.Parse(text);
        Stanzas = FindStanzas();
    }

    /// <summary>Its path.</summary>
    public string Path { get; }

    /// <summary>All of it.</summary>
    public string Text { get; }

    /// <summary>Its lines; their raw texts put together are <see cref="Text"/>.</summary>
    public IReadOnlyList<InterfacesLine> Lines { get; }

    /// <summary>Its <c>iface</c> stanzas.</summary>
    public IReadOnlyList<InterfacesStanza> Stanzas { get; }

    /// <summary>The lines that list interfaces: <c>auto</c>, <c>allow-…</c>, <c>no-auto-down</c>, <c>no-scripts</c>.</summary>
    public IEnumerable<(int Index, InterfacesLine Line)> Lists => Lines.Select((l, i) => (i, l)).Where(l => IsList(l.l.Keyword));

    /// <summary>Where a line is.</summary>
    /// <returns>Such as <c>/etc/network/interfaces:7</c>.</returns>
    public string Place(int index) => $"{Path}:{Lines[index].Number}";

    /// <summary>What ifupdown would not read, or not as it is meant.</summary>
    /// <returns>The index of the line and the problem; null where there is none.</returns>
    public (int Index, string Problem)? FindProblem()
    {
        var inStanza = "";
        for (var i = 0; i < Lines.Count; i++)
        {
            var line = Lines[i];
            if (line.Raw.Contains('\r', StringComparison.Ordinal))
                return (
                    i,
                    "The line ends in CR LF, as on Windows, or has a CR; interfaces(5) knows lines that end in LF only. Convert the "
                        + "file: sed -i 's/\\r$//'."
                );
            if (line.GoesOn)
                return (i, "The last line ends in a backslash, so it goes on where nothing follows. Remove the backslash.");
            if (line.Words.Count == 0)
                continue;
            if (Problem(line, ref inStanza) is { } problem)
                return (i, problem);
        }

        return null;
    }

    /// <summary>Whether a word begins a line that lists interfaces.</summary>
    public static bool IsList(string keyword) =>
        Listing.Contains(keyword, StringComparer.Ordinal) || keyword.StartsWith("allow-", StringComparison.Ordinal);

    /// <summary>The text with lines put in before a line.</summary>
    /// <param name="index">The index of the line; the number of lines for the end.</param>
    /// <param name="added">The lines, without line feeds.</param>
    public string Insert(int index, params IEnumerable<string> added)
    {
        var before = string.Concat(Lines.Take(index).Select(l => l.Raw));
        var after = string.Concat(Lines.Skip(index).Select(l => l.Raw));
        var block = string.Join('\n', added);
        return before.Length > 0 && !before.EndsWith('\n') ? $"{before}\n{block}" : $"{before}{block}\n{after}";
    }

    /// <summary>The text with another line in a line's place.</summary>
    /// <param name="index">The line's index.</param>
    /// <param name="raw">The line, with its end.</param>
    public string Replace(int index, string raw) => string.Concat(Lines.Select((l, i) => i == index ? raw : l.Raw));

    /// <summary>The text without some lines, and without the empty lines before them.</summary>
    public string Remove(IReadOnlyCollection<int> gone, IReadOnlyDictionary<int, string> replaced) =>
        TextLines.RemoveLines([.. Lines.Select((l, i) => replaced.GetValueOrDefault(i) ?? l.Raw)], gone);

    // The errors are those of ifupdown 0.8 (config.c); what only ifupdown2 reads passes.
    private static string? Problem(InterfacesLine line, ref string inStanza)
    {
        var words = line.Words;
        switch (line.Keyword)
        {
            case "iface":
                inStanza = "iface";
                if (words.Count < 2)
                    return "An iface line names an interface: iface eth0 inet static.";
                if (words.Count > 2 && words[2] is not "inherits" && !Families.Contains(words[2], StringComparer.Ordinal))
                    return $"{Model.DisplayText.Quote(words[2])} is no address family; it is one of {string.Join(", ", Families)}.";
                if (words.Count == 3 && words[2] is not "inherits")
                    return "An iface line ends in a method: iface eth0 inet static.";
                return words[^1] is "inherits" ? "After inherits comes the interface to inherit from." : null;
            case "mapping":
                inStanza = "mapping";
                return words.Count < 2 ? "A mapping line names interfaces: mapping eth0." : null;
            case "source" or "source-directory":
                inStanza = "";
                return words.Count < 2 ? $"After {line.Keyword} comes a path." : null;
            case "rename":
                inStanza = "";
                return null;
        }

        if (IsList(line.Keyword))
        {
            inStanza = "";
            return null;
        }

        return inStanza switch
        {
            "iface" when words.Count < 2 =>
                $"The option {Model.DisplayText.Quote(line.Keyword)} has no value; give it one, or remove the line.",
            "iface" => null,
            "mapping" when line.Keyword is "script" or "map" => null,
            _ => $"{Model.DisplayText.Quote(line.Keyword)} is an option outside of an iface stanza, or no word of interfaces(5). Put it "
                + $"under its iface line, or make it a comment.",
        };
    }

    private List<InterfacesStanza> FindStanzas()
    {
        var stanzas = new List<InterfacesStanza>();
        var first = -1;
        var last = -1;
        for (var i = 0; i <= Lines.Count; i++)
        {
            var keyword = i < Lines.Count ? Lines[i].Keyword : "iface";
            if (keyword is "iface" or "mapping" or "source" or "source-directory" or "rename" || IsList(keyword))
            {
                if (first >= 0)
                    stanzas.Add(new InterfacesStanza(this, first, last));
                first = i < Lines.Count && keyword is "iface" && Lines[i].Words.Count > 1 ? i : -1;
                last = i;
            }
            else if (keyword.Length > 0)
                last = i;
        }

        return stanzas;
    }
}
