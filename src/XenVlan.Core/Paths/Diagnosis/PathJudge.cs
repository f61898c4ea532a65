using XenVlan.Model;
using XenVlan.Paths.Ends;
using XenVlan.Paths.Probing;
using XenVlan.Paths.Watching;

namespace XenVlan.Paths.Diagnosis;

/// <summary>Puts prediction and observation into one result, and says why.</summary>
internal sealed class PathJudge(PathRequest request, PathUnderTest path)
{
    private PathForecast? _forecast;

    private XenVlanPathResult Base
    {
        get
        {
            // Where small packets pass, the way of large ones tells more.
            var prediction = path.Small?.Reachable is false ? path.Small : path.Full;
            return new XenVlanPathResult
            {
                HostName = path.Source.Point.Host.HostName,
                Title = request.Title,
                Source = path.Source.ToString(),
                Target = path.Target is null ? path.Address.ToString() : $"{path.Target} ({path.Address})",
                VlanId = (path.Source.IsBehind ? path.Source.Tag?.Vlan : path.Source.Point.Interface.Vlan?.Id)?.Value,
                TcpPort = request.TcpPort,
                Expected = request.Expected,
                Hops = prediction?.Forward.Hops ?? [],
                AnswerHops = prediction?.Back.Hops ?? [],
            };
        }
    }

    /// <summary>The result when nothing is sent.</summary>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.EndpointNotFound"/>: the target is no interface that was read.</exception>
    public XenVlanPathResult FromPrediction()
    {
        if (path.Target is null)
            throw Errors.Of(
                ErrorIds.EndpointNotFound,
                $"No host that was read has the address {path.Address}, so nothing can be predicted. Name the host too."
            );

        var forecast = Forecast!;
        var result = Base with { Reachable = forecast.Reachable, Isolated = forecast.Isolated };
        return Judge(DuplicateAddressDiagnosis.Held(path) is { } twice ? twice.Into(result) : Predicted(result, forecast));
    }

    /// <summary>The result after probing.</summary>
    /// <param name="report">What came of the probes.</param>
    /// <param name="seen">What was seen on the hops, where they were watched.</param>
    public XenVlanPathResult FromProbes(ProbeReport report, WatchReport? seen)
    {
        var silence = new SilenceDiagnosis(request, path);
        var result = Base with
        {
            Probes = report.Probes,
            Reachable =
                report.Passed
                ?? (
                    report.Of(PathProbeKind.Arp) switch
                    {
                        ProbeOutcome.Answered => Forecast?.PacketsPass,
                        ProbeOutcome.Unanswered => false,
                        _ => null,
                    }
                ),
            Isolated = silence.Proves(report, seen, Forecast),
            Mtu = report.LargestPassed,
            PredictionAgrees = Agrees(report),
        };
        if (report.Probes is [var first, ..] && report.Probes.All(p => p.Outcome is ProbeOutcome.NotChecked))
        {
            return Judge(
                result with
                {
                    PredictionAgrees = null,
                    Reason = PathReason.NotChecked,
                    Explanation = $"Nothing could be tried from {path.Source.Point.Host.HostName}: {first.Detail}.",
                }
            );
        }

        if (request.Expected is PathExpectation.Isolated)
            return Judge(Isolation(result, silence));
        if (Why(report, seen) is { } finding)
            return Judge(finding.Into(result));
        return Judge(
            report.Passed is null
                ? OnlyAsked(result)
                : result with
                {
                    Explanation = $"Frames arrive and are answered{(result.Mtu is { } mtu ? $", up to packets of {mtu} bytes" : "")}.",
                }
        );
    }

