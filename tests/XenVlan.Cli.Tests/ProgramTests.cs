using System.Diagnostics;
using System.Globalization;
using Shouldly;
using Xunit;

namespace XenVlan.Cli.Tests;

/// <summary>The program as shells see it.</summary>
public sealed class ProgramTests
{
    private const string Escape = "\u001b";
    private const string Bold = Escape + "[1m";

    [Theory]
    [InlineData("--version", 0)]
    [InlineData("show hosts", 0)]
    [InlineData("show disks", 2)]
    [InlineData("check /nonexistent", 2)]
    [InlineData("show --host nosuch.invalid", 3)]
    public async Task The_exit_status_is_the_program_s(string arguments, int status) =>
        (await Cli.RunProgramAsync(Cli.Program, arguments.Split(' '))).ExitStatus.ShouldBe(status);

    [Fact]
    public async Task A_pipe_gets_no_colours_and_no_broken_lines()
    {
        var result = await Cli.RunProgramAsync(Cli.Program, "show", "hosts");
        result.Output.ShouldNotContain(Escape);
        result.Output.Split('\n')[0].ShouldBe(result.Output.Split('\n')[0].TrimEnd());
        result.Output.ShouldStartWith("HOST ");
    }

    [Fact]
    public async Task A_terminal_gets_colours_unless_they_are_declined()
    {
        (await OnTerminalAsync("TERM=xterm", "")).ShouldContain(Bold);
        (await OnTerminalAsync("TERM=xterm", "--no-color")).ShouldNotContain(Bold);
        (await OnTerminalAsync("TERM=xterm NO_COLOR=1", "")).ShouldNotContain(Bold);
        (await OnTerminalAsync("TERM=xterm NO_COLOR=", "")).ShouldContain(Bold);
        (await OnTerminalAsync("TERM=dumb", "")).ShouldNotContain(Bold);
    }

    [Fact]
    public async Task Ctrl_C_ends_the_program_at_once_with_130()
    {
        // A host that never answers: ssh talks to a program that says nothing. A shell lets what it runs in the background
        // ignore SIGINT, and whoever runs these tests may be there.
        using var process = Cli.Start(
            "env",
            "--default-signal=INT",
            Cli.Program,
            "show",
            "--host",
            "silent",
            "--ssh-option",
            "ProxyCommand=sleep 100",
            "--verbose"
        );
        var connecting = await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        connecting.ShouldBe("xenvlan: Connecting to silent over SSH.");

        var asked = Stopwatch.GetTimestamp();
        (await Cli.RunProgramAsync("kill", "-INT", process.Id.ToString(CultureInfo.InvariantCulture))).ExitStatus.ShouldBe(0);
        var result = await Cli.EndAsync(process);
        Stopwatch.GetElapsedTime(asked).ShouldBeLessThan(TimeSpan.FromSeconds(10));
        result.ExitStatus.ShouldBe(130);
        result.Error.ShouldContain("[XenVlan.Interrupted]");
    }

    // script(1) runs a command on a terminal of its own; it is part of every Linux distribution.
    private static async Task<string> OnTerminalAsync(string environment, string option)
    {
        var result = await Cli.RunProgramAsync(
            "script",
            "-qec",
            $"env -u NO_COLOR {environment} '{Cli.Program}' show hosts {option}",
            "/dev/null"
        );
        result.ExitStatus.ShouldBe(0);
        result.Output.ShouldContain(Environment.MachineName);
        return result.Output;
    }
}
