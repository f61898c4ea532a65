namespace XenVlan.Paths.Forwarding;

/// <summary>What the model says of a path, both ways.</summary>
/// <param name="Forward">From source to target.</param>
/// <param name="Back">From target to source: the answer.</param>
internal sealed record PathPrediction(WalkResult Forward, WalkResult Back)
{
    /// <summary>Whether frames arrive and are answered; null when that hangs on something not known.</summary>
    public bool? Reachable => (Forward.Arrives, Back.Arrives) switch
    {
        (true, true) => true,
        (false, _) => Forward.AlsoArrivesAt.Count > 0 ? null : false,
        (_, false) => false,
        _ => null,
    };

    /// <summary>The largest packet that comes from source to target, in bytes; null where nothing limits it, or there is no way.</summary>
    public int? Room => Forward.Room;

    /// <summary>Predicts a path: a question to all from its source, and the answer to that one address.</summary>
    /// <param name="network">What frames travel through.</param>
    /// <param name="source">Where it begins.</param>
    /// <param name="target">Where it ends.</param>
    /// <param name="packetSize">The size of the packet, in bytes.</param>
    /// <param name="content">What is in the frames; an ARP request and its answer unless said.</param>
    /// <returns>The prediction.</returns>
    public static PathPrediction Make(PathNetwork network, PathEndpoint source, PathEndpoint target, int packetSize, FrameContent? content = null)
    {
        var what = content ?? FrameContent.Arp;
        var cast = what is { Kind: FrameKind.Neighbor, IsIPv6: true } ? FrameCast.Multicast : FrameCast.Broadcast;
        var forward = FrameWalk.Run(new ForwardingRules(network, cast, what, LearnedPorts.None, explains: true), source, target, packetSize);
        var back = FrameWalk.Run(new ForwardingRules(network, FrameCast.Unicast, what, forward.Learned, explains: true), target, source, packetSize);
        return new PathPrediction(forward, back);
    }

    /// <summary>Predicts a path between two interfaces of hosts.</summary>
    /// <param name="network">What frames travel through.</param>
    /// <param name="source">Where it begins.</param>
    /// <param name="target">Where it ends.</param>
    /// <param name="packetSize">The size of the packet, in bytes.</param>
    /// <returns>The prediction.</returns>
    public static PathPrediction Make(PathNetwork network, PathPoint source, PathPoint target, int packetSize) =>
        Make(network, new PathEndpoint(source), new PathEndpoint(target), packetSize);
}
