using XenVlan.Changes.Commands;
using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Paths.Filters;
using XenVlan.Paths.Forwarding;
using XenVlan.Paths.Frames;
using XenVlan.Paths.Watching;

namespace XenVlan.Paths.Diagnosis;

/// <summary>
/// Says what would remove an obstacle: a command to run on a host now, and behind a <c>#</c>, where a shell does not read
/// on, what makes it last.
/// </summary>
internal sealed class PathFix(PathNetwork network)
{
    /// <summary>What is in the packet that should pass.</summary>
    public FrameContent Content { get; init; } = FrameContent.Arp;

    /// <summary>The command, or the words where no command does it.</summary>
    /// <param name="hop">The hop that drops the frame.</param>
    /// <param name="target">Where the frame should arrive.</param>
    /// <param name="size">The size of the packet that should pass, in bytes.</param>
    /// <returns>The fix; null where none is known.</returns>
    public Message? For(PathHop hop, InterfaceRef? target, int size)
    {
        var vlan = hop.Tags.Count > 0 ? hop.Tags[0].Vlan : (VlanId?)null;
        var point = network.Find(hop.HostName, hop.Interface);
        return hop.Reason switch
        {
            PathReason.InterfaceDown => On(hop.HostName, ShellCommand.Of("ip", "link", "set", "dev", hop.Interface, "up")),
            PathReason.NoCarrier => NoCarrier(hop, point),
            PathReason.VlanNotAllowedOnPort when vlan is { } id => Allow(hop, point, id),
            PathReason.VlanNotAllowedOnBridge when vlan is { } id => On(
                hop.HostName,
                ShellCommand.Of("bridge", "vlan", "add", "dev", hop.Interface, "vid", id, "self")
            ),
            PathReason.NoPvid => NoPvid(hop, point),
            PathReason.PortNotForwarding => NotForwarding(hop, point),
            PathReason.PortsIsolated => On(hop.HostName, ShellCommand.Of("bridge", "link", "set", "dev", hop.Interface, "isolated", "off")),
            PathReason.FloodingOff => Flood(hop),
            PathReason.MulticastSnooped => Snooped(hop, point),
            PathReason.PortLocked => Message.Of(
                $"{On(hop.HostName, ShellCommand.Of("bridge", "link", "set", "dev", hop.Interface, "locked", "off"))} # or, to keep it "
                    + $"locked, add the sender: bridge fdb add ADDRESS dev PORT master static"
            ),
            PathReason.NeighborsSuppressed when point?.Interface.Port is { ProxyArp: true } => On(
                hop.HostName,
                ShellCommand.Of("ip", "link", "set", "dev", hop.Interface, "type", "bridge_slave", "proxy_arp", "off")
            ),
            PathReason.NeighborsSuppressed => On(
                hop.HostName,
                ShellCommand.Of("bridge", "link", "set", "dev", hop.Interface, "neigh_suppress", "off")
            ),
            PathReason.InactiveSlave when point is { Interface.Master: { } bond } => On(
                hop.HostName,
                ShellCommand.Of("ip", "link", "set", "dev", bond, "type", "bond", "active_slave", hop.Interface)
            ),
            PathReason.TakenByVlanInterface => Taken(hop, point, vlan),
            PathReason.TakenByBridge => Message.Of($"Make the VLAN interface on the bridge, not on {hop.Interface:unquoted}."),
            PathReason.VlanMismatch or PathReason.ProtocolMismatch when target?.Interface.Vlan is not null && vlan is { } got => SameVlan(
                target,
                hop.Tags[0],
                got
            ),
            PathReason.VlanMismatch => Message.Of($"Use the same VLAN, or none, at both ends."),
            PathReason.ProtocolMismatch => Message.Of($"Use the same tag, 802.1Q or 802.1ad, at both ends."),
            PathReason.NativeVlanMismatch => Message.Of(
                $"Let untagged frames belong to the same VLAN at both ends: the PVID of a bridge port, the native VLAN of a switch "
                    + $"port. They differ at {PathTrace.Place(hop):unquoted}."
            ),
            PathReason.MtuTooSmall => Mtu(hop, point, size),
            PathReason.Filtered when hop.Rule is { } rule && point is not null => Accept(point, rule),
            PathReason.Filtered when hop.Rule is { } rule => On(hop.HostName, FilterFix.Delete(rule)),
            PathReason.Filtered => Message.Of(
                $"Look for the rule with 'nft -a list ruleset', 'ebtables -L' or 'iptables-save' on {hop.HostName:unquoted}."
            ),
            PathReason.VlanNotOnWire or PathReason.LostOnWire => vlan is { } id
                ? Message.Of($"Allow VLAN {id} on the switch ports at both ends of {hop.Interface:unquoted}.")
                : Message.Of($"Check the native VLAN of the switch ports at both ends of {hop.Interface:unquoted}."),
            _ => null,
        };
    }

