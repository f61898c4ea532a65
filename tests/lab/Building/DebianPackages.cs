using XenVlan.Lab.Running;

namespace XenVlan.Lab.Building;

/// <summary>Debian's packages, fetched with apt and unpacked without being installed; nothing here needs root.</summary>
internal sealed class DebianPackages(LabDirectories directories, IProgress<string>? progress)
{
    private const string Hypervisor = "xen-hypervisor-4.17-amd64";
    private const string Dom0Kernel = "linux-image-amd64";
    private const string DomUKernel = "linux-image-cloud-amd64";

    // Change this when the code that unpacks changes what it makes.
    private const string Layout = "1";

    private static readonly TimeSpan DownloadLimit = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan UnpackLimit = TimeSpan.FromMinutes(3);

    private string AptDirectory => Path.Combine(directories.Cache, "apt");

    /// <summary>Where the packages are once they are unpacked.</summary>
    public UnpackedPackages Expected { get; } =
        new(Path.Combine(directories.Cache, "packages-" + GuestFiles.HashOf(Layout, Hypervisor, GuestFiles.Hash("lists/packages"))));

    /// <summary>Downloads and unpacks what is not there yet.</summary>
    public async Task<UnpackedPackages> GetAsync(CancellationToken cancellationToken)
    {
        var unpacked = Expected;
        if (Directory.Exists(unpacked.Directory))
        {
            return unpacked;
        }

        var (root, kernels) = await DownloadAsync(cancellationToken);
        progress?.Report($"unpacking {root.Count + kernels.Count} packages");
        var temporary = new UnpackedPackages(unpacked.Directory + ".tmp");
        if (Directory.Exists(temporary.Directory))
        {
            Directory.Delete(temporary.Directory, recursive: true);
        }

        // The links of a merged /usr come first, so that files for /bin land in /usr/bin.
        foreach (var name in (string[])["bin", "sbin", "lib", "lib64"])
        {
            Directory.CreateDirectory(Path.Combine(temporary.Root, "usr", name));
            File.CreateSymbolicLink(Path.Combine(temporary.Root, name), "usr/" + name);
        }

        Directory.CreateDirectory(temporary.Kernels);
        await Task.WhenAll(
            UnpackAsync(kernels, temporary.Kernels, cancellationToken),
            UnpackAsync(root, temporary.Root, cancellationToken)
        );
        Directory.Move(temporary.Directory, unpacked.Directory);
        return unpacked;
    }

    /// <summary>The Debian mirror this machine uses: where apt would take one of Debian's own packages from.</summary>
    public static async Task<string> MirrorAsync(CancellationToken cancellationToken)
    {
        var uris = await Tool.RequireAsync("apt-get", ["download", "--print-uris", "base-files"], UnpackLimit, cancellationToken);
        var uri = uris.Split('\'').Skip(1).FirstOrDefault() ?? "";
        var pool = uri.IndexOf("/pool/", StringComparison.Ordinal);
        return pool > 0 ? uri[..pool] : throw new LabException($"apt does not say where it takes base-files from, but: {uris.Trim()}");
    }

