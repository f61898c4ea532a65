using XenVlan.Model;

namespace XenVlan.Hosts;

/// <summary>A way to run scripts on one host.</summary>
public interface IHostConnection : IAsyncDisposable
{
    /// <summary>The host.</summary>
    HostTarget Target { get; }

    /// <summary>Runs a script under <c>sh</c> on the host.</summary>
    /// <param name="script">The script; it reads nothing from standard input.</param>
    /// <param name="options">How to run it.</param>
    /// <param name="cancellationToken">Ends the script and the connection.</param>
    /// <returns>What it did.</returns>
    /// <exception cref="XenVlanException">
    /// The host could not be reached (<see cref="ErrorIds.HostUnknown"/>, <see cref="ErrorIds.HostUnreachable"/>,
    /// <see cref="ErrorIds.HostTimeout"/>, <see cref="ErrorIds.AuthenticationFailed"/>,
    /// <see cref="ErrorIds.HostKeyChanged"/>, <see cref="ErrorIds.HostKeyUnknown"/>), has no POSIX shell
    /// (<see cref="ErrorIds.NotLinux"/>), or was lost (<see cref="ErrorIds.ConnectionLost"/>).
    /// </exception>
    Task<ScriptResult> RunAsync(ShellScript script, ScriptOptions options, CancellationToken cancellationToken);
}

/// <summary>Gives connections to hosts.</summary>
public interface IHostConnector
{
    /// <summary>A connection to a host. Disposing it gives it back.</summary>
    /// <param name="target">The host.</param>
    /// <param name="settings">How to reach it.</param>
    /// <returns>A connection, which connects when it is first used.</returns>
    IHostConnection Connect(HostTarget target, SshSettings settings);

    /// <summary>
    /// A new connection to a host, shared with nobody before: what is asked over it proves that the host can be reached
    /// now. Disposing it gives it back.
    /// </summary>
    /// <param name="target">The host.</param>
    /// <param name="settings">How to reach it; a connection that <c>ssh</c> itself shares (ControlMaster) is not used.</param>
    /// <returns>A connection, which connects when it is first used.</returns>
    IHostConnection OpenNewConnection(HostTarget target, SshSettings settings);
}

/// <summary>A host and the way to it.</summary>
/// <param name="Connector">Reaches hosts.</param>
/// <param name="Target">The host.</param>
/// <param name="Settings">How to reach it.</param>
public sealed record HostAccess(IHostConnector Connector, HostTarget Target, SshSettings Settings)
{
    /// <summary>Where XenVlan keeps its transactions on the host.</summary>
    internal JournalPaths Journals { get; init; } = JournalPaths.Default;

    /// <summary>A connection, which may have been used before.</summary>
    /// <returns>The connection, to be disposed of.</returns>
    public IHostConnection Connect() => Connector.Connect(Target, Settings);

    /// <summary>A new connection, which proves that the host can be reached now.</summary>
    /// <param name="limit">How long connecting may take at most.</param>
    /// <returns>The connection, to be disposed of.</returns>
    public IHostConnection OpenNewConnection(TimeSpan limit) =>
        Connector.OpenNewConnection(Target, Settings.ConnectTimeout <= limit ? Settings : Settings with { ConnectTimeout = limit });
}

/// <summary>Where XenVlan keeps its transactions on a host.</summary>
/// <param name="OnDisk">The directory of their journals.</param>
/// <param name="InMemory">The directory of what is gone with the next start; empty for <c>/run/xenvlan</c>, or
/// <c>/var/run/xenvlan</c> on a host without <c>/run</c>.</param>
internal sealed record JournalPaths(string OnDisk, string InMemory)
{
    /// <summary>As on every host.</summary>
    public static JournalPaths Default { get; } = new("/var/lib/xenvlan/transactions", "");
}

/// <summary>What a script did on a host.</summary>
/// <param name="ExitStatus">Its exit status, 0 to 255.</param>
/// <param name="Output">What it printed.</param>
/// <param name="ErrorOutput">What it printed to standard error.</param>
public sealed record ScriptResult(int ExitStatus, string Output, string ErrorOutput);

/// <summary>How to run a script.</summary>
public sealed record ScriptOptions
{
    /// <summary>For scripts that read.</summary>
    public static ScriptOptions Reading { get; } = new() { OnlyReads = true };

    /// <summary>For scripts that change.</summary>
    public static ScriptOptions Changing { get; } = new();

    /// <summary>Whether the script changes nothing, so that it may be run again when a kept connection turns out to be dead.</summary>
    public bool OnlyReads { get; init; }

    /// <summary>How long the script may run.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How long the script may print nothing; null for as long as it may run. The first line may take as long as it may
    /// run.</summary>
    public TimeSpan? Silence { get; init; }

    /// <summary>
    /// How many characters the script may print at most. What is kept of them takes several times as many bytes, until it is
    /// understood.
    /// </summary>
    public int MaximumOutput { get; init; } = 1024 * 1024;

    /// <summary>As <see cref="MaximumOutput"/> for scripts that print for as long as they run, and of which nothing is kept.</summary>
    internal const int MostPassing = 64 * 1024 * 1024;

    /// <summary>Whether what the script prints is kept, for <see cref="ScriptResult.Output"/>. Where not, <see cref="OnLine"/> takes all
    /// of it.</summary>
    public bool KeepsOutput { get; init; } = true;

    /// <summary>Called for each line the script prints, while it runs.</summary>
    public Action<string>? OnLine { get; init; }

    /// <summary>
    /// When the script is to end by itself: it is then sent a line with <see cref="StopWord"/> on its file descriptor 3,
    /// where it finds the end of the file when the connection is gone. Null for a script that is not told.
    /// </summary>
    public Task? Until { get; init; }

    /// <summary>The word a script is told to end with.</summary>
    public const string StopWord = "xenvlan-stop";
}
