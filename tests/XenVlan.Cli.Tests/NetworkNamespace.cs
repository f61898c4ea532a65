using Xunit;

namespace XenVlan.Cli.Tests;

/// <summary>Runs the program in a network of its own, which ends with it.</summary>
internal static class NetworkNamespace
{
    // /sys shows the network of whoever mounted it; locks, journals, and what is made to last go with the test.
    private const string Prepare = """
        set -e
        mount -t sysfs sysfs /sys
        mount -t tmpfs tmpfs /run
        mount -t tmpfs tmpfs /var/lib
        mkdir /run/etc
        cp -a /etc/. /run/etc 2>/dev/null || :
        mount --bind /run/etc /etc
        ip link add veth0 type veth peer name veth1
        set +e
        """;

    /// <summary>Runs shell commands in a network with a pair of interfaces, <c>veth0</c> and <c>veth1</c>.</summary>
    /// <param name="commands">The commands; <c>$xenvlan</c> is the program.</param>
    public static async Task<CliResult> RunAsync(string commands)
    {
        var result = await Cli.RunProgramAsync(
            "unshare",
            "--map-root-user",
            "--net",
            "--mount",
            "sh",
            "-c",
            $"{Prepare}\nxenvlan='{Cli.Program}'\n{commands}"
        );
        if (result.Error.StartsWith("unshare:", StringComparison.Ordinal) || result.Error.StartsWith("mount:", StringComparison.Ordinal))
            Assert.Skip($"This machine gives no network namespaces: {result.Error}");
        return result;
    }
}
