namespace XenVlan.Tests.Discovery;

/// <summary>Output recorded on real hosts; see <c>Data/README.md</c>.</summary>
internal static class Recorded
{
    /// <summary>The lines a command printed.</summary>
    public static IReadOnlyList<string> Lines(string name)
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Data", "xen-4.17-debian-12", name + ".txt"));
        return [.. lines.Skip(1).Take(lines.Length - 2)];
    }

    /// <summary>Several lines a record, the later ones indented, as <c>ip -o</c> puts them on one.</summary>
    public static IReadOnlyList<string> OneLine(IEnumerable<string> lines)
    {
        var records = new List<string>();
        foreach (var line in lines)
        {
            if (line.StartsWith(' '))
                records[^1] += "\\" + line;
            else
                records.Add(line);
        }

        return records;
    }

    /// <summary>Paths and values of <c>xenstore-ls -f</c> as the tree that it prints without <c>-f</c>, 80 columns wide.</summary>
    public static IReadOnlyList<string> Tree(IEnumerable<string> lines, string root)
    {
        const int width = 80;
        const string cut = " = \"...\"";
        var tree = new List<string>();
        foreach (var line in lines)
        {
            var equals = line.IndexOf(" = ", StringComparison.Ordinal);
            var path = line[(root.Length + 1)..equals];
            var value = line[(equals + 4)..^1];
            var start = new string(' ', path.Count(c => c == '/')) + path[(path.LastIndexOf('/') + 1)..];
            var room = width - cut.Length - start.Length;
            tree.Add(value.Length > room ? $"{start} = \"{value[..room]}\\...\"" : $"{start} = \"{value}\"");
        }

        return tree;
    }
}
