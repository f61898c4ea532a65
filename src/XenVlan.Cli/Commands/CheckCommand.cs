using System.CommandLine;
using XenVlan.Cli.Output;
using XenVlan.Cli.Reports;
using XenVlan.Cli.Running;
using XenVlan.Model;
using XenVlan.Model.Json;
using XenVlan.Topology;
using XenVlan.Topology.Yaml;

namespace XenVlan.Cli.Commands;

/// <summary><c>xenvlan check</c>: whether the paths a document expects are as expected.</summary>
internal static class CheckCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Build(CommandRunner runner)
    {
        var file = new Argument<string>("FILE") { Description = "The topology document." };
        var command = new Command("check", "Check the paths and services that a topology document expects, by sending real frames.")
        {
            file,
        };
        command.SetAction((parsed, token) => runner.RunAsync(parsed, run => CheckAsync(run, parsed.GetRequiredValue(file)), token));
        return command;
    }

    private static async Task<int> CheckAsync(CommandContext run, string file)
    {
        var document = await TopologyYaml.LoadAsync(file, run.CancellationToken).ConfigureAwait(false);
        var results = new List<XenVlanPathResult>();
        try
        {
            run.Progress.Tell("reading the hosts");
            await foreach (var result in ExpectationChecker.CheckAsync(document, run.Store, run.CancellationToken).ConfigureAwait(false))
            {
                results.Add(result.Worded(CliWording.Instance));
                run.Progress.Tell($"{results.Count} checked, last {result.Source} to {result.Target}");
            }
        }
        finally
        {
            // A host may fail half-way; what was found until then is worth showing.
            run.Progress.Wipe();
            Show(run, results);
        }

        return results.Exists(r => r.AsExpected == false) ? ExitStatus.Difference : ExitStatus.Fine;
    }

    private static void Show(CommandContext run, IReadOnlyList<XenVlanPathResult> results)
    {
        if (run.IsJson)
            run.Screen.WriteRaw(XenVlanJson.Serialize(results));
        else
            CheckText.Write(run.Screen, results);
    }
}
