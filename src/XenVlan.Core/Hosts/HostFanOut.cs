using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace XenVlan.Hosts;

/// <summary>Does the same for many hosts at once.</summary>
public static class HostFanOut
{
    /// <summary>How many hosts are worked on at the same time where nothing else is said.</summary>
    public const int DefaultThrottle = 32;

    /// <summary>Runs an operation for each host and gives each outcome as it comes.</summary>
    /// <typeparam name="T">What the operation gives.</typeparam>
    /// <param name="targets">The hosts.</param>
    /// <param name="operation">What to do for one host. Its exceptions become that host's outcome.</param>
    /// <param name="throttle">How many hosts to work on at the same time, 1 or more.</param>
    /// <param name="cancellationToken">Stops all.</param>
    /// <returns>One outcome a host, in the order they end.</returns>
    public static async IAsyncEnumerable<HostOutcome<T>> RunAsync<T>(
        IReadOnlyCollection<HostTarget> targets,
        Func<HostTarget, CancellationToken, Task<T>> operation,
        int throttle,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var outcomes = Channel.CreateUnbounded<HostOutcome<T>>();
        var work = Parallel.ForEachAsync(
            targets,
            new ParallelOptions { MaxDegreeOfParallelism = throttle, CancellationToken = stop.Token },
            async (target, token) => outcomes.Writer.TryWrite(await OneAsync(target, operation, token).ConfigureAwait(false))
        );
        _ = work.ContinueWith(
            done => outcomes.Writer.Complete(done.Exception?.InnerException),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );

        try
        {
            await foreach (var outcome in outcomes.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return outcome;
            await work.ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<HostOutcome<T>> OneAsync<T>(
        HostTarget target,
        Func<HostTarget, CancellationToken, Task<T>> operation,
        CancellationToken token
    )
    {
        try
        {
            return new HostOutcome<T>(target, await operation(target, token).ConfigureAwait(false), null);
        }
        catch (Exception e) when (!token.IsCancellationRequested)
        {
            return new HostOutcome<T>(target, default, e);
        }
    }
}

/// <summary>What came of one host: a value, or the error that prevented it.</summary>
/// <typeparam name="T">The value's type.</typeparam>
/// <param name="Target">The host.</param>
/// <param name="Value">The value; default when <paramref name="Error"/> is there.</param>
/// <param name="Error">The error; null when all went well.</param>
public sealed record HostOutcome<T>(HostTarget Target, T? Value, Exception? Error);
