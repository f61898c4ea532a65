using System.Diagnostics;
using XenVlan.Model;

namespace XenVlan.Hosts;

/// <summary>
/// Connects to hosts, and keeps a connection that was given back for a short while, so that the commands of one
/// pipeline share it.
/// </summary>
public sealed class HostConnector : IHostConnector, IAsyncDisposable
{
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(10);

    private readonly object _lock = new();
    private readonly Dictionary<string, IdleShell> _idle = new(StringComparer.Ordinal);
    private readonly Action<string>? _log;
    private int _opened;
    private int _scripts;

    /// <summary>Makes a connector.</summary>
    /// <param name="log">Called with a sentence for each connection opened and each script run; never with a secret.</param>
    public HostConnector(Action<string>? log = null) => _log = log;

    /// <summary>How many connections were opened.</summary>
    public int ConnectionsOpened => _opened;

    /// <summary>How many scripts were run.</summary>
    public int ScriptsRun => _scripts;

    /// <inheritdoc/>
    public IHostConnection Connect(HostTarget target, SshSettings settings)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(settings);
        return new Lease(this, target, settings, settings.Key(), isNew: false);
    }

    /// <inheritdoc/>
    public IHostConnection OpenNewConnection(HostTarget target, SshSettings settings)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(settings);
        return new Lease(this, target, settings.Unshared(), settings.Key(), isNew: true);
    }

    /// <summary>Closes the connections that are kept.</summary>
    /// <returns>A task that ends when they are closed.</returns>
    public async ValueTask DisposeAsync()
    {
        List<IdleShell> all;
        lock (_lock)
        {
            all = [.. _idle.Values];
            _idle.Clear();
        }

        foreach (var idle in all)
            await idle.DisposeAsync().ConfigureAwait(false);
    }

    private ShellProcess? Take(string key)
    {
        IdleShell? idle;
        lock (_lock)
        {
            if (!_idle.Remove(key, out idle))
                return null;
        }

        return idle.Reclaim();
    }

    private async ValueTask GiveBackAsync(string key, ShellProcess shell)
    {
        if (shell.HasEnded)
        {
            await shell.DisposeAsync().ConfigureAwait(false);
            return;
        }

        var idle = new IdleShell(shell, Linger, expired => Forget(key, expired));
        IdleShell? older;
        lock (_lock)
        {
            _ = _idle.Remove(key, out older);
            _idle.Add(key, idle);
        }

        if (older is not null)
            await older.DisposeAsync().ConfigureAwait(false);
    }

    private void Forget(string key, IdleShell expired)
    {
        lock (_lock)
        {
            if (_idle.TryGetValue(key, out var current) && ReferenceEquals(current, expired))
                _ = _idle.Remove(key);
        }
    }

    private ShellProcess Open(HostTarget target, SshSettings settings)
    {
        _ = Interlocked.Increment(ref _opened);
        _log?.Invoke(target.IsLocal ? "Starting a shell on this machine." : $"Connecting to {DisplayText.Clean(target.Name)} over SSH.");
        return ShellProcess.Start(target, settings);
    }

    private sealed class Lease(HostConnector owner, HostTarget target, SshSettings settings, string settingsKey, bool isNew)
        : IHostConnection
    {
        private readonly string _key = target.Name + "\n" + settingsKey;
        private ShellProcess? _shell;

        public HostTarget Target => target;

        public async Task<ScriptResult> RunAsync(ShellScript script, ScriptOptions options, CancellationToken cancellationToken)
        {
            ArgumentNullException.ThrowIfNull(script);
            ArgumentNullException.ThrowIfNull(options);
            var kept = false;
            if (_shell is null or { HasEnded: true })
            {
                await DropAsync().ConfigureAwait(false);
                _shell = isNew ? null : owner.Take(_key);
                kept = _shell is { HasEnded: false };
                if (!kept)
                {
                    await DropAsync().ConfigureAwait(false);
                    _shell = owner.Open(target, settings);
                }
            }

            try
            {
                return await RunOnceAsync(script, options, cancellationToken).ConfigureAwait(false);
            }
            catch (XenVlanException e) when (kept && options.OnlyReads && e.ErrorId == ErrorIds.ConnectionLost)
            {
                await DropAsync().ConfigureAwait(false);
                _shell = owner.Open(target, settings);
                return await RunOnceAsync(script, options, cancellationToken).ConfigureAwait(false);
            }
        }

        public async ValueTask DisposeAsync()
        {
            if (_shell is { } shell)
            {
                _shell = null;
                await owner.GiveBackAsync(_key, shell).ConfigureAwait(false);
            }
        }

        private async Task<ScriptResult> RunOnceAsync(ShellScript script, ScriptOptions options, CancellationToken cancellationToken)
        {
            var started = Stopwatch.GetTimestamp();
            var result = await _shell!.RunAsync(script, options, cancellationToken).ConfigureAwait(false);
            _ = Interlocked.Increment(ref owner._scripts);
            owner._log?.Invoke(
                $"Ran one script on {DisplayText.Clean(target.Name)} in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.00} s."
            );
            return result;
        }

        private async ValueTask DropAsync()
        {
            if (_shell is { } shell)
            {
                _shell = null;
                await shell.DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}
