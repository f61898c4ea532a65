using System.Diagnostics;
using Shouldly;
using XenVlan.Hosts;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Tests.Hosts;

public sealed class LocalConnectionTests : IAsyncLifetime
{
    private readonly List<string> _log = [];
    private readonly HostConnector _connector;

    public LocalConnectionTests() => _connector = new HostConnector(_log.Add);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _connector.DisposeAsync();

    [Fact]
    public async Task A_script_s_output_errors_and_exit_status_come_back()
    {
        var result = await RunAsync("echo out; echo err >&2; exit 3");
        result.ExitStatus.ShouldBe(3);
        result.Output.ShouldBe("out\n");
        result.ErrorOutput.Trim().ShouldBe("err");
    }

    [Theory]
    [InlineData("printf 'no line feed'", "no line feed")]
    [InlineData("printf '\\n\\n'", "\n\n")]
    [InlineData("printf '\\303\\244'", "\u00e4")]
    [InlineData(":", "")]
    public async Task Output_comes_back_as_it_was_printed(string script, string printed) =>
        (await RunAsync(script)).Output.ShouldBe(printed);

    [Fact]
    public async Task Scripts_one_after_the_other_share_a_connection_and_nothing_else()
    {
        await using var host = Connect();
        (await RunAsync(host, "cd /; left=behind; set -eu; trap 'echo trapped' EXIT; false")).ExitStatus.ShouldBe(1);
        (await RunAsync(host, "echo \"[${left-}]\"; pwd")).Output.ShouldBe($"[]\n{Environment.CurrentDirectory}\n");
        await host.DisposeAsync();
        (await RunAsync("echo again")).Output.ShouldBe("again\n");
        _connector.ConnectionsOpened.ShouldBe(1);
        _connector.ScriptsRun.ShouldBe(3);
    }

    [Fact]
    public async Task A_script_that_reads_its_input_finds_it_empty_and_does_not_eat_the_next_script()
    {
        await using var host = Connect();
        (await RunAsync(host, "cat; read -r line; echo \"[$line]\"; cat")).Output.ShouldBe("[]\n");
        (await RunAsync(host, "echo next")).Output.ShouldBe("next\n");
        _connector.ConnectionsOpened.ShouldBe(1);
    }

    [Fact]
    public async Task A_script_with_a_syntax_error_says_so_and_does_not_harm_the_next_one()
    {
        await using var host = Connect();
        var error = await Should.ThrowAsync<XenVlanException>(() =>
            host.RunAsync(new ShellScript().Add("if true; then; fi ) echo"), ScriptOptions.Reading, Token)
        );
        error.Message.ShouldContain("yntax error");
        (await RunAsync(host, "echo next")).Output.ShouldBe("next\n");
    }

    [Fact]
    public async Task A_script_that_prints_too_much_is_ended_at_once()
    {
        var started = Stopwatch.GetTimestamp();
        var error = await Should.ThrowAsync<XenVlanException>(() =>
            RunAsync("while :; do echo 0123456789; done", ScriptOptions.Reading with { MaximumOutput = 10_000 })
        );
        error.ErrorId.ShouldBe(ErrorIds.OutputTooLarge);
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(30));
        (await RunAsync("echo next")).Output.ShouldBe("next\n");
    }

    [Fact]
    public async Task A_script_that_complains_too_much_still_comes_to_its_end()
    {
        var result = await RunAsync("i=0; while [ $i -lt 60000 ]; do echo 0123456789 >&2; i=$((i+1)); done; echo done");
        result.Output.ShouldBe("done\n");
        result.ErrorOutput.Length.ShouldBeInRange(100_000, 600_000);
    }

    [Fact]
    public async Task A_script_that_takes_too_long_is_given_up()
    {
        var started = Stopwatch.GetTimestamp();
        var error = await Should.ThrowAsync<XenVlanException>(() =>
            RunAsync("sleep 60", ScriptOptions.Reading with { Timeout = TimeSpan.FromMilliseconds(500) })
        );
        error.ErrorId.ShouldBe(ErrorIds.HostTimeout);
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(30));
        (await RunAsync("echo next")).Output.ShouldBe("next\n");
    }

    [Fact]
    public async Task Cancelling_ends_a_script_that_only_reads()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using var host = Connect();
        var started = new TaskCompletionSource<string>();
        var running = host.RunAsync(
            new ShellScript().Add("sh -c 'echo $PPID; exec sleep 60'; :"),
            ScriptOptions.Reading with
            {
                OnLine = l => started.TrySetResult(l),
            },
            stop.Token
        );
        var process = int.Parse(await started.Task);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);
        for (var i = 0; i < 100 && Directory.Exists($"/proc/{process}"); i++)
            await Task.Delay(50, Token);
        Directory.Exists($"/proc/{process}").ShouldBeFalse();
    }

    [Fact]
    public async Task A_shell_that_dies_is_a_lost_connection()
    {
        await using var host = Connect();
        (await Should.ThrowAsync<XenVlanException>(() => RunAsync(host, "echo half; kill -9 $$; sleep 1"))).ErrorId.ShouldBe(
            ErrorIds.ConnectionLost
        );
        (await RunAsync(host, "echo next")).Output.ShouldBe("next\n");
    }

    [Fact]
    public async Task Text_that_looks_like_a_marker_is_output()
    {
        const string fakes = "xenvlan-0000000000000000-1 begin\nxenvlan-0000000000000000-1 end 0\n begin\n end 0\n";
        (await RunAsync($"printf '%s' '{fakes}'; exit 5")).ShouldSatisfyAllConditions(
            r => r.Output.ShouldBe(fakes),
            r => r.ExitStatus.ShouldBe(5)
        );
    }

    [Fact]
    public async Task Lines_are_told_while_the_script_still_runs()
    {
        var first = new TaskCompletionSource<string>();
        var running = RunAsync("echo first; sleep 1; echo second", ScriptOptions.Reading with { OnLine = l => first.TrySetResult(l) });
        (await first.Task).ShouldBe("first");
        running.IsCompleted.ShouldBeFalse();
        (await running).Output.ShouldBe("first\nsecond\n");
    }

    [Fact]
    public async Task What_is_run_is_told_without_what_it_says()
    {
        await RunAsync("echo secret");
        _log.Count.ShouldBe(2);
        _log.ShouldAllBe(l => !l.Contains("secret"));
    }

    private IHostConnection Connect() => _connector.Connect(HostTarget.Local, SshSettings.Default);

    private async Task<ScriptResult> RunAsync(string script, ScriptOptions? options = null)
    {
        await using var host = Connect();
        return await RunAsync(host, script, options);
    }

    private static Task<ScriptResult> RunAsync(IHostConnection host, string script, ScriptOptions? options = null) =>
        host.RunAsync(new ShellScript().Add(ShellCommand.Of("eval", script)), options ?? ScriptOptions.Reading, Token);
}
