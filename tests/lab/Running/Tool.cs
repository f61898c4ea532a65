using System.Diagnostics;
using System.Text;

namespace XenVlan.Lab.Running;

/// <summary>Runs a program to its end and keeps what it prints.</summary>
internal static class Tool
{
    public static async Task<LabCommandResult> RunAsync(
        string program,
        IEnumerable<string> arguments,
        TimeSpan limit,
        CancellationToken cancellationToken,
        string? standardInput = null,
        string? workingDirectory = null
    )
    {
        var start = new ProcessStartInfo(program)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            WorkingDirectory = workingDirectory ?? "",
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        using var process = Process.Start(start) ?? throw new LabException($"{program} could not be started");
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var error = process.StandardError.ReadToEndAsync(deadline.Token);
            await WriteAsync(process.StandardInput, standardInput, deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return new LabCommandResult(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} had not ended after {limit.TotalSeconds:0} s", error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>Runs a program that must succeed, and returns its standard output.</summary>
    public static async Task<string> RequireAsync(
        string program,
        IEnumerable<string> arguments,
        TimeSpan limit,
        CancellationToken cancellationToken,
        string? workingDirectory = null
    )
    {
        var result = await RunAsync(program, arguments, limit, cancellationToken, workingDirectory: workingDirectory);
        return result.ExitCode == 0
            ? result.StandardOutput
            : throw new LabException(
                $"{program} {string.Join(' ', arguments)}: exit status {result.ExitCode}: {result.StandardError.Trim()}"
            );
    }

    /// <summary>Whether a program of this name is on the search path.</summary>
    public static bool Exists(string program) => SearchPath().Any(directory => File.Exists(Path.Combine(directory, program)));

    private static string[] SearchPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    private static async Task WriteAsync(StreamWriter input, string? text, CancellationToken cancellationToken)
    {
        try
        {
            if (text is not null)
            {
                await input.WriteAsync(text.AsMemory(), cancellationToken);
            }

            input.Close();
        }
        catch (IOException)
        {
            // The program ended without reading all of it; its exit status tells why.
        }
    }
}
