using XenVlan.Changes.Persistence.Files;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence.Domains;

/// <summary>
/// The file <c>/etc/xenvlan/vifs</c>, in which <see cref="VifHook"/> looks up how a NIC is to be connected. Lines that
/// are not changed stay as they are.
/// </summary>
internal sealed class VifTable
{
    /// <summary>Where it is.</summary>
    public const string Path = Directory + "/vifs";

    /// <summary>The directory that it is in, which is XenVlan's.</summary>
    public const string Directory = "/etc/xenvlan";

    private const string Header = $"""
        # How NICs of domains are connected, beyond what Xen knows of them. Written by XenVlan, read by
        # {VifHook.Path} whenever a NIC is connected. A dash leaves a thing alone;
        # old>new is for a NIC whose domain was made with old.
        # NIC VLANs MTU checksum bridge domain

        """;

    private readonly List<string> _lines;
    private readonly List<(int Line, VifEntry Entry)> _entries = [];

    private VifTable(string? text, string hostName)
    {
        _lines = [.. (text ?? Header).TrimEnd('\n').Split('\n')];
        for (var i = 0; i < _lines.Count; i++)
        {
            if (_lines[i].Trim() is "" or ['#', ..])
                continue;
            _entries.Add(
                VifEntry.TryRead(_lines[i], out var entry)
                    ? (i, entry)
                    : throw Errors.On(
                        hostName,
                        ErrorIds.ConfigurationInvalid,
                        $"{Path:unquoted}:{i + 1}: {_lines[i]} is no line of the form 'NIC VLANs MTU checksum bridge "
                            + $"domain', such as '0 10p - - - web'; correct or remove it."
                    )
            );
        }
    }

    /// <summary>Reads the table.</summary>
    /// <returns>The table; an empty one where there is none.</returns>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.ConfigurationInvalid"/>: a line is not well formed.</exception>
    public static VifTable Read(FilePlanBuilder planning) => new(planning.Read(Path), planning.Host.HostName);

    /// <summary>What it says of a NIC.</summary>
    /// <param name="domain">The domain's name, a byte a character.</param>
    /// <param name="index">The NIC's number.</param>
    /// <returns>The entry; an empty one where there is none.</returns>
    public VifEntry Find(string domain, int index) => _entries.Find(e => IsOf(e.Entry, domain, index)).Entry ?? new VifEntry(domain, index);

    /// <summary>The file with another entry for a NIC.</summary>
    /// <param name="entry">The entry; an empty one takes the NIC out.</param>
    /// <returns>The text of the file; null where no NIC is left in it.</returns>
    public string? With(VifEntry entry)
    {
        var lines = new List<string>(_lines);
        var at = _entries.FindIndex(e => IsOf(e.Entry, entry.Domain, entry.Index));
        if (at < 0 && !entry.IsEmpty)
            lines.Add(entry.ToString());
        else if (at >= 0 && entry.IsEmpty)
            lines.RemoveAt(_entries[at].Line);
        else if (at >= 0)
            lines[_entries[at].Line] = entry.ToString();

        var isLast = entry.IsEmpty && _entries.Count == (at < 0 ? 0 : 1);
        return isLast ? null : string.Join('\n', lines) + "\n";
    }

    private static bool IsOf(VifEntry entry, string domain, int index) => entry.Index == index && entry.Domain == domain;
}
