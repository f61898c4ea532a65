using System.Diagnostics;
using System.Runtime.InteropServices;
using XenVlan.Lab.Running;
using XenVlan.Lab.Switching;

namespace XenVlan.Lab.CommandLine;

/// <summary>The commands of <c>xenvlan-lab</c>.</summary>
internal static class LabCommands
{
    private const string Usage = """
        A real Xen lab: two Xen hosts (a, b) under QEMU, two domains on each (ftp-a, app-a, ftp-b, app-b), and a VLAN
        switch between the hosts. Every command takes --name NAME; without it the lab is called main.

          up [--cold] [--keep]         bring the lab up; --cold boots the hosts instead of thawing them; --keep leaves
                                       them running when one does not come up
          down                         take it down; nothing but the cache is left
          status                       what runs, and what answers
          ssh HOST [COMMAND...]        log in, or run a command
          console HOST                 the console of a host or domain; Ctrl-] leaves it
          restore HOST                 put a host and its domains back to how they were at first (a or b)
          freeze [--cold]              make the frozen hosts without starting a lab; --cold makes them anew
          thaw                         like up, but fails where that would mean building or booting
          serve HOST PROTO ADDRESS     start a www, ftp or ssh server on ADDRESS[:PORT] of a host
          switch show                  the switch's ports, counters and learned stations
          switch set PORT [--vlans 1,10,100-200|all|none] [--native VLAN|none] [--mtu BYTES|none] [--link up|down]
          switch reset [--counters]    set everything back, or only the counters
          disk COMMAND                 work with a host with a disk, see below
          clean                        remove the cache

        Hosts with a disk (--name, else "disk"):
          disk up [--manager ifupdown|networkmanager|networkd|netplan|none] [--xen]
          disk down | status | ssh [COMMAND...] | console
          disk reboot                  in good order; the disk is kept
          disk reset                   power loss; the disk is kept
          disk kill, disk start        the two halves of it
          disk restore                 a clean host again
        """;

    private const int UsageStatus = 2;
    private const int InterruptedStatus = 130;

    public static async Task<int> RunAsync(string[] args)
    {
        using var interrupted = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        try
        {
            return await RunAsync(args, interrupted.Token);
        }
        catch (UsageException error)
        {
            await Console.Error.WriteLineAsync($"xenvlan-lab: {error.Message}\n\n{Usage}");
            return UsageStatus;
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("xenvlan-lab: interrupted");
            return InterruptedStatus;
        }
        catch (Exception error) when (error is LabException or TimeoutException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync("xenvlan-lab: " + error.Message);
            return 1;
        }

        // What was started is ended in good order instead of being left behind.
        void Interrupt(PosixSignalContext signal)
        {
            signal.Cancel = true;
            interrupted.Cancel();
        }
    }

