using System.Globalization;
using XenVlan.Model;

namespace XenVlan.Discovery.Comparison;

/// <summary>Collects what differs between two snapshots.</summary>
/// <param name="reference">The one that is compared with.</param>
/// <param name="difference">The other.</param>
internal sealed class DifferenceList(HostSnapshot reference, HostSnapshot difference)
{
    private readonly List<SnapshotDifference> _all = [];

    /// <summary>The reference.</summary>
    public HostSnapshot Reference { get; } = reference;

    /// <summary>The other snapshot.</summary>
    public HostSnapshot Difference { get; } = difference;

    /// <summary>The names of the reference.</summary>
    public StableNames ReferenceNames { get; } = new(reference);

    /// <summary>The names of the other snapshot.</summary>
    public StableNames DifferenceNames { get; } = new(difference);

    /// <summary>Whether the snapshots are of one machine, where its own name and its Ethernet addresses can be expected to stay.</summary>
    public bool IsOneMachine { get; } = reference.HostName == difference.HostName || reference.NodeName == difference.NodeName;

    /// <summary>All that was added, kind after kind.</summary>
    public IReadOnlyList<SnapshotDifference> All => [.. _all.OrderBy(d => d.Kind)];

    /// <summary>Whether both snapshots could see something.</summary>
    /// <param name="isMissing">Whether a gap is about it.</param>
    public bool BothSaw(Func<Gap, bool> isMissing) => !Reference.NotSeen.Any(isMissing) && !Difference.NotSeen.Any(isMissing);

    /// <summary>Adds a difference, where there is one.</summary>
    /// <param name="kind">What kind of thing it is.</param>
    /// <param name="subject">The thing.</param>
    /// <param name="property">What of it; null for all of it.</param>
    /// <param name="before">What the reference has.</param>
    /// <param name="after">What the other snapshot has.</param>
    public void Add(SnapshotDifferenceKind kind, string subject, string? property, string? before, string? after)
    {
        if (string.Equals(before, after, StringComparison.Ordinal))
            return;
        _all.Add(
            new SnapshotDifference
            {
                HostName = Reference.HostName,
                DifferenceHostName = Difference.HostName,
                Kind = kind,
                Subject = subject,
                Property = property,
                Reference = before,
                Difference = after,
            }
        );
    }

    /// <summary>Adds in what two things differ.</summary>
    /// <param name="kind">What kind of thing they are.</param>
    /// <param name="subject">Their name.</param>
    /// <param name="aspects">What to look at.</param>
    /// <param name="before">The reference's; null where it has none, and nothing is added.</param>
    /// <param name="after">The other's.</param>
    public void Compare<T>(SnapshotDifferenceKind kind, string subject, IEnumerable<Aspect<T>> aspects, T? before, T? after)
        where T : class
    {
        if (before is null || after is null)
            return;
        foreach (var aspect in aspects)
        {
            var (mine, other) = (Text(aspect.Value(before, ReferenceNames)), Text(aspect.Value(after, DifferenceNames)));
            if (!aspect.NullIsUnknown || (mine is not null && other is not null))
                Add(kind, subject, aspect.Name, mine, other);
        }
    }

    /// <summary>Pairs things of the two snapshots by name.</summary>
    /// <param name="before">The reference's.</param>
    /// <param name="after">The other's.</param>
    /// <param name="name">Names one; the first of a name counts.</param>
    /// <returns>First those of the reference in their order, then those that only the other has.</returns>
    public IEnumerable<(string Name, T? Before, T? After)> Pairs<T>(
        IEnumerable<T> before,
        IEnumerable<T> after,
        Func<T, StableNames, string> name
    )
        where T : class
    {
        var mine = Named(before, ReferenceNames);
        var others = Named(after, DifferenceNames);
        foreach (var (key, thing) in mine)
            yield return (key, thing, others.GetValueOrDefault(key));
        foreach (var (key, thing) in others)
        {
            if (!mine.ContainsKey(key))
                yield return (key, null, thing);
        }

        // In order, as a dictionary that nothing is taken from is.
        Dictionary<string, T> Named(IEnumerable<T> things, StableNames names)
        {
            var found = new Dictionary<string, T>(StringComparer.Ordinal);
            foreach (var thing in things)
                _ = found.TryAdd(name(thing, names), thing);
            return found;
        }
    }

    private static string? Text(object? value) =>
        value switch
        {
            null => null,
            bool flag => flag ? "true" : "false",
            IEnumerable<string> names => string.Join(", ", names) is { Length: > 0 } text ? text : null,
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString(),
        };
}
