namespace XenVlan.Lab.Building;

/// <summary>What a dom0 is booted from, and the keys that fit it.</summary>
/// <param name="Directory">Where it is.</param>
internal sealed record LabImages(string Directory)
{
    public string Xen => Path.Combine(Directory, "xen");

    public string Linux => Path.Combine(Directory, "vmlinux");

    public string Dom0Root => Path.Combine(Directory, "dom0.cpio");

    public string DomULinux => Path.Combine(Directory, "vmlinux-domU");

    public string DomURoot => Path.Combine(Directory, "domU.cpio");

    public LabKeys Keys => new(Path.Combine(Directory, "keys"));
}
