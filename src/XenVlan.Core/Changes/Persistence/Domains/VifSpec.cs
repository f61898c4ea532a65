using System.Globalization;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence.Domains;

/// <summary>
/// One NIC of a domain's file: <c>key=value</c> pairs and flags with commas between them
/// (xl-network-configuration(5); parse_nic_config in Xen's <c>xl_parse.c</c>).
/// </summary>
internal sealed record VifSpec(ConfigToken Token, int Index)
{
    /// <summary>Its line in the file, from 1.</summary>
    public int Line => Token.Line;

    /// <summary>The address it fixes; null where it fixes none.</summary>
    public MacAddress? Mac => MacAddress.TryParse(Get("mac"), out var mac) ? mac : null;

    /// <summary>The number it asks for; null where it leaves that to Xen.</summary>
    public int? DeviceId => int.TryParse(Get("devid"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>What is said under a key; of several, the last counts.</summary>
    /// <returns>The value; null where there is none.</returns>
    public string? Get(string key) => Find(key) is { } part ? Token.Value[part.Value..part.End] : null;

    /// <summary>The text with another value under a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value; null for none.</param>
    /// <returns>The text; all else is as it was.</returns>
    public string With(string key, string? value)
    {
        var text = Token.Value;
        if (Find(key) is { } part)
            return value is null ? Without(part) : text[..part.Value] + value + text[part.End..];
        if (value is null)
            return text;
        var comma = text.Length == 0 || text.EndsWith(',') ? "" : ",";
        return $"{text}{comma}{key}={value}";
    }

    private string Without((int Start, int Value, int End) part)
    {
        var text = Token.Value;
        return part.End < text.Length ? text[..part.Start] + text[(part.End + 1)..]
            : part.Start > 0 ? text[..(part.Start - 1)]
            : "";
    }

    // xl skips spaces before a pair, and knows a key by the text it begins with.
    private (int Start, int Value, int End)? Find(string key)
    {
        (int Start, int Value, int End)? found = null;
        var start = 0;
        foreach (var part in Token.Value.Split(','))
        {
            var blanks = part.Length - part.TrimStart(' ').Length;
            if (part.AsSpan(blanks).StartsWith($"{key}=", StringComparison.Ordinal))
                found = (start, start + blanks + key.Length + 1, start + part.Length);
            start += part.Length + 1;
        }

        return found;
    }
}
