using System.Globalization;
using XenVlan.Cli.Output;
using XenVlan.Model;

namespace XenVlan.Cli.Reports;

/// <summary>Prints what differs between two snapshots.</summary>
internal static class ComparisonText
{
    /// <summary>Prints it.</summary>
    /// <param name="screen">Where to.</param>
    /// <param name="reference">The snapshot that was compared with.</param>
    /// <param name="difference">The other.</param>
    /// <param name="differences">What differs.</param>
    public static void Write(Screen screen, HostSnapshot reference, HostSnapshot difference, IReadOnlyList<SnapshotDifference> differences)
    {
        screen.Line($"Reference: {Name(reference)}");
        screen.Line($"Difference: {Name(difference)}");
        screen.Line();
        if (differences.Count > 0)
        {
            var listing = new Listing("WHAT", "OF", "PROPERTY", "REFERENCE", "DIFFERENCE");
            foreach (var one in differences)
                _ = listing.Row(Labels.Of(one.Kind), one.Subject, one.Property, one.Reference, one.Difference);
            screen.Write(listing);
            screen.Line();
        }

        // What neither could see is no difference, and not known to be alike.
        var unseen = reference.NotSeen.Select(g => g.What).Intersect(difference.NotSeen.Select(g => g.What)).ToList();
        foreach (var what in unseen)
            screen.Line($"Not compared, as neither shows it: {what}", Styles.Warning);
        screen.Line(
            differences.Count switch
            {
                0 when unseen.Count > 0 => "No differences in what was seen.",
                0 => "No differences.",
                1 => "1 difference.",
                var count => string.Create(CultureInfo.InvariantCulture, $"{count} differences."),
            },
            differences.Count == 0 ? Styles.Good : Styles.Warning
        );
    }

    private static string Name(HostSnapshot snapshot) =>
        string.Create(CultureInfo.InvariantCulture, $"{snapshot.HostName}, {snapshot.TakenAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
}
