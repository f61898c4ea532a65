using System.Text.RegularExpressions;

namespace XenVlan.Lab.Running;

/// <summary>Where everything is that the lab keeps, all of it under one directory.</summary>
/// <param name="Root">That directory.</param>
internal sealed partial record LabDirectories(string Root)
{
    public string Cache => Path.Combine(Root, "cache");

    public string CacheLock => Lock("cache");

    /// <summary>
    /// Held while a host with a disk is built and frozen. It is taken before the other, which is held only for the
    /// packages, so that the hosts without one need not wait.
    /// </summary>
    public string DiskCacheLock => Lock("disk-cache");

    /// <summary>Downloaded Debian packages, kept across changes of the package list.</summary>
    public string Debs => Path.Combine(Cache, "debs");

    public string Run(string lab) => Path.Combine(Root, "run", lab);

    /// <summary>The directories of the running labs with a disk, whose names are their own.</summary>
    public string DiskRuns => Path.Combine(Root, "disks");

    public string DiskRun(string lab) => Path.Combine(DiskRuns, lab);

    /// <summary>Held while a host with a disk is brought up, taken down, restored or booted.</summary>
    public string DiskRunLock(string lab) => Lock("disk-" + lab);

    /// <summary>Held while a lab is brought up or taken down.</summary>
    public string RunLock(string lab) => Lock("lab-" + lab);

    /// <summary>Held for the moment in which a lab's state is changed.</summary>
    public string StateLock(string lab) => Lock("state-" + lab);

    /// <summary>Finds the directory for a lab of a name.</summary>
    /// <exception cref="LabException">It is no name for a lab.</exception>
    public static LabDirectories FindFor(string name, string? asked) =>
        NamePattern().IsMatch(name)
            ? Find(asked)
            : throw new LabException($"'{name}' is no name for a lab: letters, digits, - and _, at most 32");

    /// <summary>Finds the directory: the one asked for, that of the environment, or <c>.lab</c> in the repository.</summary>
    public static LabDirectories Find(string? asked)
    {
        var root = Path.GetFullPath(
            asked ?? Environment.GetEnvironmentVariable("XENVLAN_LAB_DIR") ?? Path.Combine(RepositoryRoot(), ".lab")
        );
        Directory.CreateDirectory(Path.Combine(root, "run"));
        Directory.CreateDirectory(Path.Combine(root, "disks"));
        Directory.CreateDirectory(Path.Combine(root, "cache"));
        Directory.CreateDirectory(Path.Combine(root, "locks"));
        var ignore = Path.Combine(root, ".gitignore");
        if (!File.Exists(ignore))
        {
            File.WriteAllText(ignore, "*\n");
        }

        return new LabDirectories(root);
    }

    /// <summary>Files that are only ever locked. They stay: to remove one would let two processes hold it.</summary>
    private string Lock(string name) => Path.Combine(Root, "locks", name);

    private static string RepositoryRoot()
    {
        foreach (var start in (string[])[AppContext.BaseDirectory, Environment.CurrentDirectory])
        {
            for (var directory = new DirectoryInfo(start); directory is not null; directory = directory.Parent)
            {
                if (Path.Exists(Path.Combine(directory.FullName, ".git")))
                {
                    return directory.FullName;
                }
            }
        }

        throw new LabException("no repository found above the program; set XENVLAN_LAB_DIR to a directory the lab may use");
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex NamePattern();
}