    private async Task<(IReadOnlyList<string> Root, IReadOnlyList<string> Kernels)> DownloadAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.Combine(directories.Debs, "partial"));
        Directory.CreateDirectory(AptDirectory);
        await File.WriteAllTextAsync(Path.Combine(AptDirectory, "status"), "", cancellationToken);
        progress?.Report("downloading Debian packages (about 160 MB the first time)");
        try
        {
            return await DownloadWithAsync([], cancellationToken);
        }
        catch (LabException error)
        {
            // The machine's package lists are absent or too old; fetch some of our own rather than change the machine's.
            progress?.Report($"fetching package lists, for the machine's own do not serve: {error.Message.Split('\n')[^1]}");
            var lists = Path.Combine(AptDirectory, "lists");
            Directory.CreateDirectory(Path.Combine(lists, "partial"));
            string[] ownLists = ["-o", "Dir::State::lists=" + lists];
            await Tool.RequireAsync("apt-get", ["update", "-q", .. Options(ownLists)], DownloadLimit, cancellationToken);
            return await DownloadWithAsync(ownLists, cancellationToken);
        }
    }

    private async Task<(IReadOnlyList<string> Root, IReadOnlyList<string> Kernels)> DownloadWithAsync(
        string[] lists,
        CancellationToken cancellationToken
    )
    {
        var options = Options(lists);

        // With an empty status file apt takes nothing for installed, and so resolves everything the packages need.
        string[] install = ["install", "-y", "-q", "--no-install-recommends", .. options, .. GuestFiles.List("packages")];
        await Tool.RequireAsync("apt-get", [.. install, "--download-only"], DownloadLimit, cancellationToken);
        var uris = await Tool.RequireAsync(
            "apt-get",
            [.. install, "--print-uris", "-o", "Dir::Cache::archives=" + Path.Combine(AptDirectory, "none/")],
            DownloadLimit,
            cancellationToken
        );
        var leftOut = GuestFiles.List("packages-left-out");
        var root = UriFileNames(uris).Where(file => !leftOut.Any(pattern => Matches(PackageOf(file), pattern))).ToList();

        string[] kernelPackages =
        [
            await ConcreteKernelAsync(Dom0Kernel, options, cancellationToken),
            await ConcreteKernelAsync(DomUKernel, options, cancellationToken),
            Hypervisor,
        ];
        var kernelUris = await Tool.RequireAsync(
            "apt-get",
            ["download", "--print-uris", .. options, .. kernelPackages],
            DownloadLimit,
            cancellationToken
        );
        var kernels = UriFileNames(kernelUris).ToList();
        if (kernels.Any(file => !File.Exists(Path.Combine(directories.Debs, file))))
        {
            await Tool.RequireAsync(
                "apt-get",
                ["download", "-q", .. options, .. kernelPackages],
                DownloadLimit,
                cancellationToken,
                directories.Debs
            );
        }

        return (root, kernels);
    }

    private string[] Options(string[] lists) =>
        [
            "-o",
            "Dir::State::status=" + Path.Combine(AptDirectory, "status"),
            "-o",
            "Dir::Cache=" + AptDirectory,
            "-o",
            "Dir::Cache::archives=" + directories.Debs,
            "-o",
            "Debug::NoLocking=1",
            "-o",
            "APT::Sandbox::User=root",
            .. lists,
        ];

    /// <summary>The package with the kernel itself: <c>linux-image-amd64</c> only depends on the current one.</summary>
    private static async Task<string> ConcreteKernelAsync(string package, string[] options, CancellationToken cancellationToken)
    {
        var text = await Tool.RequireAsync("apt-cache", ["depends", .. options, package], DownloadLimit, cancellationToken);
        return text.Split('\n')
                .Select(line => line.Trim())
                .FirstOrDefault(line => line.StartsWith("Depends: linux-image-", StringComparison.Ordinal))
                ?["Depends: ".Length..]
            ?? throw new LabException($"apt knows no kernel that {package} depends on");
    }

    /// <summary>The file names in what <c>--print-uris</c> prints: <c>'uri' name size hash</c>.</summary>
    private static IEnumerable<string> UriFileNames(string text) =>
        text.Split('\n').Where(line => line.StartsWith('\'')).Select(line => line.Split(' ')[1]);

    private static string PackageOf(string file) => file.Split('_')[0];

    private static bool Matches(string name, string pattern) =>
        pattern.EndsWith('*') ? name.StartsWith(pattern[..^1], StringComparison.Ordinal) : name == pattern;

    private async Task UnpackAsync(IEnumerable<string> files, string target, CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            // dpkg-deb --extract would put directories in place of the links of a merged /usr.
            const string Script =
                "dpkg-deb --fsys-tarfile \"$1\" | tar --extract --keep-directory-symlink --no-same-owner --directory \"$2\"";
            await Tool.RequireAsync(
                "sh",
                ["-c", Script, "sh", Path.Combine(directories.Debs, file), target],
                UnpackLimit,
                cancellationToken
            );
        }
    }
}
