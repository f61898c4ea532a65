namespace XenVlan.Paths.Forwarding;

/// <summary>A frame at a place.</summary>
/// <param name="Point">The place.</param>
/// <param name="Stage">What it is about to do there.</param>
/// <param name="Frame">The frame.</param>
/// <param name="Ingress">The port by which it entered the bridge; null for the host's own frames and off a bridge.</param>
internal readonly record struct WalkState(PathPoint Point, WalkStage Stage, Frame Frame, string? Ingress = null)
{
    /// <summary>What makes two states the same.</summary>
    public (string Host, string Interface, WalkStage Stage, Frame Frame, string? Ingress) Key =>
        (Point.Host.HostName, Point.Interface.Name, Stage, Frame, Ingress);
}
