using System.CommandLine;
using XenVlan.Changes.Transactions;
using XenVlan.Cli.Reports;
using XenVlan.Cli.Running;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Model.Json;

namespace XenVlan.Cli.Commands;

/// <summary><c>xenvlan transaction</c>: shows and steers the changes that hosts keep a journal of.</summary>
internal static class TransactionCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Build(CommandRunner runner)
    {
        var command = new Command("transaction", "Show, confirm or undo the changes that hosts keep a journal of.")
        {
            List(runner),
            Confirm(runner),
            Undo(runner),
        };
        return command;
    }

    private static Command List(CommandRunner runner)
    {
        var hosts = HostOption.Build();
        var command = new Command("list", "Show the last changes of hosts and what became of them, oldest first.") { hosts };
        command.SetAction((parsed, token) => runner.RunAsync(parsed, run => ListAsync(run, parsed.GetValue(hosts) ?? []), token));
        return command;
    }

    private static Command Confirm(CommandRunner runner)
    {
        var (id, host) = (Id("The change; the one that is armed when absent."), HostOption.Build());
        var command = new Command("confirm", "Keep a change that a host would undo by itself.") { id, host };
        command.SetAction(
            (parsed, token) =>
                runner.RunAsync(
                    parsed,
                    run =>
                        EachAsync(
                            run,
                            parsed.GetValue(host) ?? [],
                            async route =>
                            {
                                var one = await TransactionControl
                                    .FindArmedAsync(route, parsed.GetValue(id), run.CancellationToken)
                                    .ConfigureAwait(false);
                                await TransactionRunner.ConfirmAsync(route, one, Plain(run), run.CancellationToken).ConfigureAwait(false);
                                Say(run, route, $"{one} is confirmed.");
                            }
                        ),
                    token
                )
        );
        return command;
    }

    private static Command Undo(CommandRunner runner)
    {
        var (id, host, changing) = (
            Id("The change; the one that runs or is armed, else the last that was confirmed, when absent."),
            HostOption.Build(),
            new ChangingOptions()
        );
        var command = new Command("undo", "Undo a change: one that is armed, or one that was confirmed.") { id, host };
        changing.AddConfirmingTo(command);
        command.SetAction(
            (parsed, token) =>
                runner.RunAsync(
                    parsed,
                    run =>
                        EachAsync(
                            run,
                            parsed.GetValue(host) ?? [],
                            async route =>
                            {
                                var undone = await TransactionControl
                                    .UndoAsync(route, parsed.GetValue(id), changing.Read(parsed, run), run.CancellationToken)
                                    .ConfigureAwait(false);
                                Say(run, route, $"{undone} was undone.");
                            }
                        ),
                    token
                )
        );
        return command;
    }

    private static Argument<string?> Id(string description) => new("ID") { Description = description, Arity = ArgumentArity.ZeroOrOne };

    private static async Task<int> ListAsync(CommandContext run, IReadOnlyList<HostTarget> hosts)
    {
        var all = new List<XenTransaction>();
        var status = await EachAsync(
                run,
                hosts,
                async route =>
                {
                    all.AddRange(
                        await route
                            .Connect()
                            .AskAsync(connection => TransactionReader.ReadAsync(connection, run.CancellationToken))
                            .ConfigureAwait(false)
                    );
                }
            )
            .ConfigureAwait(false);
        if (run.IsJson)
            run.Screen.WriteRaw(XenVlanJson.Serialize(all));
        else
            TransactionText.Write(run.Screen, all);
        return status;
    }

    private static async Task<int> EachAsync(CommandContext run, IReadOnlyList<HostTarget> hosts, Func<HostAccess, Task> action)
    {
        var status = ExitStatus.Fine;
        foreach (var host in hosts.Count == 0 ? [HostTarget.Local] : hosts)
        {
            try
            {
                await action(run.Store.RouteTo(host)).ConfigureAwait(false);
            }
            catch (XenVlanException e)
            {
                run.Errors.ReportUnforeseen(e, host.Name);
                status = ExitStatus.HostFailed;
            }
        }

        return status;
    }

    private static TransactionOptions Plain(CommandContext run) =>
        new()
        {
            Open = run.Open,
            OnProgress = (host, text) => Say(run, host, text),
            OnWarning = (host, text) => run.Errors.Say($"{host}: {text}"),
        };

    private static void Say(CommandContext run, HostAccess route, string text) => Say(run, route.Target.Name, text);

    private static void Say(CommandContext run, string host, string text)
    {
        if (!run.IsJson)
            run.Screen.Line($"{host}: {text}");
    }
}
