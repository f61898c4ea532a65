using XenVlan.Lab.Building;
using XenVlan.Lab.Running;
using XenVlan.Lab.Switching;

namespace XenVlan.Lab;

/// <summary>A running lab: two Xen hosts, their domains, and the switch between them.</summary>
public sealed class XenLab : IAsyncDisposable
{
    private static readonly TimeSpan RunLockLimit = TimeSpan.FromMinutes(35);
    private static readonly TimeSpan StateLockLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan SwitchLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan CommandLimit = TimeSpan.FromMinutes(2);

    private readonly LabDirectories _directories;

    private XenLab(LabDirectories directories, LabState state)
    {
        _directories = directories;
        Name = state.Name;
        Switch = new LabSwitch(SwitchServer.ControlSocket(state.Sockets), PlugAsync);
    }

    /// <summary>The lab's name.</summary>
    public string Name { get; }

    /// <summary>Where its logs, its state and its ssh_config are.</summary>
    public string RunDirectory => _directories.Run(Name);

    /// <summary>
    /// The ssh_config through which every host is reached. Beside the hosts' own names it knows <c>a-admin</c> for the
    /// user without root, and for the dom0s <c>a-openssh</c> and <c>a-openssh-admin</c> for OpenSSH instead of dropbear.
    /// </summary>
    public string SshConfigPath => Path.Combine(RunDirectory, "ssh_config");

    /// <summary>The hosts: the dom0s first, then the domUs.</summary>
    public IReadOnlyList<LabHost> Hosts { get; } = LabHost.All;

    /// <summary>The switch both hosts are plugged into.</summary>
    public LabSwitch Switch { get; }

    /// <summary>The file that holds everything a dom0 has printed on its console.</summary>
    /// <param name="host">A dom0.</param>
    public string ConsoleLog(string host) => Places(Dom0(host)).ConsoleLog;

    internal string ConsoleSocket(string host) => Places(Dom0(host)).Console;

    /// <summary>What the lab consists of now: another process may have restored a host meanwhile.</summary>
    internal LabState State => LabState.Read(RunDirectory) ?? throw new LabException($"the lab {Name} does not run any more");

    /// <summary>
    /// Brings a lab up, or attaches to it if it runs. The first time everything is downloaded, built, booted and frozen;
    /// from then on the hosts are thawed.
    /// </summary>
    /// <param name="options">Which lab, and how.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="cancellationToken">Stops it; what was started is ended.</param>
    /// <exception cref="LabException">Something is missing, or did not happen in time.</exception>
    public static async Task<XenLab> UpAsync(
        LabOptions options,
        IProgress<string>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        var directories = LabDirectories.FindFor(options.Name, options.Directory);
        using var held = await FileLock.TakeAsync(
            directories.RunLock(options.Name),
            RunLockLimit,
            $"another command that works on the lab {options.Name}",
            progress,
            cancellationToken
        );
        if (LabState.Read(directories.Run(options.Name)) is { } present)
        {
            var running = new XenLab(directories, present);
            if (present.AllRun && await running.AnswersAsync(cancellationToken))
            {
                progress?.Report($"the lab {options.Name} runs already");
                return running;
            }

            progress?.Report($"the lab {options.Name} is not in order; taking down what is left of it");
            await running.StopAsync();
        }

        var frozen = await new Freezer(directories, progress).GetAsync(remake: false, cancellationToken);
        var lab = new XenLab(directories, Prepare(directories, options.Name, frozen));
        try
        {
            await lab.StartAsync(frozen, options.Cold, progress, cancellationToken);
            return lab;
        }
        catch when (!options.KeepOnFailure)
        {
            await lab.StopAsync(keepLogs: true);
            throw;
        }
    }

    /// <summary>Attaches to a lab that runs, without changing it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="directory">As in <see cref="LabOptions.Directory"/>.</param>
    /// <exception cref="LabException">There is no such lab.</exception>
    public static Task<XenLab> AttachAsync(string name = "main", string? directory = null)
    {
        var directories = LabDirectories.FindFor(name, directory);
        var state = LabState.Read(directories.Run(name)) ?? throw new LabException($"the lab {name} does not run; bring it up first");
        return Task.FromResult(new XenLab(directories, state));
    }

