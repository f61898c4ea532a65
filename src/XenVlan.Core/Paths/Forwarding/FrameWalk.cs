using XenVlan.Model;
using XenVlan.Paths.Filters;
using XenVlan.Paths.Frames;

namespace XenVlan.Paths.Forwarding;

/// <summary>
/// Finds the way of a frame to a target with the least in its way. Obstacles (a VLAN a port does not pass, an interface that
/// is down) are walked over at a price and remembered, so that where nothing arrives it is known which obstacle to remove.
/// </summary>
internal sealed class FrameWalk
{
    private const int HopPrice = 1;
    private const int UnknownPrice = 100;
    private const int ObstaclePrice = 10_000;

    private readonly ForwardingRules _rules;
    private readonly Vantage _source;
    private readonly Vantage _target;
    private readonly int _packetSize;
    private readonly PriorityQueue<WalkStep, int> _queue = new();
    private readonly List<Transition> _moves = [];

    private FrameWalk(ForwardingRules rules, Vantage source, Vantage target, int packetSize)
    {
        _rules = rules;
        _source = source;
        _target = target;
        _packetSize = packetSize;
    }

    /// <summary>Walks a broadcast from one interface to another.</summary>
    /// <param name="network">What it travels through.</param>
    /// <param name="source">The interface that sends it.</param>
    /// <param name="target">The interface it should reach.</param>
    /// <param name="packetSize">The packet's size in bytes.</param>
    /// <returns>What becomes of it.</returns>
    public static WalkResult Run(PathNetwork network, InterfaceRef source, InterfaceRef target, int packetSize) =>
        Run(
            new ForwardingRules(network, FrameCast.Broadcast, FrameContent.Arp, LearnedPorts.None, explains: true),
            new Vantage(source),
            new Vantage(target),
            packetSize
        );

    /// <summary>Walks a frame from one end to another.</summary>
    /// <param name="rules">What becomes of it at each place.</param>
    /// <param name="source">Where it begins.</param>
    /// <param name="target">Where it should arrive.</param>
    /// <param name="packetSize">The packet's size in bytes.</param>
    /// <returns>What becomes of it.</returns>
    public static WalkResult Run(ForwardingRules rules, Vantage source, Vantage target, int packetSize) =>
        new FrameWalk(rules, source, target, packetSize).Run();

    private WalkResult Run()
    {
        var seen = new HashSet<(string, string, WalkStage, Frame, string?)>();
        var elsewhere = new SortedSet<string>(StringComparer.Ordinal);
        WalkStep? arrived = null;
        var leaves = new List<InterfaceRef>();
        Begin();
        while (_queue.TryDequeue(out var step, out _))
        {
            if (!seen.Add(step.State.Key))
                continue;
            if (HasArrived(step.State))
                arrived ??= step;
            else if (step.State.Stage is WalkStage.Delivered && IsOnTargetHost(step.State.Point) && step.Cost < ObstaclePrice)
                _ = elsewhere.Add(step.State.Point.Interface.Name);

            if (arrived is not null && step.Cost >= ObstaclePrice)
                break;
            if (step.Cost < ObstaclePrice && step.State.Stage is WalkStage.Transmitted && _rules.Network.LeadsOut(step.State.Point))
                leaves.Add(step.State.Point);
            Expand(step);
        }

        return arrived is null
            ? new WalkResult([], null, IsConnected: false, IsCertain: true, [.. elsewhere]) { LeavesAt = leaves }
            : Result(arrived.Way, [.. elsewhere]) with
            {
                LeavesAt = leaves,
            };
    }

    private static WalkResult Result(IReadOnlyList<WalkStep> way, IReadOnlyList<string> elsewhere)
    {
        var hops = way.Select(s => s.Hop).OfType<PathHop>().ToList();
        var first = hops.FindIndex(h => h.Verdict is HopVerdict.Drops);
        if (first >= 0 && VlanChange.Find(way, first) is { } change)
        {
            hops[change.Index] = change.Hop;
            first = change.Index;
        }

        return new WalkResult(
            hops,
            first < 0 ? null : hops[first],
            IsConnected: true,
            IsCertain: !hops.Exists(h => h.Verdict is HopVerdict.Unknown),
            elsewhere
        )
        {
            Learned = Learn(way),
        };
    }

    private static LearnedPorts Learn(IReadOnlyList<WalkStep> way)
    {
        var learned = new LearnedPorts();
        foreach (var state in way.Select(s => s.State).Where(s => s is { Stage: WalkStage.Bridged, Ingress: not null }))
        {
            var port = state.Point.Host.FindInterface(state.Ingress);
            if (port?.Port is { Learning: true })
                learned.Add(state.Point, BridgeRules.LearningVlan(state.Point.Interface, state.Frame), state.Ingress!);
        }

        return learned;
    }

    private bool HasArrived(in WalkState state) =>
        IsTarget(state.Point)
        && (
            _target.IsBehind
                ? state.Stage is WalkStage.Transmitted && state.Frame.Outer == _target.Tag && state.Frame.Inner is null
                : state.Stage is WalkStage.Delivered
        );

    private bool IsTarget(InterfaceRef point) => IsOnTargetHost(point) && point.Interface.Name == _target.Point.Interface.Name;

    private bool IsOnTargetHost(InterfaceRef point) => point.Host.HostName == _target.Point.Host.HostName;

    private void Begin()
    {
        var state = _source.IsBehind
            ? new WalkState(_source.Point, WalkStage.Receiving, new Frame(_source.Tag, null))
            : new WalkState(_source.Point, WalkStage.Sending, Frame.Untagged);
        _queue.Enqueue(new WalkStep(state, 0, null, null), 0);
    }

