using System.Globalization;
using XenVlan.Lab.Running;

namespace XenVlan.Lab.Disk;

/// <summary>Boots, freezes and thaws one host with a disk.</summary>
internal sealed class DiskMachine(DiskHost host, HostPlaces places, string sshConfig)
{
    private static readonly TimeSpan DiskLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CommandLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan EndLimit = TimeSpan.FromMinutes(4);

    private readonly QemuHost _qemu = new(places);

    /// <summary>Makes a disk that holds nothing but changes to another, which is only read from then on.</summary>
    public static async Task CreateDiskAsync(string disk, string backing, string backingFormat, CancellationToken cancellationToken)
    {
        File.Delete(disk);
        await Tool.RequireAsync(
            "qemu-img",
            ["create", "-q", "-f", "qcow2", "-F", backingFormat, "-b", backing, disk],
            DiskLimit,
            cancellationToken
        );
    }

    /// <summary>Starts a machine by a command line, and tells who it is before anything is waited for.</summary>
    public async Task BootAsync(
        IReadOnlyList<string> command,
        DiskImages images,
        Func<ProcessIdentity, Task> started,
        CancellationToken cancellationToken
    )
    {
        var before = _qemu.ConsoleText().Length;
        var process = _qemu.Start(command, images.Directory);
        await started(process);
        await _qemu.WaitUntilReadyAsync(process, cancellationToken, before);
        await _qemu.WaitForSshAsync(process, cancellationToken);
    }

    public async Task ThawAsync(FrozenDisk frozen, string disk, Func<ProcessIdentity, Task> started, CancellationToken cancellationToken)
    {
        var process = _qemu.Start(DiskCommand.Thaw(host, places, disk, frozen.Memory), "/");
        await started(process);
        await _qemu.ThawAsync(process, frozen.State, cancellationToken);
        await _qemu.WaitForSshAsync(process, cancellationToken);

        // Its clock stood still meanwhile.
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        (await RunAsync($"date -s @{now} > /dev/null", CommandLimit, cancellationToken)).EnsureSuccess();
    }

    public async Task FreezeAsync(ProcessIdentity process, FrozenDisk frozen, CancellationToken cancellationToken)
    {
        if (host.Xen)
        {
            (await RunAsync("xl domid guest", CommandLimit, cancellationToken)).EnsureSuccess();
        }

        (await RunAsync("sync; echo 3 > /proc/sys/vm/drop_caches", CommandLimit, cancellationToken)).EnsureSuccess();
        await _qemu.FreezeAsync(process, frozen.State, cancellationToken);
    }

    /// <summary>Waits until a host that shuts down or reboots by itself is off.</summary>
    public Task WaitUntilOffAsync(ProcessIdentity process, CancellationToken cancellationToken) =>
        Wait.UntilAsync(() => !process.IsRunning, EndLimit, $"host {places.Name} to shut down (logs in {places.Logs})", cancellationToken);

    public Task<LabCommandResult> RunAsync(string script, TimeSpan limit, CancellationToken cancellationToken) =>
        // The script is read to its end first, so that no command in it can take the rest for its input.
        Tool.RunAsync("ssh", ["-F", sshConfig, DiskHost.Name, "exec sh -c \"$(cat)\""], limit, cancellationToken, script);
}
