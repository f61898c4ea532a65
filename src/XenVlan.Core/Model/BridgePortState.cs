namespace XenVlan.Model;

/// <summary>The spanning-tree state of a bridge port; the numbers are the kernel's (<c>BR_STATE_*</c> in <c>linux/if_bridge.h</c>).</summary>
public enum BridgePortState
{
    /// <summary>Down or without carrier.</summary>
    Disabled = 0,

    /// <summary>Listening: forwards nothing yet.</summary>
    Listening = 1,

    /// <summary>Learning addresses: forwards nothing yet.</summary>
    Learning = 2,

    /// <summary>Forwarding frames.</summary>
    Forwarding = 3,

    /// <summary>Blocked by the spanning tree.</summary>
    Blocking = 4,
}
