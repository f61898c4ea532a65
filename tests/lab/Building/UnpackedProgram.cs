using XenVlan.Lab.Running;

namespace XenVlan.Lab.Building;

/// <summary>
/// Runs a program of the unpacked tree on this machine, with the tree's own loader and libraries, so that it need not
/// be installed here.
/// </summary>
internal sealed class UnpackedProgram(string root)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private string Loader => Path.Combine(root, "lib64/ld-linux-x86-64.so.2");

    /// <summary>Runs a program, under another name where it is one that goes by its name.</summary>
    public async Task<string> RunAsync(
        string program,
        IEnumerable<string> arguments,
        CancellationToken cancellationToken,
        string? calledAs = null
    ) =>
        await Tool.RequireAsync(
            Loader,
            ["--library-path", LibraryPath, "--argv0", calledAs ?? Path.GetFileName(program), Path.Combine(root, program), .. arguments],
            Limit,
            cancellationToken
        );

    /// <summary>The applets of busybox, which is linked statically and needs no loader.</summary>
    public async Task<IReadOnlyList<string>> BusyboxAppletsAsync(CancellationToken cancellationToken) =>
        (await Tool.RequireAsync(Path.Combine(root, "usr/bin/busybox"), ["--list"], Limit, cancellationToken)).Split(
            '\n',
            StringSplitOptions.RemoveEmptyEntries
        );

    /// <summary>The shared libraries a program needs, as paths in the tree.</summary>
    public async Task<IReadOnlyList<string>> LibrariesAsync(string program, CancellationToken cancellationToken)
    {
        var result = await Tool.RunAsync(
            Loader,
            ["--library-path", LibraryPath, "--list", Path.Combine(root, program)],
            Limit,
            cancellationToken
        );
        if (result.ExitCode != 0)
        {
            return []; // linked statically, or no program at all
        }

        // Lines are "name => path (address)"; those of the kernel itself have no path.
        return
        [
            .. result
                .StandardOutput.Split('\n')
                .Select(line => line.Split(" => "))
                .Where(parts => parts.Length == 2)
                .Select(parts => Path.GetRelativePath(root, parts[1].Split(" (")[0])),
        ];
    }

    private string LibraryPath => Path.Combine(root, "lib/x86_64-linux-gnu");
}
