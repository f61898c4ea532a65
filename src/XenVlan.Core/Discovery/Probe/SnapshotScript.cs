using XenVlan.Hosts;

namespace XenVlan.Discovery.Probe;

/// <summary>The one script that reads all of a host.</summary>
internal static class SnapshotScript
{
    /// <summary>
    /// The programs XenVlan looks for on a host, in its search path and in the places where Xen and administration tools
    /// are kept.
    /// </summary>
    public static IReadOnlyList<string> Programs { get; } =
    [
        "ip",
        "bridge",
        "brctl",
        "vconfig",
        "ifconfig",
        "ethtool",
        "tcpdump",
        "arping",
        "ping",
        "nc",
        "busybox",
        "bash",
        "ovs-vsctl",
        "xl",
        "xm",
        "xe",
        "xenstore-ls",
        "xenstore-list",
        "lldpctl",
        "timeout",
        "nft",
        "ebtables",
        "iptables",
        "ip6tables",
        "arptables",
    ];

    /// <summary>Builds the script.</summary>
    /// <param name="mark">A word nobody can guess, which begins the lines that part the sections.</param>
    /// <returns>The script. It changes nothing, leaves nothing behind, and needs no root.</returns>
    public static ShellScript Build(string mark) =>
        new ShellScript().Set("xv_mark", mark).Set("xv_programs", string.Join(' ', Programs)).Add(Text);

    private static readonly EmbeddedScript Text = EmbeddedScript.Load("snapshot.sh");
}
