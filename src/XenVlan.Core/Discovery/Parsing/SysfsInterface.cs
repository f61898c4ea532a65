using System.Globalization;

namespace XenVlan.Discovery.Parsing;

/// <summary>The files of one interface under <c>/sys/class/net</c> (the kernel's <c>Documentation/ABI/testing/sysfs-class-net</c>).</summary>
/// <param name="name">The interface's name.</param>
internal sealed class SysfsInterface(string name)
{
    private const int Usual = 24;

    // More than the probe asks for; the rest is not the kernel's.
    private const int Most = 256;

    // A host may have very many interfaces, and each has a few dozen of these: a dictionary would be several times as large.
    private readonly List<KeyValuePair<string, string>> _attributes = new(Usual);

    /// <summary>The interface's name.</summary>
    public string Name { get; } = name;

    /// <summary>A file's content.</summary>
    /// <param name="attribute">Its path below the interface, such as <c>bridge/stp_state</c>; <c>DEVTYPE</c> for that line of <c>uevent</c>.</param>
    /// <returns>The first line, or null where the file is not there or could not be read.</returns>
    public string? this[string attribute] => IndexOf(attribute) is >= 0 and var at ? _attributes[at].Value : null;

    /// <summary>Whether a file or directory is there.</summary>
    /// <param name="attribute">Its path below the interface.</param>
    /// <returns>Whether it was listed.</returns>
    public bool Has(string attribute) => IndexOf(attribute) >= 0;

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
    public int? Integer(string attribute) =>
        Number(attribute) is { } value and >= int.MinValue and <= int.MaxValue ? (int)value : null;

    /// <summary>A file's content as a switch.</summary>
    /// <param name="attribute">Its path below the interface.</param>
    /// <returns>Whether the number is not 0; null where there is none.</returns>
    public bool? Flag(string attribute) => Number(attribute) is { } value ? value != 0 : null;

    /// <summary>Takes in one line of a file. Of a file of several lines only the first one counts.</summary>
    /// <param name="attribute">The file's path below the interface.</param>
    /// <param name="line">The line.</param>
    public void Add(string attribute, string line)
    {
        if (attribute != "uevent")
            AddFirst(attribute, line.Trim());
        else if (line.StartsWith("DEVTYPE=", StringComparison.Ordinal))
            AddFirst("DEVTYPE", line["DEVTYPE=".Length..].Trim());
    }

    private void AddFirst(string attribute, string value)
    {
        if (_attributes.Count < Most && IndexOf(attribute) < 0)
            _attributes.Add(new KeyValuePair<string, string>(attribute, value));
    }

    private int IndexOf(string attribute)
    {
        for (var i = 0; i < _attributes.Count; i++)
        {
            if (string.Equals(_attributes[i].Key, attribute, StringComparison.Ordinal))
                return i;
        }

        return -1;
    }
}
