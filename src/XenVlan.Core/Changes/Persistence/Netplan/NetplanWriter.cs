using System.Globalization;
using System.Text;

namespace XenVlan.Changes.Persistence.Netplan;

/// <summary>Writes XenVlan's file for netplan.</summary>
internal static class NetplanWriter
{
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "null",
        "true",
        "false",
        "yes",
        "no",
        "on",
        "off",
        "y",
        "n",
    };

    /// <summary>What a file begins with.</summary>
    public const string Head = "# Written by XenVlan. netplan puts it together with the other files here.\n";

    /// <summary>Writes a file.</summary>
    public static string Write(NetplanMap root)
    {
        var text = new StringBuilder(Head);
        Write(text, root, 0);
        return text.ToString();
    }

    /// <summary>Writes an entry of a mapping.</summary>
    /// <param name="text">Where.</param>
    /// <param name="key">Its key.</param>
    /// <param name="value">Its value.</param>
    /// <param name="indent">How many spaces before it.</param>
    /// <param name="comment">What stands behind it in its first line, with the space before.</param>
    public static void WriteEntry(StringBuilder text, string key, NetplanNode value, int indent, string comment = "")
    {
        text.Append(' ', indent).Append(Quote(key)).Append(':');
        switch (value)
        {
            case NetplanMap { Entries.Count: > 0 } inner:
                Write(text.Append(comment).Append('\n'), inner, indent + 2);
                break;
            case NetplanList { Items.Count: > 0 } list:
                text.Append(comment).Append('\n');
                foreach (var item in list.Items)
                    WriteItem(text, item, indent + 2);
                break;
            default:
                text.Append(' ').Append(Simple(value)).Append(comment).Append('\n');
                break;
        }
    }

    /// <summary>Writes an item of a list.</summary>
    public static void WriteItem(StringBuilder text, NetplanNode item, int indent)
    {
        text.Append(' ', indent).Append('-');
        if (item is NetplanMap { Entries.Count: > 0 } map)
        {
            var inner = new StringBuilder();
            Write(inner, map, indent + 2);
            text.Append(' ').Append(inner.ToString().TrimStart());
        }
        else
            text.Append(' ').Append(Simple(item)).Append('\n');
    }

    /// <summary>A single value, or an empty mapping or list.</summary>
    public static string Simple(NetplanNode value) =>
        value switch
        {
            NetplanScalar scalar => Quote(scalar.Value, isValue: true),
            NetplanList => "[]",
            _ => "{}",
        };

    private static void Write(StringBuilder text, NetplanMap map, int indent)
    {
        foreach (var (key, value) in map.Entries)
            WriteEntry(text, key, value, indent);
    }

    // Numbers and booleans stay what they are as values, and names never become any.
    private static string Quote(string value, bool isValue = false)
    {
        var isPlain =
            value.Length > 0
            && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '/' or '_' or '-' or ':')
            && char.IsAsciiLetterOrDigit(value[0])
            && !value.EndsWith(':')
            && (
                isValue
                || !(
                    Reserved.Contains(value)
                    || double.TryParse(value, NumberStyles.Any, CultureInfo.InvariantCulture, out _)
                    || value.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
                )
            );
        return isPlain && !(isValue && value is "null") ? value : $"\"{string.Concat(value.EnumerateRunes().Select(Escape))}\"";
    }

    // What is not ASCII as its number, for a file's text here is its bytes.
    private static string Escape(Rune rune) =>
        rune.Value switch
        {
            '"' or '\\' => $"\\{rune}",
            >= ' ' and <= '~' => rune.ToString(),
            _ => string.Create(CultureInfo.InvariantCulture, $"\\U{rune.Value:x8}"),
        };
}
