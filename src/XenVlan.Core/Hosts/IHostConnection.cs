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