    /// <summary>The result for a service that must not answer there.</summary>
    /// <param name="probe">The attempt to connect.</param>
    public XenVlanPathResult FromService(PathProbe probe)
    {
        var silence = new SilenceDiagnosis(request, path);
        var result = Base with
        {
            Probes = [probe],
            Reachable = probe.Outcome switch
            {
                ProbeOutcome.Answered => true,
                ProbeOutcome.NotChecked => null,
                _ => false,
            },
            Isolated = probe.Outcome switch
            {
                ProbeOutcome.Answered => false,
                ProbeOutcome.Refused => true,
                ProbeOutcome.Unanswered => Forecast?.Of(PathProbeKind.Tcp)?.Way.Arrives is false || silence.IsTargetUp ? true : null,
                _ => null,
            },
        };
        return Judge(
            probe.Outcome switch
            {
                ProbeOutcome.Answered => result with
                {
                    Reason = PathReason.NotIsolated,
                    Explanation = $"Port {request.TcpPort} of {path.Address} answers although it must not.",
                    HowToFix = $"Let the service listen on the address of its VLAN only.",
                },
                ProbeOutcome.Refused => result with
                {
                    Explanation = $"Port {request.TcpPort} of {path.Address} does not answer: nobody listens there.",
                },
                ProbeOutcome.Unanswered when result.Isolated is null => result with
                {
                    Reason = PathReason.NotKnown,
                    Explanation = $"Port {request.TcpPort} of {path.Address} does not answer, but {silence.NotSeenUp}",
                },
                _ => result with { Explanation = $"Port {request.TcpPort} of {path.Address} does not answer." },
            }
        );
    }

    private PathForecast? Forecast => _forecast ??= path.Target is null ? null : new PathForecast(path);

    private XenVlanPathResult Predicted(XenVlanPathResult result, PathForecast forecast)
    {
        var question = forecast.Question;
        if ((question.Forward.Arrives is false || question.Back.Arrives is false) && PredictedObstacle.Find(path, question) is { } obstacle)
        {
            var doubt = question.Reachable is false ? null : DoubtDiagnosis.Of(path, question);
            return (doubt is null ? obstacle : obstacle with { Explanation = $"{obstacle.Explanation} {doubt}" }).Into(result);
        }

        if (forecast.Packets.FirstOrDefault(p => p.Way.Reachable is false) is { } packet && Lost(packet) is { } lost)
        {
            // The way of what is lost tells more than that of what passes.
            result =
                packet.Kind is PathProbeKind.UdpBack
                    ? result with
                    {
                        Hops = packet.Way.Back.Hops,
                        AnswerHops = packet.Way.Forward.Hops,
                    }
                    : result with
                    {
                        Hops = packet.Way.Forward.Hops,
                        AnswerHops = packet.Way.Back.Hops,
                    };
            return lost.Into(
                result with
                {
                    Mtu = packet.Kind is PathProbeKind.FullSizePing ? Smaller(packet.Way.Forward.Mtu, packet.Way.Back.Mtu) : null,
                }
            );
        }

        var unknown = question.Reachable is null
            ? (Name: Neighbour, Way: question)
            : forecast.Packets.Where(p => p.Way.Reachable is null).Select(p => (p.Name, p.Way)).FirstOrDefault();
        if (unknown.Way is { } way)
            return result with
            {
                Reason = PathReason.NotKnown,
                Explanation = $"It is not known whether {unknown.Name} passes: {DoubtDiagnosis.Of(path, way)}",
            };
        var names = forecast.Packets.Any(p => p.Kind is PathProbeKind.UdpBack) ? "ICMP, and UDP both ways" : "ICMP and UDP";
        return result with
        {
            Mtu = path.Size,
            Explanation =
                $"Packets of {path.Size} bytes are predicted to arrive and to be answered: {Neighbour}, {names}"
                + (path.Port is { } port ? $"; TCP to port {port} gets there and back, and whether anybody listens is not known." : "."),
        };
    }

    // Something that is sent once the neighbour is known.
    private PathDiagnosis? Lost(PacketForecast packet)
    {
        var found = Forecast!.Obstacle(packet);
        return found is null or { Reason: PathReason.MtuTooSmall }
            ? found
            : found with
            {
                Explanation =
                    $"{(Forecast.Question.Reachable is true ? $"{Neighbour} passes, but " : "")}{packet.Name} is lost: {found.Explanation}",
            };
    }

