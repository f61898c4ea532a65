namespace XenVlan.Lab.Disk;

/// <summary>A host with a disk that was booted once and frozen.</summary>
/// <param name="Images">What it was booted from.</param>
/// <param name="Directory">Where it is.</param>
internal sealed record FrozenDisk(DiskImages Images, string Directory)
{
    public string Memory => Path.Combine(Directory, "ram");

    public string State => Path.Combine(Directory, "state");

    /// <summary>The disk at that moment, as changes to the one installed.</summary>
    public string Disk => Path.Combine(Directory, "disk.qcow2");
}
