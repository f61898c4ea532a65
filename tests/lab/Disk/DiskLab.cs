using XenVlan.Lab.Disk;
using XenVlan.Lab.Running;

namespace XenVlan.Lab;

/// <summary>
/// A running host with a disk: Debian 12 with systemd and one network manager. What is on its disk survives its reboots
/// and its resets, as on a real host; <see cref="RestoreAsync"/> gives it a clean disk.
/// </summary>
public sealed class DiskLab : IAsyncDisposable
{
    private const int Tries = 2;

    private static readonly TimeSpan RunLockLimit = TimeSpan.FromMinutes(35);
    private static readonly TimeSpan CommandLimit = TimeSpan.FromMinutes(2);

    private readonly LabDirectories _directories;
    private readonly IProgress<string>? _progress;

    private DiskLab(LabDirectories directories, DiskState state, IProgress<string>? progress = null)
    {
        _directories = directories;
        _progress = progress;
        Name = state.Name;
        Manager = state.Host.Manager;
        Xen = state.Host.Xen;
    }

    /// <summary>The host's alias in <see cref="SshConfigPath"/>; one logs in as root.</summary>
    public static string Alias => DiskHost.Name;

    /// <summary>The lab's name.</summary>
    public string Name { get; }

    /// <summary>What configures the host's network.</summary>
    public DiskManager Manager { get; }

    /// <summary>Whether it is a Xen host.</summary>
    public bool Xen { get; }

    /// <summary>Where its logs, its state, its disk and its ssh_config are.</summary>
    public string RunDirectory => _directories.DiskRun(Name);

    /// <summary>The ssh_config through which the host is reached, under the name <see cref="Alias"/>.</summary>
    public string SshConfigPath => Path.Combine(RunDirectory, "ssh_config");

    /// <summary>The file that holds everything the host has printed on its console, of all boots.</summary>
    public string ConsoleLog => Places(State).ConsoleLog;

    /// <summary>Whether the host is on; one that has shut down, or was killed, is off.</summary>
    public bool IsOn => State.Process is { IsRunning: true };

    internal string ConsoleSocket => Places(State).Console;

    internal DiskState State => DiskState.Read(RunDirectory) ?? throw new LabException($"the lab with a disk {Name} does not run any more");

    private string DiskPath => Path.Combine(RunDirectory, "disk.qcow2");

    /// <summary>
    /// Brings a host up, or attaches to it if it runs and is of that kind. The first host of a kind is installed, booted
    /// and frozen; from then on it is thawed.
    /// </summary>
    /// <param name="options">Which host.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="cancellationToken">Stops it; what was started is ended.</param>
    /// <exception cref="LabException">Something is missing, or did not happen in time, or there is no such host.</exception>
    public static async Task<DiskLab> UpAsync(
        DiskLabOptions options,
        IProgress<string>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        var host = new DiskHost(options.Manager, options.Xen);
        if (host is { Xen: true, Manager: not (DiskManager.Ifupdown or DiskManager.None) })
        {
            throw new LabException($"there is no Xen host with {host.ManagerName}, only with ifupdown or none");
        }

        var directories = LabDirectories.FindFor(options.Name, options.Directory);
        using var held = await LockAsync(directories, options.Name, progress, cancellationToken);
        if (DiskState.Read(directories.DiskRun(options.Name)) is { } present)
        {
            var running = new DiskLab(directories, present, progress);
            if (running.IsOn && present.Host == host && await QemuHost.AnswersSshAsync(present.SshPort, cancellationToken))
            {
                progress?.Report($"the lab with a disk {options.Name} runs already");
                return running;
            }

            progress?.Report($"the lab with a disk {options.Name} is another, or not in order; taking it down");
            await running.StopAsync();
        }

        var frozen = await new DiskFreezer(directories, progress).GetAsync(host, cancellationToken);
        var lab = new DiskLab(directories, Prepare(directories, options.Name, host, frozen), progress);
        try
        {
            progress?.Report($"thawing the {host.Label} host");
            await lab.ThawAsync(cancellationToken);
            progress?.Report($"the lab with a disk {options.Name} is up: ssh -F {lab.SshConfigPath} {Alias}");
            return lab;
        }
        catch
        {
            await lab.StopAsync(keepLogs: true);
            throw;
        }
    }

