using XenVlan.Lab.Building;
using XenVlan.Lab.Running;

namespace XenVlan.Lab.Disk;

/// <summary>Installs Debian into a disk's file system, and makes the kernels and the initial root it is booted with.</summary>
internal sealed class DiskImageBuilder(LabDirectories directories, IProgress<string>? progress)
{
    // Change these when the code that makes the packages' tree, or the images, changes what it makes.
    private const string RootLayout = "1";
    private const string Layout = "2";

    private const string Release = "bookworm";

    private const string ListFolder = "disk/lists";

    /// <summary>Room for the tests' own files, too; what is not used takes no room on this machine.</summary>
    private const string DiskSize = "1200M";

    private static readonly TimeSpan LockLimit = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan DiskLimit = TimeSpan.FromMinutes(5);

    private readonly DebianPackages _packages = new(directories, progress);

    /// <summary>Debian's packages, installed, as a tar archive.</summary>
    private string RootArchive =>
        Path.Combine(
            directories.Cache,
            $"disk-root-{GuestFiles.HashOf(RootLayout, GuestFiles.Hash(ListFolder + "/packages", ListFolder + "/paths"))}.tar"
        );

    /// <summary>Where the images are once they are built.</summary>
    public DiskImages Expected =>
        new(
            Path.Combine(
                directories.Cache,
                "disk-"
                    + GuestFiles.HashOf(
                        Layout,
                        Path.GetFileName(RootArchive),
                        Path.GetFileName(_packages.Expected.Directory),
                        GuestFiles.Hash("disk/")
                    )
            )
        );

    public async Task<DiskImages> GetAsync(CancellationToken cancellationToken)
    {
        var images = Expected;
        if (Directory.Exists(images.Directory))
        {
            return images;
        }

        var packages = await PackagesAsync(cancellationToken);
        await InstallAsync(cancellationToken);
        progress?.Report("building the disk and its kernels");
        var building = new DiskImages(images.Directory + ".tmp");
        if (Directory.Exists(building.Directory))
        {
            Directory.Delete(building.Directory, recursive: true);
        }

        Directory.CreateDirectory(building.Directory);
        var work = Path.Combine(building.Directory, "work");
        Directory.CreateDirectory(work);
        var programs = new UnpackedProgram(packages.Root);
        await LabKeys.CreateAsync(building.Keys.Directory, [DiskHost.Name], dropbear: null, cancellationToken);
        await KernelImage.UnpackXenAsync(packages.Xen, building.Xen, cancellationToken);
        await KernelImage.UnpackLinuxAsync(packages.Kernel(packages.Dom0Release), building.Dom0Linux, cancellationToken);
        File.Copy(packages.Kernel(packages.DomURelease), building.PlainLinux);
        CpioArchive.Write(await InitialRootAsync(packages, programs, work, cancellationToken), building.InitialRoot);

        var overlay = Path.Combine(work, "overlay.cpio");
        CpioArchive.Write(await OverlayAsync(packages, building.Keys, programs, work, cancellationToken), overlay);
        await MakeDiskAsync(building.Disk, overlay, Path.Combine(packages.Root, "usr/bin/busybox"), work, cancellationToken);
        Directory.Delete(work, recursive: true);
        Directory.Move(building.Directory, images.Directory);
        return images;
    }

    private async Task<UnpackedPackages> PackagesAsync(CancellationToken cancellationToken)
    {
        using var held = await FileLock.TakeAsync(
            directories.CacheLock,
            LockLimit,
            "another lab, which is building the cache",
            progress,
            cancellationToken
        );
        return await _packages.GetAsync(cancellationToken);
    }

    /// <summary>Installs Debian's packages, their maintainer scripts run: users, units and links are theirs to make.</summary>
    private async Task InstallAsync(CancellationToken cancellationToken)
    {
        if (File.Exists(RootArchive))
        {
            return;
        }

        progress?.Report("installing Debian for the disk (about 90 MB to download)");
        var mirror = await DebianPackages.MirrorAsync(cancellationToken);
        var temporary = RootArchive + ".tmp";
        string[] command =
        [
            .. await AsRootAsync(cancellationToken),
            "mmdebstrap",
            "--quiet",
            "--mode=root",
            "--variant=minbase",
            "--format=tar",
            .. GuestFiles.List("paths-left-out", ListFolder).Select(path => "--dpkgopt=path-exclude=" + path),
            "--include=" + string.Join(',', GuestFiles.List("packages", ListFolder)),
            Release,
            temporary,
            $"deb {mirror} {Release} main",
        ];
        await Tool.RequireAsync(command[0], command[1..], InstallLimit, cancellationToken);
        File.Move(temporary, RootArchive, overwrite: true);
        foreach (var old in Directory.EnumerateFiles(directories.Cache, "disk-root-*.tar").Where(file => file != RootArchive))
        {
            File.Delete(old);
        }
    }

    private static async Task<RootTree> InitialRootAsync(
        UnpackedPackages packages,
        UnpackedProgram programs,
        string work,
        CancellationToken cancellationToken
    )
    {
        var tree = RootTree.Empty();
        await AddBusyboxAsync(tree, packages, programs, cancellationToken);
        foreach (var release in (string[])[packages.Dom0Release, packages.DomURelease])
        {
            await AddModulesAsync(
                tree,
                packages,
                release,
                ["initrd-modules"],
                Path.Combine(work, "initrd-" + release),
                programs,
                cancellationToken
            );
        }

        AddFiles(tree, "initrd", "");
        return tree;
    }

