using System.Text.Json;
using XenVlan.Lab.Building;

namespace XenVlan.Lab.Running;

/// <summary>Makes the frozen hosts, once for each version of what they are made of.</summary>
internal sealed class Freezer(LabDirectories directories, IProgress<string>? progress)
{
    private static readonly TimeSpan LockLimit = TimeSpan.FromMinutes(30);

    private readonly DebianPackages _packages = new(directories, progress);
    private readonly ImageBuilder _images = new(directories, progress);

    public async Task<bool> HasFrozenAsync(CancellationToken cancellationToken) =>
        Tool.Exists(QemuCommand.Program)
        && Directory.Exists((await ExpectedAsync(_images.Expected(_packages.Expected), cancellationToken)).Directory);

    public async Task RemoveAllAsync(CancellationToken cancellationToken)
    {
        using var held = await LockAsync(cancellationToken);
        Directory.Delete(directories.Cache, recursive: true);
    }

    /// <summary>Returns the frozen hosts, downloading, building and booting whatever is missing for that.</summary>
    /// <param name="remake">Boot and freeze again even if there are frozen hosts.</param>
    /// <param name="cancellationToken">Stops it; what is half done is done anew the next time.</param>
    public async Task<FrozenLab> GetAsync(bool remake, CancellationToken cancellationToken)
    {
        await HostTools.EnsureAsync(progress, cancellationToken);
        using var held = await LockAsync(cancellationToken);
        var images = await _images.GetAsync(await _packages.GetAsync(cancellationToken), cancellationToken);
        var frozen = await ExpectedAsync(images, cancellationToken);
        if (remake && Directory.Exists(frozen.Directory))
        {
            Directory.Delete(frozen.Directory, recursive: true);
        }

        if (!Directory.Exists(frozen.Directory))
        {
            await FreezeAsync(frozen, cancellationToken);
            RemoveOldImages(images);
        }

        Directory.SetLastWriteTimeUtc(images.Directory, DateTime.UtcNow);
        return frozen;
    }

    private Task<FileLock> LockAsync(CancellationToken cancellationToken) =>
        FileLock.TakeAsync(directories.CacheLock, LockLimit, "another lab, which is building the cache", progress, cancellationToken);

    private static async Task<FrozenLab> ExpectedAsync(LabImages images, CancellationToken cancellationToken)
    {
        var version = await Tool.RequireAsync(QemuCommand.Program, ["--version"], TimeSpan.FromSeconds(20), cancellationToken);
        return new FrozenLab(images, Path.Combine(images.Directory, "frozen-" + GuestFiles.HashOf(version, QemuCommand.MachineKey)));
    }

    private async Task FreezeAsync(FrozenLab frozen, CancellationToken cancellationToken)
    {
        var temporary = frozen with { Directory = frozen.Directory + ".tmp" };
        var processList = Path.Combine(temporary.Directory, "processes.json");
        await StopLeftoversAsync(processList, cancellationToken);
        if (Directory.Exists(temporary.Directory))
        {
            Directory.Delete(temporary.Directory, recursive: true);
        }

        Directory.CreateDirectory(temporary.Directory);
        progress?.Report("booting the hosts once, to freeze them (20 s to a minute)");
        var sockets = SocketDirectory.Create(Path.Combine(temporary.Directory, "s"));
        var ports = FreePorts.Find(2 * LabHost.Dom0s.Count);
        var booted = new List<(string Name, QemuHost Host, ProcessIdentity Process)>();
        try
        {
            foreach (var (index, dom0) in LabHost.Dom0s.Index())
            {
                var host = new QemuHost(new HostPlaces(dom0.Name, sockets, temporary.Directory, ports[2 * index], ports[(2 * index) + 1]));
                booted.Add((dom0.Name, host, host.Boot(frozen.Images, temporary.Memory(dom0.Name))));
            }

            await File.WriteAllTextAsync(processList, JsonSerializer.Serialize(booted.Select(one => one.Process)), cancellationToken);
            await Task.WhenAll(booted.Select(async one =>
            {
                await one.Host.WaitUntilReadyAsync(one.Process, cancellationToken);
                progress?.Report($"freezing host {one.Name}");
                await one.Host.FreezeAsync(one.Process, temporary.State(one.Name), cancellationToken);
            }));
        }
        finally
        {
            await Task.WhenAll(booted.Select(one => one.Process.StopAsync(CancellationToken.None)));
            SocketDirectory.Remove(sockets);
        }

        Directory.Move(temporary.Directory, frozen.Directory);
    }

    /// <summary>Ends the hosts of a freezing that was itself ended in the middle.</summary>
    private static async Task StopLeftoversAsync(string processList, CancellationToken cancellationToken)
    {
        if (File.Exists(processList))
        {
            var processes = JsonSerializer.Deserialize<ProcessIdentity[]>(await File.ReadAllTextAsync(processList, cancellationToken)) ?? [];
            await Task.WhenAll(processes.Select(process => process.StopAsync(cancellationToken)));
        }
    }

    /// <summary>Keeps the images used last beside the new ones, and those of running labs; each is about a gigabyte.</summary>
    private void RemoveOldImages(LabImages current)
    {
        var inUse = LabState.All(directories).Select(state => state.Images).ToHashSet(StringComparer.Ordinal);
        var old = new DirectoryInfo(directories.Cache).EnumerateDirectories("images-*")
            .Where(directory => directory.FullName != current.Directory && !inUse.Contains(directory.FullName))
            .OrderByDescending(directory => directory.LastWriteTimeUtc)
            .Skip(1);
        foreach (var directory in old)
        {
            directory.Delete(recursive: true);
        }
    }
}
