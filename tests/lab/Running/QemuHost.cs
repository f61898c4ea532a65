using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using XenVlan.Lab.Building;

namespace XenVlan.Lab.Running;

/// <summary>Boots, freezes and thaws one dom0.</summary>
internal sealed class QemuHost(HostPlaces places)
{
    private static readonly TimeSpan BootLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FreezeLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ThawLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan OneTry = TimeSpan.FromSeconds(2);

    public ProcessIdentity Boot(LabImages images, string memoryFile) =>
        Start(QemuCommand.Boot(places, images, memoryFile), images.Directory);

    /// <summary>Starts QEMU, with this command line, where nothing of an earlier one is in the way.</summary>
    public ProcessIdentity Start(IEnumerable<string> arguments, string workingDirectory)
    {
        foreach (var socket in (string[])[places.Qmp, places.Console, places.Wire(1), places.Wire(2)])
        {
            File.Delete(socket);
        }

        return DetachedProcess.Start(QemuCommand.Program, arguments, places.QemuLog, workingDirectory);
    }

    /// <summary>Waits for the line with which a host that boots says that it and its domains are up.</summary>
    /// <param name="process">The host.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <param name="console">How much of the console's log is of earlier boots, in characters.</param>
    public async Task WaitUntilReadyAsync(ProcessIdentity process, CancellationToken cancellationToken, int console = 0) =>
        await WhileItRunsAsync(
            process,
            _ =>
            {
                var log = ConsoleText()[console..];
                return log.Contains("lab: FAILED", StringComparison.Ordinal)
                    ? throw new LabException(
                        $"host {places.Name} did not come up; its console is in {places.ConsoleLog}:\n{places.LastWords()}"
                    )
                    : Task.FromResult(log.Contains("lab: READY " + places.Name, StringComparison.Ordinal));
            },
            BootLimit,
            "the end of its boot",
            cancellationToken
        );

    /// <summary>Stops a booted host, writes the state of its devices to a file and ends it; its memory is in the memory file.</summary>
    public async Task FreezeAsync(ProcessIdentity process, string stateFile, CancellationToken cancellationToken)
    {
        await using (var qmp = await ConnectAsync(process, cancellationToken))
        {
            await IgnoreSharedMemoryAsync(qmp, cancellationToken);
            await qmp.ExecuteAsync("stop", null, cancellationToken);
            await qmp.ExecuteAsync("migrate", new JsonObject { ["uri"] = $"exec:cat > {Quoted(stateFile)}" }, cancellationToken);
            await WhileItRunsAsync(
                process,
                async token =>
                    (string?)(await qmp.ExecuteAsync("query-migrate", null, token))?["status"] switch
                    {
                        "completed" => true,
                        "failed" => throw new LabException($"host {places.Name} could not be frozen:\n{places.LastWords()}"),
                        _ => false,
                    },
                FreezeLimit,
                "the end of its freezing",
                cancellationToken
            );
        }

        await process.StopAsync(cancellationToken);
    }

    public ProcessIdentity StartThaw(string memoryFile) => Start(QemuCommand.Thaw(places, memoryFile), "/");

    /// <summary>Loads a frozen host's state into a machine that waits for it, and lets it run on.</summary>
    public async Task ThawAsync(ProcessIdentity process, string stateFile, CancellationToken cancellationToken)
    {
        await using var qmp = await ConnectAsync(process, cancellationToken);
        await IgnoreSharedMemoryAsync(qmp, cancellationToken);

        // QEMU would send frames in the name of every NIC, as after a move to another switch port; nobody moved.
        await qmp.ExecuteAsync("migrate-set-parameters", new JsonObject { ["announce-rounds"] = 0 }, cancellationToken);
        await qmp.ExecuteAsync("migrate-incoming", new JsonObject { ["uri"] = $"exec:cat {Quoted(stateFile)}" }, cancellationToken);
        await WhileItRunsAsync(
            process,
            async token => (string?)(await qmp.ExecuteAsync("query-status", null, token))?["status"] is not "inmigrate",
            ThawLimit,
            "the end of its thawing",
            cancellationToken
        );
        await qmp.ExecuteAsync("cont", null, cancellationToken);
    }

    /// <summary>Plugs or unplugs the cable of a NIC, as its driver sees it; 1 is eth1.</summary>
    public async Task SetLinkAsync(ProcessIdentity process, int nic, bool up, CancellationToken cancellationToken)
    {
        await using var qmp = await ConnectAsync(process, cancellationToken);
        await qmp.ExecuteAsync("set_link", new JsonObject { ["name"] = QemuCommand.NicId(nic), ["up"] = up }, cancellationToken);
    }

    /// <summary>Waits until the host's dropbear says who it is.</summary>
    public async Task WaitForSshAsync(ProcessIdentity process, CancellationToken cancellationToken) =>
        await WhileItRunsAsync(process, token => AnswersSshAsync(places.SshPort, token), ThawLimit, "its ssh", cancellationToken);

    /// <summary>
    /// Whether something on this port begins to speak ssh. A connection alone proves nothing: QEMU accepts it before
    /// the host does.
    /// </summary>
    public static async Task<bool> AnswersSshAsync(int port, CancellationToken cancellationToken)
    {
        using var once = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        once.CancelAfter(OneTry);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, once.Token);
            var greeting = new byte[4];
            return await socket.ReceiveAsync(greeting, once.Token) == greeting.Length && greeting.AsSpan().SequenceEqual("SSH-"u8);
        }
        catch (SocketException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>All that the host has printed on its console.</summary>
    public string ConsoleText() => File.Exists(places.ConsoleLog) ? File.ReadAllText(places.ConsoleLog) : "";

    private async Task<QmpClient> ConnectAsync(ProcessIdentity process, CancellationToken cancellationToken)
    {
        QmpClient? client = null;
        await WhileItRunsAsync(
            process,
            async token =>
            {
                try
                {
                    client = await QmpClient.ConnectAsync(places.Qmp, token);
                    return true;
                }
                catch (SocketException)
                {
                    return false; // not there yet
                }
            },
            ThawLimit,
            "QEMU's machine protocol",
            cancellationToken
        );
        return client!;
    }

    /// <summary>Memory in a shared file need not go through the migration: it is in the file.</summary>
    private static Task<JsonNode?> IgnoreSharedMemoryAsync(QmpClient qmp, CancellationToken cancellationToken) =>
        qmp.ExecuteAsync(
            "migrate-set-capabilities",
            new JsonObject { ["capabilities"] = new JsonArray(new JsonObject { ["capability"] = "x-ignore-shared", ["state"] = true }) },
            cancellationToken
        );

    private Task WhileItRunsAsync(
        ProcessIdentity process,
        Func<CancellationToken, Task<bool>> condition,
        TimeSpan limit,
        string what,
        CancellationToken cancellationToken
    ) =>
        Wait.UntilAsync(
            async token =>
                process.IsRunning
                    ? await condition(token)
                    : throw new LabException($"QEMU of host {places.Name} ended; its logs are in {places.Logs}:\n{places.LastWords()}"),
            limit,
            $"host {places.Name}: {what} (logs in {places.Logs})",
            cancellationToken
        );

    private static string Quoted(string path) => "'" + path.Replace("'", "'\\''") + "'";
}
