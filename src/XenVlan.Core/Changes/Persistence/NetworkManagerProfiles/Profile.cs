using XenVlan.Changes.Persistence.Files;

namespace XenVlan.Changes.Persistence.NetworkManagerProfiles;

/// <summary>A connection profile of NetworkManager (nm-settings-keyfile(5)).</summary>
internal sealed record Profile(IniFile File)
{
    // Names that old versions wrote for what is now called otherwise.
    private static readonly Dictionary<string, string> OldSections = new(StringComparer.Ordinal) { ["ethernet"] = "802-3-ethernet" };
    private static readonly Dictionary<string, string> OldTypes = new(StringComparer.Ordinal) { ["802-3-ethernet"] = "ethernet" };

    /// <summary>Its path.</summary>
    public string Path => File.Path;

    /// <summary>The interface it is for; null where it is for any.</summary>
    public string? InterfaceName { get; } =
        File.Last("connection", "interface-name") ?? File.Last(File.Last("connection", "type") ?? "", "interface-name");

    /// <summary>Such as <c>ethernet</c>.</summary>
    public string Type { get; } = File.Last("connection", "type") is { } type ? OldTypes.GetValueOrDefault(type, type) : "";

    /// <summary>Whether NetworkManager brings it up by itself.</summary>
    public bool IsAutomatic => File.Last("connection", "autoconnect") is not "false";

    /// <summary>Its identifier.</summary>
    public string? Uuid => File.Last("connection", "uuid");

    /// <summary>Where it says for which interface it is.</summary>
    public string Place =>
        File.All("connection", "interface-name").Concat(File.Entries).FirstOrDefault() is { } line ? File.Place(line) : Path;

    /// <summary>A setting's value.</summary>
    /// <param name="section">The section, by its new name.</param>
    /// <param name="key">The key.</param>
    /// <returns>The value; null where it is not there.</returns>
    public string? Value(string section, string key) => File.Last(SectionIn(section), key);

    /// <summary>The file with a setting.</summary>
    /// <param name="section">The section, by its new name.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    public string With(string section, string key, string value) => File.Set(SectionIn(section), key, value);

    /// <summary>The file without a setting.</summary>
    /// <param name="section">The section, by its new name.</param>
    /// <param name="key">The key.</param>
    public string Without(string section, string key)
    {
        var gone = File.All(SectionIn(section), key).ToList();
        return string.Concat(File.Lines.Where(l => !gone.Contains(l)).Select(l => l.Raw));
    }

    private string SectionIn(string section) =>
        OldSections.TryGetValue(section, out var old) && File.Lines.Any(l => l.IsHeader && l.Section == old) ? old : section;
}
