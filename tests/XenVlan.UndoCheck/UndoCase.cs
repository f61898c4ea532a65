using System.Diagnostics;
using System.Globalization;
using System.Text;
using XenVlan.Changes;
using XenVlan.Changes.Transactions;
using XenVlan.Hosts;
using XenVlan.ModelCheck.Topologies;

namespace XenVlan.UndoCheck;

/// <summary>One random host, changed and undone.</summary>
internal static class UndoCase
{
    // As short as a transaction lets it be, for what is to run out.
    private static readonly TransactionOptions Short = new() { ConfirmTimeout = TimeSpan.FromSeconds(5) };
    private static readonly TransactionOptions Long = new() { ConfirmTimeout = TimeSpan.FromMinutes(5) };

    /// <summary>Makes the host, changes it, undoes the change, and compares.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="host">The host of the lab to do it on.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<UndoResult> RunAsync(int seed, IHostConnection host, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var dice = new Dice(seed);
        var random = RandomHost.Make(dice);
        await using var space = await HostSpace.MakeAsync(host, cancellationToken);
        _ = await space.RunAsync(random.Script, cancellationToken);
        var wasRaw = (await space.RunAsync(RawState.Script, cancellationToken)).Output;
        var was = await space.ReadAsync(cancellationToken);

        // Asking the network takes two seconds each time.
        var asks = dice.Percent(15);
        var way = dice.Of(Enum.GetValues<UndoWay>());
        var plan = RandomChanges.Make(dice, random, asks ? was : was with { Programs = [.. was.Programs.Where(p => p != "arping")] });
        if (plan.Steps.Count == 0)
            return new UndoResult(seed, way, plan, random.Script, [], "", Stopwatch.GetElapsedTime(started));
        if (way is UndoWay.FailingStep)
            plan = plan with { Steps = [.. plan.Steps, new ChangeStep("fail", ShellCommand.Of("false"), ShellCommand.Nothing)] };

        var log = await TakeBackAsync(space, plan, way, cancellationToken);
        var isRaw = (await space.RunAsync(RawState.Script, cancellationToken)).Output;
        var after = await space.ReadAsync(cancellationToken);

        var differences = Differ(RawState.Lines(wasRaw, was, after), RawState.Lines(isRaw, was, after))
            .Concat(Differ(RawState.Lines(was, was, after), RawState.Lines(after, was, after)))
            .ToList();
        var state = log.Split('\n').LastOrDefault(l => l.StartsWith("STATE ", StringComparison.Ordinal)) ?? "no state";
        var expected = way is UndoWay.Revert ? "STATE undone" : "STATE rolled-back";
        if (!state.StartsWith(expected, StringComparison.Ordinal))
            differences.Insert(0, $"! {state}, where \"{expected}\" was expected");
        return new UndoResult(seed, way, plan, random.Script, differences, log, Stopwatch.GetElapsedTime(started));
    }

    private static async Task<string> TakeBackAsync(HostSpace space, ChangePlan plan, UndoWay way, CancellationToken cancellationToken)
    {
        const string Mark = "news";
        var log = new StringBuilder();
        var id = TransactionScripts.NewId();
        await Run(TransactionScripts.Begin(plan, id, way is UndoWay.Timeout ? Short : Long, Mark));
        switch (way)
        {
            case UndoWay.Decision:
                await Run(TransactionScripts.Decide(id, "rollback", "the check wants it", 0, Mark));
                break;
            case UndoWay.Revert:
                await Run(TransactionScripts.Decide(id, "confirm", "", 0, Mark));
                var other = TransactionScripts.NewId();
                await Run(TransactionScripts.Revert("", other, Long, Mark));
                await Run(TransactionScripts.Decide(other, "confirm", "", 0, Mark));
                break;
            case UndoWay.ByHand:
                await Run(TransactionScripts.Decide(id, "confirm", "", 0, Mark));
                await Run(
                    new ShellScript().Add(ShellCommand.Of("eval", $"sh /var/lib/xenvlan/transactions/*-{id}/transaction.sh undo 2>&1"))
                );
                break;
            case UndoWay.Guard:
                await Run(
                    new ShellScript().Add(
                        ShellCommand.Of(
                            "eval",
                            $"for dir in /run/xenvlan/*-{id}; do read -r pid rest < $dir/worker && kill -s KILL $pid; done"
                        )
                    )
                );
                await Run(TransactionScripts.Follow(id, "over", 0, Mark));
                break;
            case UndoWay.Timeout:
                await Run(TransactionScripts.Follow(id, "over", 0, Mark));
                break;
        }

        // Follow and Decide need the whole name; what they did not wait for is waited for here.
        await Run(
            new ShellScript().Add(
                ShellCommand.Of(
                    "eval",
                    $$"""
                    n=0
                    for dir in /run/xenvlan/*-{{id}}; do :; done
                    while read -r state rest < $dir/state && [ $n -lt 200 ]; do
                        case $state in undone | rolled-back | stuck | interrupted) break ;; esac
                        n=$((n + 1))
                        sleep 0.2
                    done
                    cat /var/lib/xenvlan/transactions/*/journal
                    echo "STATE $state $rest"
                    """
                )
            )
        );
        return log.ToString();

        async Task Run(ShellScript script)
        {
            var result = await space.RunAsync(script, ScriptOptions.Changing, cancellationToken);
            _ = log.Append(CultureInfo.InvariantCulture, $"{result.Output}{result.ErrorOutput}");
        }
    }

    private static IEnumerable<string> Differ(IReadOnlyList<string> was, IReadOnlyList<string> now) =>
        was.Except(now, StringComparer.Ordinal).Select(l => "- " + l).Concat(now.Except(was, StringComparer.Ordinal).Select(l => "+ " + l));
}