    /// <summary>A command on a host, with what makes it last.</summary>
    /// <param name="host">The host.</param>
    /// <param name="command">The command.</param>
    /// <param name="lasting">What makes it last; null where nothing of XenVlan's does.</param>
    /// <returns>Such as <c>On a: ip link set dev eth1 up</c>.</returns>
    public static Message On(string host, ShellCommand command, Message? lasting = null)
    {
        var now = new RunCommand(host, command.Text);
        return lasting is null ? Message.Of($"{now}") : Message.Of($"{now} # to last: {lasting}");
    }

    /// <summary>That a domain's NIC is set otherwise.</summary>
    /// <returns>The remedy; null where the domain's name is not known.</returns>
    public static Message? SetNic(InterfaceRef vif, Func<SetDomainNic, SetDomainNic> how) =>
        vif.Interface.Vif is { } identity && vif.Host.FindDomain(identity.DomainId) is { } domain
            ? Message.Of($"{how(new SetDomainNic(vif.Host.HostName, domain.Name, identity.Index))}")
            : null;

    private static Message NoCarrier(PathHop hop, InterfaceRef? point)
    {
        if (
            point is { Interface.Master: { } name }
            && point.Host.FindInterface(name)?.Bond is { } bond
            && bond.Slaves.Select(point.Host.FindInterface).FirstOrDefault(s => s is { IsUp: true, HasCarrier: true }) is { } other
        )
        {
            var command = ShellCommand.Of("ip", "link", "set", "dev", name, "type", "bond", "active_slave", other.Name);
            return Message.Of($"{On(hop.HostName, command)} # and let the bond watch its links: 'miimon 100'");
        }

        return point?.Interface.Vif is null
            ? Message.Of($"Check the cable of {hop.Interface:unquoted} on {hop.HostName:unquoted}, and the switch port it leads to.")
            : Message.Of(
                $"Set the NIC up in the domain behind {hop.Interface:unquoted} on {hop.HostName:unquoted}, or load its driver there."
            );
    }

    private Message Accept(InterfaceRef point, PacketFilterRule rule)
    {
        var (command, remark) = FilterFix.Of(point.Host, point.Interface, rule, Content);
        var now = On(point.Host.HostName, command);
        return remark is null ? now : Message.Of($"{now} # {remark:unquoted}");
    }

    private static Message Allow(PathHop hop, InterfaceRef? point, VlanId vlan)
    {
        var command = BridgeVlanCommands.Allow(hop.Interface, new VlanRange(vlan, vlan));
        return On(hop.HostName, command, point is null ? null : Trunk(point, vlan, null));
    }

    private static Message? Trunk(InterfaceRef vif, VlanId? also, VlanId? native)
    {
        var nic = SnapshotViews.DomainNics(vif.Host).FirstOrDefault(n => n.Vif == vif.Interface.Name);
        if (nic is null)
            return null;
        var allowed = (nic.Allowed ?? VlanSet.None).Union(also is { } id ? VlanSet.Of(id) : VlanSet.None);
        var untagged = native ?? nic.Native ?? nic.Access;
        return allowed.IsEmpty && untagged is { } access
            ? SetNic(vif, nic => nic with { AccessVlan = access })
            : SetNic(vif, nic => nic with { AllowedVlans = allowed, NativeVlan = untagged });
    }

    private static Message NoPvid(PathHop hop, InterfaceRef? point)
    {
        var bridge = point?.Host.FindInterface(point.Interface.Master ?? point.Interface.Name);
        var pvid = bridge?.Bridge?.DefaultPvid ?? new VlanId(VlanId.Minimum);
        var command = ShellCommand.Of([
            "bridge",
            "vlan",
            "add",
            "dev",
            hop.Interface,
            "vid",
            pvid,
            "pvid",
            "untagged",
            .. point?.Interface.Bridge is null ? Array.Empty<object>() : ["self"],
        ]);
        return On(hop.HostName, command, point is null ? null : Trunk(point, null, pvid));
    }

    private static VlanId? StoppedVlan(PathHop hop, InterfaceRef? point)
    {
        if (point?.Interface is not { Port: { StoppedVlans: { } stopped, State: BridgePortState.Forwarding } } link)
            return null;
        var vlan = hop.Tags.Count > 0 ? hop.Tags[0].Vlan : link.PortVlans?.Pvid;
        return vlan is { } id && stopped.Contains(id) ? id : null;
    }

