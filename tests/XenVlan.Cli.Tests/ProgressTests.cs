using Shouldly;
using XenVlan.Cli.Output;
using XenVlan.Cli.Running;
using Xunit;

namespace XenVlan.Cli.Tests;

public sealed class ProgressTests
{
    [Fact]
    public void A_line_is_written_over_and_wiped()
    {
        using var terminal = new StringWriter();
        var progress = new Progress(terminal);
        progress.Tell("10 checked");
        progress.Tell("11");
        progress.Wipe();
        progress.Wipe();
        terminal.ToString().ShouldBe("\r10 checked\r11        \r          \r");
    }

    [Fact]
    public void The_progress_line_is_wiped_before_an_error_is_written()
    {
        using var terminal = new StringWriter();
        var progress = new Progress(terminal);
        progress.Tell("reading");
        new ErrorReporter(terminal, isJson: false, progress).Say("no");
        terminal.ToString().ShouldBe("\rreading\r       \rxenvlan: no\n");
    }

    [Fact]
    public async Task Whoever_waits_at_a_terminal_is_told_and_nobody_else()
    {
        using var output = new StringWriter();
        using var terminal = new StringWriter();
        var environment = new CliEnvironment
        {
            Output = output,
            Error = terminal,
            ErrorIsTerminal = true,
        };
        await new CliApplication(environment).RunAsync(["show", "hosts"], TestContext.Current.CancellationToken);
        terminal.ToString().ShouldContain("\r1 of 1 hosts read");
        terminal.ToString().ShouldEndWith("\r");
        output.ToString().ShouldStartWith("HOST ");
        (await Cli.RunAsync("show", "hosts")).Error.ShouldBeEmpty();
    }
}
