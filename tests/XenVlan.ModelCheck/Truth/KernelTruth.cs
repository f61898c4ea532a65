using System.Globalization;

namespace XenVlan.ModelCheck.Truth;

/// <summary>What the kernel did with the frames of a topology, as <c>frames</c> printed it. Ends are numbered from 0.</summary>
internal sealed class KernelTruth
{
    private readonly HashSet<(int, int)> _asked = [];
    private readonly HashSet<(int, int)> _answered = [];
    private readonly HashSet<(int, int)> _asked6 = [];
    private readonly HashSet<(int, int)> _answered6 = [];
    private readonly Dictionary<(int, int), int> _largest = [];

    private KernelTruth() { }

    /// <summary>Why nothing is known; null where it is.</summary>
    public string? Problem { get; private set; }

    /// <summary>Whether an ARP question from one end came to the other.</summary>
    public bool IsAsked(int source, int target) => _asked.Contains((source, target));

    /// <summary>Whether the answer came back.</summary>
    public bool IsAnswered(int source, int target) => _answered.Contains((source, target));

    /// <summary>Whether a question of IPv6's neighbour discovery from one end came to the other.</summary>
    public bool IsAsked6(int source, int target) => _asked6.Contains((source, target));

    /// <summary>Whether its answer came back.</summary>
    public bool IsAnswered6(int source, int target) => _answered6.Contains((source, target));

    /// <summary>The largest packet that came from one end to the other; null for none.</summary>
    public int? Largest(int source, int target) => _largest.TryGetValue((source, target), out var size) ? size : null;

    /// <summary>Reads what <c>frames</c> printed.</summary>
    /// <param name="output">The output, with anything before the line <c>frames begin</c>.</param>
    /// <param name="error">What it said went wrong; null for nothing.</param>
    public static KernelTruth Parse(string output, string? error)
    {
        var truth = new KernelTruth { Problem = error ?? "frames did not come to its end" };
        foreach (var line in output.Split('\n').SkipWhile(l => l != Begin).Skip(1))
        {
            var words = line.Split(' ');
            switch (words)
            {
                case ["asked", var source, var target]:
                    _ = truth._asked.Add((Number(source), Number(target)));
                    break;
                case ["answered", var source, var target]:
                    _ = truth._answered.Add((Number(source), Number(target)));
                    break;
                case ["asked6", var source, var target]:
                    _ = truth._asked6.Add((Number(source), Number(target)));
                    break;
                case ["answered6", var source, var target]:
                    _ = truth._answered6.Add((Number(source), Number(target)));
                    break;
                case ["size", var source, var target, var size]:
                    truth._largest[(Number(source), Number(target))] = Number(size);
                    break;
                case ["missing", ..]:
                    truth.Problem = line;
                    return truth;
                case ["done"]:
                    truth.Problem = null;
                    return truth;
            }
        }

        return truth;
    }

    /// <summary>The line that comes before those of <c>frames</c>.</summary>
    public const string Begin = "frames begin";

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