    /// <summary>Attaches to a lab that is up, without changing it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="directory">As in <see cref="LabOptions.Directory"/>.</param>
    /// <exception cref="LabException">There is no such lab.</exception>
    public static Task<DiskLab> AttachAsync(string name = "disk", string? directory = null)
    {
        var directories = LabDirectories.FindFor(name, directory);
        var state =
            DiskState.Read(directories.DiskRun(name))
            ?? throw new LabException($"the lab with a disk {name} does not run; bring it up first");
        return Task.FromResult(new DiskLab(directories, state));
    }

    /// <summary>Takes down the lab of this name, whatever is left of it; does nothing if there is none.</summary>
    /// <param name="options">Which lab; only its name and directory count.</param>
    /// <param name="cancellationToken">Gives up waiting for another command that works on it.</param>
    public static async Task DownAsync(DiskLabOptions options, CancellationToken cancellationToken = default)
    {
        var directories = LabDirectories.FindFor(options.Name, options.Directory);
        using var held = await LockAsync(directories, options.Name, null, cancellationToken);
        if (DiskState.Read(directories.DiskRun(options.Name)) is { } state)
        {
            await new DiskLab(directories, state).StopAsync();
        }
        else if (Directory.Exists(directories.DiskRun(options.Name)))
        {
            Directory.Delete(directories.DiskRun(options.Name), recursive: true); // the logs of one that did not come up
        }
    }

    /// <summary>
    /// Runs a shell script on the host, as root. The script may use everything but standard input, which is empty.
    /// </summary>
    /// <param name="script">The script, for <c>sh</c>; at most about 100 KB.</param>
    /// <param name="cancellationToken">Ends the connection; what runs on the host may go on.</param>
    /// <exception cref="TimeoutException">It took more than two minutes.</exception>
    public Task<LabCommandResult> RunAsync(string script, CancellationToken cancellationToken = default) =>
        RunAsync(script, CommandLimit, cancellationToken);

    /// <inheritdoc cref="RunAsync(string, CancellationToken)"/>
    /// <param name="script">The script, for <c>sh</c>; at most about 100 KB.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="cancellationToken">Ends the connection; what runs on the host may go on.</param>
    /// <exception cref="TimeoutException">It took longer than that.</exception>
    public Task<LabCommandResult> RunAsync(string script, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        Machine(State).RunAsync(script, timeout, cancellationToken);

    /// <summary>
    /// Reboots the host in good order, and waits until its boot is over: systemd has started what it had to, and on a
    /// Xen host the domain runs.
    /// </summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="LabException">It did not go off, or did not come back.</exception>
    public async Task RebootAsync(CancellationToken cancellationToken = default)
    {
        using var held = await LockAsync(cancellationToken);
        var state = On();
        var result = await RunAsync("systemctl --no-block reboot", cancellationToken);
        if (result.ExitCode is not (0 or 255))
        {
            throw new LabException($"the host refused to reboot: {result.StandardError.Trim()}"); // 255: the connection broke first
        }

        await Machine(state).WaitUntilOffAsync(state.Process!, cancellationToken);
        await BootAsync(cancellationToken);
    }

    /// <summary>
    /// Takes the host's power and gives it back: what it had not written to its disk yet is lost. Waits like
    /// <see cref="RebootAsync"/>.
    /// </summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="LabException">It did not come back.</exception>
    public async Task ResetAsync(CancellationToken cancellationToken = default)
    {
        using var held = await LockAsync(cancellationToken);
        await StopMachineAsync(cancellationToken);
        await BootAsync(cancellationToken);
    }

    /// <summary>Takes the host's power, as in <see cref="ResetAsync"/>, and leaves it off.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task KillAsync(CancellationToken cancellationToken = default)
    {
        using var held = await LockAsync(cancellationToken);
        await StopMachineAsync(cancellationToken);
    }

    /// <summary>Waits until the host is off because it shut down or rebooted by itself; a reboot too leaves it off.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="LabException">It was still on after four minutes.</exception>
    public async Task WaitUntilOffAsync(CancellationToken cancellationToken = default)
    {
        var state = State;
        if (state.Process is { } process)
        {
            await Machine(state).WaitUntilOffAsync(process, cancellationToken);
        }
    }

    /// <summary>Boots a host that is off from its disk as it is. Waits like <see cref="RebootAsync"/>.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="LabException">It is on, or did not come up.</exception>
    public async Task StartAgainAsync(CancellationToken cancellationToken = default)
    {
        using var held = await LockAsync(cancellationToken);
        if (IsOn)
        {
            throw new LabException($"the host of {Name} is on");
        }

        await BootAsync(cancellationToken);
    }

    /// <summary>Ends the host, whatever became of it, and thaws it again, with a clean disk.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task RestoreAsync(CancellationToken cancellationToken = default)
    {
        using var held = await LockAsync(cancellationToken);
        await StopMachineAsync(cancellationToken);
        await ThawAsync(cancellationToken);
    }

    /// <summary>Takes the lab down: ends its host and removes what it kept, its disk included, other than the cache.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
    }

