namespace XenVlan.Model;

/// <summary>A NIC of a running domain, with what its host knows of it.</summary>
public sealed record XenDomainNic : XenObject
{
    /// <summary>The host the domain runs on.</summary>
    public override string HostName { get; internal init; } = "";

    /// <summary>The domain's name; its number in words where names could not be seen.</summary>
    public string DomainName { get; internal init; } = "";

    /// <summary>The domain's number while it runs.</summary>
    public int DomainId { get; internal init; }

    /// <summary>The NIC's number in its domain, from 0.</summary>
    public int Index { get; internal init; }

    /// <summary>The backend interface in domain 0; null while there is none.</summary>
    public string? Vif { get; internal init; }

    /// <summary>The emulated NIC of an HVM domain, which carries its traffic until its drivers load.</summary>
    public string? Tap { get; internal init; }

    /// <summary>The NIC's Ethernet address.</summary>
    public string? Mac => Ethernet?.ToString();

    /// <summary>The bridge the vif is on now.</summary>
    public string? Bridge { get; internal init; }

    /// <summary>How it meets VLANs.</summary>
    public NicMode Mode { get; internal init; }

    /// <summary>The VLAN of an access NIC.</summary>
    public int? AccessVlan => Access?.Value;

    /// <summary>The VLANs a trunk NIC may use, tagged; all of them on a bridge that does not filter.</summary>
    public string? AllowedVlans => Allowed?.ToString();

    /// <summary>The VLAN of a trunk's untagged frames; null for none, and on a bridge that does not filter.</summary>
    public int? NativeVlan => Native?.Value;

    /// <summary>The vif's MTU in bytes.</summary>
    public int? Mtu { get; internal init; }

    /// <summary>The vif's offloads; null where they could not be seen.</summary>
    public Offloads? Offloads { get; internal init; }

    /// <summary>Whether transmit checksums are left out on the vif; null where it could not be seen.</summary>
    public bool? TransmitChecksumOffload => Offloads?.TransmitChecksum;

    /// <summary>The state of the connection.</summary>
    public NicState State { get; internal init; }

    internal MacAddress? Ethernet { get; init; }

    internal VlanId? Access { get; init; }

    internal VlanSet? Allowed { get; init; }

    internal VlanId? Native { get; init; }
}

/// <summary>How a domain's NIC meets VLANs.</summary>
public enum NicMode
{
    /// <summary>It is on no bridge, or that could not be seen.</summary>
    Unknown,

    /// <summary>It carries one VLAN, untagged.</summary>
    Access,

    /// <summary>It carries tagged frames, and perhaps untagged ones of a native VLAN.</summary>
    Trunk,
}

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
