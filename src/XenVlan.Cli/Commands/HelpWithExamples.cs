using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace XenVlan.Cli.Commands;

/// <summary>Prints a command's help, and examples of its use below it.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private readonly HelpAction _help = new() { MaxWidth = 100 };

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        ArgumentNullException.ThrowIfNull(parseResult);
        _ = _help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine(Examples.Of(parseResult.CommandResult.Command.Name));
        return ExitStatus.Fine;
    }
}
