using System.Management.Automation;
using System.Threading.Channels;

namespace XenVlan.PowerShell.Running;

/// <summary>
/// Brings what an asynchronous operation gives to the thread of a cmdlet, the only one that may write to the pipeline.
/// </summary>
internal static class PipelinePump
{
    /// <summary>Runs an operation and hands over what it gives, as it comes.</summary>
    /// <param name="start">
    /// Begins the operation. It is given a way to have something done on the cmdlet's thread, between two results.
    /// </param>
    /// <param name="stop">Set when the user stops the pipeline.</param>
    /// <param name="leave">Set when the user does not want to wait for the operation's end either; it goes on by itself.</param>
    /// <returns>The results. The one who stops asking for them stops the operation, and waits for its end.</returns>
    /// <exception cref="PipelineStoppedException">The user stopped the pipeline.</exception>
    public static IEnumerable<T> Run<T>(
        Func<Action<Action>, CancellationToken, IAsyncEnumerable<T>> start,
        CancellationToken stop,
        CancellationToken leave
    )
    {
        var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var news = Channel.CreateUnbounded<(Action? Act, T? Result)>();
        var token = end.Token;
        var work = Task.Run(() => FeedAsync(start, news.Writer, token), CancellationToken.None);
        try
        {
            while (Wait(news.Reader.WaitToReadAsync(leave).AsTask()))
            {
                while (news.Reader.TryRead(out var item))
                {
                    if (item.Act is { } act)
                        act();
                    else
                        yield return item.Result!;
                }
            }

            Finish(work, stop);
        }
        finally
        {
            end.Cancel();
            _ = WaitHandle.WaitAny([((IAsyncResult)work).AsyncWaitHandle, leave.WaitHandle]);

            // What goes on by itself still uses it.
            if (work.IsCompleted)
                end.Dispose();
        }
    }

    private static async Task FeedAsync<T>(
        Func<Action<Action>, CancellationToken, IAsyncEnumerable<T>> start,
        ChannelWriter<(Action? Act, T? Result)> news,
        CancellationToken token
    )
    {
        try
        {
            // Nothing listens any more to what is said after the end.
            await foreach (
                var result in start(act => _ = news.TryWrite((act, default)), token).WithCancellation(token).ConfigureAwait(false)
            )
                _ = news.TryWrite((null, result));
        }
        finally
        {
            news.Complete();
        }
    }

    private static void Finish(Task work, CancellationToken stop)
    {
        try
        {
            work.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    // A cmdlet's thread has no synchronisation context, and nothing else to do.
    private static bool Wait(Task<bool> task)
    {
        try
        {
            return task.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }
}
