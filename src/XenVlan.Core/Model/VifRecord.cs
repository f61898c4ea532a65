namespace XenVlan.Model;

/// <summary>A domain's NIC as the xenstore has it, under <c>/local/domain/&lt;backend&gt;/backend/vif/&lt;domid&gt;/&lt;index&gt;</c>.</summary>
public sealed record VifRecord
{
    /// <summary>The domain that holds the backend; 0 unless a driver domain does.</summary>
    public int BackendDomainId { get; init; }

    /// <summary>The domain whose NIC it is.</summary>
    public required int DomainId { get; init; }

    /// <summary>The NIC's number in its domain.</summary>
    public required int Index { get; init; }

    /// <summary>The NIC's Ethernet address.</summary>
    public MacAddress? Mac { get; init; }

    /// <summary>The bridge the toolstack was told to use, in its own notation (<c>ovsbr0.10</c> for Open vSwitch).</summary>
    public string? Bridge { get; init; }

    /// <summary>The backend's name, where the toolstack chose one (<c>vifname</c>).</summary>
    public string? VifName { get; init; }

    /// <summary>The script that connects the vif.</summary>
    public string? Script { get; init; }

    /// <summary>The VLANs the toolstack was told to use on a filtering bridge (<c>vlan=</c>, Xen 4.20 on), in its own notation.</summary>
    public string? Vlan { get; init; }

    /// <summary>The MTU told to the domain; null where none is.</summary>
    public int? Mtu { get; init; }

    /// <summary>The backend's state; 4 is connected (<c>enum xenbus_state</c> in Xen's <c>io/xenbus.h</c>).</summary>
    public int? State { get; init; }
}
