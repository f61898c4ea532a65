using System.Globalization;
using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Changes;

/// <summary>Carries plans out.</summary>
public static class ChangeRunner
{
    /// <summary>Runs a plan's steps on its host and checks that the host then is as wanted.</summary>
    /// <param name="connection">The host.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="onStep">Called with the news of each step.</param>
    /// <param name="cancellationToken">
    /// Stops waiting. The host then ends the step it is at and undoes what was done, as soon as it notices that nobody
    /// listens.
    /// </param>
    /// <returns>The host afterwards; the snapshot the plan was made from when nothing needed to be done.</returns>
    /// <exception cref="XenVlanException">
    /// <see cref="ErrorIds.ChangeFailed"/>: a step failed and the ones before it were undone;
    /// <see cref="ErrorIds.UndoFailed"/>: undoing failed too;
    /// <see cref="ErrorIds.ChangeNotVisible"/>: all steps succeeded without the wanted result.
    /// </exception>
    public static async Task<HostSnapshot> ApplyAsync(
        IHostConnection connection,
        ChangePlan plan,
        Action<StepReport>? onStep,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.IsEmpty)
            return plan.Before;

        // A change that is half read is worse than one that was not asked for.
        cancellationToken.ThrowIfCancellationRequested();
        var mark = RandomWord.New("xv");
        var news = new List<StepReport>();
        var options = ScriptOptions.Changing with { OnLine = line => Hear(plan, mark, line, news, onStep) };
        var result = await connection.RunAsync(PlanScript.Build(plan, mark), options, cancellationToken).ConfigureAwait(false);
        if (result.ExitStatus != 0)
            throw Failure(plan, news, result);

        var after = await HostReader.ReadAsync(connection, cancellationToken).ConfigureAwait(false);
        Check(plan, after);
        return after;
    }

    private static void Check(ChangePlan plan, HostSnapshot after)
    {
        var missing = ChangePlan.Make(after, plan.Changes).Steps;
        if (missing.Count > 0)
        {
            throw new XenVlanException(
                ErrorIds.ChangeNotVisible,
                $"All {plan.Steps.Count} steps on host {DisplayText.Quote(plan.HostName)} succeeded, but it does not show what was asked for. Still missing: {string.Join("; ", missing.Select(s => s.Description))}. Something else on the host may be changing the same interfaces.",
                plan.HostName);
        }
    }

    private static void Hear(ChangePlan plan, string mark, string line, List<StepReport> news, Action<StepReport>? onStep)
    {
        var words = line.Split(' ', 4);
        if (words.Length < 3
            || !string.Equals(words[0], mark, StringComparison.Ordinal)
            || !int.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number < 1
            || number > plan.Steps.Count)
        {
            return;
        }

        StepState? state = words[1] switch
        {
            "running" => StepState.Running,
            "done" => StepState.Done,
            "failed" => StepState.Failed,
            "undone" => StepState.Undone,
            "undo-failed" => StepState.UndoFailed,
            _ => null,
        };
        if (state is not { } known)
            return;

        var report = new StepReport(plan.HostName, number, plan.Steps.Count, plan.Steps[number - 1], known, words.Length > 3 ? words[3].Trim() : "");
        news.Add(report);
        onStep?.Invoke(report);
    }

    private static XenVlanException Failure(ChangePlan plan, List<StepReport> news, ScriptResult result)
    {
        var host = DisplayText.Quote(plan.HostName);
        if (news.Find(n => n.State is StepState.Failed) is not { } failed)
            return new XenVlanException(ErrorIds.ChangeFailed, $"The change on host {host} was interrupted (exit status {result.ExitStatus}); {Undone()}. {DisplayText.Clean(result.ErrorOutput.Trim())}".TrimEnd(), plan.HostName);

        var what = $"Step {failed.Number} of {failed.Count} on host {host} failed: {failed.Step.Description}. '{DisplayText.Clean(failed.Step.Do.Text)}' said: {DisplayText.Clean(failed.Said)}.";
        var stuck = news.Where(n => n.State is StepState.UndoFailed).ToList();
        return stuck.Count == 0
            ? new XenVlanException(ErrorIds.ChangeFailed, $"{what} {Undone()}.", plan.HostName)
            : new XenVlanException(ErrorIds.UndoFailed, $"{what} Undoing failed too, so the host is left in between: {string.Join("; ", stuck.Select(s => $"'{DisplayText.Clean(s.Step.Undo.Text)}' said: {DisplayText.Clean(s.Said)}"))}.", plan.HostName);

        string Undone() => news.Count(n => n.State is StepState.Undone) switch
        {
            0 => "No step had been done before it",
            1 => "The one step before it was undone",
            var n => $"The {n} steps before it were undone",
        };
    }
}
