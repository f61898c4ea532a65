using XenVlan.Cli.Output;
using XenVlan.Model;

namespace XenVlan.Cli.Reports;

/// <summary>Prints the results of a document's expectations.</summary>
internal static class CheckText
{
    /// <summary>Prints results.</summary>
    /// <param name="screen">Where to.</param>
    /// <param name="results">The results.</param>
    public static void Write(Screen screen, IReadOnlyList<XenVlanPathResult> results)
    {
        if (results.Count == 0)
        {
            screen.Line("Nothing was checked.");
            return;
        }

        screen.Write(Table(results));
        var failed = results.Where(r => r.AsExpected == false).ToList();
        foreach (var result in failed)
        {
            screen.Line();
            screen.Line(result.Title ?? PathText.Headline(result), Styles.Bad);
            PathText.WriteExplanation(screen, result);
        }

        screen.Line();
        screen.Line(
            failed.Count == 0 ? $"All {results.Count} as expected." : $"{failed.Count} of {results.Count} not as expected.",
            failed.Count == 0 ? Styles.Good : Styles.Bad
        );
    }

    private static Listing Table(IReadOnlyList<XenVlanPathResult> results)
    {
        var listing = new Listing("", "FROM", "TO", "VLAN", "TCP PORT", "EXPECTED", "RESULT", "REASON", "TITLE");
        foreach (var result in results)
        {
            _ = listing.Row(
                Verdict(result.AsExpected),
                result.Source,
                result.Target,
                result.VlanId?.ToString() ?? "untagged",
                result.TcpPort,
                Labels.Of(result.Expected),
                PathText.Outcome(result),
                Labels.Of(result.Reason),
                result.Title
            );
        }

        return listing;
    }

    private static Cell Verdict(bool? asExpected) =>
        asExpected switch
        {
            true => new Cell("ok", Styles.Good),
            false => new Cell("FAILED", Styles.Bad),
            null => new Cell("?", Styles.Warning),
        };
}
