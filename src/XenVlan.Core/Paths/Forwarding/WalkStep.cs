using XenVlan.Model;

namespace XenVlan.Paths.Forwarding;

/// <summary>A frame at a place, and how it came there.</summary>
/// <param name="State">The frame and the place.</param>
/// <param name="Cost">How much stands in its way so far; see <see cref="FrameWalk"/>.</param>
/// <param name="Previous">The step before; null for the first.</param>
/// <param name="Hop">What happened between that step and this one; null for the first.</param>
internal sealed record WalkStep(WalkState State, int Cost, WalkStep? Previous, PathHop? Hop)
{
    /// <summary>The steps from the first to this one.</summary>
    public IReadOnlyList<WalkStep> Way
    {
        get
        {
            var steps = new List<WalkStep>();
            for (var step = this; step is not null; step = step.Previous)
                steps.Add(step);
            steps.Reverse();
            return steps;
        }
    }
}
