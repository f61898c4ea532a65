using System.Globalization;
using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Paths.Forwarding;

namespace XenVlan.Paths.Diagnosis;

/// <summary>Asks a host what a domain does that does not answer. The xenstore does not tell whether a domain is paused.</summary>
internal static class DomainStateCheck
{
    private const int StateColumn = 4;

    /// <summary>Asks, where a result has a domain that does not answer.</summary>
    /// <returns>The result, with the domain's state where the host tells it.</returns>
    public static async Task<XenVlanPathResult> AskAsync(
        XenVlanPathResult result,
        SnapshotStore store,
        PathNetwork network,
        CancellationToken cancellationToken
    )
    {
        if (
            result.Reason is not PathReason.DomainSilent
            || result.LostAt?.Split('/', 2) is not [var hostName, var link]
            || network.Find(hostName, link) is not { Interface.Vif: { } vif } point
            || !point.Host.IsRoot
        )
        {
            return result;
        }

        var program = point.Host.Toolstack is Toolstack.Xend ? "xm" : "xl";
        var script = ShellScript.ForHost().Add(ShellCommand.Of(program, "list", vif.DomainId));
        var listed = await store
            .Connect(HostTarget.Parse(hostName))
            .AskAsync(connection => connection.RunAsync(script, ScriptOptions.Reading, cancellationToken))
            .ConfigureAwait(false);
        var output = listed.Output;
        var name = point.Host.FindDomain(vif.DomainId)?.Name ?? vif.DomainId.ToString(CultureInfo.InvariantCulture);
        return State(output) switch
        {
            { } state when state.Contains('p', StringComparison.Ordinal) => Said(
                result,
                $"{name} is paused, so it takes no frames.",
                PathFix.On(hostName, ShellCommand.Of(program, "unpause", name))
            ),
            { } state when state.Contains('c', StringComparison.Ordinal) => Said(
                result,
                $"{name} has crashed, and is kept to be looked at.",
                $"{PathFix.On(hostName, ShellCommand.Of(program, "destroy", name))} # and start it again: {program:unquoted} create <its "
                    + $"configuration>"
            ),
            { } state when state.Contains('s', StringComparison.Ordinal) || state.Contains('d', StringComparison.Ordinal) => Said(
                result,
                $"{name} is shutting down.",
                $"Start it again on {hostName:unquoted}: {program:unquoted} create <its configuration>"
            ),
            _ => result,
        };
    }

    // "ftp-b   2   128   1   --p---   23.6" (xl(1), list); a name may have spaces, so the columns are counted from the end.
    private static string? State(string output) =>
        output
            .Split('\n')
            .Select(l => l.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Where(w => w.Length > StateColumn && w[^2].Length == "rbpscd".Length && w[^2].All(c => c == '-' || char.IsAsciiLetterLower(c)))
            .Select(w => w[^2])
            .FirstOrDefault();

    private static XenVlanPathResult Said(XenVlanPathResult result, string explanation, Message fix) =>
        result with
        {
            Explanation = $"Frames are handed to {result.LostAt}, but {explanation}",
            HowToFix = fix,
        };
}
