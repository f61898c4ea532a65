namespace XenVlan.Changes.Persistence.Files;

/// <summary>The configuration files of a host that matter to its network and its domains, at one moment.</summary>
public sealed record HostConfiguration
{
    /// <summary>The files that are there and could be read.</summary>
    public IReadOnlyList<HostFile> Files { get; init; } = [];

    /// <summary>The directories that are there, of those a backend asked for.</summary>
    public IReadOnlyList<string> Directories { get; init; } = [];

    /// <summary>The files that are there and could not be read.</summary>
    public IReadOnlyList<string> Unreadable { get; init; } = [];

    /// <summary>Why, as a sentence's part after "because", for those of them that would not be read by root either.</summary>
    public IReadOnlyDictionary<string, string> UnreadableBecause { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The lines of scripts and units that speak of making VLAN interfaces; read only where one comes or goes.</summary>
    public IReadOnlyList<ScriptLine> ScriptLines { get; init; } = [];

    /// <summary>Finds a file.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <returns>The file; null where there is none.</returns>
    public HostFile? Find(string path) => Files.FirstOrDefault(f => f.Path == path);
}

/// <summary>A configuration file as a host has it.</summary>
/// <param name="Path">Where it is, absolute.</param>
/// <param name="Content">What is in it, byte for byte: each byte is one character (ISO 8859-1), whatever the file means by it.</param>
/// <param name="LinkTarget">Where the symbolic link at the path leads, as it is written there; null where it is no link.</param>
public sealed record HostFile(string Path, string Content, string? LinkTarget = null);
