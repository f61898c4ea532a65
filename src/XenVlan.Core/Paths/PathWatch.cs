using System.Globalization;
using System.Net;
using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Paths;

/// <summary>Watches interfaces of several hosts for ARP requests to an address while something is sent.</summary>
internal static class PathWatch
{
    private const int Seconds = 8;

    // tcpdump says "listening on" once it captures, and then a line a frame. The word "vlan" moves what follows it past
    // the tag (pcap-filter(7)), so the tagged form comes last.
    private const string Watch =
        """
        xv_watch() {
            timeout "$xv_seconds" tcpdump -p -l -n -c 1 -i "$1" "arp and host $xv_to or (vlan and arp and host $xv_to)" 2>&1 </dev/null |
            while read -r xv_line; do
                case $xv_line in
                    *'listening on'*) printf '%s ready %s\n' "$xv_mark" "$1" ;;
                    *' ARP,'*|*' arp '*|*Request*) printf '%s saw %s\n' "$xv_mark" "$1" ;;
                esac
            done
            printf '%s ready %s\n' "$xv_mark" "$1"
        }
        """;

    /// <summary>Watches while something is done.</summary>
    /// <param name="store">Reaches the hosts.</param>
    /// <param name="places">The interfaces to watch, by host.</param>
    /// <param name="target">The address asked for.</param>
    /// <param name="act">Sends the requests; called once all watchers are ready.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Whether each interface saw a request; places that could not be watched are left out.</returns>
    public static async Task<IReadOnlyDictionary<(string Host, string Interface), bool>> RunAsync(
        SnapshotStore store,
        IReadOnlyCollection<(HostTarget Host, IReadOnlyList<string> Interfaces)> places,
        IPAddress target,
        Func<Task> act,
        CancellationToken cancellationToken)
    {
        var seen = new Dictionary<(string, string), bool>();
        var watchers = places.Select(p => new Watcher(store, p.Host, p.Interfaces, target, cancellationToken)).ToList();
        await Task.WhenAll(watchers.Select(w => w.Ready)).ConfigureAwait(false);
        await act().ConfigureAwait(false);
        foreach (var watcher in watchers)
        {
            var saw = await watcher.Done.ConfigureAwait(false);
            if (saw is null)
                continue;
            foreach (var link in watcher.Interfaces)
                seen[(watcher.Host.Name, link)] = saw.Contains(link);
        }

        return seen;
    }

    private sealed class Watcher
    {
        private readonly HashSet<string> _waiting;
        private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
        private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Watcher(SnapshotStore store, HostTarget host, IReadOnlyList<string> interfaces, IPAddress target, CancellationToken cancellationToken)
        {
            Host = host;
            Interfaces = interfaces;
            _waiting = new HashSet<string>(interfaces, StringComparer.Ordinal);
            Done = RunAsync(store, target, cancellationToken);
        }

        public HostTarget Host { get; }

        public IReadOnlyList<string> Interfaces { get; }

        public Task Ready => _ready.Task;

        public Task<HashSet<string>?> Done { get; }

        private async Task<HashSet<string>?> RunAsync(SnapshotStore store, IPAddress target, CancellationToken cancellationToken)
        {
            var mark = RandomWord.New("xvw");
            var script = new ShellScript()
                .Add("LC_ALL=C; export LC_ALL")
                .Add("PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin; export PATH")
                .Set("xv_mark", mark)
                .Set("xv_to", target.ToString())
                .Set("xv_seconds", Seconds.ToString(CultureInfo.InvariantCulture))
                .Add("command -v tcpdump >/dev/null 2>&1 && command -v timeout >/dev/null 2>&1 || exit 3")
                .Add(Watch);
            foreach (var link in Interfaces)
                script.AddInBackground(ShellCommand.Of("xv_watch", link));
            script.Add("wait");
            try
            {
                var connection = store.Connect(Host);
                await using (connection.ConfigureAwait(false))
                {
                    var options = ScriptOptions.Reading with { OnLine = line => Hear(line, mark) };
                    var result = await connection.RunAsync(script, options, cancellationToken).ConfigureAwait(false);
                    return result.ExitStatus == 3 ? null : _seen;
                }
            }
            catch (XenVlanException)
            {
                // A host that cannot be watched tells nothing; the verdict rests on the others.
                return null;
            }
            finally
            {
                _ = _ready.TrySetResult();
            }
        }

        private void Hear(string line, string mark)
        {
            var words = line.Split(' ', 3);
            if (words.Length < 3 || !string.Equals(words[0], mark, StringComparison.Ordinal))
                return;
            if (string.Equals(words[1], "saw", StringComparison.Ordinal))
                _ = _seen.Add(words[2]);
            _ = _waiting.Remove(words[2]);
            if (_waiting.Count == 0)
                _ = _ready.TrySetResult();
        }
    }
}
