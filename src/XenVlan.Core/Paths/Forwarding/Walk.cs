using XenVlan.Model;
using XenVlan.Paths.Filters;
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
/// <param name="Event">What happens to it, or stands in its way.</param>
internal readonly record struct Transition(WalkState To, HopVerdict Verdict, HopEvent Event)
{
    /// <summary>Why it is not let through, or may not be; none where it is.</summary>
    public PathReason Reason => Event is Obstacle obstacle ? obstacle.Reason : PathReason.None;

    /// <summary>Which way the frame goes.</summary>
    public PathDirection Direction { get; init; }

    /// <summary>The interface this happens at; null for the one the frame is at, or the wire.</summary>
    public string? At { get; init; }

    /// <summary>The largest packet that passes, in bytes; null where nothing that was read limits it.</summary>
    public int? Mtu { get; init; }

    /// <summary>A way on with nothing in it.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="happens">What happens.</param>
    public static Transition Pass(WalkState to, HopEvent happens) => new(to, HopVerdict.Passes, happens);

    /// <summary>A way on that is closed.</summary>
    /// <param name="to">Where to, if it were not.</param>
    /// <param name="obstacle">Why it is.</param>
    public static Transition Drop(WalkState to, Obstacle obstacle) => new(to, HopVerdict.Drops, obstacle);

    /// <summary>A way on that may be closed.</summary>
    /// <param name="to">Where to, if it is not.</param>
    /// <param name="obstacle">Why it may be.</param>
    public static Transition Doubt(WalkState to, Obstacle obstacle) => new(to, HopVerdict.Unknown, obstacle);

    /// <summary>A way on that is open unless something is in it.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="obstacle">What is in it; null for nothing.</param>
    /// <param name="happens">What happens otherwise.</param>
    public static Transition Make(WalkState to, Obstacle? obstacle, HopEvent happens) =>
        obstacle is null ? Pass(to, happens) : Drop(to, obstacle);

    /// <summary>The same move, of which is not known whether it is made.</summary>
    /// <param name="obstacle">Why it may not be.</param>
    public Transition Doubted(Obstacle obstacle) => this with { Verdict = HopVerdict.Unknown, Event = obstacle };

    /// <summary>What a packet filter makes of the move.</summary>
    /// <param name="filter">What the filter does.</param>
    /// <param name="hook">Where it is asked: the first of the hooks there.</param>
    /// <param name="bridge">The bridge that asks; null where it is the interface, or the host itself.</param>
    /// <returns>The move. What is dropped anyhow is not only perhaps dropped.</returns>
    public Transition Filter(FilterVerdict filter, PacketFilterHook hook, string? bridge = null) =>
        filter switch
        {
            { Verdict: HopVerdict.Drops, Rule: { } rule } => this with
            {
                Verdict = HopVerdict.Drops,
                Event = new Filtered(rule, hook, bridge),
            },
            { Verdict: HopVerdict.Unknown } when Verdict is not HopVerdict.Drops => Doubted(new MayBeFiltered(filter.Rule, hook, bridge)),
            _ => this,
        };
}

/// <summary>What a bridge does with a frame at one of its ports, or at itself.</summary>
/// <param name="Frame">The frame behind it.</param>
/// <param name="Verdict">Whether it is let through.</param>
/// <param name="Event">What happens to it, or stands in its way.</param>
internal readonly record struct PortDecision(Frame Frame, HopVerdict Verdict, HopEvent Event)
{
    /// <summary>The frame passes.</summary>
    public static PortDecision Pass(Frame frame, HopEvent happens) => new(frame, HopVerdict.Passes, happens);

    /// <summary>The frame does not pass.</summary>
    /// <param name="frame">The frame behind it, if it did.</param>
    /// <param name="obstacle">Why not.</param>
    public static PortDecision Drop(Frame frame, Obstacle obstacle) => new(frame, HopVerdict.Drops, obstacle);

    /// <summary>The frame may not pass.</summary>
    /// <param name="frame">The frame behind it, if it does.</param>
    /// <param name="obstacle">Why it may not.</param>
    public static PortDecision Doubt(Frame frame, Obstacle obstacle) => new(frame, HopVerdict.Unknown, obstacle);

    /// <summary>The move this makes of it.</summary>
    /// <param name="to">Where to.</param>
    public Transition MoveTo(WalkState to) => new(to, Verdict, Event);
}
