using System.Text;
using XenVlan.Changes.Transactions;
using XenVlan.Hosts;

namespace XenVlan.Cli.Running;

/// <summary>What surrounds the command: where it writes, and how it reaches hosts.</summary>
internal sealed record CliEnvironment
{
    /// <summary>Where results go.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Where errors and the log go.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>The width of the terminal in characters; null where the output is none.</summary>
    public int? Width { get; init; }

    /// <summary>Whether errors go to a terminal, where a line can be written over.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Whether the terminal shows colours, and the user has not said no.</summary>
    public bool Colours { get; init; }

    /// <summary>The changes of which it is not known yet what became of them.</summary>
    public OpenChanges Open { get; } = new();

    /// <summary>Gives what reaches hosts; its argument is called with sentences for the log.</summary>
    public Func<Action<string>?, IHostConnector> Connect { get; init; } = log => new HostConnector(log);

    /// <summary>The environment of this process.</summary>
    /// <returns>Standard output and error, and what they are.</returns>
    public static CliEnvironment OfProcess() =>
        new()
        {
            Output = WriterOf(Console.OpenStandardOutput()),
            Error = WriterOf(Console.OpenStandardError()),
            Width = Console.IsOutputRedirected ? null : TerminalWidth(),
            ErrorIsTerminal = !Console.IsErrorRedirected,
            Colours = !Console.IsOutputRedirected && TerminalHasColours(),
        };

    // UTF-8 whatever the locale says, as JSON demands; trees and all that hosts say need it too.
    private static StreamWriter WriterOf(Stream stream) =>
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };

    // A serial console says 0.
    private static int TerminalWidth() => Console.WindowWidth is > 0 and var width ? width : 80;

    // https://no-color.org: any value but the empty one means no.
    private static bool TerminalHasColours() =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") is { Length: > 0 } and not "dumb";
}
