using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using XenVlan.Model;

namespace XenVlan.Hosts;

/// <summary>
/// One running <c>sh</c>, here or behind <c>ssh</c>, that is fed scripts over its standard input one after the other.
/// Marker lines with a random word tell where a script's output begins and ends, so that what a login prints before
/// does not matter.
/// </summary>
internal sealed class ShellProcess : IAsyncDisposable
{
    private const int MaximumErrorText = 256 * 1024;

    private static readonly TimeSpan LeaveTaking = TimeSpan.FromSeconds(3);

    private readonly HostTarget _target;
    private readonly Process _process;
    private readonly string _marker = UniqueToken.New("xenvlan-");
    private int _scripts;
    private bool _isKilled;

    private ShellProcess(HostTarget target, Process process)
    {
        _target = target;
        _process = process;
    }

    /// <summary>Whether the process has ended or was killed, so that no script can be run any more.</summary>
    public bool HasEnded => _isKilled || _process.HasExited;

    /// <summary>Starts a shell.</summary>
    /// <param name="target">The host.</param>
    /// <param name="settings">How to reach it.</param>
    /// <returns>The running process; whether it reaches the host shows when a script is run.</returns>
    public static ShellProcess Start(HostTarget target, SshSettings settings)
    {
        var start = new ProcessStartInfo(target.IsLocal ? "/bin/sh" : "ssh")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };

        if (!target.IsLocal)
        {
            // ConnectionFailure knows ssh's messages in English.
            start.Environment["LC_ALL"] = "C";
            foreach (var argument in SshCommandLine.Build(target, settings))
                start.ArgumentList.Add(argument);
        }

        try
        {
            return new ShellProcess(target, Process.Start(start)!);
        }
        catch (Win32Exception e)
        {
            throw target.Error(
                ErrorIds.ProgramMissing,
                $"'{start.FileName:unquoted}' could not be started on this machine: {e.Message:unquoted}."
                    + $"{(target.IsLocal ? "" : " Install OpenSSH's client (openssh-client)."):unquoted}",
                e
            );
        }
    }

    /// <summary>Runs a script and waits for its end.</summary>
    /// <param name="script">The script.</param>
    /// <param name="options">How to run it.</param>
    /// <param name="cancellationToken">Ends the process.</param>
    public async Task<ScriptResult> RunAsync(ShellScript script, ScriptOptions options, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Timeout);
        var mark = $"{_marker}-{(++_scripts).ToString(CultureInfo.InvariantCulture)}";
        var output = new MarkedOutput(
            mark,
            options.MaximumOutput,
            options.Silence is { } silence ? Watched(options.OnLine, limit, silence) : options.OnLine,
            keeps: options.KeepsOutput
        );
        var errors = new MarkedOutput(mark, MaximumErrorText, null, drains: true);
        var isGivenUp = false;
        try
        {
            var reading = output.ReadAsync(_process.StandardOutput, limit.Token);
            var readingErrors = errors.ReadAsync(_process.StandardError, limit.Token);
            await SendAsync(Frame(script, mark, options.Until is not null), limit.Token).ConfigureAwait(false);
            if (options.Until is { } until && await Task.WhenAny(reading, until).ConfigureAwait(false) == until)
                await StopAsync(reading, limit.Token).ConfigureAwait(false);
            await reading.ConfigureAwait(false);

            // A process that nobody listens to any more would wait for ever, and its errors with it.
            if (output.IsTooLarge)
                Kill();
            else if (output.ExitStatus is null)
                isGivenUp = !await EndsSoonAsync(limit.Token).ConfigureAwait(false);
            await readingErrors.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Kill();
            throw output.HasBegun
                ? _target.Error(
                    ErrorIds.HostTimeout,
                    $"The script on host {_target.Name} did not end within {options.Timeout.TotalSeconds:0} seconds " + $"and was given up."
                )
                : _target.Error(
                    ErrorIds.HostTimeout,
                    $"Host {_target.Name} did not answer within {options.Timeout.TotalSeconds:0} seconds."
                );
        }
        catch
        {
            Kill();
            throw;
        }

        if (output.IsTooLarge)
            throw _target.Error(ErrorIds.OutputTooLarge, $"Host {_target.Name} printed {output.Excess:unquoted}; the rest was not read.");

        if (output.ExitStatus is { } status)
            return new ScriptResult(status, output.Text, errors.Text);

        await _process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        throw output.HasBegun || _scripts > 1 || isGivenUp
            ? _target.Error(
                ErrorIds.ConnectionLost,
                $"The connection to host {_target.Name} was "
                    + $"lost.{(errors.LastLines.Length > 0 ? $" The last that was said on it: {errors.LastLines}" : ""):unquoted}"
            )
            : ConnectionFailure.Explain(_target, errors.IsTooLarge ? $"{errors.Text}\n{errors.LastLines}" : errors.Text, _process.ExitCode);
    }

    // A slow shell that has not come to the script yet reads the word together with it, and takes it for a command. So it is
    // said until it is heard; what is left of it does nothing.
    private async Task StopAsync(Task reading, CancellationToken cancellationToken)
    {
        while (!reading.IsCompleted)
        {
            await SendAsync($": {ScriptOptions.StopWord}\n", cancellationToken).ConfigureAwait(false);
            _ = await Task.WhenAny(reading, Task.Delay(TimeSpan.FromSeconds(1), cancellationToken)).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the shell: politely by closing its input, then by force.</summary>
    /// <returns>A task that ends with the process.</returns>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await _process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException)
        {
            Kill();
        }

        _process.Dispose();
    }

    // One that closed its output before the script's end is not heard any more, whether it stays or not.
    private async Task<bool> EndsSoonAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(LeaveTaking);
        try
        {
            await _process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Kill();
            return false;
        }
    }

    private static Action<string> Watched(Action<string>? onLine, CancellationTokenSource limit, TimeSpan silence) =>
        line =>
        {
            limit.CancelAfter(silence);
            onLine?.Invoke(line);
        };

    // The shell reads the whole compound command before it runs any of it, so the script cannot eat its own text, and
    // /dev/null keeps it from eating the next one's. The word to stop is a command that does nothing, for a shell whose
    // script ended before it came.
    private static string Frame(ShellScript script, string mark, bool isTold) =>
        $$"""
            printf '\n%s\n' '{{mark}} begin'
            {
            (
            {{script}}
            ) {{(isTold ? "3<&0 " : "")}}</dev/null
            xenvlan_status=$?; printf '\n%s\n' "{{mark}} end $xenvlan_status"; printf '\n%s\n' "{{mark}} end $xenvlan_status" >&2
            }

            """;

    private async Task SendAsync(string text, CancellationToken cancellationToken)
    {
        try
        {
            await _process.StandardInput.WriteAsync(text.AsMemory(), cancellationToken).ConfigureAwait(false);
            await _process.StandardInput.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The process ended before it read everything; what it printed, and its exit status, say why.
        }
    }

    private void Kill()
    {
        _isKilled = true;
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It has ended already.
        }
    }
}
