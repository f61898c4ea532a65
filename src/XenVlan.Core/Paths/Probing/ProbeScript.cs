using System.Globalization;
using XenVlan.Hosts;

namespace XenVlan.Paths.Probing;

/// <summary>The script that sends probes from a host, with whatever tools it has.</summary>
internal static class ProbeScript
{
    /// <summary>A UDP port that nobody listens on: the first of traceroute's.</summary>
    public const int UdpPort = 33434;

    /// <summary>How many packets at most are sent to find the largest that passes, after the full size did not.</summary>
    public const int SizeTries = 6;

    private static readonly EmbeddedScript Tools = EmbeddedScript.Load("probes.sh");

    /// <summary>Begins a script.</summary>
    /// <param name="mark">A word that begins each marker line.</param>
    /// <param name="link">The interface to send from.</param>
    /// <param name="signature">What the probes are known by.</param>
    /// <param name="packetSize">The size of the full packet, in bytes.</param>
    /// <param name="sizeTries">How many packets at most are sent to find the largest that passes.</param>
    /// <returns>The script, to which probes are added.</returns>
    public static ShellScript Begin(string mark, string link, ProbeSignature signature, int packetSize, int sizeTries = SizeTries)
    {
        var script = ShellScript
            .ForHost()
            .Set("xv_mark", mark)
            .Set("xv_if", link)
            .Set("xv_to", signature.Target.ToString())
            .Set("xv_unnamed", signature.Source is null ? "-D" : "");
        foreach (
            var (name, value) in new[]
            {
                ("xv_header", signature.HeaderSize),
                ("xv_small", signature.SmallSize),
                ("xv_full", packetSize),
                ("xv_tries", sizeTries),
                ("xv_udp_port", UdpPort),
                ("xv_udp_size", signature.UdpSize),
                ("xv_tcp_port", signature.TcpPort ?? 0),
            }
        )
        {
            script.Set(name, value.ToString(CultureInfo.InvariantCulture));
        }

        return script.Add(Tools);
    }

    /// <summary>Adds a probe.</summary>
    /// <param name="script">The script.</param>
    /// <param name="name">The probe's name: <c>arp</c>, <c>ping</c>, <c>full</c>, <c>udp</c> or <c>tcp</c>.</param>
    public static ShellScript Probe(this ShellScript script, string name) => script.Add(ShellCommand.Of("xv_probe", name));

    /// <summary>Adds what is asked of one neighbour: ARP, and where it or a ping is answered, all else.</summary>
    /// <param name="script">The script.</param>
    /// <param name="withTcp">Whether to connect to the TCP port too.</param>
    public static ShellScript ProbeAll(this ShellScript script, bool withTcp)
    {
        script
            .Probe("arp")
            .Add("xv_arped=$xv_last; xv_pace")
            .Probe("ping")
            .Add("xv_pinged=$xv_last; if [ \"$xv_pinged\" = 0 ]; then xv_pace")
            .Probe("full")
            .Add("fi; if [ \"$xv_arped\" = 0 ] || [ \"$xv_pinged\" = 0 ]; then xv_pace")
            .Probe("udp");
        if (withTcp)
            script.Add("xv_pace").Probe("tcp");
        return script.Add("fi");
    }
}
