using System.Text;

namespace XenVlan.Lab.Running;

/// <summary>Writes the ssh_config through which every host of a lab is reached.</summary>
internal static class SshConfigFile
{
    public static string Text(LabState state, string configPath, string identityFile, string knownHosts)
    {
        var text = new StringBuilder($"# The hosts of the lab {state.Name}: ssh -F {configPath} ftp-a\n");
        foreach (var host in LabHost.All)
        {
            if (host.IsDom0)
            {
                var running = state.Host(host.Name);
                AddDom0(text, host.Name, host.Name, "root", running.SshPort);
                AddDom0(text, host.Name + "-admin", host.Name, "admin", running.SshPort);
                AddDom0(text, host.Name + "-openssh", host.Name, "root", running.OpenSshPort);
                AddDom0(text, host.Name + "-openssh-admin", host.Name, "admin", running.OpenSshPort);
            }
            else
            {
                AddDomU(text, host.Name, host, "root", configPath);
                AddDomU(text, host.Name + "-admin", host, "admin", configPath);
            }
        }

        return text.Append(Common(identityFile, knownHosts)).ToString();
    }

    /// <summary>The text for one host with a disk.</summary>
    public static string DiskText(string lab, string host, int port, string configPath, string identityFile, string knownHosts)
    {
        var text = new StringBuilder($"# The host with a disk {lab}: ssh -F {configPath} {host}\n");
        AddDom0(text, host, host, "root", port);
        return text.Append(Common(identityFile, knownHosts)).ToString();
    }

    private static string Common(string identityFile, string knownHosts) =>
        $"""

            Host *
                IdentityFile "{identityFile}"
                IdentitiesOnly yes
                UserKnownHostsFile "{knownHosts}"
                GlobalKnownHostsFile /dev/null
                StrictHostKeyChecking yes
                UpdateHostKeys no
                BatchMode yes
                ConnectTimeout 30
                AddressFamily inet
                LogLevel ERROR
                KexAlgorithms curve25519-sha256
                HostKeyAlgorithms ssh-ed25519

            """;

    private static void AddDom0(StringBuilder text, string alias, string key, string user, int port) =>
        text.Append(
            $"""

            Host {alias}
                HostName 127.0.0.1
                Port {port}
                HostKeyAlias {key}
                User {user}

            """
        );

    // ProxyJump would do the same, but not where the path of this file holds a space.
    private static void AddDomU(StringBuilder text, string alias, LabHost host, string user, string configPath) =>
        text.Append(
            $"""

            Host {alias}
                HostName {host.ManagementAddress}
                ProxyCommand ssh -F '{configPath.Replace("'", "'\\''").Replace("%", "%%")}' -W [%h]:%p {host.Dom0}
                HostKeyAlias {host.Name}
                User {user}

            """
        );
}
