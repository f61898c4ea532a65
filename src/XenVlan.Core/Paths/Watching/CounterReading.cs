using System.Globalization;
using System.Text.RegularExpressions;
using XenVlan.Model;

namespace XenVlan.Paths.Watching;

/// <summary>What a <see cref="CounterScript"/> printed: counters twice, a second apart, and where an address was learned.</summary>
internal sealed partial class CounterReading
{
    private readonly Dictionary<string, List<TrafficCounters>> _links = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Link, int Vlan), List<TrafficCounters>> _vlans = [];
    private readonly Dictionary<(string Port, int Vlan), int> _learned = [];

    private CounterReading() { }

    /// <summary>Reads what the script printed.</summary>
    /// <param name="output">Its output.</param>
    /// <param name="mark">The word that begins its lines.</param>
    public static CounterReading Read(string output, string mark)
    {
        var reading = new CounterReading();
        int? vlan = null;
        foreach (var line in output.Split('\n'))
        {
            var words = line.Split(' ', 4, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 4 || words[0] != mark)
                continue;
            switch (words[1])
            {
                case "link" when Numbers(words[3]) is [var rxPackets, var rxBytes, var txPackets, var txBytes]:
                    Add(reading._links, words[2], new TrafficCounters(rxPackets, rxBytes, txPackets, txBytes));
                    break;
                case "vlan":
                    reading.AddVlan(words[2], words[3], ref vlan);
                    break;
                case "fdb" when Learned(words[3].Split(' ', StringSplitOptions.RemoveEmptyEntries)) is { } learned:
                    reading._learned[(learned.Port, learned.Vlan)] = learned.Age;
                    break;
                default:
                    break;
            }
        }

        return reading;
    }

    /// <summary>The counters of an interface: of one VLAN of it where the bridge counts those, which has less else in it.</summary>
    /// <param name="link">The interface.</param>
    /// <param name="tag">The outermost tag there; null for none.</param>
    /// <returns>The reading at first and a second later; null where there is none.</returns>
    public (TrafficCounters First, TrafficCounters Second)? Of(string link, VlanTag? tag) =>
        tag is { } t && _vlans.TryGetValue((link, t.Vlan.Value), out var ofVlan) && ofVlan.Count > 1 ? (ofVlan[0], ofVlan[^1])
        : _links.TryGetValue(link, out var ofLink) && ofLink.Count > 1 ? (ofLink[0], ofLink[^1])
        : null;

    /// <summary>How many seconds ago the source's address was last seen to come in by a port of a bridge that filters.</summary>
    /// <returns>The age in seconds; null where it is not known there.</returns>
    public int? LearnedAgo(string port, VlanId vlan) => _learned.TryGetValue((port, vlan.Value), out var age) ? age : null;

    private static void Add<T>(Dictionary<T, List<TrafficCounters>> all, T key, TrafficCounters counters)
        where T : notnull
    {
        if (!all.TryGetValue(key, out var list))
            all.Add(key, list = []);
        list.Add(counters);
    }

    private static long[] Numbers(string text) =>
        [
            .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(w => long.TryParse(w, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1)
                .TakeWhile(n => n >= 0),
        ];

    // bridge -s vlan show: "eth1  10 PVID", "  RX: 12 bytes 3 packets", "  TX: 4 bytes 1 packets", "  20 Egress Untagged".
    private void AddVlan(string link, string text, ref int? vlan)
    {
        if (Count().Match(text) is { Success: true } count && vlan is { } id)
        {
            var (bytes, packets) = (Number(count, "bytes"), Number(count, "packets"));
            if (count.Groups["way"].Value is "RX")
                Add(_vlans, (link, id), new TrafficCounters(packets, bytes, 0, 0));
            else if (_vlans.TryGetValue((link, id), out var list))
                list[^1] = list[^1] with { SentPackets = packets, SentBytes = bytes };
        }
        else if (Id().Match(text) is { Success: true } found)
        {
            vlan = (int)Number(found, "id");
        }
    }

    // bridge -s fdb show: "MAC dev eth1 vlan 10 used 3/1 master xenbr0". What a bridge learns without looking at tags has no VLAN.
    private static (string Port, int Vlan, int Age)? Learned(string[] words)
    {
        string? After(string word) => Array.IndexOf(words, word) is >= 0 and var at && at + 1 < words.Length ? words[at + 1] : null;
        return
            After("dev") is { } port
            && Small(After("vlan")) is { } vlan
            && After("used")?.Split('/') is [var used, var updated]
            && Small(used) is not null
            && Small(updated) is { } age
            ? (port, vlan, age)
            : null;
    }

    private static int? Small(string? word) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static long Number(Match match, string group) =>
        long.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"\b(?<way>RX|TX): +(?<bytes>[0-9]{1,18}) bytes +(?<packets>[0-9]{1,18}) packets",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Count();

    [GeneratedRegex(@"^(\S+\s+)?(?<id>[0-9]{1,4})(\s|$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Id();
}
