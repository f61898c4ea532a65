using XenVlan.Model;
using XenVlan.Paths.Frames;

namespace XenVlan.Paths.Forwarding;

/// <summary>What the model says of a path, both ways.</summary>
/// <param name="Forward">From source to target.</param>
/// <param name="Back">From target to source: the answer.</param>
internal sealed record PathPrediction(WalkResult Forward, WalkResult Back)
{
    /// <summary>Whether frames arrive and are answered; null when that hangs on something not known.</summary>
    public bool? Reachable
    {
        get
        {
            if (Forward.Arrives is false && Arrives is null)
                return null;
            var isAnswered = Back.Arrives is false && LeadsAround ? null : Back.Arrives;
            return (Arrives, isAnswered) switch
            {
                (true, true) => true,
                (false, _) or (_, false) => false,
                _ => null,
            };
        }
    }

    /// <summary>
    /// Whether frames arrive at the target's host; null when that hangs on something not known: also where they do not arrive
    /// by any way that was read, but the two ends both send them to where nothing is known of.
    /// </summary>
    public bool? Arrives => Forward.Arrives is false && (Forward.AlsoArrivesAt.Count > 0 || LeadsAround) ? null : Forward.Arrives;

    /// <summary>
    /// Where both ends send frames to where nothing is known of, so that they may meet there; null where they do not. By one
    /// card of both nothing comes back: no switch sends a frame back where it came from.
    /// </summary>
    public (InterfaceRef Here, InterfaceRef There)? Around =>
        Forward
            .LeavesAt.SelectMany(_ => Back.LeavesAt, (here, there) => ((InterfaceRef Here, InterfaceRef There)?)(here, there))
            .FirstOrDefault(p => p!.Value.Here != p.Value.There);

    private bool LeadsAround => Around is not null;

    /// <summary>All hops, there and back.</summary>
    public IEnumerable<PathHop> Hops => Forward.Hops.Concat(Back.Hops);

    /// <summary>The largest packet that comes from source to target, in bytes; null where nothing limits it, or there is no way.</summary>
    public int? Mtu => Forward.Mtu;

    /// <summary>Predicts a path: a question to all from its source, and the answer to that one address.</summary>
    /// <param name="network">What frames travel through.</param>
    /// <param name="source">Where it begins.</param>
    /// <param name="target">Where it ends.</param>
    /// <param name="packetSize">The size of the packet, in bytes.</param>
    /// <param name="content">What is in the frames; an ARP request and its answer unless said.</param>
    /// <param name="question">
    /// What the model says of the question that went before, which tells bridges where the ends are; null where it is the
    /// question.
    /// </param>
    public static PathPrediction Make(
        PathNetwork network,
        Vantage source,
        Vantage target,
        int packetSize,
        FrameContent? content = null,
        PathPrediction? question = null
    )
    {
        var what = content ?? FrameContent.Arp;
        var cast =
            question is not null ? FrameCast.Unicast
            : what is { Kind: FrameKind.Neighbor, IsIPv6: true } ? FrameCast.Multicast
            : FrameCast.Broadcast;
        var forward = FrameWalk.Run(
            new ForwardingRules(network, cast, what, question?.Back.Learned ?? LearnedPorts.None),
            source,
            target,
            packetSize
        );
        var back = FrameWalk.Run(
            new ForwardingRules(network, FrameCast.Unicast, what.Answer(), forward.Learned),
            target,
            source,
            packetSize
        );
        return new PathPrediction(forward, back);
    }

    /// <summary>Predicts a path between two interfaces of hosts.</summary>
    /// <param name="network">What frames travel through.</param>
    /// <param name="source">Where it begins.</param>
    /// <param name="target">Where it ends.</param>
    /// <param name="packetSize">The size of the packet, in bytes.</param>
    public static PathPrediction Make(PathNetwork network, InterfaceRef source, InterfaceRef target, int packetSize) =>
        Make(network, new Vantage(source), new Vantage(target), packetSize);
}
