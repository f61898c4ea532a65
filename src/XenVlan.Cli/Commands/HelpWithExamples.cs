using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using XenVlan.Cli.Running;

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
        Write(parseResult, parseResult.InvocationConfiguration.Output);
        return ExitStatus.Fine;
    }

    /// <summary>Prints the help.</summary>
    /// <param name="parsed">The command line, which says of what.</param>
    /// <param name="output">Where to.</param>
    public void Write(ParseResult parsed, TextWriter output)
    {
        using var text = new StringWriter();
        var configuration = parsed.InvocationConfiguration;
        var before = configuration.Output;
        configuration.Output = text;
        _ = _help.Invoke(parsed);
        configuration.Output = before;

        // The columns are filled up with spaces.
        foreach (var line in text.ToString().TrimEnd().Split('\n'))
            output.WriteLine(line.TrimEnd());
        output.WriteLine();
        output.WriteLine(Examples.Of(parsed.CommandResult.Command.Name));
    }
}
