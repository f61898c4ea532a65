using System.Text.Json;
using XenVlan.Lab.Building;
using XenVlan.Lab.Running;

namespace XenVlan.Lab.Disk;

/// <summary>Makes the frozen hosts with a disk: each when it is first asked for, once for each version of what it is made of.</summary>
internal sealed class DiskFreezer(LabDirectories directories, IProgress<string>? progress)
{
    private const string ProcessFile = "process.json";
    private const int Tries = 2;

    private static readonly TimeSpan LockLimit = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan VersionLimit = TimeSpan.FromSeconds(20);

    private readonly DiskImageBuilder _images = new(directories, progress);

    /// <summary>Returns a frozen host, installing, building and booting whatever is missing for that.</summary>
    public async Task<FrozenDisk> GetAsync(DiskHost host, CancellationToken cancellationToken)
    {
        await HostTools.EnsureAsync(progress, cancellationToken, disks: true);
        using var held = await FileLock.TakeAsync(
            directories.DiskCacheLock,
            LockLimit,
            "another lab with a disk, which is building the cache",
            progress,
            cancellationToken
        );
        var images = await _images.GetAsync(cancellationToken);
        var version = await Tool.RequireAsync(QemuCommand.Program, ["--version"], VersionLimit, cancellationToken);
        var key = GuestFiles.HashOf(version, DiskCommand.MachineKey(host));
        var frozen = new FrozenDisk(images, Path.Combine(images.Directory, $"frozen-{host.Label}-{key}"));
        for (var attempt = 1; !Directory.Exists(frozen.Directory); attempt++)
        {
            try
            {
                await FreezeAsync(host, frozen, cancellationToken);
            }
            catch (LabException error) when (attempt < Tries)
            {
                progress?.Report($"{error.Message}\nbooting it once more");
            }
        }

        RemoveOldImages(images);
        Directory.SetLastWriteTimeUtc(images.Directory, DateTime.UtcNow);
        return frozen;
    }

    private async Task FreezeAsync(DiskHost host, FrozenDisk frozen, CancellationToken cancellationToken)
    {
        var building = frozen with { Directory = frozen.Directory + ".tmp" };
        if (Directory.Exists(building.Directory))
        {
            await StopLeftoverAsync(building, cancellationToken);
            Directory.Delete(building.Directory, recursive: true);
        }

        Directory.CreateDirectory(building.Directory);
        progress?.Report($"booting the {host.Label} host once, to freeze it");
        var sockets = SocketDirectory.Create(Path.Combine(building.Directory, "s"));
        var places = new HostPlaces(DiskHost.Name, sockets, building.Directory, FreePorts.Find(1)[0], 0);
        var config = Path.Combine(building.Directory, "ssh_config");
        var keys = frozen.Images.Keys;
        await File.WriteAllTextAsync(
            config,
            SshConfigFile.DiskText(host.Label, DiskHost.Name, places.SshPort, config, keys.ClientKey, keys.KnownHosts),
            cancellationToken
        );

        // By a relative path, for this directory is renamed in the end.
        await DiskMachine.CreateDiskAsync(
            building.Disk,
            Path.Combine("..", Path.GetFileName(frozen.Images.Disk)),
            "raw",
            cancellationToken
        );
        var machine = new DiskMachine(host, places, config);
        ProcessIdentity? process = null;
        try
        {
            await machine.BootAsync(
                DiskCommand.FirstBoot(host, places, frozen.Images, building.Disk, building.Memory),
                frozen.Images,
                started =>
                {
                    process = started;
                    return File.WriteAllTextAsync(
                        Path.Combine(building.Directory, ProcessFile),
                        JsonSerializer.Serialize(started),
                        cancellationToken
                    );
                },
                cancellationToken
            );
            progress?.Report($"freezing the {host.Label} host");
            await machine.FreezeAsync(process!, building, cancellationToken);
        }
        finally
        {
            await (process?.StopAsync(CancellationToken.None) ?? Task.CompletedTask);
            SocketDirectory.Remove(sockets);
        }

        Directory.Move(building.Directory, frozen.Directory);
    }

    /// <summary>Ends the host of a freezing that was itself ended in the middle.</summary>
    private static async Task StopLeftoverAsync(FrozenDisk building, CancellationToken cancellationToken)
    {
        var file = Path.Combine(building.Directory, ProcessFile);
        var process = File.Exists(file)
            ? JsonSerializer.Deserialize<ProcessIdentity>(await File.ReadAllTextAsync(file, cancellationToken))
            : null;
        await (process?.StopAsync(cancellationToken) ?? Task.CompletedTask);
    }

    /// <summary>Keeps the images used last beside the new ones, and those of running labs.</summary>
    private void RemoveOldImages(DiskImages current)
    {
        var inUse = DiskState.All(directories).Select(state => state.Images).ToHashSet(StringComparer.Ordinal);
        var old = new DirectoryInfo(directories.Cache)
            .EnumerateDirectories("disk-*")
            .Where(directory => directory.FullName != current.Directory && !inUse.Contains(directory.FullName))
            .OrderByDescending(directory => directory.LastWriteTimeUtc)
            .Skip(1);
        foreach (var directory in old)
        {
            directory.Delete(recursive: true);
        }
    }
}
