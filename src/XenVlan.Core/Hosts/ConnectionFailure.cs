using XenVlan.Model;

namespace XenVlan.Hosts;

/// <summary>
/// Turns what <c>ssh</c> said when it ended without starting a shell into an error that says what to do. The texts are
/// OpenSSH's own, unchanged since its first releases: <c>sshconnect.c</c>, <c>sshconnect2.c</c>, <c>misc.c</c>.
/// </summary>
internal static class ConnectionFailure
{
    /// <summary>What was wrong.</summary>
    /// <param name="target">The host.</param>
    /// <param name="said">ssh's standard error.</param>
    /// <param name="exitStatus">ssh's exit status; 255 when ssh itself failed.</param>
    /// <returns>The error to throw.</returns>
    public static XenVlanException Explain(HostTarget target, string said, int exitStatus)
    {
        var host = target.Name;
        var words = DisplayText.Clean(LastLines(said));
        var detail = words.Length == 0 ? "" : $" ssh said: {words}";

        if (exitStatus != 255)
        {
            return Error(
                ErrorIds.NotLinux,
                $"Host {host} did not start a POSIX shell (exit status {exitStatus}). XenVlan needs a Linux system whose login lets it "
                    + $"run 'sh'.{detail:unquoted}"
            );
        }

        if (Says("REMOTE HOST IDENTIFICATION HAS CHANGED"))
        {
            return Error(
                ErrorIds.HostKeyChanged,
                $"The key of host {host} is not the one known for it, so nothing was sent. If the host was installed anew, remove the "
                    + $"old key with 'ssh-keygen -R {target.Destination:unquoted}'; if not, somebody may be in between."
            );
        }

        if (Says("Host key verification failed"))
        {
            return Error(
                ErrorIds.HostKeyUnknown,
                $"The key of host {host} is not known, so nothing was sent. Connect once with 'ssh {target.Destination:unquoted}' and "
                    + $"compare its fingerprint, or add the key to known_hosts."
            );
        }

        if (Says("Permission denied") || Says("Too many authentication failures"))
        {
            return Error(
                ErrorIds.AuthenticationFailed,
                $"Host {host} refused the keys it was offered. Check the user name, the key file, and that the key is in the host's "
                    + $"authorized_keys.{detail:unquoted}"
            );
        }

        if (Says("Could not resolve hostname"))
        {
            return Error(
                ErrorIds.HostUnknown,
                $"Host {host} is not known: its name does not resolve, and ssh_config has no alias of that name.{detail:unquoted}"
            );
        }

        if (Says("timed out"))
        {
            return Error(
                ErrorIds.HostTimeout,
                $"Host {host} did not answer in time. Check that it is up and that nothing on the way drops SSH.{detail:unquoted}"
            );
        }

        return Error(ErrorIds.HostUnreachable, $"Host {host} cannot be reached.{detail:unquoted}");

        bool Says(string text) => said.Contains(text, StringComparison.OrdinalIgnoreCase);
        XenVlanException Error(string id, Message message) => target.Error(id, message);
    }

    private static string LastLines(string said) =>
        string.Join(' ', said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(3));
}
