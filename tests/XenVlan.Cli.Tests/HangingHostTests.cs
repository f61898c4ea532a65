using System.Diagnostics;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace XenVlan.Cli.Tests;

/// <summary>A host that never answers, beside this machine: ssh talks to a program that says nothing.</summary>
public sealed class HangingHostTests
{
    private static readonly string[] Hosts =
    [
        "--host",
        $"nosuch.invalid,{Environment.MachineName}",
        "--ssh-option",
        "ProxyCommand=sleep 1000",
        "--connect-timeout",
        "1000",
    ];

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    public async Task The_others_are_shown_while_it_hangs(string output)
    {
        using var process = Cli.Start(Cli.Program, ["show", .. Hosts, "-o", output]);
        try
        {
            string? line;
            do line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            while (line?.Contains(Environment.MachineName, StringComparison.Ordinal) is false);
            line.ShouldNotBeNull();
            process.HasExited.ShouldBeFalse();
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    [Theory]
    [InlineData("all", true)]
    [InlineData("all", false)]
    [InlineData("hosts", true)]
    [InlineData("hosts", false)]
    [InlineData("bridges", false)]
    public async Task It_is_given_up_in_time_and_the_JSON_is_whole(string what, bool inOrder)
    {
        var began = Stopwatch.GetTimestamp();
        var result = await Cli.RunAsync([
            "show",
            what,
            .. Hosts,
            "--timeout",
            "5",
            "-o",
            "json",
            .. inOrder ? ["--in-order"] : Array.Empty<string>(),
        ]);

        result.ExitStatus.ShouldBe(3);
        Stopwatch.GetElapsedTime(began).ShouldBeGreaterThan(TimeSpan.FromSeconds(4.9));
        using var error = JsonDocument.Parse(result.Error);
        error.RootElement.GetProperty("error").GetProperty("id").GetString().ShouldBe("XenVlan.HostTimeout");
        error
            .RootElement.GetProperty("error")
            .GetProperty("message")
            .GetString()
            .ShouldBe("Host \"nosuch.invalid\" did not answer within 5 seconds.");
        using var document = JsonDocument.Parse(result.Output);
        if (what is "all")
            document.RootElement.EnumerateObject().Select(p => p.Name).ShouldBe(["hosts", "bridges", "domainNics", "vlanInterfaces"]);
        var shown = what is "all" ? document.RootElement.GetProperty("hosts") : document.RootElement;
        if (what is not "bridges")
            shown.EnumerateArray().Single().GetProperty("hostName").GetString().ShouldBe(Environment.MachineName);
    }

    [Fact]
    public async Task An_order_that_is_asked_for_is_kept()
    {
        var result = await Cli.RunAsync(["show", "hosts", .. Hosts, "--timeout", "3", "--in-order"]);
        result.ExitStatus.ShouldBe(3);
        result.Output.ShouldContain(Environment.MachineName);
        result.Error.ShouldContain("[XenVlan.HostTimeout]");
    }
}
