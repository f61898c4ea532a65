namespace XenVlan.Discovery.Parsing;

/// <summary>Lines of files as <c>grep '' file…</c> prints them: <c>path:line</c>.</summary>
internal static class FileLines
{
    /// <summary>Takes lines apart.</summary>
    /// <param name="lines">Lines of the form <c>path:line</c>; others are left out.</param>
    /// <returns>Path and line; the path is what comes before the first colon.</returns>
    public static IEnumerable<(string Path, string Line)> Parse(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
                yield return (line[..colon], line[(colon + 1)..]);
        }
    }

    /// <summary>The lines of one file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="lines">Lines of the form <c>path:line</c>, of any files.</param>
    public static IEnumerable<string> Of(string path, IEnumerable<string> lines) =>
        lines
            .Where(l => l.Length > path.Length && l[path.Length] == ':' && l.StartsWith(path, StringComparison.Ordinal))
            .Select(l => l[(path.Length + 1)..]);

    /// <summary>The first line of each file.</summary>
    /// <param name="lines">Lines of the form <c>path:line</c>; others are left out.</param>
    /// <returns>First lines by path, without white space around them.</returns>
    public static Dictionary<string, string> FirstLines(IEnumerable<string> lines)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, line) in Parse(lines))
            _ = found.TryAdd(path, line.Trim());
        return found;
    }
}