    // Nothing but the question was sent.
    private XenVlanPathResult OnlyAsked(XenVlanPathResult result)
    {
        var why = result.Probes.FirstOrDefault(p => p is { Kind: not PathProbeKind.Arp, Outcome: ProbeOutcome.NotChecked })?.Detail;
        var said = $"{Neighbour} is answered; packets were not sent{(why is null ? "" : $": {why}")}.";
        if (Forecast is not { } forecast)
            return result with { Reason = PathReason.NotKnown, Explanation = $"{said} Whether they pass is not known." };
        if (forecast.Packets.FirstOrDefault(p => p.Way.Reachable is false) is { } packet && Lost(packet) is { } lost)
            return (lost with { Explanation = $"{said} By how the hosts are set up: {lost.Explanation}" }).Into(result);
        return forecast.Packets.FirstOrDefault(p => p.Way.Reachable is null) is { } unknown
            ? result with
            {
                Reason = PathReason.NotKnown,
                Explanation = $"{said} It is not known whether {unknown.Name} passes: {DoubtDiagnosis.Of(path, unknown.Way)}",
            }
            : result with
            {
                Explanation = $"{said} They are predicted to pass.",
            };
    }

    private string Neighbour => path.IsIPv6 ? "neighbour discovery" : "ARP";

    private static int? Smaller(int? one, int? other) => one is { } a && other is { } b ? Math.Min(a, b) : one ?? other;

    private bool? Agrees(ProbeReport report)
    {
        if (Forecast is not { Question.Reachable: { } predicted } forecast)
            return null;
        if (!predicted && report.IsRemembered)
            return true;
        if (predicted != report.IsAnswered && !report.IsNotAsked)
            return false;
        foreach (var kind in new[] { PathProbeKind.Ping, PathProbeKind.FullSizePing })
        {
            if (
                report.Of(kind) is ProbeOutcome.Answered or ProbeOutcome.Unanswered
                && forecast.Of(kind)?.Way.Reachable is { } passes
                && passes != report.Of(kind) is ProbeOutcome.Answered
            )
                return false;
        }

        return true;
    }

    private PathDiagnosis? Why(ProbeReport report, WatchReport? seen)
    {
        if (DuplicateAddressDiagnosis.Answering(path, report) is { } twice)
            return twice;
        if (report.IsAnswered)
            return Remembered(report, seen)
                ?? (
                    new LossDiagnosis(path, Forecast, report, seen).Find() is { } loss
                        ? DuplicateAddressDiagnosis.OfMac(path) ?? BondModeDiagnosis.Instead(path, loss, seen) ?? loss
                        : null
                );
        if (DuplicateAddressDiagnosis.Held(path) is { } held)
            return held;
        if (DuplicateAddressDiagnosis.OfMac(path) is { } mac)
            return mac;
        if (path.Small is not { } prediction)
            return new PathDiagnosis(
                PathReason.NoAnswer,
                null,
                $"{path.Address} does not answer, and no host that was read has that address.",
                $"See whether the machine with {path.Address} is on, and has the address."
            );

        // What was seen to pass an obstacle was not stopped by it.
        var trace = seen is null ? null : PathTrace.OfRequests(prediction.Forward.Hops, seen);
        var obstacle = prediction.Forward.Obstacle is { } hop ? prediction.Forward.Hops.ToList().IndexOf(hop) : -1;
        var isPassed = trace is not null && obstacle >= 0 && trace.Last > obstacle;
        var found =
            (isPassed ? null : PredictedObstacle.Find(path, prediction))
            ?? (seen is null ? null : CaptureDiagnosis.Find(path, prediction, seen))
            ?? NoAnswer();
        return BondModeDiagnosis.Instead(path, found, seen) ?? found;
    }

    // Questions for an Ethernet address go to everybody, and may be lost where frames to somebody known pass.
    private PathDiagnosis? Remembered(ProbeReport report, WatchReport? seen)
    {
        if (path.Small is not { } prediction)
            return null;

        // What packets pass all the same is not what the model takes it for.
        var isPredicted =
            report.IsNotAsked && prediction.Reachable is false && Forecast?.Of(PathProbeKind.Ping)?.Way.Reachable is not false;
        if (!report.IsRemembered && !isPredicted)
            return null;
        var finding =
            prediction.Reachable is false ? PredictedObstacle.Find(path, prediction)
            : seen is null ? null
            : CaptureDiagnosis.Find(path, prediction, seen, PathProbeKind.Arp);
        if (finding is null or { Reason: PathReason.DomainSilent })
            return null;
        var told = BondModeDiagnosis.Instead(path, finding, seen) ?? finding;
        return told with
        {
            Explanation =
                $"{told.Explanation} Packets still pass, but {(isPredicted ? "by what was read " : "")}only until the two ends have to "
                + "ask for each other's Ethernet address again.",
        };
    }

