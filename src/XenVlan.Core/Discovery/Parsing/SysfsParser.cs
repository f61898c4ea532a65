namespace XenVlan.Discovery.Parsing;

/// <summary>Reads <c>/sys/class/net</c> as the probe prints it: <c>./eth0/mtu:1500</c>.</summary>
internal static class SysfsParser
{
    /// <summary>Reads the interfaces.</summary>
    /// <returns>The interfaces that have a number, in its order.</returns>
    public static IReadOnlyList<SysfsInterface> Parse(IEnumerable<string> lines)
    {
        var found = new Dictionary<string, SysfsInterface>(StringComparer.Ordinal);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var texts = new SameTexts();
        foreach (var line in lines)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || !line.StartsWith("./", StringComparison.Ordinal))
                continue;
            var slash = line.IndexOf('/', 2, colon - 2);
            if (slash < 3 || slash == colon - 1)
                continue;

            var name = line[2..slash];
            if (!found.TryGetValue(name, out var entry))
                found.Add(name, entry = new SysfsInterface(name, places));
            entry.Add(texts.Of(line.AsSpan((slash + 1)..colon)), texts.Of(line.AsSpan(colon + 1).Trim()));
        }

        return [.. found.Values.Where(i => i.Integer("ifindex") is > 0).OrderBy(i => i.Integer("ifindex"))];
    }
}
