using XenVlan.Model;

namespace XenVlan.Paths;

/// <summary>
/// Walks a frame through a network in the kernel's own order, and finds the way to a target with the least in its way.
/// Obstacles (a VLAN a port does not pass, an interface that is down) are walked over at a price and remembered, so
/// that where nothing arrives it is known which obstacle to remove.
/// </summary>
/// <remarks>
/// The order on receiving is that of <c>__netif_receive_skb_core</c> (<c>net/core/dev.c</c>): a VLAN device of the
/// frame's tag first, since Linux 2.6.37; then the receiving device's handler, which is the bond's or the bridge's; then
/// the host's own stack. A bridge's is that of <c>br_handle_frame_finish</c>: the port's state, <c>br_allowed_ingress</c>,
/// flooding with <c>should_deliver</c> and <c>br_allowed_egress</c> for each other port, and the bridge device itself.
/// </remarks>
internal sealed class FrameWalk
{
    private const int HopPrice = 1;
    private const int UnknownPrice = 100;
    private const int ObstaclePrice = 10_000;

    private readonly PathNetwork _network;
    private readonly PathPoint _target;
    private readonly PriorityQueue<WalkStep, int> _queue = new();

    private FrameWalk(PathNetwork network, PathPoint target)
    {
        _network = network;
        _target = target;
    }

    /// <summary>Walks a frame from one interface to another.</summary>
    /// <param name="network">What it travels through.</param>
    /// <param name="source">The interface that sends it.</param>
    /// <param name="target">The interface it should reach.</param>
    /// <param name="packetSize">The packet's size in bytes.</param>
    /// <returns>What becomes of it.</returns>
    public static WalkResult Run(PathNetwork network, PathPoint source, PathPoint target, int packetSize) =>
        new FrameWalk(network, target).Run(source, packetSize);

    private WalkResult Run(PathPoint source, int packetSize)
    {
        var seen = new HashSet<(string, string, WalkStage, Frame, string?)>();
        var elsewhere = new SortedSet<string>(StringComparer.Ordinal);
        WalkStep? arrived = null;
        Begin(source, packetSize);
        while (_queue.TryDequeue(out var step, out _))
        {
            if (!seen.Add(step.Key))
                continue;
            if (step.Stage is WalkStage.Delivered)
            {
                if (IsTarget(step.Point))
                    arrived ??= step;
                else if (IsOnTargetHost(step.Point) && step.Cost < ObstaclePrice)
                    _ = elsewhere.Add(step.Point.Interface.Name);
                continue;
            }

            if (arrived is not null && step.Cost >= ObstaclePrice)
                break;
            Expand(step);
        }

        return Result(arrived, elsewhere);
    }

    private static WalkResult Result(WalkStep? arrived, SortedSet<string> elsewhere)
    {
        if (arrived is null)
            return new WalkResult([], null, IsConnected: false, IsCertain: true, [.. elsewhere]);

        var hops = new List<PathHop>();
        for (var step = arrived; step is not null; step = step.Previous)
        {
            if (step.Hop is { } hop)
                hops.Add(hop);
        }

        hops.Reverse();
        return new WalkResult(
            hops,
            hops.Find(h => h.Verdict is HopVerdict.Drops),
            IsConnected: true,
            IsCertain: !hops.Exists(h => h.Verdict is HopVerdict.Unknown),
            [.. elsewhere]);
    }

    private bool IsTarget(PathPoint point) => IsOnTargetHost(point) && string.Equals(point.Interface.Name, _target.Interface.Name, StringComparison.Ordinal);

    private bool IsOnTargetHost(PathPoint point) => string.Equals(point.Host.HostName, _target.Host.HostName, StringComparison.Ordinal);

    private void Begin(PathPoint source, int packetSize)
    {
        var frame = new Frame(null, null, packetSize);
        var start = new WalkStep(source, WalkStage.Sending, frame, null, 0, null, null);
        if (packetSize > source.Interface.Mtu)
            Go(start, source, WalkStage.Sending, frame, $"cannot send {packetSize} bytes: its MTU is {source.Interface.Mtu}", PathReason.MtuTooSmall);
        else
            _queue.Enqueue(start, 0);
    }

    private void Expand(WalkStep step)
    {
        switch (step.Stage)
        {
            case WalkStage.Sending:
                Send(step);
                break;
            case WalkStage.Receiving:
                Receive(step);
                break;
            default:
                Forward(step);
                break;
        }
    }