    private void Expand(WalkStep step)
    {
        _moves.Clear();
        _rules.Next(step.State, _moves);
        foreach (var move in _moves)
        {
            // The host itself sends nothing larger than the MTU (ip_finish_output in net/ipv4/ip_output.c).
            var isFirst = step.Previous is null && !_source.IsBehind;
            Go(
                step,
                Own(
                    step.State.Point,
                    isFirst ? move with { Room = Math.Min(move.Room ?? int.MaxValue, step.State.Point.Interface.Mtu) } : move,
                    isFirst
                )
            );
        }

        Misdeliver(step);
    }

    // The packet filters of the host that sends it, and of the one it is for.
    private Transition Own(InterfaceRef point, Transition move, bool isFirst)
    {
        if (isFirst)
        {
            var (verdict, rule) = PacketFilters.JudgeOwn(point.Host, point.Interface.Name, isInput: false, _rules.Content);
            move = BridgeRules.Filtered(_rules, move, verdict, rule, "send it");
        }

        if (move.Verdict is not HopVerdict.Delivers)
            return move;
        var (taken, by) = PacketFilters.JudgeOwn(point.Host, point.Interface.Name, isInput: true, _rules.Content);
        return BridgeRules.Filtered(_rules, move, taken, by, "receive it");
    }

    // The frame is at the right door with the wrong VLAN.
    private void Misdeliver(WalkStep step)
    {
        var (point, frame) = (step.State.Point, step.State.Frame);
        if (!IsOnTargetHost(point))
            return;
        if (_target.IsBehind)
        {
            if (step.State.Stage is WalkStage.Transmitted && IsTarget(point) && !HasArrived(step.State))
                Mismatch(
                    step,
                    new WalkState(point, WalkStage.Transmitted, new Frame(_target.Tag, null)),
                    $"sends it out {frame.Describe()}, and behind it {(_target.Tag is { } tag ? $"VLAN {tag}" : "an untagged frame")} "
                        + $"is expected",
                    _target.Tag
                );
        }
        else if (step.State.Stage is WalkStage.Receiving && point.Interface.Master is null)
        {
            var wanted = _target.Point.Interface.Vlan;
            if (wanted is { Id: { } id } && wanted.Parent == point.Interface.Name && frame.Outer != new VlanTag(id, wanted.Protocol))
                Mismatch(
                    step,
                    new WalkState(_target.Point, WalkStage.Receiving, frame.Pop()),
                    $"gets it {frame.Describe()}, and {_target.Point.Interface.Name} is VLAN {new VlanTag(id, wanted.Protocol)}",
                    new VlanTag(id, wanted.Protocol)
                );
            else if (frame.TagCount > 0 && IsTarget(point))
                Mismatch(
                    step,
                    new WalkState(point, WalkStage.Delivered, Frame.Untagged),
                    _moves.Find(m => m.To.Stage is WalkStage.Receiving) is { To.Point: { } taker }
                        ? $"gets it {frame.Describe()}, which is for {taker.Interface.Name}"
                        : $"gets it {frame.Describe()}, and {point.Host.HostName} has no interface for that VLAN there",
                    null
                );
        }
    }

    private void Mismatch(WalkStep step, WalkState to, string action, VlanTag? wanted)
    {
        var got = step.State.Frame.Outer;
        var reason =
            got is { } tag && wanted is { } other && tag.Vlan == other.Vlan && tag.Protocol != other.Protocol
                ? PathReason.ProtocolMismatch
                : PathReason.VlanMismatch;
        Go(
            step,
            ForwardingRules.Drop(to, reason, action) with
            {
                Direction = step.State.Stage is WalkStage.Transmitted ? PathDirection.Out : PathDirection.In,
            }
        );
    }

    private void Go(WalkStep from, Transition move)
    {
        if (move.Verdict is not HopVerdict.Drops && move.Room is { } room && room < _packetSize)
            move = move with
            {
                Verdict = HopVerdict.Drops,
                Reason = PathReason.MtuTooSmall,
                Action = $"has room for packets of {room} bytes, not {_packetSize}",
            };

        var price = move.Verdict switch
        {
            HopVerdict.Drops => ObstaclePrice,
            HopVerdict.Unknown => UnknownPrice,
            _ => HopPrice,
        };
        var next = new WalkStep(move.To, from.Cost + price, from, Hop(from.State, move));
        _queue.Enqueue(next, next.Cost);
    }

    private static PathHop Hop(in WalkState from, in Transition move) =>
        new()
        {
            HostName = move.IsOnWire ? WireHop.HostName : from.Point.Host.HostName,
            Interface = move.At ?? from.Point.Interface.Name,
            Direction = move.Direction,
            Action = move.Action,

            // What a bridge's port sends is the frame as it leaves; what it refuses is the frame as it is on the bridge.
            Tags = move is { At: not null, IsOnWire: false, Verdict: not HopVerdict.Drops } ? move.To.Frame.Tags : from.Frame.Tags,
            Verdict = move.Verdict,
            Reason = move.Reason,
            Room = move.Room,
            Rule = move.Rule,
        };
}

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
    IReadOnlyList<string> AlsoArrivesAt
)
{
    /// <summary>Whether the frame arrives; null when that hangs on something not known.</summary>
    public bool? Arrives =>
        !IsConnected || Obstacle is not null ? false
        : IsCertain ? true
        : null;

    /// <summary>The largest packet that passes the whole way, in bytes; null where nothing limits it, or there is no way.</summary>
    public int? Room => Hops.Min(h => h.Room);

    /// <summary>Where the frame also leaves what was read: network cards on no wire that is known.</summary>
    public IReadOnlyList<InterfaceRef> LeavesAt { get; init; } = [];

    /// <summary>By which ports the bridges on the way learned where the source is.</summary>
    public LearnedPorts Learned { get; init; } = LearnedPorts.None;
}
