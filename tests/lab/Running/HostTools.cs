namespace XenVlan.Lab.Running;

/// <summary>The few programs this machine itself must have; missing ones are installed where that is allowed.</summary>
internal static class HostTools
{
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(15);

    private static readonly (string Program, string Package, string Why)[] Needed =
    [
        ("qemu-system-x86_64", "qemu-system-x86", "runs the hosts"),
        ("ssh", "openssh-client", "reaches the hosts"),
        ("ssh-keygen", "openssh-client", "makes the lab's keys"),
        ("xz", "xz-utils", "unpacks the hosts' kernel"),
        ("lz4", "lz4", "unpacks the domains' kernel"),
        ("setsid", "util-linux", "lets the hosts run on when this program has ended"),
        ("apt-get", "apt", "fetches what the hosts are made of"),
        ("dpkg-deb", "dpkg", "unpacks it"),
    ];

    private static readonly (string Program, string Package, string Why)[] NeededForDisks =
    [
        ("qemu-img", "qemu-utils", "makes disks"),
        ("mmdebstrap", "mmdebstrap", "installs Debian into a directory"),
        ("/usr/share/keyrings/debian-archive-keyring.gpg", "debian-archive-keyring", "proves that it is Debian"),
        ("/sbin/mkfs.ext4", "e2fsprogs", "makes the host's file system"),
    ];

    public static async Task EnsureAsync(IProgress<string>? progress, CancellationToken cancellationToken, bool disks = false)
    {
        var missing = Needed.Concat(disks ? NeededForDisks : []).Where(tool => !Tool.Exists(tool.Program)).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        string[] packages = [.. missing.Select(tool => tool.Package).Distinct()];
        var why = string.Join("; ", missing.Select(tool => $"{tool.Package} ({tool.Program}: {tool.Why})"));
        if (!Tool.Exists("apt-get"))
        {
            throw new LabException($"the lab needs a Debian-like system with apt; here these are missing: {why}");
        }

        var asRoot =
            await AsRootAsync(cancellationToken)
            ?? throw new LabException($"please install these packages, for this user is not root and sudo asks for a password: {why}");
        progress?.Report($"installing {string.Join(' ', packages)}");
        string[] install = [.. asRoot, "apt-get", "install", "-y", "-q", "--no-install-recommends", .. packages];
        var result = await Tool.RunAsync(install[0], install[1..], InstallLimit, cancellationToken);
        if (result.ExitCode != 0)
        {
            string[] update = [.. asRoot, "apt-get", "update", "-q"];
            await Tool.RequireAsync(update[0], update[1..], InstallLimit, cancellationToken);
            await Tool.RequireAsync(install[0], install[1..], InstallLimit, cancellationToken);
        }
    }

    /// <summary>What to put before a command so that it runs as root; null where that is not allowed.</summary>
    public static async Task<string[]?> AsRootAsync(CancellationToken cancellationToken) =>
        Environment.UserName == "root" ? []
        : Tool.Exists("sudo") && (await Tool.RunAsync("sudo", ["-n", "true"], TimeSpan.FromSeconds(10), cancellationToken)).ExitCode == 0
            ? ["sudo", "-n"]
        : null;
}
