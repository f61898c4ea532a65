using XenVlan.Changes.Persistence.Files;

namespace XenVlan.Changes.Persistence.Networkd;

/// <summary>Changes the files of systemd-networkd, a setting at a time; after each change they are read anew.</summary>
internal sealed class NetworkdEditor(FilePlanBuilder planning)
{
    private readonly CachedByVersion<NetworkdConfiguration> _configuration = Cache(planning);

    /// <summary>The files as they will be after the changes so far.</summary>
    public NetworkdConfiguration Read() => _configuration.Value;

    /// <summary>Gives a key one value.</summary>
    public void Set(NetworkdUnit unit, string section, string key, string value, string description) =>
        planning.Write(unit.Target, Target(unit).Set(section, key, value), description);

    /// <summary>Adds a value to a list.</summary>
    public void Add(NetworkdUnit unit, string section, string key, string value, string description) =>
        planning.Write(unit.Target, Target(unit).Plus(section, key, value), description);

    /// <summary>Adds a value to a list that does not have it.</summary>
    public void EnsureOne(NetworkdUnit unit, string section, string key, string value, string description)
    {
        if (!unit.All(section, key).Contains(value, StringComparer.Ordinal))
            Add(unit, section, key, value, description);
    }

    /// <summary>Adds sections.</summary>
    public void AddBlock(NetworkdUnit unit, string block, string description) =>
        planning.Write(unit.Target, TextLines.Append(Target(unit).Text, block), description);

    /// <summary>Writes a file; one of XenVlan's that has nothing left to say goes.</summary>
    /// <param name="file">The file.</param>
    /// <param name="text">What is to be in it.</param>
    /// <param name="description">What that does.</param>
    public void WriteOrDelete(IniFile file, string text, string description)
    {
        var isOurs =
            file.Path.EndsWith(".d/xenvlan.conf", StringComparison.Ordinal) || file.Path.Contains("-xenvlan-", StringComparison.Ordinal);
        if (isOurs && new IniFile(file.Path, text, isSystemd: true).Entries.All(e => e.Section is "Match"))
            planning.Delete(file.Path, description);
        else
            planning.Write(file.Path, text, description);
    }

    private static CachedByVersion<NetworkdConfiguration> Cache(FilePlanBuilder planning)
    {
        var files = new ParsedFileCache<IniFile>(planning, (path, text) => new IniFile(path, text, isSystemd: true));
        return new CachedByVersion<NetworkdConfiguration>(planning, () => new NetworkdConfiguration(planning, files));
    }

    private IniFile Target(NetworkdUnit unit) => new(unit.Target, planning.Read(unit.Target) ?? "", isSystemd: true);
}
