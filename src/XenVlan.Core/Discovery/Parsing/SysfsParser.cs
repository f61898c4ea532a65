namespace XenVlan.Discovery.Parsing;

/// <summary>Reads <c>/sys/class/net</c> as the probe prints it: <c>./eth0/mtu:1500</c>.</summary>
internal static class SysfsParser
{
    /// <summary>Reads the interfaces.</summary>
    /// <param name="lines">The probe's lines.</param>
    /// <returns>The interfaces that have a number, in its order.</returns>
    public static IReadOnlyList<SysfsInterface> Parse(IEnumerable<string> lines)
    {
        var found = new Dictionary<string, SysfsInterface>(StringComparer.Ordinal);
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
            entry.Add(path[(slash + 1)..], line);
        }

        return [.. found.Values.Where(i => i.Integer("ifindex") is > 0).OrderBy(i => i.Integer("ifindex"))];
    }
}