    /// <summary>Makes the frozen hosts, if there are none yet, without starting a lab.</summary>
    /// <param name="options">Where; <see cref="LabOptions.Cold"/> makes them anew.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task FreezeAsync(
        LabOptions options,
        IProgress<string>? progress = null,
        CancellationToken cancellationToken = default
    ) => await new Freezer(LabDirectories.FindFor(options.Name, options.Directory), progress).GetAsync(options.Cold, cancellationToken);

    /// <summary>Takes down the lab of this name, whatever is left of it; does nothing if there is none.</summary>
    /// <param name="options">Which lab.</param>
    /// <param name="cancellationToken">Gives up waiting for another command that works on it.</param>
    public static async Task DownAsync(LabOptions options, CancellationToken cancellationToken = default)
    {
        var directories = LabDirectories.FindFor(options.Name, options.Directory);
        using var held = await FileLock.TakeAsync(
            directories.RunLock(options.Name),
            RunLockLimit,
            $"another command that works on the lab {options.Name}",
            null,
            cancellationToken
        );
        if (LabState.Read(directories.Run(options.Name)) is { } state)
        {
            await new XenLab(directories, state).StopAsync();
        }
        else if (Directory.Exists(directories.Run(options.Name)))
        {
            Directory.Delete(directories.Run(options.Name), recursive: true); // the logs of one that did not come up
        }
    }

    /// <summary>Whether the hosts are frozen already, so that bringing a lab up takes seconds.</summary>
    /// <param name="options">Where.</param>
    /// <param name="cancellationToken">Gives up looking.</param>
    public static Task<bool> IsFrozenAsync(LabOptions options, CancellationToken cancellationToken = default) =>
        new Freezer(LabDirectories.FindFor(options.Name, options.Directory), null).HasFrozenAsync(cancellationToken);

    /// <summary>Removes everything that can be made again. Labs that run go on, but their hosts cannot be restored.</summary>
    /// <param name="directory">As in <see cref="LabOptions.Directory"/>.</param>
    /// <param name="cancellationToken">Gives up waiting for a lab that is building the cache.</param>
    public static Task CleanAsync(string? directory = null, CancellationToken cancellationToken = default) =>
        new Freezer(LabDirectories.Find(directory), null).RemoveAllAsync(cancellationToken);

    /// <summary>
    /// Runs a shell script on a host, as root unless the host's alias says otherwise. The script may use everything but
    /// standard input, which is empty.
    /// </summary>
    /// <param name="host">A host's name, or another alias of the lab's ssh_config.</param>
    /// <param name="script">The script, for <c>sh</c>; at most about 100 KB.</param>
    /// <param name="cancellationToken">Ends the connection; what runs on the host may go on.</param>
    /// <exception cref="TimeoutException">It took more than two minutes.</exception>
    public Task<LabCommandResult> RunAsync(string host, string script, CancellationToken cancellationToken = default) =>
        RunAsync(host, script, CommandLimit, cancellationToken);

    /// <inheritdoc cref="RunAsync(string, string, CancellationToken)"/>
    /// <param name="host">A host's name, or another alias of the lab's ssh_config.</param>
    /// <param name="script">The script, for <c>sh</c>; at most about 100 KB.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="cancellationToken">Ends the connection; what runs on the host may go on.</param>
    /// <exception cref="TimeoutException">It took longer than that.</exception>
    public Task<LabCommandResult> RunAsync(string host, string script, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        // The script is read to its end first, so that no command in it can take the rest for its input.
        Tool.RunAsync("ssh", ["-F", SshConfigPath, host, "exec sh -c \"$(cat)\""], timeout, cancellationToken, script);

    /// <summary>Ends a host and thaws it again, clean, with its domains. The other host and the switch are left alone.</summary>
    /// <param name="host">A dom0.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task RestoreAsync(string host, CancellationToken cancellationToken = default)
    {
        var (state, running) = (State, Dom0(host));
        if (running.Process is { } process)
        {
            await process.StopAsync(cancellationToken);
        }

        await ThawAsync(running, new FrozenLab(new LabImages(state.Images), state.Frozen), cancellationToken);
        await WaitUntilReadyAsync(running.Name, cancellationToken);
    }

    /// <summary>Which hosts answer ssh, by their names.</summary>
    /// <param name="cancellationToken">Gives up asking.</param>
    public async Task<IReadOnlyDictionary<string, bool>> AnsweringAsync(CancellationToken cancellationToken = default)
    {
        var answers = await Task.WhenAll(
            Hosts.Select(async host => (host.Name, Answers: (await RunAsync(host.Name, "true", cancellationToken)).ExitCode == 0))
        );
        return answers.ToDictionary(answer => answer.Name, answer => answer.Answers);
    }

    /// <summary>Takes the lab down: ends its processes and removes what it kept, other than the cache.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
    }

    /// <summary>Makes the run directory: keys, ssh_config, sockets' directory, and a state without processes.</summary>
    private static LabState Prepare(LabDirectories directories, string name, FrozenLab frozen)
    {
        var run = directories.Run(name);
        Directory.CreateDirectory(run);
        var ports = FreePorts.Find(2 * LabHost.Dom0s.Count);
        var state = new LabState(
            name,
            frozen.Images.Directory,
            frozen.Directory,
            SocketDirectory.Create(Path.Combine(run, "s")),
            null,
            [.. LabHost.Dom0s.Select((host, index) => new HostState(host.Name, ports[2 * index], ports[(2 * index) + 1], null))]
        );
        var identity = Path.Combine(run, "id_ed25519");
        var known = Path.Combine(run, "known_hosts");
        var config = Path.Combine(run, "ssh_config");
        File.Copy(frozen.Images.Keys.ClientKey, identity, overwrite: true); // with its mode, 0600
        File.Copy(frozen.Images.Keys.KnownHosts, known, overwrite: true);
        File.WriteAllText(config, SshConfigFile.Text(state, config, identity, known));
        state.Write(run);
        return state;
    }

    private async Task StartAsync(FrozenLab frozen, bool cold, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        progress?.Report("starting the switch");
        await ChangeStateAsync(state => state with { Switch = StartSwitch() });
        await Wait.UntilAsync(Switch.AnswersAsync, SwitchLimit, $"the switch (log in {RunDirectory})", cancellationToken);
        progress?.Report(cold ? "booting the hosts" : "thawing the hosts");
        await Task.WhenAll(
            State.Hosts.Select(async host =>
            {
                if (cold)
                {
                    await BootAsync(host, frozen, cancellationToken);
                }
                else
                {
                    await ThawAsync(host, frozen, cancellationToken);
                }

                await WaitUntilReadyAsync(host.Name, cancellationToken);
                progress?.Report($"host {host.Name} and its domains answer");
            })
        );
        progress?.Report($"the lab {Name} is up: ssh -F {SshConfigPath} a");
    }

    private ProcessIdentity StartSwitch()
    {
        // This assembly may be a program of its own or a library of some test; either way it can be run by itself.
        var dotnet = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
        return DetachedProcess.Start(
            dotnet,
            ["exec", typeof(XenLab).Assembly.Location, "switch-process", State.Sockets],
            Path.Combine(RunDirectory, "switch.log")
        );
    }

    private async Task BootAsync(HostState host, FrozenLab frozen, CancellationToken cancellationToken)
    {
        var qemu = new QemuHost(Places(host));
        var process = qemu.Boot(frozen.Images, Path.Combine(RunDirectory, host.Name + ".ram"));
        await ChangeStateAsync(state => state.With(host with { Process = process }));
        await qemu.WaitUntilReadyAsync(process, cancellationToken);
        await qemu.WaitForSshAsync(process, cancellationToken);
    }

    private async Task ThawAsync(HostState host, FrozenLab frozen, CancellationToken cancellationToken)
    {
        var qemu = new QemuHost(Places(host));
        var process = qemu.StartThaw(frozen.Memory(host.Name));
        await ChangeStateAsync(state => state.With(host with { Process = process }));
        await qemu.ThawAsync(process, frozen.State(host.Name), cancellationToken);
        foreach (
            var port in (await Switch.ShowAsync(cancellationToken)).Where(port =>
                !port.Settings.LinkUp && IsPortOf(port.Settings.Port, host)
            )
        )
        {
            await PlugAsync(port.Settings.Port, up: false, cancellationToken);
        }

        await qemu.WaitForSshAsync(process, cancellationToken);
    }

    /// <summary>Waits for a host and its domains, and sets their clocks: they stood still while they were frozen.</summary>
    private async Task WaitUntilReadyAsync(string dom0, CancellationToken cancellationToken)
    {
        var result = await RunAsync(dom0, $"lab-thawed {DateTimeOffset.UtcNow.ToUnixTimeSeconds()}", cancellationToken);
        if (result.ExitCode != 0)
        {
            throw new LabException(
                $"host {dom0} or its domains do not answer: {result.StandardError.Trim()} (exit status {result.ExitCode}, logs in "
                    + $"{RunDirectory})"
            );
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken) =>
        (await Task.WhenAll(State.Hosts.Select(host => QemuHost.AnswersSshAsync(host.SshPort, cancellationToken)))).All(answers => answers);

    private async Task PlugAsync(string port, bool up, CancellationToken cancellationToken)
    {
        var host = State.Hosts.Single(host => IsPortOf(port, host));
        if (host.Process is { } process)
        {
            await new QemuHost(Places(host)).SetLinkAsync(process, port[^1] - '0', up, cancellationToken);
        }
    }

    private static bool IsPortOf(string port, HostState host) => port[..^1] == host.Name;

    private HostPlaces Places(HostState host) => new(host.Name, State.Sockets, RunDirectory, host.SshPort, host.OpenSshPort);

    private HostState Dom0(string name) =>
        LabHost.Dom0s.Any(host => host.Name == name)
            ? State.Host(name)
            : throw new LabException(
                $"{name} is no dom0 of the lab; they are {string.Join(" and ", LabHost.Dom0s.Select(host => host.Name))}"
            );

    private async Task ChangeStateAsync(Func<LabState, LabState> change)
    {
        using var held = await FileLock.TakeAsync(
            _directories.StateLock(Name),
            StateLockLimit,
            "another process that changes the lab's state",
            null,
            CancellationToken.None
        );
        change(State).Write(RunDirectory);
    }

    private async Task StopAsync(bool keepLogs = false)
    {
        if (LabState.Read(RunDirectory) is not { } state)
        {
            return; // it was taken down already
        }

        await Task.WhenAll(state.Processes.Select(process => process.StopAsync(CancellationToken.None)));
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
