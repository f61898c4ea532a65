using System.Globalization;
using System.Text;

namespace XenVlan.Discovery.Parsing;

/// <summary>
/// Reads <c>xenstore-ls</c>: with <c>-f</c> a whole path a line, without it (Xen before 3.3) a tree indented by one space
/// a level; and <c>xenstore-read -p</c>, whose lines are a whole path, a colon and a value without quotation marks. Values
/// are escaped (<c>sanitise_value</c> in Xen's <c>tools/xs-clients/xenstore_client.c</c>).
/// </summary>
internal static class XenstoreParser
{
    private const int MaximumDepth = 32;

    /// <summary>Reads the nodes.</summary>
    /// <param name="lines">The output's lines.</param>
    /// <param name="root">The path that was listed, to which a tree's names are relative.</param>
    /// <returns>Values by whole path. Of a tree, values that were cut off to the width of a terminal are missing.</returns>
    public static Dictionary<string, string> Parse(IEnumerable<string> lines, string root)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var parents = new List<string> { root };
        foreach (var line in lines)
        {
            var equals = line.IndexOf(" = \"", StringComparison.Ordinal);
            var isTree = !line.StartsWith('/');
            var colon = isTree ? -1 : line.IndexOf(": ", StringComparison.Ordinal);
            if (colon >= 0 && (equals < 0 || colon < equals))
            {
                _ = found.TryAdd(line[..colon], Unescape(line[(colon + ": ".Length)..]));
                continue;
            }

            var name = equals >= 0 ? line[..equals] : line.TrimEnd(':');
            var path = isTree ? TreePath(name, parents) : name;
            if (path is null || equals < 0)
                continue;

            var close = line.LastIndexOf('"');
            var start = equals + " = \"".Length;
            if (close < start)
                continue;
            var value = line[start..close];
            if (isTree && value.EndsWith("\\...", StringComparison.Ordinal))
                continue;
            _ = found.TryAdd(path, Unescape(value));
        }

        return found;
    }

    /// <summary>Takes the escapes out of a value.</summary>
    /// <returns>The value, its bytes taken as UTF-8.</returns>
    public static string Unescape(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
            return text;

        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text, i, 1));
                continue;
            }

            var c = text[++i];
            switch (c)
            {
                case 't':
                    bytes.Add((byte)'\t');
                    break;
                case 'n':
                    bytes.Add((byte)'\n');
                    break;
                case 'r':
                    bytes.Add((byte)'\r');
                    break;
                case 'x'
                    when i + 2 < text.Length
                        && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex):
                    bytes.Add(hex);
                    i += 2;
                    break;
                case '0' when i + 2 < text.Length && text[i + 1] == '0' && text[i + 2] is >= '0' and <= '7':
                    bytes.Add((byte)(text[i + 2] - '0'));
                    i += 2;
                    break;
                default:
                    bytes.AddRange(Encoding.UTF8.GetBytes([c]));
                    break;
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static string? TreePath(string indented, List<string> parents)
    {
        var name = indented.TrimStart(' ');
        var depth = indented.Length - name.Length;
        if (name.Length == 0 || depth >= parents.Count || depth >= MaximumDepth)
            return null;

        var path = parents[depth] + "/" + name;
        parents.RemoveRange(depth + 1, parents.Count - depth - 1);
        parents.Add(path);
        return path;
    }
}
