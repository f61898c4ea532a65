using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using System.Runtime.InteropServices;
using XenVlan.Changes.Transactions;
using XenVlan.Model;

namespace XenVlan.PowerShell.Running;

/// <summary>What all cmdlets of XenVlan do alike: stop at once, report errors by their stable ids, log what is done.</summary>
public abstract class XenVlanCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _leave = new();
    private PosixSignalRegistration? _again;

    /// <summary>Set when the user stops the pipeline.</summary>
    private protected CancellationToken Stop => _stop.Token;

    /// <summary>The changes of which it is not known yet what became of them.</summary>
    private protected OpenChanges Open { get; } = new();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        if (Open.Hosts is { Count: > 0 } hosts)
        {
            TellUser(
                $"Stopped. Waiting to hear what becomes of the change on {string.Join(", ", hosts)}; press Ctrl+C once more to leave "
                    + $"without knowing."
            );

            // PowerShell tells a cmdlet only once.
            _again = PosixSignalRegistration.Create(PosixSignal.SIGINT, Leave);
        }

        _stop.Cancel();
    }

    /// <summary>Frees what the cmdlet holds.</summary>
    /// <param name="disposing">Whether it is called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        _again?.Dispose();
        _stop.Dispose();
        _leave.Dispose();
    }

    /// <summary>Runs an operation apart from the pipeline, and hands over its results on the pipeline's thread.</summary>
    /// <param name="start">Begins it; is given a way to have something done on the pipeline's thread.</param>
    private protected IEnumerable<T> Pump<T>(Func<Action<Action>, CancellationToken, IAsyncEnumerable<T>> start) =>
        PipelinePump.Run(
            (post, token) =>
            {
                ModuleSession.LogTo(line => post(() => WriteVerbose(line)));
                return start(post, token);
            },
            Stop,
            _leave.Token
        );

    /// <summary>Warns on the screen itself: a pipeline that was stopped takes nothing more.</summary>
    /// <param name="text">What to say.</param>
    private protected void TellUser(string text)
    {
        try
        {
            Host?.UI?.WriteWarningLine(DisplayText.CleanSentences(text));
        }
        catch (Exception e) when (e is PSNotImplementedException or InvalidOperationException)
        {
            // A host without a screen.
        }
    }

    private void Leave(PosixSignalContext context)
    {
        context.Cancel = true;
        foreach (var sentence in Open.Describe())
            TellUser(sentence.ToString(PowerShellWording.Instance));
        _leave.Cancel();
    }

    /// <summary>Warns, whatever a host called its things.</summary>
    internal new void WriteWarning(string text) => base.WriteWarning(DisplayText.CleanSentences(text));

    /// <summary>Logs, whatever a host called its things.</summary>
    internal new void WriteVerbose(string text) => base.WriteVerbose(DisplayText.CleanSentences(text));

    /// <summary>Shows how far a cmdlet is, whatever a host called its things.</summary>
    private protected new void WriteProgress(ProgressRecord record)
    {
        record.StatusDescription = DisplayText.Clean(record.StatusDescription);
        record.CurrentOperation = record.CurrentOperation is { } operation ? DisplayText.Clean(operation) : null;
        base.WriteProgress(record);
    }

    /// <summary>Reads what the user gave; what is not valid ends the cmdlet before anything is sent.</summary>
    private protected T Valid<T>(object? given, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (XenVlanException e) when (e.ErrorId == ErrorIds.InvalidValue)
        {
            ThrowTerminatingError(ErrorRecords.From(e, given));
            throw;
        }
    }

    /// <summary>Ends the cmdlet because of what the user gave.</summary>
    /// <param name="given">What the user gave.</param>
    /// <param name="message">What is wrong with it.</param>
    [DoesNotReturn]
    private protected void Refuse(object? given, Message message)
    {
        var error = Errors.Of(ErrorIds.InvalidValue, message);
        ThrowTerminatingError(ErrorRecords.From(error, given));
        throw error;
    }
}
