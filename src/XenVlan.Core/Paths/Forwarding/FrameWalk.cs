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
    public static WalkResult Run(PathNetwork network, InterfaceRef source, InterfaceRef target, int packetSize) =>
        Run(
            new ForwardingRules(network, FrameCast.Broadcast, FrameContent.Arp, LearnedPorts.None),
            new Vantage(source),
            new Vantage(target),
            packetSize
        );

    /// <summary>Walks a frame from one end to another.</summary>
    /// <param name="rules">What becomes of it at each place.</param>
    /// <param name="source">Where it begins.</param>
    /// <param name="target">Where it should arrive.</param>
    /// <param name="packetSize">The packet's size in bytes.</param>
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
                    isFirst ? move with { Mtu = Math.Min(move.Mtu ?? int.MaxValue, step.State.Point.Interface.Mtu) } : move,
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
            var sent = PacketFilters.JudgeOwn(point.Host, point.Interface.Name, isInput: false, _rules.Content);
            move = move.Filter(sent, PacketFilterHook.Output);
        }

        if (move.Verdict is not HopVerdict.Delivers)
            return move;
        var received = PacketFilters.JudgeOwn(point.Host, point.Interface.Name, isInput: true, _rules.Content);
        return move.Filter(received, PacketFilterHook.Input);
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
                Mismatch(step, new WalkState(point, WalkStage.Transmitted, new Frame(_target.Tag, null)), Other(frame, _target.Tag, null));
        }
        else if (step.State.Stage is WalkStage.Receiving && point.Interface.Master is null)
        {
            var wanted = _target.Point.Interface.Vlan;
            if (wanted is { Id: { } id } && wanted.Parent == point.Interface.Name && frame.Outer != new VlanTag(id, wanted.Protocol))
                Mismatch(
                    step,
                    new WalkState(_target.Point, WalkStage.Receiving, frame.Pop()),
                    Other(frame, new VlanTag(id, wanted.Protocol), _target.Point.Interface.Name)
                );
            else if (frame.TagCount > 0 && IsTarget(point))
                Mismatch(
                    step,
                    new WalkState(point, WalkStage.Delivered, Frame.Untagged),
                    _moves.Find(m => m.To.Stage is WalkStage.Receiving) is { To.Point: { } taker }
                        ? new ForAnotherInterface(taker.Interface.Name)
                        : new NoInterfaceForVlan(point.Host.HostName)
                );
        }
    }

    private static OtherTagExpected Other(Frame frame, VlanTag? expected, string? link) =>
        new(
            expected,
            link,
            frame.Outer is { } tag && expected is { } other && tag.Vlan == other.Vlan && tag.Protocol != other.Protocol
                ? PathReason.ProtocolMismatch
                : PathReason.VlanMismatch
        );

    private void Mismatch(WalkStep step, WalkState to, Obstacle mismatch) =>
        Go(
            step,
            Transition.Drop(to, mismatch) with
            {
                Direction = step.State.Stage is WalkStage.Transmitted ? PathDirection.Out : PathDirection.In,
            }
        );

    private void Go(WalkStep from, Transition move)
    {
        if (move.Verdict is not HopVerdict.Drops && move.Mtu is { } mtu && mtu < _packetSize)
            move = move with { Verdict = HopVerdict.Drops, Event = new MtuTooSmall(mtu, _packetSize) };

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
            HostName = IsOnWire(move) ? "" : from.Point.Host.HostName,
            Interface = IsOnWire(move) ? $"{from.Point} – {move.To.Point}" : move.At ?? from.Point.Interface.Name,
            Direction = move.Direction,
            Event = move.Event,

            // What a bridge's port sends is the frame as it leaves; what it refuses is the frame as it is on the bridge.
            Tags = move is { At: not null, Verdict: not HopVerdict.Drops } ? move.To.Frame.Tags : from.Frame.Tags,
            Verdict = move.Verdict,
            Reason = move.Reason,
            Mtu = move.Mtu,
        };

    private static bool IsOnWire(in Transition move) => move.Direction is PathDirection.Across;
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
    public int? Mtu => Hops.Min(h => h.Mtu);

    /// <summary>Where the frame also leaves what was read: network cards on no wire that is known.</summary>
    public IReadOnlyList<InterfaceRef> LeavesAt { get; init; } = [];

    /// <summary>By which ports the bridges on the way learned where the source is.</summary>
    public LearnedPorts Learned { get; init; } = LearnedPorts.None;
}
