using System.Globalization;
using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Paths.Probing;

namespace XenVlan.Paths.Watching;

/// <summary>Watches interfaces of one host until it is told to stop.</summary>
/// <remarks>
/// Nothing is left on the host: the captures end when the word to stop comes, when the connection is gone, which they
/// find as the end of a file, and where the host has timeout(1) after five minutes in any case.
/// </remarks>
internal sealed class HostWatch
{
    private const int NoCapture = 3;

    private static readonly EmbeddedScript Watch = EmbeddedScript.Load("watch.sh");

    private readonly string _host;
    private readonly string _mark = UniqueToken.New("xvw");
    private readonly Dictionary<string, Capture> _captures;
    private readonly HashSet<string> _waiting;
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isOver;
    private string? _why;

    /// <summary>Begins to watch.</summary>
    /// <param name="store">Reaches the host.</param>
    /// <param name="host">The host.</param>
    /// <param name="interfaces">The interfaces.</param>
    /// <param name="signature">What the probes are known by.</param>
    /// <param name="until">When to stop.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    public HostWatch(
        SnapshotStore store,
        HostTarget host,
        IReadOnlyList<string> interfaces,
        ProbeSignature signature,
        Task until,
        CancellationToken cancellationToken
    )
    {
        _host = host.Name;
        _waiting = new HashSet<string>(interfaces, StringComparer.Ordinal);
        _captures = interfaces.Distinct(StringComparer.Ordinal).ToDictionary(i => i, _ => new Capture(signature), StringComparer.Ordinal);
        Done = RunAsync(store, host, signature, until, cancellationToken);
    }

    /// <summary>Whether the host has no tcpdump that may capture; known once <see cref="Ready"/> has ended.</summary>
    public bool CannotCapture { get; private set; }

    /// <summary>Ends when all captures run, or it is known that they do not.</summary>
    public Task Ready => _ready.Task;

    /// <summary>What was seen, and why nothing could be, where that is so.</summary>
    public Task<(IReadOnlyList<WatchedPlace> Places, string? Why)> Done { get; }

    private async Task<(IReadOnlyList<WatchedPlace> Places, string? Why)> RunAsync(
        SnapshotStore store,
        HostTarget host,
        ProbeSignature signature,
        Task until,
        CancellationToken cancellationToken
    )
    {
        var script = ShellScript
            .ForHost()
            .Add("command -v tcpdump >/dev/null 2>&1 && command -v od >/dev/null 2>&1 && [ \"$(id -u)\" = 0 ] || exit 3")
            .Set("xv_mark", _mark)
            .Set("xv_stop", ScriptOptions.StopWord)
            .Set("xv_seconds", "300")
            .Set("xv_filter", Filter(signature))
            .Set("xv_size", CaptureReader.FrameSize(signature).ToString(CultureInfo.InvariantCulture))
            .Add(Watch)
            .Function("xv_places", new ShellScript().Add(ShellCommand.Of(["xv_captures", .. _captures.Keys])))
            .Add("xv_hold | xv_places");
        try
        {
            var options = ScriptOptions.Reading with
            {
                OnLine = Hear,
                KeepsOutput = false,
                MaximumOutput = ScriptOptions.MostPassing,
                Until = until,
            };
            var result = await store.Connect(host).AskAsync(c => c.RunAsync(script, options, cancellationToken)).ConfigureAwait(false);
            if (result.ExitStatus == NoCapture)
            {
                CannotCapture = true;
                return ([], "no tcpdump as root");
            }
        }
        catch (XenVlanException e)
        {
            // A host that cannot be watched tells nothing; the verdict rests on the others.
            return ([], e.Message);
        }
        finally
        {
            _ = _ready.TrySetResult();
        }

        if (_isOver)
            return ([], "the probes took longer than it can be watched");

        // What cannot be read has seen nothing that anybody knows of: it is no interface that saw nothing.
        foreach (var (link, _) in _captures.Where(c => !_failed.Contains(c.Key) && !c.Value.Pcap.IsReading))
            Fail(link, $"what tcpdump captured on {link} cannot be read");

        return ([.. _captures.Where(c => !_failed.Contains(c.Key)).Select(c => c.Value.Reader.Result(_host, c.Key))], _why);
    }

    private static string Filter(ProbeSignature signature)
    {
        // Beginnings and refusals of TCP alone, so that a busy service is not captured whole; "tcp[13]" is of IPv4 only
        // (pcap-filter(7)).
        var flags = signature.IsIPv6 ? "ip6[53]" : "tcp[13]";
        var tcp = signature.TcpPort is { } port
            ? string.Create(CultureInfo.InvariantCulture, $" or (tcp port {port} and host {signature.Target} and {flags} & 6 != 0)")
            : "";
        var udp = string.Create(CultureInfo.InvariantCulture, $"udp dst port {ProbeScript.UdpPort}");
        var plain = signature.IsIPv6
            ? $"icmp6 or ({udp} and host {signature.Target}){tcp}"
            : $"(arp and host {signature.Target}) or ((icmp or {udp}) and host {signature.Target}){tcp}";

        // "vlan" moves what follows it past one tag more (pcap-filter(7)).
        return $"{plain} or (vlan and ({plain})) or (vlan and ({plain}))";
    }

    private void Hear(string line)
    {
        var words = line.Split(' ', 4);
        if (words.Length < 4 || words[0] != _mark)
            return;
        var (link, text) = (words[1], words[3]);
        if (!_captures.TryGetValue(link, out var capture))
        {
            // What is said of no interface is said of the time.
            _isOver |= text == "over";
            return;
        }

        switch (words[2])
        {
            case "frames":
                capture.Pcap.Add(text);
                break;
            case "says" when _waiting.Contains(link):
                // Before it captures, tcpdump may warn of something first.
                if (text.Contains("listening on", StringComparison.Ordinal))
                {
                    Settle(link);
                }
                else if (text == "ended")
                {
                    Fail(link, capture.Said ?? $"tcpdump ends at once on {link}");
                    Settle(link);
                }
                else if (text.StartsWith("tcpdump: ", StringComparison.Ordinal))
                {
                    capture.Said = text["tcpdump: ".Length..];
                }

                break;
            default:
                break;
        }
    }

    private void Fail(string link, string why)
    {
        _ = _failed.Add(link);
        _why ??= DisplayText.Clean(why.Trim());
    }

    private void Settle(string link)
    {
        _ = _waiting.Remove(link);
        if (_waiting.Count == 0)
            _ = _ready.TrySetResult();
    }

    // What comes of one interface.
    private sealed class Capture
    {
        public Capture(ProbeSignature signature)
        {
            Reader = new CaptureReader(signature);
            Pcap = new PcapReader(Reader.Add);
        }

        public CaptureReader Reader { get; }

        public PcapReader Pcap { get; }

        public string? Said { get; set; }
    }
}