    private void Send(WalkStep step)
    {
        var (host, link) = step.Point;
        var frame = step.Frame;
        var reason = LinkObstacle(link, out var why);
        switch (link.Kind)
        {
            case InterfaceKind.Vlan when link.Vlan is { Id: { } id } vlan && PathNetwork.Find(host, vlan.Parent) is { } parent:
                Go(step, parent, WalkStage.Sending, frame.Push(new VlanTag(id, vlan.Protocol)), why ?? $"tags it {id} and hands it to {parent.Interface.Name}", reason);
                break;
            case InterfaceKind.Bridge:
                Enter(step, step.Point, port: null, why, reason);
                break;
            case InterfaceKind.Bond when link.Bond is { } bond:
                var slaves = bond.ActiveSlave is { Length: > 0 } active ? [active] : bond.Slaves;
                foreach (var slave in slaves.Select(s => PathNetwork.Find(host, s)).OfType<PathPoint>())
                    Go(step, slave, WalkStage.Sending, frame, why ?? $"hands it to {slave.Interface.Name}", reason);
                break;
            case InterfaceKind.Physical or InterfaceKind.Vif:
                Leave(step, why, reason);
                break;
            default:
                break;
        }
    }

    private void Leave(WalkStep step, string? why, PathReason reason)
    {
        var frame = step.Frame;
        if (_network.AcrossVif(step.Point) is { } other)
        {
            Go(step, other, WalkStage.Receiving, frame, why ?? $"hands it to {other}, {frame.Describe()}", reason);
            return;
        }

        foreach (var (wire, end) in _network.AcrossWires(step.Point))
        {
            var hop = Hop(step.Point.Host.HostName, step.Point.Interface.Name, why ?? $"sends it out, {frame.Describe()}", frame, reason is PathReason.None ? HopVerdict.Passes : HopVerdict.Drops, reason);
            var cost = step.Cost + (reason is PathReason.None ? HopPrice : ObstaclePrice);
            var onWire = new WalkStep(step.Point, WalkStage.Sending, frame, null, cost, step, hop);
            var (verdict, wireReason, action) = OnWire(wire, frame);
            Go(onWire, end, WalkStage.Receiving, frame, action, wireReason, verdict, WireHop.HostName, string.Join(" – ", step.Point, end));
        }
    }

    private static (HopVerdict Verdict, PathReason Reason, string Action) OnWire(Wire wire, Frame frame)
    {
        if (wire.Mtu is { } mtu && frame.PacketSize > mtu)
            return (HopVerdict.Drops, PathReason.MtuTooSmall, $"carries packets of {mtu} bytes, not {frame.PacketSize}");
        if (frame.Outer is { } tag && wire.Vlans is { } vlans)
        {
            return vlans.Contains(tag.Vlan)
                ? (HopVerdict.Passes, PathReason.None, $"carries VLAN {tag.Vlan}")
                : (HopVerdict.Drops, PathReason.VlanNotOnWire, $"does not carry VLAN {tag.Vlan}, only {vlans}");
        }

        return wire.Vlans is null
            ? (HopVerdict.Unknown, PathReason.None, "is not described; it may carry the frame")
            : (HopVerdict.Passes, PathReason.None, "carries untagged frames");
    }

    private void Receive(WalkStep step)
    {
        var (host, link) = step.Point;
        var frame = step.Frame;
        var reason = LinkObstacle(link, out var why);
        var taker = frame.Outer is { } tag
            ? host.Interfaces.FirstOrDefault(i => i.Vlan is { } v && v.Id == tag.Vlan && v.Protocol == tag.Protocol && string.Equals(v.Parent, link.Name, StringComparison.Ordinal))
            : null;
        if (taker is not null)
            Go(step, new PathPoint(host, taker), WalkStage.Receiving, frame.Pop(), why ?? $"hands it to {taker.Name}, which takes VLAN {frame.Outer!.Value.Vlan}", reason);

        var master = PathNetwork.Find(host, link.Master);
        if (master?.Interface.Bond is { } bond)
        {
            if (bond.ActiveSlave is not { Length: > 0 } active || string.Equals(active, link.Name, StringComparison.Ordinal))
                Go(step, master, WalkStage.Receiving, frame, why ?? $"hands it to {master.Interface.Name}", reason);
        }
        else if (master?.Interface.Bridge is not null && link.Port is not null)
        {
            if (taker is not null)
                (reason, why) = (PathReason.TakenByVlanInterface, $"has a VLAN interface {taker.Name}, which takes VLAN {frame.Outer!.Value.Vlan} before bridge {master.Interface.Name} sees it");
            Enter(step, master, link, why, reason);
        }
        else
        {
            Deliver(step, isTaken: taker is not null, why, reason);
        }
    }

