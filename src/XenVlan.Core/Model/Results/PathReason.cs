namespace XenVlan.Model;

/// <summary>Why a frame does not arrive. The numbers stay as they are; docs/paths.md has cause, evidence and fix of each.</summary>
public enum PathReason
{
    /// <summary>It arrives.</summary>
    None = 0,

    /// <summary>An interface on the way is not set up.</summary>
    InterfaceDown = 1,

    /// <summary>An interface on the way has no link.</summary>
    NoCarrier = 2,

    /// <summary>A bridge port is not forwarding.</summary>
    PortNotForwarding = 3,

    /// <summary>A bridge port does not pass the VLAN.</summary>
    VlanNotAllowedOnPort = 4,

    /// <summary>The bridge itself does not pass the VLAN to or from domain 0.</summary>
    VlanNotAllowedOnBridge = 5,

    /// <summary>A frame without a tag enters a port that has no VLAN for it (no PVID).</summary>
    NoPvid = 6,

    /// <summary>The frame arrives with a VLAN that the other end has no interface for.</summary>
    VlanMismatch = 7,

    /// <summary>Untagged frames belong to one VLAN at one end of a link and to another at the other end.</summary>
    NativeVlanMismatch = 8,

    /// <summary>The tag is of another standard than the other end looks for: 802.1Q and 802.1ad.</summary>
    ProtocolMismatch = 9,

    /// <summary>A VLAN interface on a bridge port takes the frame before the bridge sees it.</summary>
    TakenByVlanInterface = 10,

    /// <summary>Both ports are isolated.</summary>
    PortsIsolated = 11,

    /// <summary>A bridge port is set not to get frames whose address is unknown, or broadcasts.</summary>
    FloodingOff = 12,

    /// <summary>The frame comes in on a slave the bond does not use.</summary>
    InactiveSlave = 13,

    /// <summary>The packet, or its tag, does not fit an interface's MTU.</summary>
    MtuTooSmall = 14,

    /// <summary>A packet filter drops the frame.</summary>
    Filtered = 15,

    /// <summary>The wire is described as not carrying the VLAN.</summary>
    VlanNotOnWire = 16,

    /// <summary>The frame left one host and never came to the other.</summary>
    LostOnWire = 17,

    /// <summary>The frame was seen at one place of a host and not at the next, and nothing that was read tells why.</summary>
    LostInHost = 18,

    /// <summary>Nothing connects the two ends.</summary>
    NoConnection = 19,

    /// <summary>The bridge has no uplink that leads to the other end.</summary>
    NoUplink = 20,

    /// <summary>The domain's NIC is on another bridge than the other end.</summary>
    WrongBridge = 21,

    /// <summary>The frame arrived but its answer did not come back.</summary>
    AnswerLost = 22,

    /// <summary>The frame was handed to the domain, which does not answer: it is paused, frozen, or has no driver for its NIC.</summary>
    DomainSilent = 23,

    /// <summary>The frame is sent, and nothing tells where it goes.</summary>
    NoAnswer = 24,

    /// <summary>UDP is lost while ICMP passes: checksums do not arrive whole.</summary>
    BadChecksum = 25,

    /// <summary>The path works, but nobody listens on the port.</summary>
    NotListening = 26,

    /// <summary>Two machines answer for one address.</summary>
    DuplicateAddress = 27,

    /// <summary>Two interfaces have one Ethernet address.</summary>
    DuplicateMac = 28,

    /// <summary>The path, or the service, works although it must not.</summary>
    NotIsolated = 29,

    /// <summary>The host lacks what is needed to check.</summary>
    NotChecked = 30,

    /// <summary>The bridge takes the frame before the VLAN interface on its port sees it, as kernels before 2.6.37 do.</summary>
    TakenByBridge = 31,

    /// <summary>Something on the way is not known, so that nothing is proved.</summary>
    NotKnown = 32,

    /// <summary>A bridge that snoops multicasts passes the question to those only who reported that they listen.</summary>
    MulticastSnooped = 33,

    /// <summary>A locked bridge port lets in frames of senders only that its bridge knows behind it.</summary>
    PortLocked = 34,

    /// <summary>A bridge port does not get questions for neighbours: the bridge answers in their place.</summary>
    NeighborsSuppressed = 35,

    /// <summary>The bond's mode does not go with the switch ports it is on.</summary>
    BondMode = 36,
}
