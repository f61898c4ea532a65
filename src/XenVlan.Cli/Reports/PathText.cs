using XenVlan.Cli.Output;
using XenVlan.Drawing;
using XenVlan.Model;

namespace XenVlan.Cli.Reports;

/// <summary>Prints what was found of a path.</summary>
internal static class PathText
{
    /// <summary>Prints a path.</summary>
    /// <param name="screen">Where to.</param>
    /// <param name="result">What was found.</param>
    /// <param name="trace">Whether to print its hops.</param>
    public static void Write(Screen screen, XenVlanPathResult result, bool trace)
    {
        screen.Line(
            $"{Headline(result)}: {Outcome(result)}{Judgement(result)}",
            result.AsExpected == false ? Styles.Bad
                : result.Outcome is PathOutcome.NotKnown ? Styles.Warning
                : Styles.Good
        );
        WriteExplanation(screen, result);
        if (result.Probes.Count > 0)
        {
            screen.Line();
            screen.Write(Probes(result));
        }

        if (trace)
        {
            screen.Line();
            if (result.Hops.Count == 0)
                screen.Line("There is no way to trace.");
            foreach (var line in PathPicture.Draw(result))
                screen.Row(line.Text, Look(line.Look));
        }
    }

    /// <summary>What the path is.</summary>
    /// <returns>Such as <c>a/xenbr0.10 to b/xenbr0.10 (10.10.0.2), VLAN 10</c>.</returns>
    public static string Headline(XenVlanPathResult result) =>
        $"{result.Source} to {result.Target}, "
        + $"{(result.VlanId is { } id ? $"VLAN {id}" : "untagged")}{(result.TcpPort is { } port ? $", TCP port {port}" : "")}";

    /// <summary>Whether anything arrives.</summary>
    /// <returns>Such as <c>reachable</c>.</returns>
    public static string Outcome(XenVlanPathResult result) =>
        result is { Outcome: PathOutcome.NotKnown, Reason: PathReason.NotChecked } ? "not checked" : Labels.Of(result.Outcome);

    /// <summary>Prints why a path is as it is, and what would mend it.</summary>
    /// <param name="screen">Where to.</param>
    /// <param name="result">The path.</param>
    public static void WriteExplanation(Screen screen, XenVlanPathResult result)
    {
        if (result.Explanation.Length > 0)
            screen.Line(result.Explanation, indent: 2);
        if (result.LostAt is { } place)
            screen.Line($"Lost at: {place}{(Labels.Of(result.Reason) is { } reason ? $" ({reason})" : "")}", indent: 2);
        if (result.LastSeenAt is { } seen && result.Outcome is not PathOutcome.Reachable)
            screen.Line(
                $"Last seen at: {seen}{(result.FirstMissedAt is { } missed ? $", not seen any more at: {missed}" : "")}",
                indent: 2
            );
        if (result.Fix is { } fix)
            screen.Line($"Fix: {fix}", indent: 2);
        if (result.PredictionAgrees == false)
            screen.Line(
                "This is not what the set-up of the hosts predicts: something that was not read is at work.",
                Styles.Warning,
                indent: 2
            );
    }

    private static string Judgement(XenVlanPathResult result) =>
        result.AsExpected switch
        {
            true => ", as expected",
            false when result.Expected is PathExpectation.Reachable && result.Outcome is PathOutcome.Reachable => ", not as expected",
            false => $", where {Labels.Of(result.Expected)} was expected",
            null => "",
        };

    private static Listing Probes(XenVlanPathResult result)
    {
        var listing = new Listing("PROBE", "OUTCOME", "DETAIL");
        foreach (var probe in result.Probes)
            _ = listing.Row(Labels.Of(probe.Kind), Labels.Of(probe.Outcome), probe.Detail);
        return listing;
    }

    private static Spectre.Console.Style? Look(LineStyle look) =>
        look switch
        {
            LineStyle.Heading => Styles.Heading,
            LineStyle.Good => Styles.Good,
            LineStyle.Bad => Styles.Bad,
            LineStyle.Warning => Styles.Warning,
            _ => Styles.Plain,
        };
}
