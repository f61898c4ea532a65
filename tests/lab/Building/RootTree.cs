using System.Text;

namespace XenVlan.Lab.Building;

/// <summary>A root file system in the making: which path holds what.</summary>
internal sealed class RootTree
{
    private readonly SortedDictionary<string, RootEntry> _entries = new(StringComparer.Ordinal);

    private RootTree() { }

    public IReadOnlyDictionary<string, RootEntry> Entries => _entries;

    /// <summary>A tree with nothing but the directories every system has, and <c>/bin</c>, <c>/lib</c>… as links into
    /// <c>/usr</c>.</summary>
    public static RootTree Empty()
    {
        var tree = new RootTree();
        foreach (
            var directory in (string[])
                [
                    "dev",
                    "proc",
                    "sys",
                    "run",
                    "tmp",
                    "root",
                    "home",
                    "mnt",
                    "srv",
                    "usr/bin",
                    "usr/sbin",
                    "usr/lib",
                    "usr/lib64",
                    "var/log",
                    "var/lib",
                    "var/cache",
                    "var/tmp",
                ]
        )
        {
            tree.AddDirectory(directory);
        }

        foreach (var name in (string[])["bin", "sbin", "lib", "lib64"])
        {
            tree.AddLink(name, "usr/" + name);
        }

        return tree;
    }

    /// <summary>A tree without anything, to be laid over a root file system that is there.</summary>
    public static RootTree Overlay() => new();

    public RootEntry? Find(string path) => _entries.GetValueOrDefault(Canonical(path));

    public bool Contains(string path) => _entries.ContainsKey(Canonical(path));

    public void AddDirectory(
        string path,
        uint permissions = 0x1ED /* 0755 */
    )
    {
        path = Canonical(path);
        AddParents(path);
        _entries[path] = new RootEntry(RootEntry.Directory | permissions, null, []);
    }

    public void AddLink(string path, string target) =>
        Add(
            path,
            new RootEntry(
                RootEntry.SymbolicLink
                    | 0x1FF /* 0777 */
                ,
                null,
                Encoding.UTF8.GetBytes(target)
            )
        );

    /// <summary>Adds a file from memory; scripts are known by their first two bytes and become executable.</summary>
    public void AddFile(string path, byte[] content, bool secret = false)
    {
        var permissions =
            content.AsSpan().StartsWith("#!"u8) ? 0x1EDu /* 0755 */
            : secret ? 0x180u /* 0600 */
            : 0x1A4u /* 0644 */
        ;
        Add(path, new RootEntry(RootEntry.RegularFile | permissions, null, content));
    }

    public void Add(string path, RootEntry entry)
    {
        path = Canonical(path);
        AddParents(path);
        _entries[path] = entry;
    }

    /// <summary>Adds a file of the disk, or a directory with all that is in it.</summary>
    public void AddFromDisk(string source, string path)
    {
        var file = new FileInfo(source);
        if (file.LinkTarget is { } target)
        {
            if (!Contains(path))
            {
                AddLink(path, target);
            }
        }
        else if (file.Attributes.HasFlag(FileAttributes.Directory))
        {
            AddDirectory(path, (uint)File.GetUnixFileMode(source));
            foreach (var inner in Directory.EnumerateFileSystemEntries(source).Order(StringComparer.Ordinal))
            {
                AddFromDisk(inner, path + "/" + Path.GetFileName(inner));
            }
        }
        else
        {
            Add(path, new RootEntry(RootEntry.RegularFile | (uint)File.GetUnixFileMode(source), source, []));
        }
    }

    public void Remove(string path)
    {
        path = Canonical(path);
        foreach (var doomed in _entries.Keys.Where(name => name == path || name.StartsWith(path + "/", StringComparison.Ordinal)).ToList())
        {
            _entries.Remove(doomed);
        }
    }

    private void AddParents(string path)
    {
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
        {
            if (!_entries.TryAdd(path[..slash], new RootEntry(RootEntry.Directory | 0x1ED, null, [])))
            {
                return;
            }
        }
    }

    /// <summary>One name for every file: <c>/bin/ip</c> is <c>usr/bin/ip</c>.</summary>
    private static string Canonical(string path)
    {
        path = path.Trim('/');
        var first = path.Split('/', 2);
        return first is ["bin" or "sbin" or "lib" or "lib64", _] ? "usr/" + path : path;
    }
}
