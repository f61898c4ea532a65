namespace XenVlan.Hosts;

/// <summary>A shell nobody uses at the moment, which closes itself after a while.</summary>
internal sealed class IdleShell : IAsyncDisposable
{
    private readonly ShellProcess _shell;
    private readonly Timer _timer;
    private int _taken;

    /// <summary>Begins to wait.</summary>
    /// <param name="shell">The shell.</param>
    /// <param name="linger">How long to wait before closing it.</param>
    /// <param name="onExpired">Called when the time is over, before it is closed.</param>
    public IdleShell(ShellProcess shell, TimeSpan linger, Action<IdleShell> onExpired)
    {
        _shell = shell;
        _timer = new Timer(
            _ =>
            {
                onExpired(this);
                _ = DisposeAsync().AsTask();
            },
            null,
            linger,
            Timeout.InfiniteTimeSpan
        );
    }

    /// <summary>Takes the shell back into use.</summary>
    /// <returns>The shell; null when it is closed, or taken already.</returns>
    public ShellProcess? Reclaim()
    {
        _timer.Dispose();
        return Interlocked.Exchange(ref _taken, 1) == 0 ? _shell : null;
    }

    /// <summary>Closes the shell, unless it was taken.</summary>
    /// <returns>A task that ends when it is closed.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Reclaim() is { } shell)
            await shell.DisposeAsync().ConfigureAwait(false);
    }
}
