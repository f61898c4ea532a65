namespace XenVlan.Lab.Building;

/// <summary>Where the unpacked packages are.</summary>
/// <param name="Directory">The directory that holds both trees.</param>
internal sealed record UnpackedPackages(string Directory)
{
    /// <summary>The tree dom0's root is made from.</summary>
    public string Root => Path.Combine(Directory, "root");

    /// <summary>The tree with the hypervisor, both kernels and their modules.</summary>
    public string Kernels => Path.Combine(Directory, "kernels");

    public string Xen => Path.Combine(Kernels, "boot/xen-4.17-amd64.gz");

    public string Dom0Release => Releases().Single(release => !release.Contains("-cloud-", StringComparison.Ordinal));

    public string DomURelease => Releases().Single(release => release.Contains("-cloud-", StringComparison.Ordinal));

    public string Kernel(string release) => Path.Combine(Kernels, "boot/vmlinuz-" + release);

    private IEnumerable<string> Releases() =>
        System.IO.Directory.EnumerateDirectories(Path.Combine(Kernels, "lib/modules")).Select(directory => Path.GetFileName(directory)!);
}
