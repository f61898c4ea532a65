using XenVlan.Model;

namespace XenVlan.Paths.Forwarding;

/// <summary>What the model says of one direction of a path.</summary>
/// <param name="Hops">The frame's way; empty when nothing connects the ends.</param>
/// <param name="Obstacle">The first hop that drops it; null when none does.</param>
/// <param name="IsConnected">Whether there is any way at all, obstacles or not.</param>
/// <param name="IsCertain">Whether everything on the way was known.</param>
/// <param name="AlsoArrivesAt">
/// Other interfaces of the target's host that the frame arrives at. Linux answers ARP for any of its addresses on any
/// interface (<c>arp_ignore</c> 0, ip-sysctl), so the host may answer there.
/// </param>
internal sealed record WalkResult(
    IReadOnlyList<PathHop> Hops,
    PathHop? Obstacle,
    bool IsConnected,
    bool IsCertain,
    IReadOnlyList<string> AlsoArrivesAt)
{
    /// <summary>Whether the frame arrives; null when that hangs on something not known.</summary>
    public bool? Arrives => !IsConnected || Obstacle is not null ? false : IsCertain ? true : null;

    /// <summary>The largest packet that passes the whole way, in bytes; null where nothing limits it, or there is no way.</summary>
    public int? Room => Hops.Min(h => h.Room);

    /// <summary>Where the frame also leaves what was read: network cards on no wire that is known.</summary>
    public IReadOnlyList<PathPoint> LeavesAt { get; init; } = [];

    /// <summary>By which ports the bridges on the way learned where the source is.</summary>
    public LearnedPorts Learned { get; init; } = LearnedPorts.None;
}
