using XenVlan.Model;

namespace XenVlan.Paths;

/// <summary>A frame at a place, and how it came there.</summary>
/// <param name="Point">The place.</param>
/// <param name="Stage">What it is about to do.</param>
/// <param name="Frame">The frame there.</param>
/// <param name="IngressPort">The port by which it entered the bridge; null for domain 0's own and off a bridge.</param>
/// <param name="Cost">How much stands in its way so far; see <see cref="FrameWalk"/>.</param>
/// <param name="Previous">The step before; null for the first.</param>
/// <param name="Hop">What happened between that step and this one; null where nothing is worth telling.</param>
internal sealed record WalkStep(
    PathPoint Point,
    WalkStage Stage,
    Frame Frame,
    string? IngressPort,
    int Cost,
    WalkStep? Previous,
    PathHop? Hop)
{
    /// <summary>What makes two steps the same place.</summary>
    public (string Host, string Interface, WalkStage Stage, Frame Frame, string? Ingress) Key =>
        (Point.Host.HostName, Point.Interface.Name, Stage, Frame, IngressPort);
}
