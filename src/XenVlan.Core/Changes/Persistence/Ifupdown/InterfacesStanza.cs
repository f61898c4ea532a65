namespace XenVlan.Changes.Persistence.Ifupdown;

/// <summary>An <c>iface</c> stanza.</summary>
/// <param name="File">The file it is in.</param>
/// <param name="First">The index of its <c>iface</c> line in the file's lines.</param>
/// <param name="Last">The index of its last option's line; <paramref name="First"/> where it has none.</param>
internal sealed record InterfacesStanza(InterfacesFile File, int First, int Last)
{
    /// <summary>The interface.</summary>
    public string Name => Head.Words[1];

    /// <summary>Such as <c>inet</c>; empty where the line does not say, which ifupdown2 allows.</summary>
    public string Family => Head.Words.Count > 2 ? Head.Words[2] : "";

    /// <summary>Such as <c>static</c>.</summary>
    public string Method => Head.Words.Count > 3 ? Head.Words[3] : "";

    /// <summary>Where it begins.</summary>
    public string Place => File.Place(First);

    /// <summary>The options, with their indices in the file's lines.</summary>
    public IEnumerable<(int Index, InterfacesLine Line)> Options =>
        Enumerable.Range(First + 1, Last - First).Select(i => (i, File.Lines[i])).Where(o => o.Item2.Words.Count > 0);

    /// <summary>How its options are indented.</summary>
    public string Indent => Options.Select(o => o.Line.Indent).FirstOrDefault() ?? "    ";

    private InterfacesLine Head => File.Lines[First];

    /// <summary>
    /// Finds an option. ifupdown gives scripts <c>bridge_ports</c> and <c>bridge-ports</c> under the same name, so they
    /// are the same here.
    /// </summary>
    /// <param name="name">Its name, with hyphens.</param>
    /// <returns>The first such line; null where there is none.</returns>
    public (int Index, InterfacesLine Line)? Find(string name)
    {
        foreach (var option in Options)
        {
            if (option.Line.Keyword.Replace('_', '-') == name)
                return option;
        }

        return null;
    }

    /// <summary>The value of an option.</summary>
    /// <param name="name">Its name, with hyphens.</param>
    /// <returns>The value; null where it is not there.</returns>
    public string? Value(string name) => Find(name)?.Line.Value;

    /// <summary>The commands that run when the interface comes up, by their words, with <c>$IFACE</c> filled in.</summary>
    public IEnumerable<(int Index, IReadOnlyList<string> Words)> UpCommands => Commands("pre-up", "up", "post-up");

    /// <summary>The commands of some moments, by their words, with <c>$IFACE</c> filled in.</summary>
    /// <param name="moments">Such as <c>post-up</c>.</param>
    /// <returns>Each with the index of its line.</returns>
    public IEnumerable<(int Index, IReadOnlyList<string> Words)> Commands(params string[] moments) =>
        Options
            .Where(o => moments.Contains(o.Line.Keyword, StringComparer.Ordinal))
            .Select(o =>
                (
                    o.Index,
                    (IReadOnlyList<string>)
                        [
                            .. o
                                .Line.Words.Skip(1)
                                .Select(w => w.Trim('"', '\'', ';') is "$IFACE" or "${IFACE}" ? Name : w.Trim('"', '\'', ';')),
                        ]
                )
            );
}
