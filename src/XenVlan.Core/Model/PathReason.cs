namespace XenVlan.Model;

/// <summary>Why a frame does not arrive.</summary>
public enum PathReason
{
    /// <summary>It arrives.</summary>
    None,

    /// <summary>An interface on the way is not set up.</summary>
    InterfaceDown,

    /// <summary>An interface on the way has no link.</summary>
    NoCarrier,

    /// <summary>A bridge port does not pass the VLAN.</summary>
    VlanNotAllowedOnPort,

    /// <summary>The bridge itself does not pass the VLAN to or from domain 0.</summary>
    VlanNotAllowedOnBridge,

    /// <summary>A frame without a tag enters a port that has no VLAN for it (no PVID).</summary>
    NoPvid,

    /// <summary>A bridge port is not forwarding.</summary>
    PortNotForwarding,

    /// <summary>Both ports are isolated.</summary>
    PortsIsolated,

    /// <summary>A VLAN interface on a bridge port takes the frame before the bridge sees it.</summary>
    TakenByVlanInterface,

    /// <summary>The frame arrives with a VLAN that the other end has no interface for.</summary>
    VlanMismatch,

    /// <summary>The packet, or its tag, does not fit an interface's MTU.</summary>
    MtuTooSmall,

    /// <summary>The wire is described as not carrying the VLAN.</summary>
    VlanNotOnWire,

    /// <summary>The frame left one host and never came to the other.</summary>
    LostOnWire,

    /// <summary>Nothing connects the two ends.</summary>
    NoConnection,

    /// <summary>The frame arrived but its answer did not come back.</summary>
    AnswerLost,

    /// <summary>The frame is sent, and nothing tells where it goes.</summary>
    NoAnswer,

    /// <summary>UDP is lost while ICMP passes: checksums do not arrive whole.</summary>
    BadChecksum,

    /// <summary>The path works, but nobody listens on the port.</summary>
    NotListening,

    /// <summary>The path, or the service, works although it must not.</summary>
    NotIsolated,

    /// <summary>The host lacks what is needed to check.</summary>
    NotChecked,
}
