namespace XenVlan.Topology.Yaml;

/// <summary>Finds what somebody who mistyped a name may have meant.</summary>
internal static class NearestName
{
    // Enough for every document people write, and a bound for the others.
    private const int MaximumLength = 64;
    private const int MaximumCandidates = 1000;

    /// <summary>A question to put behind an error.</summary>
    /// <returns>Such as <c>; did you mean "bridge"?</c>, or a full stop when nothing is near.</returns>
    public static string Question(string name, IEnumerable<string> candidates) =>
        Find(name, candidates) is { } nearest ? $"; did you mean \"{nearest}\"?" : ".";

    private static string? Find(string name, IEnumerable<string> candidates)
    {
        if (name.Length > MaximumLength)
            return null;

        // One slip in a short word, two in a longer one: beyond that a guess misleads.
        var allowed = name.Length < 5 ? 1 : 2;
        var nearest = candidates
            .Take(MaximumCandidates)
            .Where(c => Math.Abs(c.Length - name.Length) <= allowed)
            .Select(c => (Name: c, Distance: Distance(name.ToUpperInvariant(), c.ToUpperInvariant())))
            .Where(c => c.Distance <= allowed)
            .OrderBy(c => c.Distance)
            .FirstOrDefault();
        return nearest.Name;
    }

    // How many characters to put in, take out, replace or swap with their neighbour to get from one to the other.
    private static int Distance(string from, string to)
    {
        var distance = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    distance[i, j] = i + j;
                    continue;
                }

                var same = from[i - 1] == to[j - 1] ? 0 : 1;
                distance[i, j] = Math.Min(Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1, distance[i - 1, j - 1] + same);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                    distance[i, j] = Math.Min(distance[i, j], distance[i - 2, j - 2] + 1);
            }
        }

        return distance[from.Length, to.Length];
    }
}
