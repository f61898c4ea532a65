namespace XenVlan.Paths;

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

    /// <summary>Predicts a path.</summary>
    /// <param name="network">What frames travel through.</param>
    /// <param name="source">Where it begins.</param>
    /// <param name="target">Where it ends.</param>
    /// <param name="packetSize">The size of the packet, in bytes.</param>
    /// <returns>The prediction.</returns>
    public static PathPrediction Make(PathNetwork network, PathPoint source, PathPoint target, int packetSize) => new(
        FrameWalk.Run(network, source, target, packetSize),
        FrameWalk.Run(network, target, source, packetSize));
}
