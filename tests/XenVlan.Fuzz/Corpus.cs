namespace XenVlan.Fuzz;

/// <summary>What real hosts printed, and what golden files hold: the texts to begin with.</summary>
internal static class Corpus
{
    private const string Data = "tests/XenVlan.Core.Tests/Data";
    private const string Mark = "xenvlan-0123456789ABCDEF";

    /// <summary>What the probe printed on recorded hosts, whole.</summary>
    public static IReadOnlyList<string> Probes { get; } =
    [
        .. Directory
            .GetFiles(Repository.PathOf($"{Data}/probe-xen-4.17-debian-12"), "*.txt")
            .Where(f => !f.EndsWith(".errors.txt", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText),
    ];

    /// <summary>The word of the marks in <see cref="Probes"/>.</summary>
    public static string ProbeMark => Mark;

    /// <summary>A section of what the probe printed on recorded hosts.</summary>
    /// <param name="name">The section.</param>
    /// <returns>Its lines on each host that has it.</returns>
    public static IReadOnlyList<string> Section(string name) =>
        [.. Probes.Select(p => SectionOf(p, name)).OfType<string>().Where(s => s.Length > 1)];

    /// <summary>What commands printed on recorded hosts.</summary>
    /// <param name="pattern">A pattern of names below the recorded data.</param>
    /// <returns>The output of each.</returns>
    public static IReadOnlyList<string> Recorded(string pattern)
    {
        var files = Directory.GetFiles(Repository.PathOf(Data), pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal);
        return
        [
            .. files.Select(f =>
                string.Join(
                    '\n',
                    File.ReadAllLines(f)
                        .Where(l => !l.StartsWith("$ ", StringComparison.Ordinal) && !l.StartsWith("# rc=", StringComparison.Ordinal))
                )
            ),
        ];
    }

    /// <summary>Golden files, and others of the repository.</summary>
    /// <param name="directory">Where to look.</param>
    /// <param name="pattern">A pattern of names.</param>
    /// <returns>The files' text.</returns>
    public static IReadOnlyList<string> Files(string directory, string pattern) =>
        [
            .. Directory
                .GetFiles(Repository.PathOf(directory), pattern, SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(File.ReadAllText),
        ];

    /// <summary>The configuration files that a golden file shows.</summary>
    /// <param name="name">The golden file, of those of the persistence backends.</param>
    /// <returns>The files, each case of it in one text: a line <c>=== path</c> before each.</returns>
    public static IReadOnlyList<string> Configurations(string name)
    {
        var text = File.ReadAllText(Repository.PathOf($"tests/XenVlan.Core.Tests/Changes/Persistence/{name}.verified.txt"));
        var cases = text.Split("##### ", StringSplitOptions.RemoveEmptyEntries)
            .Select(c =>
                string.Join('\n', c.Split('\n').Skip(1).Where(l => !l.StartsWith("note: ", StringComparison.Ordinal)).Select(Heading))
            );
        return [.. cases.Where(c => c.Contains("=== ", StringComparison.Ordinal)).Select(c => c.TrimEnd('\n') + "\n")];
    }

    private static string Heading(string line) =>
        line.StartsWith("=== /", StringComparison.Ordinal) ? string.Join(' ', line.Split(' ').Take(2)) : line;

    private static string? SectionOf(string probe, string name)
    {
        var lines = probe.Split('\n');
        var begin = Array.IndexOf(lines, $"{Mark} begin {name}");
        if (begin < 0)
            return null;
        var end = Array.FindIndex(lines, begin + 1, l => l.StartsWith(Mark, StringComparison.Ordinal));
        return string.Join('\n', lines[(begin + 1)..(end < 0 ? lines.Length : end)]);
    }
}
