namespace XenVlan.Lab.Disk;

/// <summary>What a host with a disk is like.</summary>
/// <param name="Manager">What configures its network.</param>
/// <param name="Xen">Whether it is a Xen host.</param>
internal sealed record DiskHost(DiskManager Manager, bool Xen)
{
    /// <summary>Its name, everywhere: on the console, in the ssh_config, to its key.</summary>
    public const string Name = "disk";

    /// <summary>The manager's name, as folder of its files and on the kernel's command line.</summary>
    public string ManagerName => Manager.ToString().ToLowerInvariant();

    /// <summary>For a directory's name and for people.</summary>
    public string Label => Xen ? ManagerName + "-xen" : ManagerName;
}
