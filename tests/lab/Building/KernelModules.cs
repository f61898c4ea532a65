using System.Text;

namespace XenVlan.Lab.Building;

/// <summary>The modules of one kernel, and which of them need which.</summary>
internal sealed class KernelModules
{
    private readonly Dictionary<string, string> _files;
    private readonly HashSet<string> _builtIn;

    public KernelModules(string unpackedKernels, string release)
    {
        Release = release;
        Folder = Path.Combine(unpackedKernels, "lib/modules", release);
        _files = Directory
            .EnumerateFiles(Folder, "*.ko", SearchOption.AllDirectories)
            .ToDictionary(file => Key(Path.GetFileNameWithoutExtension(file)));
        _builtIn = [.. File.ReadLines(Path.Combine(Folder, "modules.builtin")).Select(line => Key(Path.GetFileNameWithoutExtension(line)))];
    }

    public string Release { get; }

    public string Folder { get; }

    /// <summary>The files of these modules and of all they depend on, as paths below <see cref="Folder"/>.</summary>
    public IReadOnlyList<string> Closure(IEnumerable<string> names)
    {
        var wanted = new Queue<string>(names.Select(Key));
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        while (wanted.TryDequeue(out var name))
        {
            if (found.ContainsKey(name) || _builtIn.Contains(name))
            {
                continue;
            }

            if (!_files.TryGetValue(name, out var file))
            {
                throw new LabException($"kernel {Release} has no module {name}");
            }

            found.Add(name, Path.GetRelativePath(Folder, file));
            foreach (var needed in DependsOn(file))
            {
                wanted.Enqueue(needed);
            }
        }

        return [.. found.Values];
    }

    /// <summary>Adds these modules, all they depend on, and the lists modprobe reads, to a root file system.</summary>
    /// <param name="tree">The root file system.</param>
    /// <param name="names">The modules.</param>
    /// <param name="stage">A directory of its own, in which the lists are made; it must stay for as long as the tree is used.</param>
    /// <param name="programs">Has depmod.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task AddToAsync(
        RootTree tree,
        IEnumerable<string> names,
        string stage,
        UnpackedProgram programs,
        CancellationToken cancellationToken
    )
    {
        var folder = Path.Combine(stage, "lib/modules", Release);
        foreach (var file in (string[])[.. Closure(names), "modules.order", "modules.builtin", "modules.builtin.modinfo"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, file))!);
            File.Copy(Path.Combine(Folder, file), Path.Combine(folder, file));
        }

        await programs.RunAsync("usr/bin/kmod", ["-b", stage, Release], cancellationToken, calledAs: "depmod");
        tree.AddFromDisk(folder, "lib/modules/" + Release);
    }

    /// <summary>Reads <c>depends=a,b</c> from a module, where it stands as a plain string between two zero bytes.</summary>
    private static IEnumerable<string> DependsOn(string file)
    {
        ReadOnlySpan<byte> content = File.ReadAllBytes(file);
        var start = content.IndexOf("\0depends="u8);
        if (start < 0)
        {
            return [];
        }

        var value = content[(start + "\0depends=".Length)..];
        return [.. Encoding.ASCII.GetString(value[..value.IndexOf((byte)0)]).Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Key)];
    }

    private static string Key(string name) => name.Replace('-', '_');
}
