using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using XenVlan.Changes;
using XenVlan.Changes.Transactions;
using XenVlan.Hosts;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Tests.Changes.Transactions;

/// <summary>How long the client waits for a host, and what it does meanwhile, without waiting so long.</summary>
public sealed partial class HostTransactionTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly SlowHost _host = new();

    [Fact]
    public async Task A_host_that_says_nothing_for_twenty_seconds_is_asked_over_another_connection_and_the_first_answer_counts()
    {
        var begun = BeginAsync();
        await _host.AskedAsync(1);
        Pass(19);
        await Task.Yield();
        _host.Count.ShouldBe(1);

        await UntilAsync(() => _host.Count == 2);
        _host.Answer(2, "1 armed 30");

        (await begun).State.ShouldBe(TransactionState.Armed);
        _host.IsGivenUp(1).ShouldBeTrue();
    }

    [Fact]
    public async Task At_most_three_connections_wait_for_a_host_at_once()
    {
        var begun = BeginAsync();
        await UntilAsync(() => _host.Count == 3);
        for (var i = 0; i < 20; i++)
        {
            Pass(1);
            await Task.Yield();
        }

        _host.Count.ShouldBe(3);
        _host.Answer(1, "1 armed 30");
        (await begun).State.ShouldBe(TransactionState.Armed);
    }

    [Fact]
    public async Task A_host_that_never_answers_is_given_up_after_its_own_time_and_what_is_not_known_is_said()
    {
        var begun = BeginAsync();
        await UntilAsync(() => begun.IsCompleted);

        var error = await Should.ThrowAsync<XenVlanException>(() => begun);

        error.ErrorId.ShouldBe(ErrorIds.HostTimeout);
        _host.AllGivenUp.ShouldBeTrue();
    }

    private Task<HostTransaction> BeginAsync() =>
        HostTransaction.BeginAsync(
            new HostAccess(_host, HostTarget.Parse("a"), SshSettings.Default),
            new ChangePlan
            {
                HostName = "a",
                Changes = [],
                Steps = [new ChangeStep("set eth0 up", ShellCommand.Of("true"), ShellCommand.Of("true"))],
                Notes = [],
                Before = Empty,
                After = Empty,
            },
            new TransactionOptions { Clock = _clock },
            TestContext.Current.CancellationToken
        );

    private static HostSnapshot Empty { get; } =
        new()
        {
            HostName = "a",
            TakenAt = DateTimeOffset.UnixEpoch,
            NodeName = "a",
            Kernel = KernelVersion.Parse("6.1.0"),
        };

    private void Pass(int seconds) => _clock.Advance(TimeSpan.FromSeconds(seconds));

    // Lets the client's clock run until something is so.
    private async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            Pass(1);
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }

    // A host whose connections answer when they are told to.
    private sealed partial class SlowHost : IHostConnector
    {
        private readonly ConcurrentDictionary<int, SlowConnection> _connections = new();
        private int _count;

        public int Count => _connections.Values.Count(c => c.IsAsked);

        public bool AllGivenUp => _connections.Values.All(c => c.IsGivenUp);

        public bool IsGivenUp(int number) => _connections[number].IsGivenUp;

        public IHostConnection Connect(HostTarget target, SshSettings settings) => Open(target);

        public IHostConnection OpenNewConnection(HostTarget target, SshSettings settings) => Open(target);

        public void Answer(int number, string news) => _connections[number].Answer(news);

        public async Task AskedAsync(int number)
        {
            while (Count < number)
                await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        private SlowConnection Open(HostTarget target) => _connections[Interlocked.Increment(ref _count)] = new SlowConnection(target);
    }

    private sealed partial class SlowConnection(HostTarget target) : IHostConnection
    {
        private readonly TaskCompletionSource<ScriptResult> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Action<string>? _hear;
        private string _mark = "";

        public HostTarget Target => target;

        public bool IsAsked => _hear is not null;

        public bool IsGivenUp { get; private set; }

        public void Answer(string news)
        {
            _hear!($"{_mark} {news}");
            _end.SetResult(new ScriptResult(0, "", ""));
        }

        public async Task<ScriptResult> RunAsync(ShellScript script, ScriptOptions options, CancellationToken cancellationToken)
        {
            _mark = Mark().Match(script.ToString()).Value;
            _hear = line => options.OnLine!(line);
            try
            {
                return await _end.Task.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                IsGivenUp = true;
                throw;
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        [GeneratedRegex("xvt[0-9a-f]{32}", RegexOptions.None, 1000)]
        private static partial Regex Mark();
    }
}
