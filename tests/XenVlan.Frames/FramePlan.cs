using System.Globalization;
using System.Net;

namespace XenVlan.Frames;

/// <summary>What to ask.</summary>
/// <param name="Bridges">The bridges whose forwarding tables are emptied before each question.</param>
/// <param name="Ends">The interfaces that ask and answer.</param>
/// <param name="Sizes">The sizes of packets, in bytes, in rising order.</param>
internal sealed record FramePlan(
    IReadOnlyList<(string Namespace, string Name)> Bridges,
    IReadOnlyList<(string Namespace, string Name, IPAddress Address)> Ends,
    IReadOnlyList<int> Sizes
)
{
    /// <summary>Reads a plan.</summary>
    /// <param name="reader">Its lines.</param>
    /// <exception cref="FormatException">A line is none of a plan.</exception>
    public static FramePlan Read(TextReader reader)
    {
        var bridges = new List<(string, string)>();
        var ends = new List<(string, string, IPAddress)>();
        var sizes = new SortedSet<int>();
        while (reader.ReadLine() is { } line)
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            switch (words)
            {
                case []:
                    break;
                case ["bridge", var space, var name]:
                    bridges.Add((space, name));
                    break;
                case ["end", var space, var name, var address]:
                    ends.Add((space, name, IPAddress.Parse(address)));
                    break;
                case ["sizes", ..]:
                    sizes.UnionWith(words.Skip(1).Select(w => int.Parse(w, CultureInfo.InvariantCulture)));
                    break;
                default:
                    throw new FormatException($"not a line of a plan: {line}");
            }
        }

        return new FramePlan(bridges, ends, [.. sizes]);
    }
}
