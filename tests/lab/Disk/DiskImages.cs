using XenVlan.Lab.Building;

namespace XenVlan.Lab.Disk;

/// <summary>What a host with a disk is booted from, and the keys that fit it.</summary>
/// <param name="Directory">Where it is.</param>
internal sealed record DiskImages(string Directory)
{
    /// <summary>The disk as it was installed, without a choice of network manager. It is never written to.</summary>
    public string Disk => Path.Combine(Directory, "disk.img");

    public string InitialRoot => Path.Combine(Directory, "initrd.cpio");

    public string Xen => Path.Combine(Directory, "xen");

    /// <summary>The kernel of a Xen host.</summary>
    public string Dom0Linux => Path.Combine(Directory, "vmlinux-dom0");

    /// <summary>The kernel of a plain machine, packed as it is: unlike the other it unpacks in no time.</summary>
    public string PlainLinux => Path.Combine(Directory, "vmlinuz-plain");

    public LabKeys Keys => new(Path.Combine(Directory, "keys"));
}
