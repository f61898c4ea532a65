using System.CommandLine;
using XenVlan.Cli.Reports;
using XenVlan.Cli.Running;
using XenVlan.Discovery;
using XenVlan.Discovery.Comparison;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Model.Json;

namespace XenVlan.Cli.Commands;

/// <summary><c>xenvlan compare</c>: what differs between two moments of a host, or between two hosts.</summary>
internal static class CompareCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Build(CommandRunner runner)
    {
        var reference = new Argument<string>("REFERENCE")
        {
            Description =
                "What is compared with: a file of 'xenvlan show snapshot', or a host, which is read now. What is there as a file, has a "
                + "slash or ends in .json is a file.",
        };
        var difference = new Argument<string?>("DIFFERENCE")
        {
            Description = "The other one, in the same way; the host of the first as it is now when absent.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("compare", "Show what differs between two snapshots: two moments of a host, or two hosts.")
        {
            reference,
            difference,
        };
        command.SetAction(
            (parsed, token) =>
                runner.RunAsync(
                    parsed,
                    run => CompareAsync(run, Read(parsed.GetRequiredValue(reference)), parsed.GetValue(difference)),
                    token
                )
        );
        return command;
    }

    private static async Task<int> CompareAsync(CommandContext run, Side reference, string? other)
    {
        var difference = other is not null ? Read(other) : new Side(null, HostTarget.Parse(reference.HostName));
        var live = new[] { reference, difference }.Select(s => s.Host).OfType<HostTarget>().ToList();
        var (read, status) = live.Count == 0 ? ([], ExitStatus.Fine) : await run.ReadAsync(live).ConfigureAwait(false);
        if (status != ExitStatus.Fine)
            return status;
        var (before, after) = (Snapshot(reference), Snapshot(difference));
        var differences = SnapshotComparison.Compare(before, after);
        if (run.IsJson)
            run.Screen.WriteRaw(XenVlanJson.Serialize(differences));
        else
            ComparisonText.Write(run.Screen, before, after, differences);
        return differences.Count == 0 ? ExitStatus.Fine : ExitStatus.Difference;

        HostSnapshot Snapshot(Side side) => side.Stored ?? read.First(s => s.HostName == side.HostName);
    }

    private static Side Read(string text) =>
        text.Contains('/', StringComparison.Ordinal) || text.EndsWith(".json", StringComparison.Ordinal) || File.Exists(text)
            ? new Side(SnapshotFile.Read(text), null)
            : new Side(null, HostTarget.Parse(text));

    // One of the two is there.
    private sealed record Side(HostSnapshot? Stored, HostTarget? Host)
    {
        public string HostName => Stored?.HostName ?? Host!.Name;
    }
}
