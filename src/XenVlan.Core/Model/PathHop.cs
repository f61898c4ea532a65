namespace XenVlan.Model;

/// <summary>One hop of a frame's way.</summary>
public sealed record PathHop
{
    /// <summary>The host it is on; <c>wire</c> between hosts.</summary>
    public required string HostName { get; init; }

    /// <summary>The interface; the wire's two ends between hosts.</summary>
    public required string Interface { get; init; }

    /// <summary>What happens there, in words.</summary>
    public required string Action { get; init; }

    /// <summary>Which way the frame goes there.</summary>
    public PathDirection Direction { get; init; }

    /// <summary>The frame's tags there, outermost first; empty when it has none.</summary>
    public IReadOnlyList<VlanTag> Tags { get; init; } = [];

    /// <summary>
    /// The largest packet that passes there, in bytes without Ethernet header and tags; null where nothing that was read
    /// limits it.
    /// </summary>
    public int? Room { get; init; }

    /// <summary>What becomes of the frame.</summary>
    public HopVerdict Verdict { get; init; }

    /// <summary>Why it ends, where it does, or may.</summary>
    public PathReason Reason { get; init; }

    /// <summary>The rule of a packet filter that drops it there, or may; null where none does.</summary>
    public PacketFilterRule? Rule { get; init; }

    /// <summary>Whether a capture saw the frame there; null where none was made.</summary>
    public bool? Seen { get; init; }

    /// <summary>The hop in a line.</summary>
    /// <returns>Such as <c>a/eth1 [10] leaves the machine</c>.</returns>
    public override string ToString() => $"{HostName}/{Interface}{(Tags.Count == 0 ? "" : $" [{string.Join(' ', Tags)}]")} {Action}";
}
