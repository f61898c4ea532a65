using System.Net;
using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Paths.Ends;

namespace XenVlan.Paths.Probing;

/// <summary>A stand-in that answers probes until it is told to stop.</summary>
internal sealed class StandInResponder
{
    private const string Hold = """
        printf '%s\n' "$xv_mark"
        while read -r xv_line <&3; do case $xv_line in *"$xv_stop"*) break ;; esac; done
        """;

    private readonly string _mark = UniqueToken.New("xvs");
    private readonly TaskCompletionSource<string?> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Puts it in place.</summary>
    /// <param name="store">Reaches its host.</param>
    /// <param name="side">The end it stands for.</param>
    /// <param name="standIn">The stand-in.</param>
    /// <param name="source">Where probes come from, if it is known.</param>
    /// <param name="until">When to remove it.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    public StandInResponder(
        SnapshotStore store,
        ResolvedEnd side,
        NicStandIn standIn,
        IPAddress? source,
        Task until,
        CancellationToken cancellationToken
    )
    {
        var inner = new ShellScript().Set("xv_mark", _mark).Set("xv_stop", ScriptOptions.StopWord).Add(Hold);
        Done = RunAsync(store, side.Target, standIn.Around(inner, isIPv6: false, isGuarded: false, source), until, cancellationToken);
    }

    /// <summary>Ends when it is there: with null, or with why it is not.</summary>
    public Task<string?> Ready => _ready.Task;

    /// <summary>Ends when it is gone.</summary>
    public Task Done { get; }

    private async Task RunAsync(SnapshotStore store, HostTarget host, ShellScript script, Task until, CancellationToken cancellationToken)
    {
        try
        {
            var options = ScriptOptions.Changing with { Until = until, OnLine = Hear };
            var result = await store.Connect(host).AskAsync(c => c.RunAsync(script, options, cancellationToken)).ConfigureAwait(false);
            _ = _ready.TrySetResult(PathProber.Why(result));
        }
        catch (XenVlanException e)
        {
            _ = _ready.TrySetResult(e.Message);
        }
        finally
        {
            _ = _ready.TrySetResult("it was stopped");
        }
    }

    private void Hear(string line)
    {
        if (line == _mark)
            _ = _ready.TrySetResult(null);
    }
}
