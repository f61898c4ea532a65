using System.CommandLine;
using XenVlan.Cli.Commands;
using XenVlan.Cli.Output;
using XenVlan.Cli.Running;
using XenVlan.Model;

namespace XenVlan.Cli;

/// <summary>The <c>xenvlan</c> command: reads its command line and carries it out.</summary>
internal sealed class CliApplication(CliEnvironment environment)
{
    /// <summary>Runs the command.</summary>
    /// <param name="arguments">The words after the command's name.</param>
    /// <param name="cancellationToken">Stops it, as Ctrl+C does.</param>
    /// <returns>An <see cref="ExitStatus"/>.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var options = new CommonOptions();
        var root = XenVlanCommand.Build(options, new CommandRunner(environment, options));

        // A file named with @ would be read as arguments; no argument of ours is meant so.
        var parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
            return Refuse(parsed, options);

        var invocation = new InvocationConfiguration
        {
            Output = environment.Output,
            Error = environment.Error,
            EnableDefaultExceptionHandler = false,

            // Interruption sees to signals: a command stays until it knows what its hosts do.
            ProcessTerminationTimeout = null,
        };
        return await parsed.InvokeAsync(invocation, cancellationToken).ConfigureAwait(false);
    }

    private int Refuse(ParseResult parsed, CommonOptions options)
    {
        var errors = new ErrorReporter(environment.Error, options.IsJson(parsed));
        foreach (var message in parsed.Errors.Select(e => e.Message).Distinct(StringComparer.Ordinal))
            errors.Report(Errors.Of(ErrorIds.InvalidValue, $"{message.ReplaceLineEndings(" "):unquoted}"));
        if (!errors.IsJson)
            environment.Error.WriteLine($"Try '{XenVlanCommand.PathOf(parsed.CommandResult)} --help'.");
        return ExitStatus.Usage;
    }
}
