using XenVlan.Model;
using XenVlan.Paths.Forwarding;
using XenVlan.Paths.Frames;
using XenVlan.Paths.Probing;

namespace XenVlan.Paths.Diagnosis;

/// <summary>What the model says of every kind of packet that a live test sends.</summary>
/// <param name="path">The path, whose target is known.</param>
internal sealed class PathForecast(PathUnderTest path)
{
    /// <summary>The question for the neighbour.</summary>
    public PathPrediction Question { get; } = path.Small!;

    /// <summary>The packets that follow once it is answered, in the order they are sent.</summary>
    public IReadOnlyList<PacketForecast> Packets { get; } = [.. All(path)];

    /// <summary>
    /// Whether the question is answered and packets are; null where that is not known of each. Where one kind passes and
    /// another does not, they are: what is lost is told apart from this.
    /// </summary>
    public bool? Reachable => Question.Reachable is false ? false : And(Question.Reachable, PacketsPass);

    /// <summary>Whether packets are answered once the question is; null where that is not known.</summary>
    public bool? PacketsPass
    {
        get
        {
            var small = Packets.Where(p => p.Kind is not PathProbeKind.FullSizePing).ToList();
            return small.TrueForAll(p => p.Way.Reachable is false) ? false
                : small.Exists(p => p.Way.Reachable is null) ? null
                : true;
        }
    }

    /// <summary>Whether nothing that is sent arrives: no question, and no packet of any protocol, to any port; null where that is not
    /// known.</summary>
    public bool? Isolated
    {
        get
        {
            bool?[] arrive = [Question.Arrives, PacketsArrive];
            return arrive.Contains(true) ? false
                : arrive.Contains(null) ? null
                : true;
        }
    }

    /// <summary>Whether any packet of IP arrives, where its sender knows the Ethernet address; null where that is not known.</summary>
    public bool? PacketsArrive
    {
        get
        {
            var arrive = new[] { FrameKind.Icmp, FrameKind.Udp, FrameKind.Tcp }.Select(k => path.Of(k)!.Arrives).ToList();
            return arrive.Contains(true) ? true
                : arrive.Contains(null) ? null
                : false;
        }
    }

    /// <summary>What the model says of a kind of probe.</summary>
    /// <returns>The prediction; null where none of it is sent.</returns>
    public PacketForecast? Of(PathProbeKind kind) => Packets.FirstOrDefault(p => p.Kind == kind);

    /// <summary>What drops a kind of packet, or its answer.</summary>
    /// <returns>The finding; null where nothing that was read does.</returns>
    public PathDiagnosis? Obstacle(PacketForecast packet) =>
        packet switch
        {
            { Kind: not PathProbeKind.UdpBack } => PredictedObstacle.Find(path, packet.Way, packet.Content),
            { Way.Forward.Obstacle: { } hop } => PredictedObstacle.OfHop(path, hop, path.Source.Point, packet.Content),
            { Way.Back.Obstacle: { } hop } => PredictedObstacle.OfHop(path, hop, path.Target!.Point, packet.Content.Answer()),
            _ => null,
        };

    private static bool? And(bool? one, bool? other) =>
        one is false || other is false ? false
        : one is true && other is true ? true
        : null;

    private static IEnumerable<PacketForecast> All(PathUnderTest path)
    {
        var (icmp, udp) = (path.ContentOf(FrameKind.Icmp), path.ContentOf(FrameKind.Udp, ProbeScript.UdpPort));
        yield return new PacketForecast(PathProbeKind.Ping, "ICMP", icmp, path.Of(FrameKind.Icmp)!);
        yield return new PacketForecast(PathProbeKind.FullSizePing, $"ICMP of {path.Size} bytes", icmp, path.Full!);
        yield return new PacketForecast(PathProbeKind.Udp, "UDP", udp, path.Of(FrameKind.Udp, ProbeScript.UdpPort)!);
        if (path.DatagramBack(ProbeScript.UdpPort) is { } back)
            yield return new PacketForecast(PathProbeKind.UdpBack, "UDP from the other end", udp, back);
        if (path.Port is { } port)
            yield return new PacketForecast(
                PathProbeKind.Tcp,
                $"TCP to port {port}",
                path.ContentOf(FrameKind.Tcp, port),
                path.Of(FrameKind.Tcp, port)!
            );
    }
}

/// <summary>What the model says of a kind of packet.</summary>
/// <param name="Kind">The probe that sends it.</param>
/// <param name="Name">What it is, in words.</param>
/// <param name="Content">What is in it.</param>
/// <param name="Way">Its way and that of its answer; for <see cref="PathProbeKind.UdpBack"/> it begins at the target.</param>
internal sealed record PacketForecast(PathProbeKind Kind, string Name, FrameContent Content, PathPrediction Way);
