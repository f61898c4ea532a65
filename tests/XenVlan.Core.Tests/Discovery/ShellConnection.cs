using System.Diagnostics;
using XenVlan.Hosts;

namespace XenVlan.Tests.Discovery;

/// <summary>Runs each script here, under a shell of choice and with a search path of choice.</summary>
internal sealed class ShellConnection(string shell, string? firstInPath = null) : IHostConnection
{
    public HostTarget Target => HostTarget.Local;

    public int ScriptsRun { get; private set; }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public async Task<ScriptResult> RunAsync(ShellScript script, ScriptOptions options, CancellationToken cancellationToken)
    {
        ScriptsRun++;
        var words = shell.Split(' ');
        var start = new ProcessStartInfo(words[0], [.. words.Skip(1), "-c", script.ToString()])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (firstInPath is not null)
            start.Environment["PATH"] = firstInPath + ":" + start.Environment["PATH"];
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return new ScriptResult(process.ExitCode, output, await errors);
    }
}
