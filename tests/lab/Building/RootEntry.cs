namespace XenVlan.Lab.Building;

/// <summary>A file, directory or symbolic link of a root file system.</summary>
/// <param name="Mode">File type and permission bits, as in <c>st_mode</c>.</param>
/// <param name="SourcePath">The file that holds the content, when that is on disk.</param>
/// <param name="Content">The content, when it is in memory; for a link its target.</param>
internal sealed record RootEntry(uint Mode, string? SourcePath, byte[] Content)
{
    public const uint Directory = 0x4000;
    public const uint RegularFile = 0x8000;
    public const uint SymbolicLink = 0xA000;
    private const uint TypeMask = 0xF000;

    public bool IsDirectory => (Mode & TypeMask) == Directory;

    public bool IsLink => (Mode & TypeMask) == SymbolicLink;

    public byte[] ReadContent() => SourcePath is null ? Content : File.ReadAllBytes(SourcePath);
}
