using System.Text.Json.Serialization;

namespace XenVlan.Model;

/// <summary>
/// What keeps a frame from going on. Where the hop's verdict is <see cref="HopVerdict.Unknown"/>, it only may.
/// </summary>
/// <param name="Reason">Its number in the catalogue of reasons; <see cref="PathReason.None"/> for what only may stand in the way.</param>
public abstract record Obstacle([property: JsonIgnore] PathReason Reason) : HopEvent;

/// <summary>The interface is not set up.</summary>
public sealed record InterfaceDown() : Obstacle(PathReason.InterfaceDown);

/// <summary>The interface has no link.</summary>
/// <param name="IsVif">Whether it is a vif, so that the domain's NIC is down.</param>
public sealed record NoCarrier(bool IsVif) : Obstacle(PathReason.NoCarrier);

/// <summary>The frame comes in on a slave that the bond does not use.</summary>
/// <param name="Bond">The bond.</param>
public sealed record InactiveSlave(string Bond) : Obstacle(PathReason.InactiveSlave);

/// <summary>The packet is larger than what passes.</summary>
/// <param name="Mtu">The largest that passes, in bytes without Ethernet header and tags.</param>
/// <param name="Size">The packet's size, in bytes.</param>
public sealed record MtuTooSmall(int Mtu, int Size) : Obstacle(PathReason.MtuTooSmall);

/// <summary>The port does not forward.</summary>
/// <param name="Bridge">Its bridge.</param>
/// <param name="State">What it does.</param>
public sealed record PortNotForwarding(string Bridge, BridgePortState State) : Obstacle(PathReason.PortNotForwarding);

/// <summary>The port does not forward this VLAN.</summary>
/// <param name="Bridge">Its bridge.</param>
/// <param name="Vlan">The VLAN.</param>
public sealed record VlanNotForwarding(string Bridge, VlanId Vlan) : Obstacle(PathReason.PortNotForwarding);

/// <summary>The VLAN is none of those of a bridge's port, or of the bridge itself for its own host.</summary>
/// <param name="Vlan">The VLAN.</param>
/// <param name="Allowed">Those that pass.</param>
/// <param name="Side">Where it does not pass.</param>
/// <param name="IsSent">Whether it is the host itself that would send it by the bridge.</param>
public sealed record VlanNotAllowed(VlanId Vlan, VlanSet Allowed, BridgeSide Side, bool IsSent = false)
    : Obstacle(Side is BridgeSide.Port ? PathReason.VlanNotAllowedOnPort : PathReason.VlanNotAllowedOnBridge);

/// <summary>The port of Open vSwitch is an access port, which takes no tagged frames.</summary>
/// <param name="Vlan">Its VLAN.</param>
public sealed record TaggedOnAccessPort(VlanId? Vlan) : Obstacle(PathReason.VlanNotAllowedOnPort);

/// <summary>The port of Open vSwitch passes no frames without a VLAN.</summary>
public sealed record UntaggedNotAllowed() : Obstacle(PathReason.VlanNotAllowedOnPort);

/// <summary>The frame has no tag, and the port no VLAN for such frames.</summary>
public sealed record NoPvid() : Obstacle(PathReason.NoPvid);

/// <summary>The frame's tag is of the other standard, which counts as none, and the port has no VLAN for such frames.</summary>
/// <param name="Tag">The frame's tag.</param>
/// <param name="Expected">The standard of the bridge's tags.</param>
public sealed record NoPvidForProtocol(VlanTag Tag, VlanProtocol Expected) : Obstacle(PathReason.ProtocolMismatch);

/// <summary>One more tag would have to be put on the frame than are followed.</summary>
/// <param name="Maximum">How many are.</param>
public sealed record TooManyTags(int Maximum) : Obstacle(PathReason.None);

/// <summary>The VLANs of a port, or of the bridge itself, could not be seen.</summary>
/// <param name="Bridge">The bridge.</param>
/// <param name="Side">Whose.</param>
/// <param name="IsEntry">Whether the frame comes to the bridge; else it would leave it.</param>
public sealed record VlansNotSeen(string Bridge, BridgeSide Side, bool IsEntry) : Obstacle(PathReason.None);

/// <summary>The port is a tunnel's, which may give the frame another VLAN, or take its tag off.</summary>
/// <param name="Bridge">Its bridge.</param>
/// <param name="IsEntry">Whether the frame comes to the bridge; else it would leave it.</param>
public sealed record TunnelNotKnown(string Bridge, bool IsEntry) : Obstacle(PathReason.None);

/// <summary>The port is locked: its bridge lets in only those who are in its forwarding table behind it.</summary>
/// <param name="Bridge">The bridge.</param>
public sealed record PortLocked(string Bridge) : Obstacle(PathReason.PortLocked);

/// <summary>Both the port and the one the frame came in by are isolated.</summary>
/// <param name="Bridge">Their bridge.</param>
/// <param name="From">The port it came in by.</param>
public sealed record PortsIsolated(string Bridge, string From) : Obstacle(PathReason.PortsIsolated);

/// <summary>The port is set not to get such frames: <c>bcast_flood</c>, <c>mcast_flood</c> or <c>flood</c> of <c>bridge(8)</c>.</summary>
/// <param name="Cast">Which: broadcasts, multicasts, or frames for an address that the bridge does not know.</param>
public sealed record FloodingOff(FrameCast Cast) : Obstacle(PathReason.FloodingOff);

/// <summary>The port gets nothing that is flooded, as its bridge answers in place of those behind it: <c>proxy_arp</c>.</summary>
public sealed record AnsweredByProxy() : Obstacle(PathReason.NeighborsSuppressed);

