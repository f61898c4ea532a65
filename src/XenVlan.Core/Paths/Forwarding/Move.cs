using XenVlan.Model;

namespace XenVlan.Paths.Forwarding;

/// <summary>What may become of a frame next: where it comes to, and whether anything stops it.</summary>
/// <param name="To">Where it comes to if nothing does.</param>
/// <param name="Verdict">Whether it is let through.</param>
/// <param name="Reason">Why not; none where it is.</param>
/// <param name="Action">What happens, in words; empty where nobody asked for them.</param>
internal readonly record struct Move(WalkState To, HopVerdict Verdict, PathReason Reason, string Action)
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
