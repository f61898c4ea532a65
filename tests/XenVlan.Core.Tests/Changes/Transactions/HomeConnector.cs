using System.Runtime.Versioning;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Tests.Changes.Transactions;

/// <summary>
/// This machine, with transactions kept in a directory of the test's own, and every <c>sh</c> the shell under test.
/// </summary>
internal sealed class HomeConnector : IHostConnector, IAsyncDisposable
{
    private readonly HostConnector _inner = new();
    private readonly string _shells;
    private bool _isMounted;

    public HomeConnector(string shell)
    {
        Home = Directory.CreateTempSubdirectory("xenvlan-home").FullName;
        _shells = Directory.CreateDirectory(Path.Combine(Home, "shells")).FullName;
        _ = Directory.CreateDirectory(Path.Combine(Home, "run"));
        _ = File.CreateSymbolicLink(Path.Combine(_shells, "sh"), shell);
    }

    /// <summary>The directory.</summary>
    public string Home { get; }

    /// <summary>Where the journals are.</summary>
    public string Journals => Path.Combine(Home, "lib/xenvlan/transactions");

    /// <summary>Where what is in memory is.</summary>
    public string Run => Path.Combine(Home, "run/xenvlan");

    /// <summary>Whether new connections fail, as if the host could not be reached.</summary>
    public bool IsCutOff { get; set; }

    /// <summary>Sets what the clock says, as the scripts ask for it: as an id, and for people.</summary>
    [SupportedOSPlatform("linux")]
    public void SetClock(string id, string time) => Program("date", $"printf '%s\\n' '{id} {time}'");

    /// <summary>Makes every <c>sync</c> take a second, as a busy disk does.</summary>
    [SupportedOSPlatform("linux")]
    public void SlowDownDisk() => Program("sync", "exec sleep 1");

    /// <summary>Makes what is in memory a file system of its own, which can be full; false where this machine does not let us.</summary>
    [SupportedOSPlatform("linux")]
    public bool LimitMemory()
    {
        _ = Directory.CreateDirectory(Run, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _isMounted = Shell($"mount -t tmpfs -o size=256k,nr_inodes=64,mode=700 none '{Run}'");
        return _isMounted;
    }

    /// <summary>A command for <c>sh</c> that takes all room of <see cref="Run"/>: every byte, and every file that could be made.</summary>
    public string Fill =>
        $"dd if=/dev/zero of='{Run}/filler' bs=1k 2>/dev/null; dd if=/dev/zero of='{Run}/filler' bs=1 oflag=append conv=notrunc "
        + $"2>/dev/null; i=0; while true > '{Run}/filler'.$i; do i=$((i + 1)); done 2>/dev/null; :";

    /// <summary>Runs a command on this machine.</summary>
    public static bool Shell(string command)
    {
        using var process = System.Diagnostics.Process.Start("/bin/sh", ["-c", command]);
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    public HostAccess Route => new(this, HostTarget.Local, SshSettings.Default) { Journals = Places };

    /// <summary>Where its transactions are kept.</summary>
    public JournalPaths Places => new(Journals, Run);

    /// <summary>Runs the text of a script that was written to a file.</summary>
    /// <param name="file">The file.</param>
    /// <returns>The command, with the shell under test as every <c>sh</c>.</returns>
    public ShellCommand Command(string file) =>
        ShellCommand.Of("env", $"PATH={_shells}:{Environment.GetEnvironmentVariable("PATH")}", Path.Combine(_shells, "sh"), file);

    public IHostConnection Connect(HostTarget target, SshSettings settings) => new Shelled(this, _inner.Connect(target, settings));

    public IHostConnection OpenNewConnection(HostTarget target, SshSettings settings) =>
        new Shelled(this, _inner.OpenNewConnection(target, settings));

    public async ValueTask DisposeAsync()
    {
        await _inner.DisposeAsync();
        if (_isMounted)
            _ = Shell($"umount -l '{Run}'");
        Directory.Delete(Home, recursive: true);
    }

    // In place of the machine's own, for whatever the shells under test call.
    [SupportedOSPlatform("linux")]
    private void Program(string name, string text)
    {
        var file = Path.Combine(_shells, name);
        File.WriteAllText(file, $"#!/bin/sh\n{text}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private sealed class Shelled(HomeConnector home, IHostConnection inner) : IHostConnection
    {
        public HostTarget Target => inner.Target;

        public async Task<ScriptResult> RunAsync(ShellScript script, ScriptOptions options, CancellationToken cancellationToken)
        {
            if (home.IsCutOff)
                throw XenVlan.Model.Errors.Of(XenVlan.Model.ErrorIds.HostUnreachable, $"The host is cut off.");
            var file = Path.Combine(home.Home, Guid.NewGuid().ToString("N"));
            await File.WriteAllTextAsync(file, script.ToString(), cancellationToken);
            return await inner.RunAsync(new ShellScript().Add(home.Command(file)), options, cancellationToken);
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