    private static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        string[] rest = args.Length > 0 ? args[1..] : [];
        switch (args.FirstOrDefault())
        {
            case "up":
                return await UpAsync(Parse(rest, "--cold", "--keep"), mayBuild: true, cancellationToken);
            case "thaw":
                return await UpAsync(Parse(rest), mayBuild: false, cancellationToken);
            case "freeze":
                await XenLab.FreezeAsync(Options(Parse(rest, "--cold")), new ElapsedProgress(), cancellationToken);
                return 0;
            case "down":
                await XenLab.DownAsync(Options(Parse(rest)), cancellationToken);
                return 0;
            case "status":
                return await StatusAsync(Parse(rest), cancellationToken);
            case "ssh":
                return await SshAsync(new Arguments(rest, ["--name"], [], wordsEndOptions: true), cancellationToken);
            case "console":
                return await ConsoleAsync(Parse(rest), cancellationToken);
            case "restore":
                return await RestoreAsync(Parse(rest), cancellationToken);
            case "serve":
                return await ServeAsync(Parse(rest), cancellationToken);
            case "switch":
                return await SwitchCommands.RunAsync(rest, cancellationToken);
            case "disk":
                return await DiskCommands.RunAsync(rest, cancellationToken);
            case "clean":
                await XenLab.CleanAsync(cancellationToken: cancellationToken);
                return 0;
            case "switch-process":
                using (var server = new SwitchServer(rest[0]))
                {
                    await server.RunAsync(cancellationToken);
                }

                return 0;
            case "help" or "--help" or "-h":
                Console.WriteLine(Usage);
                return 0;
            case null:
                throw new UsageException("what shall be done?");
            case var unknown:
                throw new UsageException($"there is no command {unknown}");
        }
    }

    private static Arguments Parse(string[] rest, params string[] flags) => new(rest, ["--name"], flags);

    private static LabOptions Options(Arguments arguments) =>
        new()
        {
            Name = arguments.Value("--name") ?? "main",
            Cold = arguments.Has("--cold"),
            KeepOnFailure = arguments.Has("--keep"),
        };

    private static Task<XenLab> AttachAsync(Arguments arguments) => XenLab.AttachAsync(Options(arguments).Name);

    private static async Task<int> UpAsync(Arguments arguments, bool mayBuild, CancellationToken cancellationToken)
    {
        var options = Options(arguments);
        if (!mayBuild && !await XenLab.IsFrozenAsync(options, cancellationToken))
        {
            throw new LabException("there are no frozen hosts yet; make them with freeze, or use up");
        }

        await XenLab.UpAsync(options, new ElapsedProgress(), cancellationToken);
        return 0;
    }

    private static async Task<int> StatusAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var lab = await AttachAsync(arguments);
        var state = lab.State;
        Console.WriteLine($"lab {lab.Name} in {lab.RunDirectory}");
        Console.WriteLine($"switch: {Describe(state.Switch)}");
        foreach (var host in state.Hosts)
        {
            Console.WriteLine(
                $"{host.Name}: {Describe(host.Process)}, ssh on 127.0.0.1:{host.SshPort}, OpenSSH on 127.0.0.1:{host.OpenSshPort}"
            );
        }

        var answering = await lab.AnsweringAsync(cancellationToken);
        foreach (var (name, answers) in answering)
        {
            Console.WriteLine($"{name}: {(answers ? "answers ssh" : "does not answer ssh")}");
        }

        return state.AllRun && answering.Values.All(answers => answers) ? 0 : 1;
    }

    private static string Describe(ProcessIdentity? process) => process is { IsRunning: true } ? $"process {process.Pid}" : "not running";

    private static async Task<int> SshAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var lab = await AttachAsync(arguments);
        return await ForegroundAsync(["-F", lab.SshConfigPath, Host(arguments), .. arguments.Words.Skip(1)], cancellationToken);
    }

    private static async Task<int> ConsoleAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var lab = await AttachAsync(arguments);
        var name = Host(arguments);
        var host = lab.Hosts.FirstOrDefault(host => host.Name == name) ?? throw new LabException($"the lab has no host {name}");
        if (host.Dom0 is { } dom0)
        {
            return await ForegroundAsync(["-F", lab.SshConfigPath, "-t", dom0, "xl", "console", host.Name], cancellationToken);
        }

        await HostConsole.AttachAsync(lab.ConsoleSocket(name), cancellationToken);
        return 0;
    }

    private static async Task<int> RestoreAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var lab = await AttachAsync(arguments);
        var progress = new ElapsedProgress();
        await lab.RestoreAsync(Host(arguments), cancellationToken);
        progress.Report($"host {Host(arguments)} is as it was at first");
        return 0;
    }

    private static async Task<int> ServeAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var lab = await AttachAsync(arguments);
        var (protocol, address) = (arguments.Word(1, "the protocol"), arguments.Word(2, "the address"));
        return await ForegroundAsync(["-F", lab.SshConfigPath, Host(arguments), "lab-serve", protocol, address], cancellationToken);
    }

    private static string Host(Arguments arguments) => arguments.Word(0, "the host");

    /// <summary>Runs ssh on this program's own terminal and streams. Ctrl-C is ssh's to deal with.</summary>
    public static async Task<int> ForegroundAsync(string[] arguments, CancellationToken cancellationToken)
    {
        using var ssh = Process.Start("ssh", arguments);
        await ssh.WaitForExitAsync(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        return ssh.ExitCode;
    }
}
