using System.CommandLine;
using System.Text.Json;
using XenVlan.Cli.Json;
using XenVlan.Cli.Reports;
using XenVlan.Topology;

namespace XenVlan.Cli.Commands;

/// <summary><c>xenvlan apply</c>: makes hosts what a document says.</summary>
internal static class ApplyCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="runner">Carries it out.</param>
    /// <returns>The command.</returns>
    public static Command Build(CommandRunner runner)
    {
        var file = new Argument<string>("FILE") { Description = "The topology document." };
        var whatIf = new Option<bool>("--what-if") { Description = "Only print the plan, with the command that would undo each step; change nothing." };
        var command = new Command("apply", "Make the hosts of a topology document what it says, step by step.") { file, whatIf };
        command.SetAction((parsed, token) => runner.RunAsync(
            parsed,
            run => ApplyAsync(run, parsed.GetRequiredValue(file), parsed.GetValue(whatIf)),
            token));
        return command;
    }

    private static async Task<int> ApplyAsync(CommandRun run, string file, bool whatIf)
    {
        var document = await TopologyDocument.LoadAsync(file, run.CancellationToken).ConfigureAwait(false);
        run.Progress.Tell("reading the hosts");
        var plans = await TopologyPlanner.PlanAsync(document, run.Store, run.CancellationToken).ConfigureAwait(false);
        run.Progress.Wipe();
        var progress = plans.Select(p => new PlanProgress(p)).ToList();
        if (!run.IsJson)
            PlanText.WritePlans(run.Screen, plans, withUndo: whatIf);

        try
        {
            if (!whatIf)
                await CarryOutAsync(run, progress).ConfigureAwait(false);
        }
        catch (Exception) when (run.CancellationToken.IsCancellationRequested)
        {
            if (!run.IsJson)
                run.Errors.Say("The host that was being changed undoes its steps by itself, as soon as it notices that nobody listens.");
            throw;
        }
        finally
        {
            if (run.IsJson)
                run.Screen.WriteRaw(JsonSerializer.Serialize([.. progress.Select(p => p.ToDocument())], CliJsonContext.Default.IReadOnlyListPlanDocument));
            else if (!whatIf)
                PlanText.WriteEnd(run.Screen, progress);
        }

        return ExitStatus.Fine;
    }

    private static async Task CarryOutAsync(CommandRun run, IReadOnlyList<PlanProgress> all)
    {
        foreach (var progress in all)
        {
            await progress.RunAsync(
                onStep => TopologyApplier.ApplyAsync(progress.Plan, run.Store, onStep, run.CancellationToken),
                run.IsJson ? null : report => PlanText.WriteStep(run.Screen, report)).ConfigureAwait(false);
        }
    }
}