    private static Message NotForwarding(PathHop hop, InterfaceRef? point)
    {
        var bridge = point?.Host.FindInterface(point.Interface.Master);
        if (bridge?.Bridge is { MultipleSpanningTrees: true })
            return Message.Of(
                $"Let the spanning tree of that VLAN forward at {hop.Interface:unquoted} of {hop.HostName:unquoted}: 'bridge mst show' "
                    + $"has the states, 'bridge vlan global show dev {bridge.Name:unquoted}' the trees of the VLANs."
            );
        return bridge?.Bridge is { SpanningTree: true } details
                ? Message.Of(
                    $"Wait: the spanning tree lets a port forward after twice the forward delay, which is {details.ForwardDelay:0.##} "
                        + $"s on {bridge.Name:unquoted} of {hop.HostName:unquoted}. If {bridge.Name:unquoted} has but one way out, it "
                        + $"needs no spanning tree: ip link set dev {bridge.Name:unquoted} type bridge stp_state 0 forward_delay 0"
                )
            : StoppedVlan(hop, point) is { } vlan
                ? On(hop.HostName, ShellCommand.Of("bridge", "vlan", "set", "dev", hop.Interface, "vid", vlan, "state", "forwarding"))
            : On(hop.HostName, ShellCommand.Of("bridge", "link", "set", "dev", hop.Interface, "state", (int)BridgePortState.Forwarding));
    }

    // Asking for listeners on the bridge itself would mend frames without a tag only, as it asks without one.
    private static Message Snooped(PathHop hop, InterfaceRef? point)
    {
        var bridge = point?.Interface.Bridge is not null ? point.Interface.Name : point?.Interface.Master ?? hop.Interface;
        var command = ShellCommand.Of("ip", "link", "set", "dev", bridge, "type", "bridge", "mcast_snooping", 0);
        return Message.Of($"{On(hop.HostName, command)} # or let a querier (MLD) ask for listeners in this VLAN as well");
    }

    private static Message Flood(PathHop hop)
    {
        var option = (hop.Event as FloodingOff)?.Cast switch
        {
            FrameCast.Broadcast => "bcast_flood",
            FrameCast.Multicast => "mcast_flood",
            _ => "flood",
        };
        return On(hop.HostName, ShellCommand.Of("bridge", "link", "set", "dev", hop.Interface, option, "on"));
    }

    private static Message Taken(PathHop hop, InterfaceRef? point, VlanId? vlan)
    {
        var taker = point?.Host.Interfaces.FirstOrDefault(i => i.Vlan is { } v && v.Id == vlan && v.Parent == hop.Interface);
        if (taker?.Vlan?.Id is not { } id)
            return Message.Of(
                $"Remove that VLAN interface from {hop.Interface:unquoted} on {hop.HostName:unquoted} and make it on the bridge."
            );
        var bridge = point!.Interface.Master;
        return On(
            hop.HostName,
            ShellCommand.Of("ip", "link", "delete", "dev", taker.Name),
            Message.Of(
                $"{new RemoveVlanInterface(hop.HostName, taker.Name)}; and where {hop.HostName:unquoted} itself needs the VLAN: "
                    + $"{new NewVlanInterface(hop.HostName, bridge ?? "", id)}"
            )
        );
    }

    private static Message SameVlan(InterfaceRef target, VlanTag tag, VlanId vlan)
    {
        var wanted = target.Interface.Vlan!;
        return Message.Of(
            $"Frames come with the tag {Standard(tag.Protocol):unquoted} {vlan}, and {target.ToString():unquoted} is "
                + $"{Standard(wanted.Protocol):unquoted} {wanted.Id}. Use the same at both ends: "
                + $"{new NewVlanInterface(target.Host.HostName, wanted.Parent, vlan, tag.Protocol)}"
        );
    }

    private static string Standard(VlanProtocol protocol) => protocol is VlanProtocol.Dot1AD ? "802.1ad" : "802.1Q";

    private static Message Mtu(PathHop hop, InterfaceRef? point, int size)
    {
        if (point is null)
            return Message.Of(
                $"Raise the MTU of the switch ports at {PathTrace.Place(hop):unquoted} to {size} bytes and the tag, or lower it at both "
                    + $"ends to what passes."
            );
        var wanted = point.Interface.Mtu + Math.Max(size - (hop.Mtu ?? point.Interface.Mtu), 0);
        wanted = Math.Max(wanted, size);
        List<ShellCommand> commands = [];
        for (var link = point.Interface; link is not null; link = link.Vlan is { } vlan ? point.Host.FindInterface(vlan.Parent) : null)
        {
            if (link.Mtu < wanted)
                commands.Insert(0, ShellCommand.Of("ip", "link", "set", "dev", link.Name, "mtu", wanted));
        }

        var command =
            commands.Count > 0 ? ShellCommand.All(commands) : ShellCommand.Of("ip", "link", "set", "dev", hop.Interface, "mtu", wanted);
        return On(hop.HostName, command, SetNic(point, nic => nic with { Mtu = wanted }));
    }
}