    private void Deliver(WalkStep step, bool isTaken, string? why, PathReason reason)
    {
        var (host, link) = step.Point;
        var frame = step.Frame;
        if (frame.TagCount == 0)
            Go(step, step.Point, WalkStage.Delivered, frame, why ?? "receives it", reason, reason is PathReason.None ? HopVerdict.Delivers : HopVerdict.Drops);
        if (!IsOnTargetHost(step.Point))
            return;

        // The frame is at the right door with the wrong VLAN.
        if (string.Equals(_target.Interface.Vlan?.Parent, link.Name, StringComparison.Ordinal) && frame.Outer?.Vlan != _target.Interface.Vlan!.Id)
            Go(step, _target, WalkStage.Receiving, frame.Pop(), $"gets it {frame.Describe()}, and {_target.Interface.Name} is VLAN {_target.Interface.Vlan!.Id}", PathReason.VlanMismatch);
        else if (frame.TagCount > 0 && !isTaken && IsTarget(step.Point))
            Go(step, step.Point, WalkStage.Delivered, frame with { Outer = null, Inner = null }, $"gets it {frame.Describe()}, and {host.HostName} has no interface for that VLAN there", PathReason.VlanMismatch);
    }

    private void Enter(WalkStep step, PathPoint bridge, NetworkInterface? port, string? why, PathReason reason)
    {
        var details = bridge.Interface.Bridge!;
        var frame = step.Frame;
        var verdict = reason is PathReason.None ? HopVerdict.Passes : HopVerdict.Drops;
        if (reason is PathReason.None && port?.Port is { State: not BridgePortState.Forwarding } stuck)
            (verdict, reason, why) = (HopVerdict.Drops, PathReason.PortNotForwarding, $"is a port of {bridge.Interface.Name} that does not forward: it is {stuck.State}");

        if (details.VlanFiltering)
        {
            var own = port ?? bridge.Interface;
            var tagged = frame.Outer is { } outer && outer.Protocol == details.VlanProtocol;
            if (own.PortVlans is not { } vlans)
            {
                if (verdict is HopVerdict.Passes)
                    (verdict, why) = (HopVerdict.Unknown, $"may let it into {bridge.Interface.Name}: its VLANs could not be seen");
            }
            else if (tagged && !vlans.Allowed.Contains(frame.Outer!.Value.Vlan))
            {
                var what = port is null ? "does not let domain 0 use" : "does not pass";
                (verdict, reason, why) = (HopVerdict.Drops, port is null ? PathReason.VlanNotAllowedOnBridge : PathReason.VlanNotAllowedOnPort, $"{what} VLAN {frame.Outer.Value.Vlan}, only {vlans.Allowed}");
            }
            else if (!tagged && vlans.Pvid is { } pvid)
            {
                frame = frame.Push(new VlanTag(pvid, details.VlanProtocol));
                why ??= $"lets it into {bridge.Interface.Name} as VLAN {pvid}";
            }
            else if (!tagged)
            {
                (verdict, reason, why) = (HopVerdict.Drops, PathReason.NoPvid, "drops frames without a tag: it has no PVID");
            }
        }

        var name = port?.Name ?? bridge.Interface.Name;
        Go(step, bridge, WalkStage.Bridged, frame, why ?? (port is null ? $"floods it to its ports, {frame.Describe()}" : $"lets it into {bridge.Interface.Name}, {frame.Describe()}"), reason, verdict, null, name, port?.Name);
    }

    private void Forward(WalkStep step)
    {
        var (host, bridge) = step.Point;
        var from = host.FindInterface(step.IngressPort);
        foreach (var port in host.Interfaces.Where(i => i.Port is not null && string.Equals(i.Master, bridge.Name, StringComparison.Ordinal)))
        {
            if (ReferenceEquals(port, from) && !port.Port!.Hairpin)
                continue;
            var (verdict, reason, why) = PortObstacle(bridge, from, port, step.Frame);
            var (frame, vlanVerdict, vlanReason, vlanWhy) = LeaveBridge(bridge, port, step.Frame);
            if (verdict is HopVerdict.Passes)
                (verdict, reason, why) = (vlanVerdict, vlanReason, vlanWhy);
            Go(step, new PathPoint(host, port), WalkStage.Sending, frame, why ?? $"gets it from {bridge.Name}, {frame.Describe()}", reason, verdict, null, port.Name);
        }

        if (from is not null)
        {
            var (frame, verdict, reason, why) = LeaveBridge(bridge, bridge, step.Frame);
            Go(step, step.Point, WalkStage.Receiving, frame, why ?? $"hands it up to {(host.IsDomain0 ? "domain 0" : "the host")}, {frame.Describe()}", reason, verdict);
        }
    }