    private static Task<FileLock> LockAsync(
        LabDirectories directories,
        string name,
        IProgress<string>? progress,
        CancellationToken cancellationToken
    ) =>
        FileLock.TakeAsync(
            directories.DiskRunLock(name),
            RunLockLimit,
            $"another command that works on the lab with a disk {name}",
            progress,
            cancellationToken
        );

    /// <summary>Makes the run directory: keys, ssh_config, sockets' directory, and a state without a process.</summary>
    private static DiskState Prepare(LabDirectories directories, string name, DiskHost host, FrozenDisk frozen)
    {
        var run = directories.DiskRun(name);
        Directory.CreateDirectory(run);
        var state = new DiskState(
            name,
            host,
            frozen.Images.Directory,
            frozen.Directory,
            SocketDirectory.Create(Path.Combine(run, "s")),
            FreePorts.Find(1)[0],
            null
        );
        var identity = Path.Combine(run, "id_ed25519");
        var known = Path.Combine(run, "known_hosts");
        var config = Path.Combine(run, "ssh_config");
        File.Copy(frozen.Images.Keys.ClientKey, identity, overwrite: true); // with its mode, 0600
        File.Copy(frozen.Images.Keys.KnownHosts, known, overwrite: true);
        File.WriteAllText(config, SshConfigFile.DiskText(name, DiskHost.Name, state.SshPort, config, identity, known));
        state.Write(run);
        return state;
    }

    private Task<FileLock> LockAsync(CancellationToken cancellationToken) => LockAsync(_directories, Name, null, cancellationToken);

    private HostPlaces Places(DiskState state) => new(DiskHost.Name, state.Sockets, RunDirectory, state.SshPort, 0);

    private DiskMachine Machine(DiskState state) => new(state.Host, Places(state), SshConfigPath);

    private DiskState On() => IsOn ? State : throw new LabException($"the host of {Name} is off");

    private Task StartedAsync(ProcessIdentity process)
    {
        (State with { Process = process }).Write(RunDirectory);
        return Task.CompletedTask;
    }

    private Task StopMachineAsync(CancellationToken cancellationToken) => State.Process?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    /// <summary>Boots the host; one that hangs, as an emulated one now and then does, loses its power and gets it back once.</summary>
    private async Task BootAsync(CancellationToken cancellationToken)
    {
        var state = State;
        var images = state.FrozenDisk.Images;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await Machine(state)
                    .BootAsync(DiskCommand.Boot(state.Host, Places(state), images, DiskPath), images, StartedAsync, cancellationToken);
                return;
            }
            catch (LabException error) when (attempt < Tries)
            {
                _progress?.Report($"{error.Message}\n{Places(state).LastWords()}\nturning it off and on again");
                await StopMachineAsync(cancellationToken);
            }
        }
    }

    private async Task ThawAsync(CancellationToken cancellationToken)
    {
        var state = State;
        await DiskMachine.CreateDiskAsync(DiskPath, state.FrozenDisk.Disk, "qcow2", cancellationToken);
        await Machine(state).ThawAsync(state.FrozenDisk, DiskPath, StartedAsync, cancellationToken);
    }

    private async Task StopAsync(bool keepLogs = false)
    {
        if (DiskState.Read(RunDirectory) is not { } state)
        {
            return; // it was taken down already
        }

        await (state.Process?.StopAsync(CancellationToken.None) ?? Task.CompletedTask);
        SocketDirectory.Remove(state.Sockets);
        if (!keepLogs)
        {
            Directory.Delete(RunDirectory, recursive: true);
            return;
        }

        foreach (var file in Directory.EnumerateFiles(RunDirectory).Where(file => !file.EndsWith(".log", StringComparison.Ordinal)))
        {
            File.Delete(file);
        }
    }
}
