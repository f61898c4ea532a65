using System.Globalization;
using System.Text;
using XenVlan.Model;

namespace XenVlan.Drawing;

/// <summary>
/// Draws the way of a frame, hop by hop: where it is, its tags, the largest packet that passes, whether it was seen, what happens.
/// </summary>
public static class PathPicture
{
    private const string Gap = "  ";

    /// <summary>Draws the way to the target, and the answer's where that is where things end.</summary>
    /// <param name="result">What was found of the path.</param>
    /// <returns>The lines; none where no way is known.</returns>
    public static IReadOnlyList<StyledLine> Draw(XenVlanPathResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Hops.Count == 0)
            return [];

        var lines = new List<StyledLine>();
        var showsAnswer = ShowsAnswer(result);
        var widths = Widths(showsAnswer ? result.Hops.Concat(result.AnswerHops) : result.Hops);
        Way(lines, result.Hops, widths);
        if (showsAnswer)
        {
            lines.Add(new StyledLine("", LineStyle.Plain));
            lines.Add(new StyledLine("The answer:", LineStyle.Heading));
            Way(lines, result.AnswerHops, widths);
        }

        foreach (var (host, why) in result.NotWatched.OrderBy(n => n.Key, StringComparer.Ordinal))
            lines.Add(new StyledLine(DisplayText.Clean($"{host} could not be watched: {why}."), LineStyle.Warning));
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

    private static string? Code(LineStyle look) =>
        look switch
        {
            LineStyle.Heading => "1",
            LineStyle.Good => "32",
            LineStyle.Bad => "31",
            LineStyle.Warning => "33",
            _ => null,
        };

    // Where the request gets through, what becomes of the answer is the question.
    private static bool ShowsAnswer(XenVlanPathResult result) =>
        result.AnswerHops.Count > 0
        && result.Hops.All(h => h.Verdict is not HopVerdict.Drops)
        && (result.AnswerHops.Any(h => h.Verdict is HopVerdict.Drops || h.Seen is not null) || result.Reason is PathReason.AnswerLost);

    private static void Way(List<StyledLine> lines, IReadOnlyList<PathHop> hops, int[] widths)
    {
        string? host = null;
        var last = hops.ToList().FindLastIndex(h => h.Seen == true);
        for (var i = 0; i < hops.Count; i++)
        {
            var hop = hops[i];
            if (!hop.IsWire && hop.HostName != host)
                lines.Add(new StyledLine(DisplayText.Clean(hop.HostName), LineStyle.Heading));
            host = hop.IsWire ? null : hop.HostName;
            var isMissed = hop.Seen == false && last >= 0 && i > last;
            lines.Add(new StyledLine(Line(hop, isMissed, widths), Look(hop, isMissed)));
        }
    }

    private static string Line(PathHop hop, bool isMissed, int[] widths)
    {
        var sign =
            hop.Verdict is HopVerdict.Drops || isMissed ? " ✗"
            : hop.Verdict is HopVerdict.Delivers ? " ▼"
            : hop.IsWire ? " ┆"
            : " │";
        var reason =
            hop.Reason is PathReason.None ? "" : string.Create(CultureInfo.InvariantCulture, $"  ({(int)hop.Reason} {hop.Reason})");
        var cells = string.Join(Gap, Cells(hop).Select((c, i) => c.PadRight(widths[i])));
        return $"{sign} {cells}{Gap}{DisplayText.Clean(hop.Action)}{reason}".TrimEnd();
    }

    private static LineStyle Look(PathHop hop, bool isMissed) =>
        hop.Verdict switch
        {
            HopVerdict.Drops => LineStyle.Bad,
            _ when isMissed => LineStyle.Bad,
            HopVerdict.Delivers => LineStyle.Good,
            HopVerdict.Unknown => LineStyle.Warning,
            _ => LineStyle.Plain,
        };

    private static string[] Cells(PathHop hop) =>
        [
            DisplayText.Clean(hop.Interface),
            hop.Direction switch
            {
                PathDirection.In => "in",
                PathDirection.Out => "out",
                _ => "wire",
            },
            hop.Tags.Count == 0 ? "untagged" : string.Join(' ', hop.Tags),
            hop.Mtu?.ToString(CultureInfo.InvariantCulture) ?? "-",
            hop.Seen switch
            {
                true => "seen",
                false => "not seen",
                null => "-",
            },
        ];

    private static int[] Widths(IEnumerable<PathHop> hops) =>
        hops.Select(Cells).Aggregate(new int[5], (widths, cells) => [.. widths.Zip(cells, (w, c) => Math.Max(w, c.Length))]);
}

/// <summary>A line of a picture.</summary>
/// <param name="Text">The line, free of control characters.</param>
/// <param name="Look">How it is to look.</param>
public sealed record StyledLine(string Text, LineStyle Look);

/// <summary>How a line of a picture is to look where there are colours.</summary>
public enum LineStyle
{
    /// <summary>As any text.</summary>
    Plain,

    /// <summary>What stands over others.</summary>
    Heading,

    /// <summary>What is well.</summary>
    Good,

    /// <summary>What is not.</summary>
    Bad,

    /// <summary>What is not known.</summary>
    Warning,
}
