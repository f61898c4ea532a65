namespace XenVlan.Changes.Persistence.Files;

/// <summary>Files as they were parsed; one is parsed again only after it changed.</summary>
/// <param name="planning">The files so far.</param>
/// <param name="parse">Parses a file of a path and a text.</param>
internal sealed class ParsedFileCache<T>(FilePlanBuilder planning, Func<string, string, T> parse)
    where T : class
{
    private readonly Dictionary<string, (string Text, T File)> _files = new(StringComparer.Ordinal);

    /// <summary>A file as it is now.</summary>
    /// <returns>The file; that of an empty text where it is not there.</returns>
    public T Get(string path)
    {
        var text = planning.Read(path) ?? "";
        if (!_files.TryGetValue(path, out var known) || known.Text != text)
        {
            known = (text, parse(path, text));
            _files[path] = known;
        }

        return known.File;
    }
}
