using System.Text.Json.Serialization;

namespace XenVlan.Model;

/// <summary>
/// What happens to a frame at a hop, or stands in its way there, with its details: one of the records below.
/// <see cref="PathHop.Action"/> says it in words.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Sent), nameof(Sent))]
[JsonDerivedType(typeof(Tagged), nameof(Tagged))]
[JsonDerivedType(typeof(Untagged), nameof(Untagged))]
[JsonDerivedType(typeof(HandedOn), nameof(HandedOn))]
[JsonDerivedType(typeof(Transmitted), nameof(Transmitted))]
[JsonDerivedType(typeof(CrossedVif), nameof(CrossedVif))]
[JsonDerivedType(typeof(Carried), nameof(Carried))]
[JsonDerivedType(typeof(Flooded), nameof(Flooded))]
[JsonDerivedType(typeof(Entered), nameof(Entered))]
[JsonDerivedType(typeof(Forwarded), nameof(Forwarded))]
[JsonDerivedType(typeof(PassedUp), nameof(PassedUp))]
[JsonDerivedType(typeof(Delivered), nameof(Delivered))]
[JsonDerivedType(typeof(InterfaceDown), nameof(InterfaceDown))]
[JsonDerivedType(typeof(NoCarrier), nameof(NoCarrier))]
[JsonDerivedType(typeof(InactiveSlave), nameof(InactiveSlave))]
[JsonDerivedType(typeof(MtuTooSmall), nameof(MtuTooSmall))]
[JsonDerivedType(typeof(PortNotForwarding), nameof(PortNotForwarding))]
[JsonDerivedType(typeof(VlanNotForwarding), nameof(VlanNotForwarding))]
[JsonDerivedType(typeof(VlanNotAllowed), nameof(VlanNotAllowed))]
[JsonDerivedType(typeof(TaggedOnAccessPort), nameof(TaggedOnAccessPort))]
[JsonDerivedType(typeof(UntaggedNotAllowed), nameof(UntaggedNotAllowed))]
[JsonDerivedType(typeof(NoPvid), nameof(NoPvid))]
[JsonDerivedType(typeof(NoPvidForProtocol), nameof(NoPvidForProtocol))]
[JsonDerivedType(typeof(TooManyTags), nameof(TooManyTags))]
[JsonDerivedType(typeof(VlansNotSeen), nameof(VlansNotSeen))]
[JsonDerivedType(typeof(TunnelNotKnown), nameof(TunnelNotKnown))]
[JsonDerivedType(typeof(PortLocked), nameof(PortLocked))]
[JsonDerivedType(typeof(PortsIsolated), nameof(PortsIsolated))]
[JsonDerivedType(typeof(FloodingOff), nameof(FloodingOff))]
[JsonDerivedType(typeof(AnsweredByProxy), nameof(AnsweredByProxy))]
[JsonDerivedType(typeof(NeighborsSuppressed), nameof(NeighborsSuppressed))]
[JsonDerivedType(typeof(MulticastSnooped), nameof(MulticastSnooped))]
[JsonDerivedType(typeof(SnoopingNotSeen), nameof(SnoopingNotSeen))]
[JsonDerivedType(typeof(TakenByVlanInterface), nameof(TakenByVlanInterface))]
[JsonDerivedType(typeof(TakenByBridge), nameof(TakenByBridge))]
[JsonDerivedType(typeof(AccelerationNotSeen), nameof(AccelerationNotSeen))]
[JsonDerivedType(typeof(Filtered), nameof(Filtered))]
[JsonDerivedType(typeof(MayBeFiltered), nameof(MayBeFiltered))]
[JsonDerivedType(typeof(VlanNotOnWire), nameof(VlanNotOnWire))]
[JsonDerivedType(typeof(VlanNotAnnounced), nameof(VlanNotAnnounced))]
[JsonDerivedType(typeof(WireNotDescribed), nameof(WireNotDescribed))]
[JsonDerivedType(typeof(NativeVlanMismatch), nameof(NativeVlanMismatch))]
[JsonDerivedType(typeof(OtherTagExpected), nameof(OtherTagExpected))]
[JsonDerivedType(typeof(ForAnotherInterface), nameof(ForAnotherInterface))]
[JsonDerivedType(typeof(NoInterfaceForVlan), nameof(NoInterfaceForVlan))]
public abstract record HopEvent
{
    private protected HopEvent() { }

