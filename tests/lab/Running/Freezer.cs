using System.Text.Json;
using XenVlan.Lab.Building;

namespace XenVlan.Lab.Running;

/// <summary>Makes the frozen hosts, once for each version of what they are made of.</summary>
internal sealed class Freezer(LabDirectories directories, IProgress<string>? progress)
{
    private const string ProcessExtension = ".process";

    private static readonly TimeSpan LockLimit = TimeSpan.FromMinutes(30);

    private readonly DebianPackages _packages = new(directories, progress);
    private readonly ImageBuilder _images = new(directories, progress);

    public async Task<bool> HasFrozenAsync(CancellationToken cancellationToken) =>
        Tool.Exists(QemuCommand.Program)
        && Directory.Exists((await ExpectedAsync(_images.Expected(_packages.Expected), cancellationToken)).Directory);

    public async Task RemoveAllAsync(CancellationToken cancellationToken)
    {
        using var disks = await FileLock.TakeAsync(
            directories.DiskCacheLock,
            LockLimit,
            "a lab with a disk, which is building the cache",
            progress,
            cancellationToken
        );
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
        var building = frozen with { Directory = frozen.Directory + ".tmp" };
        if (Directory.Exists(building.Directory))
        {
            await StopLeftoversAsync(building, cancellationToken);
            Directory.Delete(building.Directory, recursive: true);
        }

        Directory.CreateDirectory(building.Directory);
        progress?.Report("booting the hosts once, to freeze them (a minute, or several on a busy machine)");
        var sockets = SocketDirectory.Create(Path.Combine(building.Directory, "s"));
        try
        {
            var failed = (
                await Task.WhenAll(
                    LabHost.Dom0s.Select(async dom0 =>
                        await TryFreezeAsync(dom0.Name, building, sockets, cancellationToken) ? null : dom0.Name
                    )
                )
            ).OfType<string>();
            foreach (var host in failed)
            {
                progress?.Report($"booting host {host} once more, and alone");
                await FreezeAsync(host, building, sockets, cancellationToken);
            }
        }
        finally
        {
            SocketDirectory.Remove(sockets);
        }

        Directory.Move(building.Directory, frozen.Directory);
    }

    /// <summary>Boots and freezes one of several hosts at once; on a busy machine Xen's own limits may run out.</summary>
    private async Task<bool> TryFreezeAsync(string host, FrozenLab target, string sockets, CancellationToken cancellationToken)
    {
        try
        {
            await FreezeAsync(host, target, sockets, cancellationToken);
            return true;
        }
        catch (LabException error)
        {
            progress?.Report(error.Message);
            return false;
        }
    }

    private async Task FreezeAsync(string name, FrozenLab target, string sockets, CancellationToken cancellationToken)
    {
        var ports = FreePorts.Find(2);
        var places = new HostPlaces(name, sockets, target.Directory, ports[0], ports[1]);
        File.Delete(places.ConsoleLog);
        File.Delete(target.Memory(name));
        var host = new QemuHost(places);
        var process = host.Boot(target.Images, target.Memory(name));
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(target.Directory, name + ProcessExtension),
                JsonSerializer.Serialize(process),
                cancellationToken
            );
            await host.WaitUntilReadyAsync(process, cancellationToken);
            progress?.Report($"freezing host {name}");
            await host.FreezeAsync(process, target.State(name), cancellationToken);
        }
        finally
        {
            await process.StopAsync(CancellationToken.None);
        }
    }

    /// <summary>Ends the hosts of a freezing that was itself ended in the middle.</summary>
    private static async Task StopLeftoversAsync(FrozenLab building, CancellationToken cancellationToken)
    {
        foreach (var file in Directory.EnumerateFiles(building.Directory, "*" + ProcessExtension))
        {
            var process = JsonSerializer.Deserialize<ProcessIdentity>(await File.ReadAllTextAsync(file, cancellationToken));
            await (process?.StopAsync(cancellationToken) ?? Task.CompletedTask);
        }
    }

    /// <summary>Keeps the images used last beside the new ones, and those of running labs; each is about a gigabyte.</summary>
    private void RemoveOldImages(LabImages current)
    {
        var inUse = LabState.All(directories).Select(state => state.Images).ToHashSet(StringComparer.Ordinal);
        var old = new DirectoryInfo(directories.Cache)
            .EnumerateDirectories("images-*")
            .Where(directory => directory.FullName != current.Directory && !inUse.Contains(directory.FullName))
            .OrderByDescending(directory => directory.LastWriteTimeUtc)
            .Skip(1);
        foreach (var directory in old)
        {
            directory.Delete(recursive: true);
        }
    }
}
