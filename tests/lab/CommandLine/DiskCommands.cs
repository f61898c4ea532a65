namespace XenVlan.Lab.CommandLine;

/// <summary>The commands for hosts with a disk.</summary>
internal static class DiskCommands
{
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var command = args.FirstOrDefault() ?? throw new UsageException("disk needs a command");
        var arguments = new Arguments(args[1..], ["--name", "--manager"], ["--xen"], wordsEndOptions: command == "ssh");
        var progress = new ElapsedProgress();
        if (command == "up")
        {
            await DiskLab.UpAsync(Options(arguments), progress, cancellationToken);
            return 0;
        }

        if (command == "down")
        {
            await DiskLab.DownAsync(Options(arguments), cancellationToken);
            return 0;
        }

        var lab = await DiskLab.AttachAsync(Options(arguments).Name);
        switch (command)
        {
            case "status":
                return await StatusAsync(lab, cancellationToken);
            case "ssh":
                return await LabCommands.ForegroundAsync(["-F", lab.SshConfigPath, DiskLab.Alias, .. arguments.Words], cancellationToken);
            case "console":
                await HostConsole.AttachAsync(lab.ConsoleSocket, cancellationToken);
                return 0;
            case "reboot":
                await lab.RebootAsync(cancellationToken);
                break;
            case "reset":
                await lab.ResetAsync(cancellationToken);
                break;
            case "kill":
                await lab.KillAsync(cancellationToken);
                break;
            case "start":
                await lab.StartAgainAsync(cancellationToken);
                break;
            case "restore":
                await lab.RestoreAsync(cancellationToken);
                break;
            case var unknown:
                throw new UsageException($"there is no command disk {unknown}");
        }

        progress.Report($"disk {command}: done");
        return 0;
    }

    private static DiskLabOptions Options(Arguments arguments) =>
        new()
        {
            Name = arguments.Value("--name") ?? "disk",
            Manager = Manager(arguments.Value("--manager") ?? nameof(DiskManager.Ifupdown)),
            Xen = arguments.Has("--xen"),
        };

    private static DiskManager Manager(string name) =>
        Enum.GetValues<DiskManager>().Where(manager => string.Equals(manager.ToString(), name, StringComparison.OrdinalIgnoreCase))
            is var found
        && found.Any()
            ? found.First()
            : throw new UsageException($"--manager takes {string.Join(", ", Enum.GetNames<DiskManager>()).ToLowerInvariant()}; not {name}");

    private static async Task<int> StatusAsync(DiskLab lab, CancellationToken cancellationToken)
    {
        var state = lab.State;
        Console.WriteLine($"lab with a disk {lab.Name} in {lab.RunDirectory}: {state.Host.Label}");
        if (!lab.IsOn)
        {
            Console.WriteLine("off");
            return 1;
        }

        var answer = await lab.RunAsync("systemctl is-system-running", cancellationToken);
        Console.WriteLine(
            $"process {state.Process!.Pid}, ssh on 127.0.0.1:{state.SshPort}: {(answer.StandardOutput + answer.StandardError).Trim()}"
        );
        return answer.ExitCode == 255 ? 1 : 0;
    }
}
