using System.CommandLine;
using XenVlan.Cli.Output;
using XenVlan.Cli.Running;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Cli.Commands;

/// <summary>Carries commands out, and turns how they end into an exit status.</summary>
/// <param name="environment">What surrounds them.</param>
/// <param name="options">The options they have in common.</param>
internal sealed class CommandRunner(CliEnvironment environment, CommonOptions options)
{
    /// <summary>Carries a command out.</summary>
    /// <returns>An <see cref="ExitStatus"/>.</returns>
    public async Task<int> RunAsync(ParseResult parsed, Func<CommandContext, Task<int>> body, CancellationToken cancellationToken)
    {
        var progress = new Progress(environment.ErrorIsTerminal ? environment.Error : null);
        var errors = new ErrorReporter(environment.Error, options.IsJson(parsed), progress);
        var connector = environment.Connect(options.IsVerbose(parsed) ? errors.Say : null);
        try
        {
            var run = new CommandContext(connector, options.Settings(parsed))
            {
                Screen = new Screen(environment.Output, environment.Width, environment.Colours && !options.IsWithoutColours(parsed)),
                Progress = progress,
                Errors = errors,
                IsJson = options.IsJson(parsed),
                Open = environment.Open,
                CancellationToken = cancellationToken,
            };
            return await body(run).ConfigureAwait(false);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // Whatever failed, it failed because everything was told to stop.
            foreach (var sentence in environment.Open.Describe())
                errors.Say(sentence.ToString(CliWording.Instance));
            errors.ReportInterruption();
            return ExitStatus.Interrupted;
        }
        catch (XenVlanException e)
        {
            errors.Report(e);
            return ExitStatus.Of(e);
        }
        catch (Exception e)
        {
            errors.ReportUnforeseen(e);
            return ExitStatus.HostFailed;
        }
        finally
        {
            await CloseAsync(connector).ConfigureAwait(false);
        }
    }

    private static async ValueTask CloseAsync(IHostConnector connector)
    {
        if (connector is IAsyncDisposable closable)
            await closable.DisposeAsync().ConfigureAwait(false);
    }
}
