using Shouldly;
using Xunit;

namespace XenVlan.Cli.Tests;

public sealed class HelpTests
{
    [Theory]
    [InlineData("")]
    [InlineData("show")]
    [InlineData("compare")]
    [InlineData("draw")]
    [InlineData("apply")]
    [InlineData("check")]
    [InlineData("test-path")]
    [InlineData("transaction")]
    public async Task Help_is_as_it_was_when_it_was_read(string command)
    {
        var result = await Cli.RunAsync(command.Length == 0 ? ["--help"] : [command, "--help"]);
        result.ExitStatus.ShouldBe(0);
        result.Error.ShouldBeEmpty();
        Cli.Verify(result.Output, $"help{(command.Length == 0 ? "" : "-")}{command}");
    }

    [Fact]
    public async Task Help_is_given_whatever_else_is_said() =>
        (await Cli.RunAsync("test-path", "--mtu", "x", "--help")).ExitStatus.ShouldBe(0);

    [Fact]
    public async Task The_version_is_a_version()
    {
        var result = await Cli.RunProgramAsync(Cli.Program, "--version");
        result.ExitStatus.ShouldBe(0);
        result.Output.ShouldBe(typeof(CliApplication).Assembly.GetName().Version!.ToString(3) + "\n");
    }
}
