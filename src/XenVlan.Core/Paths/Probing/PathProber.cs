using System.Globalization;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Paths.Probing;

/// <summary>Sends probes from a host and reads what came of them.</summary>
/// <remarks>
/// A path costs at most two ARP requests, four ICMP echoes and <see cref="ProbeScript.SizeTries"/> more for the size, a
/// UDP datagram in each direction and a TCP connection, one after the other and no more than ten a second.
/// </remarks>
internal static class PathProber
{
    /// <summary>Sends an ARP request, and when it is answered everything else.</summary>
    /// <param name="connection">The host to send from.</param>
    /// <param name="link">The interface to send from.</param>
    /// <param name="standIn">What stands in for the interface; null where it sends itself.</param>
    /// <param name="signature">What the probes are known by, and where they go.</param>
    /// <param name="packetSize">The size of the full packet, in bytes.</param>
    /// <param name="onlyArp">Whether to send nothing but ARP.</param>
    /// <param name="sizeTries">How many packets at most are sent to find the largest that passes.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>One probe a kind; those not sent say why.</returns>
    public static async Task<ProbeReport> SendAsync(
        IHostConnection connection,
        string link,
        NicStandIn? standIn,
        ProbeSignature signature,
        int packetSize,
        bool onlyArp,
        int sizeTries,
        CancellationToken cancellationToken
    )
    {
        var mark = UniqueToken.New("xvp");
        var script = ProbeScript.Begin(mark, standIn?.Interface ?? link, signature, packetSize, sizeTries);
        _ = onlyArp ? script.Probe("arp") : script.ProbeAll(signature.TcpPort is not null);
        var options = standIn is null ? ScriptOptions.Reading : ScriptOptions.Changing with { Until = new TaskCompletionSource().Task };
        var result = await connection
            .RunAsync(standIn?.Around(script, signature.IsIPv6, isGuarded: true, signature.Target) ?? script, options, cancellationToken)
            .ConfigureAwait(false);
        var answers = ProbeAnswers.Read(result.Output, mark);
        return standIn is not null && answers.IsEmpty ? NotChecked(Why(result)) : Report(answers, signature, packetSize, onlyArp);
    }

    /// <summary>Sends a UDP datagram only.</summary>
    /// <param name="connection">The host to send from.</param>
    /// <param name="link">The interface on the way, for the record.</param>
    /// <param name="signature">What the probe is known by, and where it goes.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The probe, as one of the answering direction.</returns>
    public static async Task<PathProbe> SendBackAsync(
        IHostConnection connection,
        string link,
        ProbeSignature signature,
        CancellationToken cancellationToken
    )
    {
        var mark = UniqueToken.New("xvp");
        var script = ProbeScript.Begin(mark, link, signature, signature.SmallSize).Probe("udp");
        var result = await connection.RunAsync(script, ScriptOptions.Reading, cancellationToken).ConfigureAwait(false);
        return ProbeAnswers.Read(result.Output, mark).Of(PathProbeKind.UdpBack, "udp", $"from {connection.Target.Name}");
    }

    /// <summary>Connects to a TCP port.</summary>
    /// <param name="connection">The host to connect from.</param>
    /// <param name="link">The interface on the way, for the record.</param>
    /// <param name="signature">Where to connect to.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<PathProbe> ConnectAsync(
        IHostConnection connection,
        string link,
        ProbeSignature signature,
        CancellationToken cancellationToken
    )
    {
        var mark = UniqueToken.New("xvp");
        var script = ProbeScript.Begin(mark, link, signature, signature.SmallSize).Probe("tcp");
        var result = await connection.RunAsync(script, ScriptOptions.Reading, cancellationToken).ConfigureAwait(false);
        return ProbeAnswers
            .Read(result.Output, mark)
            .Of(PathProbeKind.Tcp, "tcp", string.Create(CultureInfo.InvariantCulture, $"{signature.Target} port {signature.TcpPort}"));
    }

    /// <summary>Makes a report of what a script of <see cref="ProbeScript.ProbeAll"/> printed.</summary>
    /// <param name="answers">What it printed.</param>
    /// <param name="signature">What the probes were known by.</param>
    /// <param name="packetSize">The size of the full packet, in bytes.</param>
    /// <param name="onlyArp">Whether nothing but ARP was sent.</param>
    public static ProbeReport Report(ProbeAnswers answers, ProbeSignature signature, int packetSize, bool onlyArp)
    {
        var macs = answers.Answering;
        var probes = new List<PathProbe> { answers.Of(PathProbeKind.Arp, "arp", macs.Count > 0 ? $"by {string.Join(" and ", macs)}" : "") };
        if (onlyArp)
            return new ProbeReport(probes, null, macs);

        probes.Add(answers.Of(PathProbeKind.Ping, "ping", ""));
        probes.Add(answers.Of(PathProbeKind.FullSizePing, "full", Sizes(packetSize, answers.LargestPassed)));
        probes.Add(answers.Of(PathProbeKind.Udp, "udp", ""));
        if (signature.TcpPort is { } port)
            probes.Add(answers.Of(PathProbeKind.Tcp, "tcp", string.Create(CultureInfo.InvariantCulture, $"port {port}")));
        return new ProbeReport(probes, answers.LargestPassed, macs);
    }

    /// <summary>The report where nothing could be sent.</summary>
    public static ProbeReport NotChecked(string why) =>
        new([new PathProbe(PathProbeKind.Arp, ProbeOutcome.NotChecked, why), .. Others(why, null)], null, []);

    /// <summary>All probes but ARP, as ones that could not be sent.</summary>
    /// <param name="why">Why.</param>
    /// <param name="tcpPort">The TCP port; null for none.</param>
    public static IEnumerable<PathProbe> Others(string why, int? tcpPort)
    {
        PathProbeKind[] kinds = tcpPort is null
            ? [PathProbeKind.Ping, PathProbeKind.FullSizePing, PathProbeKind.Udp]
            : [PathProbeKind.Ping, PathProbeKind.FullSizePing, PathProbeKind.Udp, PathProbeKind.Tcp];
        return kinds.Select(k => new PathProbe(k, ProbeOutcome.NotChecked, why));
    }

    /// <summary>Why a stand-in's script ended without doing what it should.</summary>
    public static string Why(ScriptResult result)
    {
        var last = result.ErrorOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault();
        return last is null ? "the stand-in for the NIC could not be made" : DisplayText.Clean(last);
    }

    private static string Sizes(int full, int? largest) =>
        largest is { } passed && passed < full
            ? string.Create(CultureInfo.InvariantCulture, $"{full} bytes; {passed} pass")
            : string.Create(CultureInfo.InvariantCulture, $"{full} bytes");
}