    private XenVlanPathResult Isolation(XenVlanPathResult result, SilenceDiagnosis silence)
    {
        if (result.Isolated is null && result.Probes.Any(p => p is { Kind: PathProbeKind.Arp, Outcome: ProbeOutcome.NotChecked }))
            return result;
        if (result.Isolated is true)
        {
            return result with
            {
                Explanation =
                    Forecast?.Isolated is not true ? $"Nothing answers, and {path.TargetName} is up."
                    : path.Small?.Forward.Obstacle is { } hop ? $"Nothing arrives: {PathTrace.Place(hop)} {hop.Action}."
                    : "Nothing arrives.",
            };
        }

        if (result.Isolated is null)
            return result with { Reason = PathReason.NotKnown, Explanation = $"Nothing answers, but {silence.Doubt(Forecast)}" };
        if (result.Reachable is false && result.Probes.All(p => p.Outcome is not (ProbeOutcome.Answered or ProbeOutcome.Refused)))
        {
            var lost = path.Small?.Back.Obstacle;
            return result with
            {
                Reason = PathReason.NotIsolated,
                Explanation =
                    $"Nothing answers, but frames "
                    + $"arrive{(lost is null ? "" : $": only the answer is lost, for {PathTrace.Place(lost)} {lost.Action}")}.",
                HowToFix = $"Look at the hops for where the two VLANs meet.",
            };
        }

        var elsewhere = path.Small?.Forward.AlsoArrivesAt ?? [];
        var host = path.Target?.Point.Host.HostName;
        return result with
        {
            Reason = PathReason.NotIsolated,
            Explanation =
                elsewhere.Count > 0
                    ? $"{path.Address} answers ARP although it must not: the request arrives at {string.Join(", ", elsewhere)} of "
                        + $"{host}, and Linux answers for any of its addresses on any interface."
                    : $"{path.Address} answers ARP although it must not.",
            HowToFix =
                elsewhere.Count > 0
                    ? PathFix.On(host ?? "", Hosts.ShellCommand.Of("sysctl", "-w", "net.ipv4.conf.all.arp_ignore=1"))
                    : Message.Of($"Look at the hops for where the two VLANs meet."),
        };
    }

    private PathDiagnosis NoAnswer()
    {
        var hop = path.Small?.Hops.FirstOrDefault(h => h.Verdict is HopVerdict.Unknown);
        return new PathDiagnosis(
            PathReason.NoAnswer,
            null,
            hop is null
                ? $"{path.Address} does not answer, although nothing that was read stands in the way."
                : $"Nothing that was read stands in the way, but {PathTrace.Place(hop)} {hop.Action}.",
            null
        );
    }

    // An expectation that was not checked is not met: silence must not pass for isolation.
    private XenVlanPathResult Judge(XenVlanPathResult result) =>
        request.Expected switch
        {
            not PathExpectation.None when Unchecked(result) is { } probe => result with
            {
                AsExpected = false,
                Reason = PathReason.NotChecked,
                Explanation = $"{probe.Kind} could not be tried from {path.Source.Point.Host.HostName}: {probe.Detail}.",
            },
            PathExpectation.Reachable => result with { AsExpected = result is { Reachable: true, Reason: PathReason.None } },
            PathExpectation.Isolated => result with { AsExpected = result is { Isolated: true, Reason: not PathReason.NotChecked } },
            _ => result,
        };

    private PathProbe? Unchecked(XenVlanPathResult result) =>
        result.Reason is not PathReason.None
            ? null
            : request switch
            {
                { TcpPort: not null } => result.Probes.FirstOrDefault(p =>
                    p is { Kind: PathProbeKind.Tcp, Outcome: ProbeOutcome.NotChecked }
                ),
                { Expected: PathExpectation.Isolated } => result.Probes.FirstOrDefault(p =>
                    p is { Kind: PathProbeKind.Arp, Outcome: ProbeOutcome.NotChecked }
                ),
                _ => null,
            };
}
