using System.CommandLine;
using XenVlan.Changes.Transactions;
using XenVlan.Cli.Output;
using XenVlan.Cli.Running;
using XenVlan.Model;

namespace XenVlan.Cli.Commands;

/// <summary>The options of commands that change hosts.</summary>
internal sealed class ChangingOptions
{
    private readonly Option<string> _scope = new Option<string>("--scope")
    {
        Description = "What to change: what runs, the configuration files so that it lasts, or both.",
        DefaultValueFactory = _ => "both",
    }.OneOf("both", "running", "persistent");

    private readonly Option<int> _confirmTimeout = new Option<int>("--confirm-timeout")
    {
        Description = "A host that cannot be reached again within this many seconds undoes the change by itself.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => TransactionOptions.DefaultConfirmSeconds,
    };

    private readonly Option<bool> _noRollback = new("--no-rollback")
    {
        Description = "Keep the change even if the host cannot be reached afterwards.",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_scope);
        AddConfirmingTo(command);
    }

    /// <summary>Adds the options that say how long a host waits to a command.</summary>
    public void AddConfirmingTo(Command command)
    {
        command.Options.Add(_confirmTimeout);
        command.Options.Add(_noRollback);
    }

    /// <summary>How far a change is to go.</summary>
    public ChangeScope Scope(ParseResult parsed) => Enum.Parse<ChangeScope>(parsed.GetRequiredValue(_scope), ignoreCase: true);

    /// <summary>How a change is to be carried out, with its news going to the screen.</summary>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.InvalidValue"/>: the timeout is out of range.</exception>
    public TransactionOptions Read(ParseResult parsed, CommandContext run) =>
        new()
        {
            ConfirmTimeout = TransactionOptions.CheckConfirmTimeout(parsed.GetValue(_confirmTimeout)),
            NoRollback = parsed.GetValue(_noRollback),
            Open = run.Open,
            OnProgress = (host, text) =>
            {
                if (!run.IsJson)
                    run.Screen.Line($"{host}: {text}", Styles.Faint);
            },
            OnWarning = (host, text) => run.Errors.Say($"{host}: {text}"),
        };
}
