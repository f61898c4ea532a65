using XenVlan.Lab.Running;

namespace XenVlan.Lab.Building;

/// <summary>Makes the initial root file systems of dom0 and of the domUs from the unpacked packages and <c>guest/</c>.</summary>
internal sealed class ImageBuilder(LabDirectories directories, IProgress<string>? progress)
{
    // Change this when the code that builds changes what it makes.
    private const string Layout = "2";

    /// <summary>Where the images are once they are built.</summary>
    public LabImages Expected(UnpackedPackages packages)
    {
        var key = GuestFiles.HashOf(
            Layout,
            Path.GetFileName(packages.Directory),
            GuestFiles.Hash("both", "dom0", "domU", "hosts", "lists")
        );
        return new LabImages(Path.Combine(directories.Cache, "images-" + key));
    }

    public async Task<LabImages> GetAsync(UnpackedPackages packages, CancellationToken cancellationToken)
    {
        var images = Expected(packages);
        if (Directory.Exists(images.Directory))
        {
            return images;
        }

        progress?.Report("building the images of dom0 and the domUs");
        var building = new LabImages(images.Directory + ".tmp");
        if (Directory.Exists(building.Directory))
        {
            Directory.Delete(building.Directory, recursive: true);
        }

        Directory.CreateDirectory(building.Directory);
        var programs = new UnpackedProgram(packages.Root);
        await LabKeys.CreateAsync(building.Keys.Directory, LabHost.All.Select(host => host.Name), programs, cancellationToken);
        await KernelImage.UnpackXenAsync(packages.Xen, building.Xen, cancellationToken);
        await KernelImage.UnpackLinuxAsync(packages.Kernel(packages.Dom0Release), building.Linux, cancellationToken);
        await KernelImage.UnpackLinuxAsync(packages.Kernel(packages.DomURelease), building.DomULinux, cancellationToken);

        var domU = await DomUAsync(packages, building.Keys, programs, building.Directory, cancellationToken);
        CpioArchive.Write(domU, building.DomURoot);
        var dom0 = await Dom0Async(packages, building, programs, cancellationToken);
        CpioArchive.Write(dom0, building.Dom0Root);
        Directory.Move(building.Directory, images.Directory);
        return images;
    }

    private static async Task<RootTree> Dom0Async(
        UnpackedPackages packages,
        LabImages images,
        UnpackedProgram programs,
        CancellationToken cancellationToken
    )
    {
        var tree = RootTree.Empty();
        foreach (var entry in Directory.EnumerateFileSystemEntries(packages.Root).Order(StringComparer.Ordinal))
        {
            tree.AddFromDisk(entry, Path.GetFileName(entry));
        }

        foreach (var path in GuestFiles.List("paths-left-out"))
        {
            tree.Remove(path);
        }

        await new KernelModules(packages.Kernels, packages.Dom0Release).AddToAsync(
            tree,
            GuestFiles.List("dom0-modules"),
            Path.Combine(images.Directory, "dom0-modules"),
            programs,
            cancellationToken
        );
        AddGuestFiles(tree, "dom0", images.Keys, await programs.BusyboxAppletsAsync(cancellationToken), LabHost.Dom0s);
        foreach (var dom0 in LabHost.Dom0s)
        {
            foreach (var (path, content) in GuestFiles.Tree("hosts/" + dom0.Name))
            {
                tree.AddFile($"{HostFolder(dom0)}/{path}", content);
            }
        }

        tree.AddFromDisk(images.DomULinux, "boot/domu/vmlinux");
        tree.AddFromDisk(images.DomURoot, "boot/domu/initrd");
        return tree;
    }

    private static async Task<RootTree> DomUAsync(
        UnpackedPackages packages,
        LabKeys keys,
        UnpackedProgram programs,
        string work,
        CancellationToken cancellationToken
    )
    {
        var tree = RootTree.Empty();
        foreach (var path in GuestFiles.List("domU-files"))
        {
            tree.AddFromDisk(Path.Combine(packages.Root, path), path);
            foreach (var library in await programs.LibrariesAsync(path, cancellationToken))
            {
                AddWithLinkTarget(tree, packages.Root, library);
            }
        }

        AddWithLinkTarget(tree, packages.Root, "lib64/ld-linux-x86-64.so.2");
        await new KernelModules(packages.Kernels, packages.DomURelease).AddToAsync(
            tree,
            GuestFiles.List("domU-modules"),
            Path.Combine(work, "domU-modules"),
            programs,
            cancellationToken
        );
        AddGuestFiles(tree, "domU", keys, await programs.BusyboxAppletsAsync(cancellationToken), LabHost.All.Where(host => !host.IsDom0));
        return tree;
    }

    private static void AddGuestFiles(RootTree tree, string kind, LabKeys keys, IEnumerable<string> applets, IEnumerable<LabHost> hosts)
    {
        foreach (var line in GuestFiles.List(kind + "-links"))
        {
            var (path, target) = (line.Split(' ')[0], line.Split(' ')[1]);
            tree.Remove(path);
            tree.AddLink(path, target);
        }

        foreach (var (path, content) in GuestFiles.Tree("both").Concat(GuestFiles.Tree(kind)))
        {
            tree.Remove(path);
            tree.AddFile(path, content, secret: path == "etc/shadow");
        }

        // Every applet of busybox gets a link where no real program has the name.
        foreach (var applet in applets.Except(GuestFiles.List("busybox-left-out")))
        {
            if (!tree.Contains("usr/bin/" + applet) && !tree.Contains("usr/sbin/" + applet))
            {
                tree.AddLink("usr/bin/" + applet, "busybox");
            }
        }

        var authorized = File.ReadAllBytes(keys.ClientKey + ".pub");
        foreach (var home in (string[])["root", "home/admin"])
        {
            tree.AddDirectory(
                home + "/.ssh",
                0x1C0 /* 0700 */
            );
            tree.AddFile(home + "/.ssh/authorized_keys", authorized, secret: true);
        }

        foreach (var host in hosts)
        {
            var folder = HostFolder(host);
            tree.AddFile(
                folder + "/etc/dropbear/dropbear_ed25519_host_key",
                File.ReadAllBytes(keys.DropbearHostKey(host.Name)),
                secret: true
            );
            if (host.IsDom0)
            {
                tree.AddFile(folder + "/etc/ssh/ssh_host_ed25519_key", File.ReadAllBytes(keys.HostKey(host.Name)), secret: true);
                tree.AddFile(folder + "/etc/ssh/ssh_host_ed25519_key.pub", File.ReadAllBytes(keys.HostKey(host.Name) + ".pub"));
            }
        }
    }

    /// <summary>Where the files particular to one host wait in the image; the host takes its own at boot.</summary>
    private static string HostFolder(LabHost host) => "etc/lab/hosts/" + host.Name;

    /// <summary>Adds a file and, where it is a link beside its target, the target too.</summary>
    private static void AddWithLinkTarget(RootTree tree, string root, string path)
    {
        var source = Path.Combine(root, path);
        tree.AddFromDisk(source, path);
        if (new FileInfo(source).LinkTarget is { } target)
        {
            // An absolute target is one in the tree, not on this machine.
            var next = target.StartsWith('/') ? target[1..] : Path.Combine(Path.GetDirectoryName(path)!, target);
            AddWithLinkTarget(tree, root, next);
        }
    }
}
