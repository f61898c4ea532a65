using System.Globalization;
using System.Text.RegularExpressions;
using XenVlan.Model;

namespace XenVlan.Paths.Probing;

/// <summary>What a <see cref="ProbeScript"/> printed: a status a probe, and what its tool said.</summary>
internal sealed partial class ProbeAnswers
{
    private readonly Dictionary<string, (int Status, string Said)> _answers = new(StringComparer.Ordinal);

    private ProbeAnswers() { }

    /// <summary>The Ethernet addresses that answered ARP or neighbour discovery, in the order they did, each once.</summary>
    public IReadOnlyList<MacAddress> Answering
    {
        get
        {
            var macs = new List<MacAddress>();
            if (!_answers.TryGetValue("arp", out var answer) || answer.Status != 0)
                return macs;
            foreach (Match match in Mac().Matches(answer.Said))
            {
                if (MacAddress.TryParse(match.Groups["mac"].Value, out var mac) && !macs.Contains(mac))
                    macs.Add(mac);
            }

            return macs;
        }
    }

    /// <summary>The size of the largest packet that passed, in bytes; null when sizes were not tried.</summary>
    public int? LargestPassed =>
        _answers.TryGetValue("full", out var answer) && Passed().Match(answer.Said) is { Success: true } match
            ? int.Parse(match.Groups["size"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)
            : null;

    /// <summary>Whether no probe got as far as its end.</summary>
    public bool IsEmpty => _answers.Count == 0;

    /// <summary>Reads what the script printed.</summary>
    /// <param name="output">Its output.</param>
    /// <param name="mark">The word that begins its marker lines.</param>
    public static ProbeAnswers Read(string output, string mark)
    {
        var answers = new ProbeAnswers();
        var said = new List<string>();
        foreach (var line in output.Split('\n'))
        {
            var words = line.Split(' ');
            if (words[0] != mark || words.Length < 3)
                said.Add(line);
            else if (words[1] == "begin")
                said.Clear();
            else if (words.Length == 4 && int.TryParse(words[3], NumberStyles.None, CultureInfo.InvariantCulture, out var status))
            {
                answers._answers[words[2]] = (status, string.Join('\n', said));
                said.Clear();
            }
        }

        return answers;
    }

    /// <summary>What came of a probe.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="name">Its name in the script.</param>
    /// <param name="detail">What to say of it where it was sent.</param>
    public PathProbe Of(PathProbeKind kind, string name, string detail)
    {
        if (!_answers.TryGetValue(name, out var answer))
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

    // arping of iputils and busybox: "Unicast reply from 10.0.0.2 [52:54:..]"; Habets': "42 bytes from 52:54:.. (10.0.0.2)";
    // ip neigh: "lladdr 52:54:..."; /proc/net/arp: "0x2 52:54:...".
    [GeneratedRegex(
        @"( reply from \S+ \[| bytes from |lladdr |0x2 +)(?<mac>[0-9A-Fa-f]{1,2}(:[0-9A-Fa-f]{1,2}){5})",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Mac();

    [GeneratedRegex(@"(?m)^passed (?<size>[0-9]{1,6})\r?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Passed();
}
