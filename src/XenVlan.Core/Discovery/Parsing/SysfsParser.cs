namespace XenVlan.Discovery.Parsing;

/// <summary>Reads <c>/sys/class/net</c> as the probe prints it: <c>./eth0/mtu:1500</c>.</summary>
internal static class SysfsParser
{
    private const int MostTexts = 4096;

    /// <summary>Reads the interfaces.</summary>
    /// <param name="lines">The probe's lines.</param>
    /// <returns>The interfaces that have a number, in its order.</returns>
    public static IReadOnlyList<SysfsInterface> Parse(IEnumerable<string> lines)
    {
        var found = new Dictionary<string, SysfsInterface>(StringComparer.Ordinal);

        // Of very many interfaces, most have the same names of attributes, and the same small values.
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, line) in FileLines.Parse(lines))
        {
            if (!path.StartsWith("./", StringComparison.Ordinal))
                continue;
            var slash = path.IndexOf('/', 2);
            if (slash < 3 || slash == path.Length - 1)
                continue;

            var name = path[2..slash];
            if (!found.TryGetValue(name, out var entry))
                found.Add(name, entry = new SysfsInterface(name));
            entry.Add(Same(path[(slash + 1)..]), Same(line));
        }

        string Same(string text)
        {
            if (text.Length > 40)
                return text;
            if (texts.TryGetValue(text, out var same))
                return same;
            if (texts.Count < MostTexts)
                texts.Add(text, text);
            return text;
        }

        return [.. found.Values.Where(i => i.Integer("ifindex") is > 0).OrderBy(i => i.Integer("ifindex"))];
    }
}
