using System.Globalization;

namespace XenVlan.Discovery.Parsing;

/// <summary>The files of one interface under <c>/sys/class/net</c> (the kernel's
/// <c>Documentation/ABI/testing/sysfs-class-net</c>).</summary>
/// <param name="name">The interface's name.</param>
/// <param name="places">Where each attribute's value is, of all interfaces of the host.</param>
internal sealed class SysfsInterface(string name, Dictionary<string, int> places)
{
    // More than the probe asks for; the rest is not the kernel's.
    private const int Most = 256;
    private const int Step = 8;

    // A host may have very many interfaces, and each has a few dozen of these: a dictionary would be several times as large.
    private string?[] _values = [];

    /// <summary>The interface's name.</summary>
    public string Name { get; } = name;

    /// <summary>A file's content.</summary>
    /// <param name="attribute">Its path below the interface, such as <c>bridge/stp_state</c>; <c>DEVTYPE</c> for that line of
    /// <c>uevent</c>.</param>
    /// <returns>The first line, or null where the file is not there or could not be read.</returns>
    public string? this[string attribute] => places.TryGetValue(attribute, out var at) && at < _values.Length ? _values[at] : null;

    /// <summary>Whether a file or directory is there.</summary>
    /// <param name="attribute">Its path below the interface.</param>
    public bool Has(string attribute) => this[attribute] is not null;

    /// <summary>A file's content as a number.</summary>
    /// <param name="attribute">Its path below the interface.</param>
    /// <returns>The decimal or, after <c>0x</c>, hexadecimal number; null where there is none.</returns>
    public long? Number(string attribute)
    {
        var text = this[attribute];
        if (text is null)
            return null;
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            return long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? hex : null;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    /// <summary>A file's content as an interface's number or a size.</summary>
    /// <param name="attribute">Its path below the interface.</param>
    /// <returns>The number; null where there is none that fits.</returns>
    public int? Integer(string attribute) => Number(attribute) is { } value and >= int.MinValue and <= int.MaxValue ? (int)value : null;

    /// <summary>A file's content as a switch.</summary>
    /// <param name="attribute">Its path below the interface.</param>
    /// <returns>Whether the number is not 0; null where there is none.</returns>
    public bool? Flag(string attribute) => Number(attribute) is { } value ? value != 0 : null;

    /// <summary>Takes in one line of a file. Of a file of several lines only the first one counts.</summary>
    /// <param name="attribute">The file's path below the interface.</param>
    /// <param name="line">The line, without white space around it.</param>
    public void Add(string attribute, string line)
    {
        const string type = "DEVTYPE";
        if (attribute is "uevent")
        {
            if (!line.StartsWith(type + "=", StringComparison.Ordinal))
                return;
            attribute = type;
            line = line[(type.Length + 1)..].Trim();
        }

        if (!places.TryGetValue(attribute, out var at))
        {
            if (places.Count >= Most)
                return;
            places.Add(attribute, at = places.Count);
        }

        if (at >= _values.Length)
            Array.Resize(ref _values, (at / Step + 1) * Step);
        _values[at] ??= line;
    }
}
