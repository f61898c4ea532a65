using System.Text.Json.Serialization;

namespace XenVlan.Model;

/// <summary>A VLAN subinterface of a host, with what it is made of.</summary>
public sealed record XenVlanInterface
{
    /// <summary>The host it is on.</summary>
    public required string HostName { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The interface whose tagged frames it takes.</summary>
    public required string Parent { get; init; }

    /// <summary>Its VLAN; null when the host did not let it be seen.</summary>
    public VlanId? VlanId { get; init; }

    /// <summary>Its tag.</summary>
    public VlanProtocol Protocol { get; init; }

    /// <summary>Its MTU in bytes.</summary>
    public int Mtu { get; init; }

    /// <summary>Its Ethernet address.</summary>
    public MacAddress? Mac { get; init; }

    /// <summary>Whether it is set up.</summary>
    public bool IsUp { get; init; }

    /// <summary>Whether it and what is below it have a link.</summary>
    public bool HasCarrier { get; init; }

    /// <summary>The bridge it is a port of.</summary>
    public string? Bridge { get; init; }

    /// <summary>Its addresses.</summary>
    public IReadOnlyList<InterfaceAddress> Addresses { get; init; } = [];

    /// <summary>What it was read from.</summary>
    [JsonIgnore]
    public required HostSnapshot Snapshot { get; init; }
}
