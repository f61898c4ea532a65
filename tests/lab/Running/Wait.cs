using System.Diagnostics;

namespace XenVlan.Lab.Running;

/// <summary>Waits that always end: with what was waited for, or with an error that names it.</summary>
internal static class Wait
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    public static Task UntilAsync(Func<bool> condition, TimeSpan limit, string what, CancellationToken cancellationToken) =>
        UntilAsync(_ => Task.FromResult(condition()), limit, what, cancellationToken);

    public static async Task UntilAsync(
        Func<CancellationToken, Task<bool>> condition,
        TimeSpan limit,
        string what,
        CancellationToken cancellationToken
    )
    {
        var started = Stopwatch.StartNew();
        while (!await condition(cancellationToken))
        {
            if (started.Elapsed > limit)
            {
                throw new LabException($"waited {limit.TotalSeconds:0} s in vain for {what}");
            }

            await Task.Delay(Interval, cancellationToken);
        }
    }
}
