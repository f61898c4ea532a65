using System.Globalization;
using System.Text;
using XenVlan.Model;
using XenVlan.Paths.Forwarding;

namespace XenVlan.Drawing;

/// <summary>Draws the way of a frame, hop by hop: where it is, its tags, the room there, whether it was seen, what happens.</summary>
public static class PathPicture
{
    private const string Gap = "  ";

    /// <summary>Draws the way to the target, and the answer's where that is where things end.</summary>
    /// <param name="result">What was found of the path.</param>
    /// <returns>The lines; none where no way is known.</returns>
    public static IReadOnlyList<PictureLine> Draw(XenVlanPathResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Hops.Count == 0)
            return [];

        var lines = new List<PictureLine>();
        var showsAnswer = ShowsAnswer(result);
        var widths = Widths(showsAnswer ? result.Hops.Concat(result.AnswerHops) : result.Hops);
        Way(lines, result.Hops, widths);
        if (showsAnswer)
        {
            lines.Add(new PictureLine("", PictureLook.Plain));
            lines.Add(new PictureLine("The answer:", PictureLook.Heading));
            Way(lines, result.AnswerHops, widths);
        }

        foreach (var (host, why) in result.NotWatched.OrderBy(n => n.Key, StringComparer.Ordinal))
            lines.Add(new PictureLine(DisplayText.Clean($"{host} could not be watched: {why}."), PictureLook.Warning));
        return lines;
    }

    /// <summary>Draws as text.</summary>
    /// <param name="result">What was found of the path.</param>
    /// <param name="colours">Whether to colour it by ANSI escape sequences (ECMA-48, SGR).</param>
    /// <returns>Lines that end with line feeds.</returns>
    public static string Write(XenVlanPathResult result, bool colours)
    {
        var text = new StringBuilder();
        foreach (var line in Draw(result))
        {
            var code = colours ? Code(line.Look) : null;
            if (code is null)
                text.Append(line.Text).Append('\n');
            else
                text.Append(CultureInfo.InvariantCulture, $"\u001b[{code}m{line.Text}\u001b[0m\n");
        }

        return text.ToString();
    }

    private static string? Code(PictureLook look) => look switch
    {
        PictureLook.Heading => "1",
        PictureLook.Good => "32",
        PictureLook.Bad => "31",
        PictureLook.Warning => "33",
        _ => null,
    };

    // Where the request gets through, what becomes of the answer is the question.
    private static bool ShowsAnswer(XenVlanPathResult result) =>
        result.AnswerHops.Count > 0
        && result.Hops.All(h => h.Verdict is not HopVerdict.Drops)
        && (result.AnswerHops.Any(h => h.Verdict is HopVerdict.Drops || h.Seen is not null) || result.Reason is PathReason.AnswerLost);

    private static void Way(List<PictureLine> lines, IReadOnlyList<PathHop> hops, int[] widths)
    {
        string? host = null;
        var last = hops.ToList().FindLastIndex(h => h.Seen == true);
        for (var i = 0; i < hops.Count; i++)
        {
            var hop = hops[i];
            var isWire = IsWire(hop);
            if (!isWire && !string.Equals(hop.HostName, host, StringComparison.Ordinal))
                lines.Add(new PictureLine(DisplayText.Clean(hop.HostName), PictureLook.Heading));
            host = isWire ? null : hop.HostName;
            var isMissed = hop.Seen == false && last >= 0 && i > last;
            lines.Add(new PictureLine(Line(hop, isMissed, widths), Look(hop, isMissed)));
        }
    }

    private static string Line(PathHop hop, bool isMissed, int[] widths)
    {
        var sign = hop.Verdict is HopVerdict.Drops || isMissed ? " ✗" : hop.Verdict is HopVerdict.Delivers ? " ▼" : IsWire(hop) ? " ┆" : " │";
        var reason = hop.Reason is PathReason.None ? "" : string.Create(CultureInfo.InvariantCulture, $"  ({(int)hop.Reason} {hop.Reason})");
        return $"{sign} {string.Join(Gap, Cells(hop).Select((c, i) => c.PadRight(widths[i])))}{Gap}{DisplayText.Clean(hop.Action)}{reason}".TrimEnd();
    }

    private static PictureLook Look(PathHop hop, bool isMissed) => hop.Verdict switch
    {
        HopVerdict.Drops => PictureLook.Bad,
        _ when isMissed => PictureLook.Bad,
        HopVerdict.Delivers => PictureLook.Good,
        HopVerdict.Unknown => PictureLook.Warning,
        _ => PictureLook.Plain,
    };

    private static string[] Cells(PathHop hop) =>
    [
        DisplayText.Clean(hop.Interface),
        hop.Direction switch { PathDirection.In => "in", PathDirection.Out => "out", _ => "wire" },
        hop.Tags.Count == 0 ? "untagged" : string.Join(' ', hop.Tags),
        hop.Room?.ToString(CultureInfo.InvariantCulture) ?? "-",
        hop.Seen switch { true => "seen", false => "not seen", null => "-" },
    ];

    private static int[] Widths(IEnumerable<PathHop> hops) =>
        hops.Select(Cells).Aggregate(new int[5], (widths, cells) => [.. widths.Zip(cells, (w, c) => Math.Max(w, c.Length))]);

    private static bool IsWire(PathHop hop) => string.Equals(hop.HostName, WireHop.HostName, StringComparison.Ordinal);
}
