using XenVlan.Model;
using XenVlan.Paths.Frames;

namespace XenVlan.Paths.Forwarding;

/// <summary>What a frame is about to do at a place.</summary>
internal enum WalkStage
{
    /// <summary>The interface sends it.</summary>
    Sending,

    /// <summary>The interface has sent it out of the host.</summary>
    Transmitted,

    /// <summary>The interface receives it.</summary>
    Receiving,

    /// <summary>The bridge has accepted it and decides where it leaves.</summary>
    Bridged,

    /// <summary>It has reached the host's own network stack on the interface.</summary>
    Delivered,
}

/// <summary>A frame at a place.</summary>
/// <param name="Point">The place.</param>
/// <param name="Stage">What it is about to do there.</param>
/// <param name="Frame">The frame.</param>
/// <param name="Ingress">The port by which it entered the bridge; null for the host's own frames and off a bridge.</param>
internal readonly record struct WalkState(InterfaceRef Point, WalkStage Stage, Frame Frame, string? Ingress = null)
{
    /// <summary>What makes two states the same.</summary>
    public (string Host, string Interface, WalkStage Stage, Frame Frame, string? Ingress) Key =>
        (Point.Host.HostName, Point.Interface.Name, Stage, Frame, Ingress);
}

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

/// <summary>What may become of a frame next: where it comes to, and whether anything stops it.</summary>
/// <param name="To">Where it comes to if nothing does.</param>
/// <param name="Verdict">Whether it is let through.</param>
/// <param name="Reason">Why not; none where it is.</param>
/// <param name="Action">What happens, in words; empty where nobody asked for them.</param>
internal readonly record struct Transition(WalkState To, HopVerdict Verdict, PathReason Reason, string Action)
{
    /// <summary>Which way the frame goes.</summary>
    public PathDirection Direction { get; init; }

    /// <summary>The interface this happens at; null for the one the frame is at.</summary>
    public string? At { get; init; }

    /// <summary>Whether it happens on a wire, which is named by <see cref="At"/>.</summary>
    public bool IsOnWire { get; init; }

    /// <summary>The largest packet that passes, in bytes; null where nothing that was read limits it.</summary>
    public int? Room { get; init; }

    /// <summary>The rule of a packet filter that drops it, or may; null where none does.</summary>
    public PacketFilterRule? Rule { get; init; }
}
