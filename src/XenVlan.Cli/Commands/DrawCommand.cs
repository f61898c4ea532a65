using System.CommandLine;
using System.Text.Json;
using XenVlan.Cli.Json;
using XenVlan.Cli.Running;
using XenVlan.Drawing;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Topology;
using XenVlan.Topology.Yaml;

namespace XenVlan.Cli.Commands;

/// <summary><c>xenvlan draw</c>: hosts as a tree.</summary>
internal static class DrawCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Build(CommandRunner runner)
    {
        var file = new Argument<string?>("FILE")
        {
            Description = "A topology document: its hosts, domains and wires are drawn.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var hosts = HostOption.Build();
        var command = new Command("draw", "Draw hosts, their bridges, and what hangs on those, as a tree.") { file, hosts };
        command.Validators.Add(result =>
        {
            if (result.GetValue(file) is not null && result.GetResult(hosts) is not null)
                result.AddError("Draw either a document or --host; a document names its hosts itself.");
        });
        command.SetAction(
            (parsed, token) => runner.RunAsync(parsed, run => DrawAsync(run, parsed.GetValue(file), parsed.GetValue(hosts) ?? []), token)
        );
        return command;
    }

    private static async Task<int> DrawAsync(CommandContext run, string? file, IReadOnlyList<HostTarget> hosts)
    {
        IReadOnlyList<Wire> wires = [];
        if (file is not null)
        {
            var document = await TopologyYaml.LoadAsync(file, run.CancellationToken).ConfigureAwait(false);
            hosts = [.. document.Ends.Select(e => e.Target)];
            wires = TopologyPlanner.WiresOf(document);
        }

        var (snapshots, status) = await run.ReadAsync(hosts).ConfigureAwait(false);
        var trees = TopologyTree.Draw(snapshots, wires);
        if (run.IsJson)
            run.Screen.WriteRaw(JsonSerializer.Serialize(trees, CliJsonContext.Default.IReadOnlyListTreeNode));
        else if (trees.Count > 0)
            run.Screen.WriteRaw(TreeText.Write(trees));
        return status;
    }
}
