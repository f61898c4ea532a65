using System.CommandLine;
using System.Text.Json;
using XenVlan.Changes.Transactions;
using XenVlan.Cli.Json;
using XenVlan.Cli.Reports;
using XenVlan.Cli.Running;
using XenVlan.Model;
using XenVlan.Topology;
using XenVlan.Topology.Yaml;

namespace XenVlan.Cli.Commands;

/// <summary><c>xenvlan apply</c>: makes hosts what a document says.</summary>
internal static class ApplyCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Build(CommandRunner runner)
    {
        var file = new Argument<string>("FILE") { Description = "The topology document." };
        var whatIf = new Option<bool>("--what-if")
        {
            Description = "Only print the plan, with the command that would undo each step; change nothing.",
        };
        var changing = new ChangingOptions();
        var command = new Command("apply", "Make the hosts of a topology document what it says: all of them, or none.") { file, whatIf };
        changing.AddTo(command);
        command.SetAction(
            (parsed, token) =>
                runner.RunAsync(
                    parsed,
                    run =>
                        ApplyAsync(
                            run,
                            parsed.GetRequiredValue(file),
                            parsed.GetValue(whatIf),
                            changing.Scope(parsed),
                            changing.Read(parsed, run)
                        ),
                    token
                )
        );
        return command;
    }

    private static async Task<int> ApplyAsync(CommandContext run, string file, bool whatIf, ChangeScope scope, TransactionOptions options)
    {
        var document = await TopologyYaml.LoadAsync(file, run.CancellationToken).ConfigureAwait(false);
        run.Progress.Tell("reading the hosts");
        var plans = await TopologyPlanner.PlanAsync(document, run.Store, scope, run.CancellationToken).ConfigureAwait(false);
        run.Progress.Wipe();
        var progress = plans.Select(p => new PlanProgress(p)).ToList();
        if (!run.IsJson)
            PlanText.WritePlans(run.Screen, plans, withUndo: whatIf);

        try
        {
            if (!whatIf)
                await CarryOutAsync(run, progress, options).ConfigureAwait(false);
        }
        finally
        {
            if (run.IsJson)
                run.Screen.WriteRaw(
                    JsonSerializer.Serialize([.. progress.Select(p => p.ToDocument())], CliJsonContext.Default.IReadOnlyListPlanDocument)
                );
            else if (!whatIf)
                PlanText.WriteEnd(run.Screen, progress);
        }

        return ExitStatus.Fine;
    }

    private static async Task CarryOutAsync(CommandContext run, IReadOnlyList<PlanProgress> all, TransactionOptions options)
    {
        var byHost = all.ToDictionary(p => p.Plan.HostName, StringComparer.Ordinal);
        foreach (var progress in all)
            progress.Begin();
        _ = await TopologyApplier
            .ApplyAsync(
                [.. all.Select(p => p.Plan)],
                run.Store,
                options with
                {
                    OnStep = report =>
                    {
                        byHost[report.HostName].Note(report);
                        if (!run.IsJson)
                            PlanText.WriteStep(run.Screen, report);
                    },
                },
                run.CancellationToken
            )
            .ConfigureAwait(false);
        foreach (var progress in all)
            progress.End();
    }
}
