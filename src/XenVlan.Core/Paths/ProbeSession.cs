using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Paths;

/// <summary>Probes a path, and watches its hops where that is wanted or something is lost.</summary>
/// <param name="store">Reaches the hosts.</param>
/// <param name="connection">The host to send from.</param>
/// <param name="request">The path.</param>
/// <param name="source">Where it begins.</param>
/// <param name="target">Where it ends; null where only an address is known.</param>
/// <param name="signature">What the probes are known by.</param>
/// <param name="packetSize">The size of the full packet, in bytes.</param>
internal sealed class ProbeSession(
    SnapshotStore store,
    IHostConnection connection,
    PathRequest request,
    PathPoint source,
    PathPoint? target,
    ProbeSignature signature,
    int packetSize)
{
    private bool OnlyArp => request.Expected is PathExpectation.Isolated;

    /// <summary>Probes.</summary>
    /// <param name="prediction">The ways to watch; null where none is known.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>What came of the probes, and what was seen of them; null where nothing was watched.</returns>
    public async Task<(ProbeReport Report, WatchReport? Seen)> RunAsync(PathPrediction? prediction, CancellationToken cancellationToken)
    {
        var hops = prediction is null ? [] : prediction.Forward.Hops.Concat(prediction.Back.Hops).ToList();
        if (request.Trace && hops.Count > 0)
        {
            var (all, probed) = await PathWatch.RunAsync(store, hops, signature, () => SendAsync(ProbeScript.SizeTries, cancellationToken), cancellationToken).ConfigureAwait(false);
            return (probed, all);
        }

        var report = await SendAsync(ProbeScript.SizeTries, cancellationToken).ConfigureAwait(false);
        if (hops.Count == 0 || OnlyArp || !report.Probes.Any(p => p.Outcome is ProbeOutcome.Unanswered))
            return (report, null);

        // Sent once more for the watchers. What was answered only now counts: a neighbour may have needed a moment.
        var (seen, again) = await PathWatch.RunAsync(store, hops, signature, () => SendAsync(0, cancellationToken), cancellationToken).ConfigureAwait(false);
        return (Answered(again) > Answered(report) ? again : report, seen);
    }

    private static int Answered(ProbeReport report) => report.Probes.Count(p => p.Outcome is ProbeOutcome.Answered);

    private async Task<ProbeReport> SendAsync(int sizeTries, CancellationToken cancellationToken)
    {
        var report = await PathProber.SendAsync(connection, source.Interface.Name, signature, packetSize, OnlyArp, sizeTries, cancellationToken).ConfigureAwait(false);
        return OnlyArp ? report : report with { Probes = [.. report.Probes, await BackAsync(report, cancellationToken).ConfigureAwait(false)] };
    }

    private async Task<PathProbe> BackAsync(ProbeReport report, CancellationToken cancellationToken)
    {
        if (report.Of(PathProbeKind.Udp) is ProbeOutcome.NotChecked)
            return new PathProbe(PathProbeKind.UdpBack, ProbeOutcome.NotChecked, "nothing answered before it");
        if (request.To.Host is not { } host || target is null)
            return new PathProbe(PathProbeKind.UdpBack, ProbeOutcome.NotChecked, "the other end is no host that is reached");
        if (signature.Source is not { } here)
            return new PathProbe(PathProbeKind.UdpBack, ProbeOutcome.NotChecked, "this end has no address to send to");

        var other = store.Connect(host);
        await using (other.ConfigureAwait(false))
        {
            var back = signature with { Source = signature.Target, SourceMac = target.Interface.Mac, Target = here };
            return await PathProber.SendBackAsync(other, target.Interface.Name, back, cancellationToken).ConfigureAwait(false);
        }
    }
}