    private static async Task<RootTree> DomUAsync(
        UnpackedPackages packages,
        UnpackedProgram programs,
        string work,
        CancellationToken cancellationToken
    )
    {
        var tree = RootTree.Empty();
        await AddBusyboxAsync(tree, packages, programs, cancellationToken);
        await AddModulesAsync(
            tree,
            packages,
            packages.DomURelease,
            ["domU-modules"],
            Path.Combine(work, "domU"),
            programs,
            cancellationToken
        );
        tree.AddLink("init", "bin/busybox");
        AddFiles(tree, "domU", "");
        return tree;
    }

    /// <summary>What is laid over Debian's own files.</summary>
    private static async Task<RootTree> OverlayAsync(
        UnpackedPackages packages,
        LabKeys keys,
        UnpackedProgram programs,
        string work,
        CancellationToken cancellationToken
    )
    {
        var tree = RootTree.Overlay();
        AddFiles(tree, "root", "");
        foreach (var manager in Enum.GetValues<DiskManager>())
        {
            var name = new DiskHost(manager, Xen: false).ManagerName;
            AddFiles(tree, "managers/" + name, $"usr/lib/lab/managers/{name}/");
        }

        foreach (var line in GuestFiles.List("links", ListFolder))
        {
            tree.AddLink(line.Split(' ')[0], line.Split(' ')[1]);
        }

        await AddModulesAsync(
            tree,
            packages,
            packages.Dom0Release,
            ["modules", "dom0-modules"],
            Path.Combine(work, "dom0"),
            programs,
            cancellationToken
        );
        await AddModulesAsync(tree, packages, packages.DomURelease, ["modules"], Path.Combine(work, "plain"), programs, cancellationToken);

        var domU = Path.Combine(work, "domU.cpio");
        CpioArchive.Write(await DomUAsync(packages, programs, work, cancellationToken), domU);
        var linux = Path.Combine(work, "vmlinux-domU");
        await KernelImage.UnpackLinuxAsync(packages.Kernel(packages.DomURelease), linux, cancellationToken);
        tree.AddFromDisk(linux, "boot/guest/vmlinux");
        tree.AddFromDisk(domU, "boot/guest/initrd");

        tree.AddDirectory(
            "root/.ssh",
            0x1C0 /* 0700 */
        );
        tree.AddFile("root/.ssh/authorized_keys", await File.ReadAllBytesAsync(keys.ClientKey + ".pub", cancellationToken), secret: true);
        var hostKey = keys.HostKey(DiskHost.Name);
        tree.AddFile("etc/ssh/ssh_host_ed25519_key", await File.ReadAllBytesAsync(hostKey, cancellationToken), secret: true);
        tree.AddFile("etc/ssh/ssh_host_ed25519_key.pub", await File.ReadAllBytesAsync(hostKey + ".pub", cancellationToken));
        return tree;
    }

    private static async Task AddBusyboxAsync(
        RootTree tree,
        UnpackedPackages packages,
        UnpackedProgram programs,
        CancellationToken cancellationToken
    )
    {
        tree.AddFromDisk(Path.Combine(packages.Root, "usr/bin/busybox"), "bin/busybox");
        foreach (var applet in (await programs.BusyboxAppletsAsync(cancellationToken)).Where(applet => applet != "busybox"))
        {
            tree.AddLink("usr/bin/" + applet, "busybox");
        }
    }

    private static Task AddModulesAsync(
        RootTree tree,
        UnpackedPackages packages,
        string release,
        string[] lists,
        string stage,
        UnpackedProgram programs,
        CancellationToken cancellationToken
    ) =>
        new KernelModules(packages.Kernels, release).AddToAsync(
            tree,
            lists.SelectMany(list => GuestFiles.List(list, ListFolder)),
            stage,
            programs,
            cancellationToken
        );

    private static void AddFiles(RootTree tree, string folder, string target)
    {
        foreach (var (path, content) in GuestFiles.Tree("disk/" + folder))
        {
            // NetworkManager ignores keyfiles others can read, and netplan complains about such files of its own.
            tree.Remove(target + path);
            tree.AddFile(
                target + path,
                content,
                secret: path.EndsWith(".nmconnection", StringComparison.Ordinal) || path.Contains("etc/netplan/", StringComparison.Ordinal)
            );
        }
    }

    /// <summary>Puts the archive and what is laid over it into a file system; files keep their owners, so it takes root.</summary>
    private async Task MakeDiskAsync(string disk, string overlay, string busybox, string work, CancellationToken cancellationToken)
    {
        // Without lazy initialisation the kernel would go on to write the inode tables at run time, into every overlay.
        const string Script = """
            set -eu
            root=$1/root
            mkdir -m 0755 "$root"
            trap 'rm -rf "$root"' EXIT
            tar --extract --file "$2" --directory "$root" --numeric-owner --preserve-permissions --exclude './dev/*'
            rm -f "$root"/etc/ssh/ssh_host_*
            (cd "$root" && "$3" cpio -i -d -u < "$4")
            /sbin/mkfs.ext4 -q -F -L disk -m 1 -E lazy_itable_init=0,lazy_journal_init=0 -d "$root" "$5" "$6"
            chown "$7" "$5"
            """;
        string[] command =
        [
            .. await AsRootAsync(cancellationToken),
            "sh",
            "-c",
            Script,
            "sh",
            work,
            RootArchive,
            busybox,
            overlay,
            disk,
            DiskSize,
            Environment.UserName,
        ];
        await Tool.RequireAsync(command[0], command[1..], DiskLimit, cancellationToken);
    }

    private static async Task<string[]> AsRootAsync(CancellationToken cancellationToken) =>
        await HostTools.AsRootAsync(cancellationToken)
        ?? throw new LabException("Debian is installed for the disk as root, and this user is not root and has no sudo without a password");
}
