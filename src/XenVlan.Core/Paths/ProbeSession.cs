using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Paths.Ends;
using XenVlan.Paths.Forwarding;
using XenVlan.Paths.Probing;
using XenVlan.Paths.Watching;

namespace XenVlan.Paths;

/// <summary>Probes a path, and watches its hops where that is wanted or something is lost.</summary>
/// <param name="store">Reaches the hosts.</param>
/// <param name="connection">The host to send from.</param>
/// <param name="request">The path.</param>
/// <param name="source">Where it begins.</param>
/// <param name="target">Where it ends; null where only an address is known.</param>
/// <param name="stage">What stands in for domains' NICs.</param>
/// <param name="signature">What the probes are known by.</param>
/// <param name="packetSize">The size of the full packet, in bytes.</param>
internal sealed class ProbeSession(
    SnapshotStore store,
    IHostConnection connection,
    PathRequest request,
    ResolvedEnd source,
    ResolvedEnd? target,
    StandIns stage,
    ProbeSignature signature,
    int packetSize
)
{
    private bool OnlyArp => request.Expected is PathExpectation.Isolated || !stage.HasSourceAddress;

    /// <summary>Probes.</summary>
    /// <param name="ways">The hops to watch, there and back.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>What came of the probes, and what was seen of them; null where nothing was watched.</returns>
    public async Task<(ProbeReport Report, WatchReport? Seen)> RunAsync(IReadOnlyList<PathHop> ways, CancellationToken cancellationToken)
    {
        if ((stage.Source?.Problem ?? stage.Target?.Problem) is { } problem)
            return (PathProber.NotChecked(problem), null);
        if (stage.Target is not { } standIn)
            return await ProbeAsync(ways, cancellationToken).ConfigureAwait(false);

        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answerer = new StandInResponder(store, target!, standIn, signature.Source, end.Task, cancellationToken);
        try
        {
            return await answerer.Ready.ConfigureAwait(false) is { } why
                ? (PathProber.NotChecked(why), null)
                : await ProbeAsync(ways, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            end.SetResult();
            await answerer.Done.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<(ProbeReport Report, WatchReport? Seen)> ProbeAsync(IReadOnlyList<PathHop> ways, CancellationToken cancellationToken)
    {
        var hops = ways.Where(h => !IsStoodInFor(h)).ToList();
        if (request.Trace && hops.Count > 0)
        {
            var (all, probed) = await WatchAsync(hops, ProbeScript.SizeTries, cancellationToken).ConfigureAwait(false);
            return (probed, all);
        }

        var report = await SendAsync(ProbeScript.SizeTries, cancellationToken).ConfigureAwait(false);
        if (
            hops.Count == 0
            || request.Expected is PathExpectation.Isolated
            || !report.Probes.Any(p => p.Outcome is ProbeOutcome.Unanswered)
        )
            return (report, null);

        // Sent once more for the watchers. What was answered only now counts: a neighbour may have needed a moment.
        var (seen, again) = await WatchAsync(hops, sizeTries: 0, cancellationToken).ConfigureAwait(false);
        return (Answered(again) > Answered(report) ? again : report, seen);
    }

    private Task<(WatchReport Seen, ProbeReport Report)> WatchAsync(
        List<PathHop> hops,
        int sizeTries,
        CancellationToken cancellationToken
    ) =>
        new PathWatch(store, hops, signature).RunAsync(
            () => SendAsync(sizeTries, cancellationToken),
            report =>
                stage.Source is null && request.Expected is not PathExpectation.Isolated
                    ? ProbeBurst.For(source.Point.Interface, signature, report.IsAnswered)
                    : null,
            connection,
            cancellationToken
        );

    private static int Answered(ProbeReport report) => report.Probes.Count(p => p.Outcome is ProbeOutcome.Answered);

    // A stand-in has a port of its own; the NIC's sees nothing.
    private bool IsStoodInFor(PathHop hop) =>
        (stage.Source is not null && IsAt(hop, source.Point)) || (stage.Target is not null && IsAt(hop, target!.Point));

    private static bool IsAt(PathHop hop, InterfaceRef point) =>
        hop.HostName == point.Host.HostName && hop.Interface == point.Interface.Name;

    private async Task<ProbeReport> SendAsync(int sizeTries, CancellationToken cancellationToken)
    {
        var report = await PathProber
            .SendAsync(connection, source.Point.Interface.Name, stage.Source, signature, packetSize, OnlyArp, sizeTries, cancellationToken)
            .ConfigureAwait(false);
        if (request.Expected is PathExpectation.Isolated)
            return report;
        if (!stage.HasSourceAddress)
            return report with
            {
                Probes =
                [
                    .. report.Probes,
                    .. PathProber.Others("the stand-in has no address to send from; name one that nobody else has", request.TcpPort),
                ],
            };
        return report with { Probes = [.. report.Probes, await BackAsync(report, cancellationToken).ConfigureAwait(false)] };
    }

    private async Task<PathProbe> BackAsync(ProbeReport report, CancellationToken cancellationToken)
    {
        if (report.Of(PathProbeKind.Udp) is ProbeOutcome.NotChecked)
            return new PathProbe(PathProbeKind.UdpBack, ProbeOutcome.NotChecked, "nothing came the other way before it");
        if (request.To.Host is null || target is null || target.Nic is not null)
            return new PathProbe(PathProbeKind.UdpBack, ProbeOutcome.NotChecked, "the other end is no host that is reached");
        if (signature.Source is not { } here || stage.Source is not null)
            return new PathProbe(PathProbeKind.UdpBack, ProbeOutcome.NotChecked, "this end has no lasting address to send to");

        var back = signature with { Source = signature.Target, SourceMac = target.Point.Interface.Mac, Target = here };
        return await store
            .Connect(target.Target)
            .AskAsync(c => PathProber.SendBackAsync(c, target.Point.Interface.Name, back, cancellationToken))
            .ConfigureAwait(false);
    }
}