    /// <summary>Which of the events it is, by its type's name; in JSON <c>type</c>.</summary>
    [JsonIgnore]
    public string Type => GetType().Name;
}

/// <summary>An interface below the source sends the frame; where it goes from there was not read.</summary>
public sealed record Sent : HopEvent;

/// <summary>A VLAN interface puts its tag on the frame and hands it to the interface below.</summary>
/// <param name="Tag">The tag.</param>
/// <param name="To">The interface below.</param>
public sealed record Tagged(VlanTag Tag, string To) : HopEvent;

/// <summary>An interface hands the frame to the VLAN interface on it that takes its outermost tag, which comes off.</summary>
/// <param name="Tag">The tag.</param>
/// <param name="To">The VLAN interface.</param>
public sealed record Untagged(VlanTag Tag, string To) : HopEvent;

/// <summary>An interface hands the frame to another as it is: a bond to its slave, or a slave to its bond.</summary>
/// <param name="To">The other.</param>
public sealed record HandedOn(string To) : HopEvent;

/// <summary>An interface sends the frame out of the host.</summary>
public sealed record Transmitted : HopEvent;

/// <summary>The frame crosses a vif: from domain 0 into the domain, or out of it.</summary>
/// <param name="HostName">The host on the other side: the domain, or its domain 0.</param>
/// <param name="Interface">The interface there.</param>
public sealed record CrossedVif(string HostName, string Interface) : HopEvent;

/// <summary>A wire carries the frame.</summary>
/// <param name="Vlan">The VLAN it carries it for; null for a frame without a tag.</param>
/// <param name="IsNative">Whether the tag is lost, for it is the wire's native VLAN.</param>
public sealed record Carried(VlanId? Vlan, bool IsNative = false) : HopEvent;

/// <summary>A bridge takes a frame of its own host's to send it to its ports.</summary>
public sealed record Flooded : HopEvent;

/// <summary>A bridge lets the frame in.</summary>
/// <param name="Bridge">The bridge.</param>
/// <param name="Tag">The tag it puts on it, by the port's PVID; null where it puts none on.</param>
public sealed record Entered(string Bridge, VlanTag? Tag = null) : HopEvent;

/// <summary>A bridge passes the frame to the port.</summary>
/// <param name="Bridge">The bridge.</param>
public sealed record Forwarded(string Bridge) : HopEvent;

/// <summary>A bridge passes the frame up to the network stack of its own host.</summary>
/// <param name="To">The host's side: domain 0 or another host.</param>
/// <param name="Removed">The tag it takes off; null for none.</param>
/// <param name="IsPromiscuous">Whether the host gets it only as the bridge's interface is promiscuous.</param>
public sealed record PassedUp(BridgeSide To, VlanTag? Removed = null, bool IsPromiscuous = false) : HopEvent;

/// <summary>The host receives the frame on the interface.</summary>
public sealed record Delivered : HopEvent;

/// <summary>A side of a bridge.</summary>
public enum BridgeSide
{
    /// <summary>A port.</summary>
    Port,

    /// <summary>The network stack of its host, which is domain 0.</summary>
    Domain0,

    /// <summary>The network stack of its host, which is not domain 0.</summary>
    Host,
}

/// <summary>Whom a frame is for, which decides where a bridge sends it.</summary>
public enum FrameCast
{
    /// <summary>Everybody: an ARP request.</summary>
    Broadcast,

    /// <summary>Those who listen to a group: a question of IPv6's neighbour discovery.</summary>
    Multicast,

    /// <summary>One address: an answer, or anything once the neighbours know each other.</summary>
    Unicast,
}
