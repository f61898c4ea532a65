using Shouldly;
using XenVlan.Hosts;
using Xunit;

namespace XenVlan.Tests.Hosts;

public sealed class HostFanOutTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static List<HostTarget> Hosts(int count) => [.. Enumerable.Range(0, count).Select(i => HostTarget.Parse($"xen{i}"))];

    [Fact]
    public async Task A_host_that_fails_does_not_keep_the_others_from_going_on()
    {
        var outcomes = new List<HostOutcome<string>>();
        await foreach (
            var outcome in HostFanOut.RunAsync(
                Hosts(20),
                (t, _) => t.Name == "xen7" ? throw new InvalidOperationException("seven") : Task.FromResult(t.Name),
                4,
                Token
            )
        )
            outcomes.Add(outcome);

        outcomes.Count.ShouldBe(20);
        outcomes
            .Where(o => o.Error is not null)
            .ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(o => o.Target.Name.ShouldBe("xen7"), o => o.Error!.Message.ShouldBe("seven"));
        outcomes.Where(o => o.Error is null).ShouldAllBe(o => o.Value == o.Target.Name);
    }

    [Fact]
    public async Task No_more_hosts_than_the_throttle_are_worked_on_at_a_time()
    {
        var now = 0;
        var most = 0;
        await foreach (var _ in HostFanOut.RunAsync(Hosts(30), WorkAsync, 3, Token))
            Interlocked.Add(ref now, 0);
        most.ShouldBe(3);

        async Task<int> WorkAsync(HostTarget target, CancellationToken token)
        {
            var running = Interlocked.Increment(ref now);
            InterlockedMax(ref most, running);
            await Task.Delay(20, token);
            return Interlocked.Decrement(ref now);
        }
    }

    [Fact]
    public async Task Outcomes_come_as_soon_as_they_are_there()
    {
        var release = new TaskCompletionSource();
        await foreach (var outcome in HostFanOut.RunAsync(Hosts(2), WaitAsync, 2, Token))
        {
            if (outcome.Target.Name == "xen1")
                release.SetResult();
        }

        release.Task.IsCompletedSuccessfully.ShouldBeTrue();

        async Task<int> WaitAsync(HostTarget target, CancellationToken token)
        {
            if (target.Name == "xen0")
                await release.Task.WaitAsync(TimeSpan.FromSeconds(30), token);
            return 0;
        }
    }

    [Fact]
    public async Task Whoever_stops_listening_stops_the_work()
    {
        var cancelled = new TaskCompletionSource();
        await foreach (var outcome in HostFanOut.RunAsync(Hosts(2), WorkAsync, 2, Token))
        {
            outcome.Target.Name.ShouldBe("xen0");
            break;
        }

        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);

        async Task<int> WorkAsync(HostTarget target, CancellationToken token)
        {
            if (target.Name == "xen0")
                return 0;
            using var registration = token.Register(() => cancelled.TrySetResult());
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return 1;
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while (value > (seen = Volatile.Read(ref target)) && Interlocked.CompareExchange(ref target, value, seen) != seen) { }
    }
}