/// <summary>The port gets no questions for neighbours that the host itself knows: <c>neigh_suppress</c>.</summary>
/// <param name="Bridge">Its bridge.</param>
public sealed record NeighborsSuppressed(string Bridge) : Obstacle(PathReason.NeighborsSuppressed);

/// <summary>The bridge snoops multicasts, and nobody there reported that it listens.</summary>
/// <param name="Bridge">The bridge.</param>
/// <param name="Side">Where nobody did.</param>
/// <param name="Group">The group; null where it is not known.</param>
public sealed record MulticastSnooped(string Bridge, BridgeSide Side, string? Group) : Obstacle(PathReason.MulticastSnooped);

/// <summary>The bridge snoops multicasts, and not enough of that could be seen.</summary>
/// <param name="Bridge">The bridge.</param>
/// <param name="Side">Whom the frame may not come to.</param>
/// <param name="IsQuerierKnown">Whether it is who listens that could not be seen; else whether the bridge knows a querier.</param>
public sealed record SnoopingNotSeen(string Bridge, BridgeSide Side, bool IsQuerierKnown) : Obstacle(PathReason.MulticastSnooped);

/// <summary>A VLAN interface on a bridge's port, or a bond's slave, takes the frame before the bridge or bond sees it.</summary>
/// <param name="VlanInterface">The VLAN interface.</param>
/// <param name="Tag">The tag it takes.</param>
/// <param name="IsDown">Whether it is down, and drops it.</param>
/// <param name="Master">The bridge or bond.</param>
/// <param name="IsBond">Whether that is a bond.</param>
public sealed record TakenByVlanInterface(string VlanInterface, VlanTag Tag, bool IsDown, string Master, bool IsBond)
    : Obstacle(PathReason.TakenByVlanInterface);

/// <summary>The bridge takes the frame before the VLAN interface on its port sees it, as kernels before 2.6.37 do.</summary>
/// <param name="VlanInterface">The VLAN interface.</param>
public sealed record TakenByBridge(string VlanInterface) : Obstacle(PathReason.TakenByBridge);

/// <summary>
/// Whether the VLAN interface on a port takes the frame or its bridge does hangs on the network card's VLAN acceleration, which could not
/// be seen.
/// </summary>
/// <param name="VlanInterface">The VLAN interface.</param>
public sealed record AccelerationNotSeen(string VlanInterface) : Obstacle(PathReason.None);

/// <summary>A packet filter drops the frame.</summary>
/// <param name="Rule">The rule; in JSON it is the hop's.</param>
/// <param name="Hook">Where the kernel asks: the first of the hooks there.</param>
/// <param name="Bridge">The bridge that asks; null where it is the interface, or the host itself.</param>
public sealed record Filtered([property: JsonIgnore] PacketFilterRule Rule, PacketFilterHook Hook, string? Bridge)
    : Obstacle(PathReason.Filtered);

/// <summary>A packet filter may drop the frame.</summary>
/// <param name="Rule">The rule, which is not wholly understood; null where the rules could not be seen. In JSON it is the hop's.</param>
/// <param name="Hook">Where the kernel asks: the first of the hooks there.</param>
/// <param name="Bridge">The bridge that asks; null where it is the interface, or the host itself.</param>
public sealed record MayBeFiltered([property: JsonIgnore] PacketFilterRule? Rule, PacketFilterHook Hook, string? Bridge)
    : Obstacle(PathReason.None);

/// <summary>The wire is described as not carrying the VLAN.</summary>
/// <param name="Vlan">The VLAN.</param>
/// <param name="Allowed">Those that it carries.</param>
public sealed record VlanNotOnWire(VlanId Vlan, VlanSet Allowed) : Obstacle(PathReason.VlanNotOnWire);

/// <summary>The switch does not announce the VLAN by LLDP at both ends.</summary>
/// <param name="Vlan">The VLAN.</param>
public sealed record VlanNotAnnounced(VlanId Vlan) : Obstacle(PathReason.None);

/// <summary>Nothing is known of the wire.</summary>
public sealed record WireNotDescribed() : Obstacle(PathReason.None);

/// <summary>The frame comes into another VLAN on its way, as frames without a tag belong to another at the other end of a link.</summary>
/// <param name="Vlan">The VLAN it was in before.</param>
/// <param name="TakenFor">The VLAN it is in now; null where a wire takes its tag off.</param>
public sealed record NativeVlanMismatch(VlanId Vlan, VlanId? TakenFor) : Obstacle(PathReason.NativeVlanMismatch);

/// <summary>The frame arrives, with another tag than the target takes.</summary>
/// <param name="Expected">The tag it takes; null for none.</param>
/// <param name="Interface">The VLAN interface it is meant for; null for what is behind a vif.</param>
/// <param name="Reason"><see cref="PathReason.VlanMismatch"/>, or <see cref="PathReason.ProtocolMismatch"/> for the same VLAN by the other
/// standard.</param>
public sealed record OtherTagExpected(VlanTag? Expected, string? Interface, PathReason Reason) : Obstacle(Reason);

/// <summary>The frame arrives with a tag that another interface of the host takes.</summary>
/// <param name="Interface">That interface.</param>
public sealed record ForAnotherInterface(string Interface) : Obstacle(PathReason.VlanMismatch);

/// <summary>The frame arrives with a tag that no interface of the host takes.</summary>
/// <param name="HostName">The host.</param>
public sealed record NoInterfaceForVlan(string HostName) : Obstacle(PathReason.VlanMismatch);
