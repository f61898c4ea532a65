using System.Text;
using XenVlan.Lab.Running;

namespace XenVlan.Lab.Building;

/// <summary>The ssh keys of one set of images: made on this machine, never shipped.</summary>
/// <param name="Directory">Where they are.</param>
internal sealed record LabKeys(string Directory)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>The private key of whoever uses the lab.</summary>
    public string ClientKey => Path.Combine(Directory, "id_ed25519");

    /// <summary>The hosts' public keys, by the names the lab's ssh_config gives them.</summary>
    public string KnownHosts => Path.Combine(Directory, "known_hosts");

    public string HostKey(string host) => Path.Combine(Directory, "host_" + host);

    public string DropbearHostKey(string host) => HostKey(host) + ".dropbear";

    /// <summary>Makes a key for whoever uses the lab, and one for each host.</summary>
    /// <param name="directory">Where they go.</param>
    /// <param name="hosts">The hosts' names.</param>
    /// <param name="dropbear">Has dropbear's converter; null where no host has dropbear.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<LabKeys> CreateAsync(
        string directory,
        IEnumerable<string> hosts,
        UnpackedProgram? dropbear,
        CancellationToken cancellationToken
    )
    {
        System.IO.Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var keys = new LabKeys(directory);
        await GenerateAsync(keys.ClientKey, "xenvlan-lab", cancellationToken);
        var known = new StringBuilder();
        foreach (var host in hosts)
        {
            var key = keys.HostKey(host);
            await GenerateAsync(key, "root@" + host, cancellationToken);
            if (dropbear is not null)
            {
                await dropbear.RunAsync(
                    "usr/lib/dropbear/dropbearconvert",
                    ["openssh", "dropbear", key, keys.DropbearHostKey(host)],
                    cancellationToken
                );
            }

            known.Append(host).Append(' ').Append(await File.ReadAllTextAsync(key + ".pub", cancellationToken));
        }

        await File.WriteAllTextAsync(keys.KnownHosts, known.ToString(), cancellationToken);
        return keys;
    }

    private static Task<string> GenerateAsync(string path, string comment, CancellationToken cancellationToken) =>
        Tool.RequireAsync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", path], Limit, cancellationToken);
}
