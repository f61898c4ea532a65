using System.Runtime.InteropServices;
using XenVlan.Cli.Output;
using XenVlan.Cli.Running;

namespace XenVlan.Cli;

/// <summary>
/// What Ctrl+C and SIGTERM do. The first tells the command to stop, which stays until it knows what its hosts do; the second
/// ends it at once, and says what is not known.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CliEnvironment _environment;
    private readonly List<PosixSignalRegistration> _signals;
    private int _count;

    /// <summary>Begins to listen to signals.</summary>
    /// <param name="environment">Where to write, and which changes are open.</param>
    public Interruption(CliEnvironment environment)
    {
        _environment = environment;
        _signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(s => PosixSignalRegistration.Create(s, OnSignal))];
    }

    /// <summary>Set by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var signal in _signals)
            signal.Dispose();
        _stop.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        var errors = new ErrorReporter(_environment.Error, isJson: false);
        if (Interlocked.Increment(ref _count) > 1)
        {
            foreach (var sentence in _environment.Open.Describe())
                errors.Say(sentence.ToString(CliWording.Instance));
            Environment.Exit(ExitStatus.Interrupted);
        }

        if (_environment.Open.Hosts is { Count: > 0 } hosts)
            errors.Say(
                $"Interrupted. Waiting to hear what becomes of the change on {string.Join(", ", hosts)}; interrupt once more to leave "
                    + $"without knowing."
            );
        _stop.Cancel();
    }
}