    private static (HopVerdict Verdict, PathReason Reason, string? Why) PortObstacle(NetworkInterface bridge, NetworkInterface? from, NetworkInterface port, Frame frame)
    {
        if (port.Port is { State: not BridgePortState.Forwarding } stuck)
            return (HopVerdict.Drops, PathReason.PortNotForwarding, $"is a port of {bridge.Name} that does not forward: it is {stuck.State}");
        if (from?.Port is { Isolated: true } && port.Port is { Isolated: true })
            return (HopVerdict.Drops, PathReason.PortsIsolated, $"is isolated, as {from.Name} is, so {bridge.Name} passes nothing between them");

        // is_skb_forwardable (net/core/dev.c) leaves room for one tag above the MTU.
        var size = frame.PacketSize + (Math.Max(0, frame.TagCount - 1) * Frame.TagSize);
        return size > port.Mtu
            ? (HopVerdict.Drops, PathReason.MtuTooSmall, $"has an MTU of {port.Mtu}, too small for {size} bytes")
            : (HopVerdict.Passes, PathReason.None, null);
    }

    private static (Frame Frame, HopVerdict Verdict, PathReason Reason, string? Why) LeaveBridge(NetworkInterface bridge, NetworkInterface port, Frame frame)
    {
        if (!bridge.Bridge!.VlanFiltering || frame.Outer is not { } tag)
            return (frame, HopVerdict.Passes, PathReason.None, null);
        if (port.PortVlans is not { } vlans)
            return (frame, HopVerdict.Unknown, PathReason.None, $"may get it from {bridge.Name}: its VLANs could not be seen");

        var left = vlans.Untagged.Contains(tag.Vlan) ? frame.Pop() : frame;
        if (vlans.Allowed.Contains(tag.Vlan))
            return (left, HopVerdict.Passes, PathReason.None, null);
        return ReferenceEquals(port, bridge)
            ? (left, HopVerdict.Drops, PathReason.VlanNotAllowedOnBridge, $"does not let domain 0 have VLAN {tag.Vlan}, only {vlans.Allowed}")
            : (left, HopVerdict.Drops, PathReason.VlanNotAllowedOnPort, $"does not pass VLAN {tag.Vlan}, only {vlans.Allowed}");
    }

    private static PathReason LinkObstacle(NetworkInterface link, out string? why)
    {
        why = null;
        if (!link.IsUp)
        {
            why = "is down";
            return PathReason.InterfaceDown;
        }

        // VLANs and bridges take their carrier from what is below, where it is named better.
        if (!link.HasCarrier && link.Kind is InterfaceKind.Physical or InterfaceKind.Bond or InterfaceKind.Vif)
        {
            why = link.Kind is InterfaceKind.Vif ? "has no link: the domain's NIC is down" : "has no link";
            return PathReason.NoCarrier;
        }

        return PathReason.None;
    }

    private static PathHop Hop(string host, string link, string action, Frame frame, HopVerdict verdict, PathReason reason) =>
        new() { HostName = host, Interface = link, Action = action, Tags = frame.Tags, Verdict = verdict, Reason = reason };

    private void Go(
        WalkStep from,
        PathPoint to,
        WalkStage stage,
        Frame frame,
        string action,
        PathReason reason,
        HopVerdict? verdict = null,
        string? hopHost = null,
        string? hopInterface = null,
        string? ingress = null)
    {
        var known = verdict ?? (reason is PathReason.None ? HopVerdict.Passes : HopVerdict.Drops);
        var price = known switch
        {
            HopVerdict.Drops => ObstaclePrice,
            HopVerdict.Unknown => UnknownPrice,
            _ => HopPrice,
        };
        var hop = Hop(hopHost ?? from.Point.Host.HostName, hopInterface ?? from.Point.Interface.Name, action, from.Frame, known, reason);
        var next = new WalkStep(to, stage, frame, ingress, from.Cost + price, from, hop);
        _queue.Enqueue(next, next.Cost);
    }
}
