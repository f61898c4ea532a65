using System.Globalization;
using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Paths.Probing;

namespace XenVlan.Paths.Watching;

/// <summary>Watches interfaces of one host until it is told to stop.</summary>
/// <remarks>
/// Nothing is left on the host: the captures end when the word to stop comes, when the connection is gone, which they
/// find as the end of a file, and after two minutes in any case.
/// </remarks>
internal sealed class HostWatch
{
    private const int NoCapture = 3;

    private static readonly EmbeddedScript Watch = EmbeddedScript.Load("watch.sh");

    private readonly string _host;
    private readonly string _mark = UniqueToken.New("xvw");
    private readonly Dictionary<string, CaptureReader> _readers;
    private readonly HashSet<string> _waiting;
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
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
        _readers = interfaces
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(i => i, _ => new CaptureReader(signature), StringComparer.Ordinal);
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
            .Add("command -v tcpdump >/dev/null 2>&1 && [ \"$(id -u)\" = 0 ] || exit 3")
            .Set("xv_mark", _mark)
            .Set("xv_stop", ScriptOptions.StopWord)
            .Set("xv_seconds", "120")
            .Set("xv_filter", Filter(signature))
            .Add(Watch)
            .Function("xv_places", new ShellScript().Add(ShellCommand.Of(["xv_captures", .. _readers.Keys])))
            .Add("xv_hold | xv_places");
        try
        {
            var connection = store.Connect(host);
            await using (connection.ConfigureAwait(false))
            {
                var options = ScriptOptions.Reading with
                {
                    OnLine = Hear,
                    KeepsOutput = false,
                    MaximumOutput = ScriptOptions.MostPassing,
                    Until = until,
                };
                var result = await connection.RunAsync(script, options, cancellationToken).ConfigureAwait(false);
                if (result.ExitStatus == NoCapture)
                {
                    CannotCapture = true;
                    return ([], "no tcpdump as root");
                }
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

        return ([.. _readers.Where(r => !_failed.Contains(r.Key)).Select(r => r.Value.Result(_host, r.Key))], _why);
    }

    private static string Filter(ProbeSignature signature)
    {
        var tcp = signature.TcpPort is { } port
            ? string.Create(CultureInfo.InvariantCulture, $" or (tcp port {port} and host {signature.Target})")
            : "";
        var plain = signature.IsIPv6
            ? $"icmp6 or (udp and host {signature.Target}){tcp}"
            : $"(arp and host {signature.Target}) or ((icmp or udp) and host {signature.Target}){tcp}";

        // "vlan" moves what follows it past one tag more (pcap-filter(7)).
        return $"{plain} or (vlan and ({plain})) or (vlan and ({plain}))";
    }

    private void Hear(string line)
    {
        var words = line.Split(' ', 3);
        if (words.Length < 3 || words[0] != _mark || !_readers.TryGetValue(words[1], out var reader))
            return;
        var (link, text) = (words[1], words[2]);
        if (!_waiting.Contains(link))
        {
            reader.Add(text);
            return;
        }

        // Before it captures, tcpdump says "listening on", or what is wrong; older ones also what the output means.
        if (text.Contains("listening on", StringComparison.Ordinal))
        {
            _ = _waiting.Remove(link);
        }
        else if (
            text.Contains("ermission", StringComparison.Ordinal)
            || text.Contains("No such device", StringComparison.Ordinal)
            || text.Contains("yntax", StringComparison.Ordinal)
        )
        {
            _ = _waiting.Remove(link);
            _ = _failed.Add(link);
            _why = DisplayText.Clean(text.Trim());
        }

        if (_waiting.Count == 0)
            _ = _ready.TrySetResult();
    }
}
