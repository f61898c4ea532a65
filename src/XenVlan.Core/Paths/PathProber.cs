using System.Globalization;
using System.Net;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Paths;

/// <summary>Sends probes from a host and reads what came of them.</summary>
internal static class PathProber
{
    /// <summary>Sends an ARP request, and when it is answered everything else.</summary>
    /// <param name="connection">The host to send from.</param>
    /// <param name="link">The interface to send from.</param>
    /// <param name="target">The address to send to.</param>
    /// <param name="packetSize">The size of the full packet, in bytes.</param>
    /// <param name="tcpPort">The port to connect to; null for none.</param>
    /// <param name="onlyArp">Whether to send nothing but ARP.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>One probe a kind; those not sent say why.</returns>
    public static async Task<IReadOnlyList<PathProbe>> SendAsync(
        IHostConnection connection,
        string link,
        IPAddress target,
        int packetSize,
        int? tcpPort,
        bool onlyArp,
        CancellationToken cancellationToken)
    {
        var mark = RandomWord.New("xvp");
        var first = ProbeScript.Begin(mark, link, target).Probe("arp");
        if (!onlyArp)
        {
            // Everything in one script; what makes no sense without neighbours is left out on the host.
            first.Probe("ping").Add("if [ \"$xv_last\" = 0 ]; then").Probe("full", ProbeScript.Payload(packetSize, target)).Probe("udp");
            if (tcpPort is { } port)
                first.Probe("tcp", port);
            first.Add("fi");
        }

        var result = await connection.RunAsync(first, ScriptOptions.Reading, cancellationToken).ConfigureAwait(false);
        var answers = Read(result.Output, mark);
        var probes = new List<PathProbe> { Make(PathProbeKind.Arp, "arp", answers, "") };
        if (onlyArp)
            return probes;

        probes.Add(Make(PathProbeKind.Ping, "ping", answers, ""));
        probes.Add(Make(PathProbeKind.FullSizePing, "full", answers, string.Create(CultureInfo.InvariantCulture, $"{packetSize} bytes")));
        probes.Add(Make(PathProbeKind.Udp, "udp", answers, ""));
        if (tcpPort is { } tcp)
            probes.Add(Make(PathProbeKind.Tcp, "tcp", answers, string.Create(CultureInfo.InvariantCulture, $"port {tcp}")));
        return probes;
    }

    /// <summary>Connects to a TCP port.</summary>
    /// <param name="connection">The host to connect from.</param>
    /// <param name="link">The interface on the way, for the record.</param>
    /// <param name="target">The address to connect to.</param>
    /// <param name="port">The port.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The probe.</returns>
    public static async Task<PathProbe> ConnectAsync(IHostConnection connection, string link, IPAddress target, int port, CancellationToken cancellationToken)
    {
        var mark = RandomWord.New("xvp");
        var script = ProbeScript.Begin(mark, link, target).Probe("tcp", port);
        var result = await connection.RunAsync(script, ScriptOptions.Reading, cancellationToken).ConfigureAwait(false);
        return Make(PathProbeKind.Tcp, "tcp", Read(result.Output, mark), string.Create(CultureInfo.InvariantCulture, $"{target} port {port}"));
    }

    private static PathProbe Make(PathProbeKind kind, string name, Dictionary<string, (int Status, string Said)> answers, string detail)
    {
        if (!answers.TryGetValue(name, out var answer))
            return new PathProbe(kind, ProbeOutcome.NotChecked, "nothing answered before it");
        return answer.Status switch
        {
            0 => new PathProbe(kind, ProbeOutcome.Answered, detail),
            1 => new PathProbe(kind, ProbeOutcome.Unanswered, detail),
            3 => new PathProbe(kind, ProbeOutcome.Refused, detail),
            _ => new PathProbe(kind, ProbeOutcome.NotChecked, LastLine(answer.Said)),
        };
    }

    private static string LastLine(string said) =>
        DisplayText.Clean(said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault());

    private static Dictionary<string, (int Status, string Said)> Read(string output, string mark)
    {
        var answers = new Dictionary<string, (int, string)>(StringComparer.Ordinal);
        var said = new List<string>();
        foreach (var line in output.Split('\n'))
        {
            var words = line.Split(' ');
            if (!string.Equals(words[0], mark, StringComparison.Ordinal) || words.Length < 3)
            {
                said.Add(line);
            }
            else if (string.Equals(words[1], "begin", StringComparison.Ordinal))
            {
                said.Clear();
            }
            else if (words.Length == 4 && int.TryParse(words[3], NumberStyles.None, CultureInfo.InvariantCulture, out var status))
            {
                answers[words[2]] = (status, string.Join('\n', said));
            }
        }

        return answers;
    }
}
