using XenVlan.Changes.Persistence.Files;

namespace XenVlan.Changes.Persistence.Networkd;

/// <summary>A <c>.network</c> or <c>.netdev</c> file with its drop-ins, which count after it (systemd.network(5)).</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Main">The file.</param>
/// <param name="DropIns">The files of its directories <c>NAME.d</c>, in the order in which they count.</param>
internal sealed record NetworkdUnit(string Name, IniFile Main, IReadOnlyList<IniFile> DropIns)
{
    /// <summary>The directory of what an administrator writes.</summary>
    public const string Directory = "/etc/systemd/network";

    /// <summary>All its files, in the order in which they count.</summary>
    public IEnumerable<IniFile> Files => DropIns.Prepend(Main);

    /// <summary>Whether XenVlan made the file.</summary>
    public bool IsOurs =>
        Main.Path.StartsWith(Directory + "/", StringComparison.Ordinal) && Name.Contains("-xenvlan-", StringComparison.Ordinal);

    /// <summary>Where XenVlan writes what it adds: a file of its own goes again without a trace, and works for files in <c>/usr/lib</c>
    /// too.</summary>
    public string Target => IsOurs ? Main.Path : $"{DropInDirectory}/xenvlan.conf";

    /// <summary>The directory of what an administrator adds to it.</summary>
    public string DropInDirectory => $"{Directory}/{Name}.d";

    /// <summary>Where it begins.</summary>
    public string Place => Main.Lines.FirstOrDefault(l => l.IsHeader) is { } line ? Main.Place(line) : Main.Path;

    /// <summary>The values of a list; an empty one forgets those before it (systemd.syntax(7)).</summary>
    public IReadOnlyList<string> All(string section, string key)
    {
        var values = Files.SelectMany(f => f.All(section, key)).Select(l => l.Value).ToList();
        var reset = values.FindLastIndex(v => v.Length == 0);
        return values[(reset + 1)..];
    }

    /// <summary>The value that counts.</summary>
    /// <returns>The last one; null where there is none.</returns>
    public string? Last(string section, string key) => All(section, key) is [.., var last] ? last : null;
}
