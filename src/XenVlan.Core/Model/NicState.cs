namespace XenVlan.Model;

/// <summary>The state of a NIC's backend; the numbers are Xen's (<c>enum xenbus_state</c> in <c>io/xenbus.h</c>).</summary>
public enum NicState
{
    /// <summary>Not known.</summary>
    Unknown = 0,

    /// <summary>Being set up.</summary>
    Initialising = 1,

    /// <summary>Waiting for the other side, or for the hotplug script. A failed attach stays here.</summary>
    InitWait = 2,

    /// <summary>Set up, not yet connected.</summary>
    Initialised = 3,

    /// <summary>Connected: frames flow.</summary>
    Connected = 4,

    /// <summary>Being closed.</summary>
    Closing = 5,

    /// <summary>Closed.</summary>
    Closed = 6,
}
