using System.Text.Json.Serialization;

namespace XenVlan.Model;

/// <summary>A NIC of a running domain, as <c>Get-XenDomainNic</c> shows it.</summary>
public sealed record XenDomainNic
{
    /// <summary>The host the domain runs on.</summary>
    public required string HostName { get; init; }

    /// <summary>The domain's name; its number in words where names could not be seen.</summary>
    public required string DomainName { get; init; }

    /// <summary>The domain's number while it runs.</summary>
    public int DomainId { get; init; }

    /// <summary>The NIC's number in its domain, from 0.</summary>
    public int Index { get; init; }

    /// <summary>The backend interface in domain 0; null while there is none.</summary>
    public string? Vif { get; init; }

    /// <summary>The emulated NIC of an HVM domain, which carries its traffic until its drivers load.</summary>
    public string? Tap { get; init; }

    /// <summary>The NIC's Ethernet address.</summary>
    public MacAddress? Mac { get; init; }

    /// <summary>The bridge the vif is on now.</summary>
    public string? Bridge { get; init; }

    /// <summary>How it meets VLANs.</summary>
    public NicMode Mode { get; init; }

    /// <summary>The VLAN of an access NIC.</summary>
    public VlanId? AccessVlan { get; init; }

    /// <summary>The VLANs a trunk NIC may use, tagged; all of them on a bridge that does not filter.</summary>
    public VlanSet? AllowedVlans { get; init; }

    /// <summary>The VLAN of a trunk's untagged frames; null for none, and on a bridge that does not filter.</summary>
    public VlanId? NativeVlan { get; init; }

    /// <summary>The vif's MTU in bytes.</summary>
    public int? Mtu { get; init; }

    /// <summary>The vif's offloads; null where they could not be seen.</summary>
    public Offloads? Offloads { get; init; }

    /// <summary>Whether transmit checksums are left out on the vif; null where it could not be seen.</summary>
    public bool? TransmitChecksumOffload => Offloads?.TransmitChecksum;

    /// <summary>The state of the connection.</summary>
    public NicState State { get; init; }

    /// <summary>What it was read from.</summary>
    [JsonIgnore]
    public required HostSnapshot Snapshot { get; init; }
}
