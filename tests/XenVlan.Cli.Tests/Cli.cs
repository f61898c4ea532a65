using System.Diagnostics;
using XenVlan.Cli.Running;
using XenVlan.Tests;
using Xunit;

namespace XenVlan.Cli.Tests;

/// <summary>Runs the command, in this process or as the program it is built to.</summary>
internal static class Cli
{
    /// <summary>The program.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "xenvlan");

    /// <summary>Runs the command in this process.</summary>
    public static async Task<CliResult> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var application = new CliApplication(new CliEnvironment { Output = output, Error = error });
        var status = await application.RunAsync(arguments, TestContext.Current.CancellationToken);
        return new CliResult(status, output.ToString(), error.ToString());
    }

    /// <summary>Runs a program and waits for its end.</summary>
    public static async Task<CliResult> RunProgramAsync(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        return await EndAsync(process);
    }

    /// <summary>Starts a program.</summary>
    public static Process Start(string program, params string[] arguments) =>
        Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;

    /// <summary>Waits for a program's end.</summary>
    public static async Task<CliResult> EndAsync(Process process)
    {
        var token = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(token);
        var error = process.StandardError.ReadToEndAsync(token);
        await process.WaitForExitAsync(token);
        return new CliResult(process.ExitCode, await output, await error);
    }

    /// <summary>Compares text with a file of <c>Golden/</c>.</summary>
    public static void Verify(string text, string name) => Golden.Verify(text, Path.Combine("..", "XenVlan.Cli.Tests", "Golden", name));
}
