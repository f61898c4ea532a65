using System.Text.Json.Serialization;

namespace XenVlan.Model;

/// <summary>A bridge of a host, as <c>Get-XenBridge</c> shows it.</summary>
public sealed record XenBridge
{
    /// <summary>The host it is on.</summary>
    public required string HostName { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What implements it.</summary>
    public BridgeKind Kind { get; init; }

    /// <summary>Whether it looks at VLAN tags. Open vSwitch always does.</summary>
    public bool VlanFiltering { get; init; }

    /// <summary>The VLAN that new ports get as PVID while filtering; null for none.</summary>
    public VlanId? DefaultPvid { get; init; }

    /// <summary>The tag it looks at.</summary>
    public VlanProtocol VlanProtocol { get; init; }

    /// <summary>The VLANs that domain 0's own traffic on the bridge may use; null where it does not filter.</summary>
    public VlanSet? OwnVlans { get; init; }

    /// <summary>The VLAN of domain 0's own untagged traffic on the bridge; null for none or where it does not filter.</summary>
    public VlanId? OwnPvid { get; init; }

    /// <summary>Whether it speaks the spanning tree protocol.</summary>
    public bool SpanningTree { get; init; }

    /// <summary>Its MTU in bytes.</summary>
    public int Mtu { get; init; }

    /// <summary>Its Ethernet address.</summary>
    public MacAddress? Mac { get; init; }

    /// <summary>Whether it is set up.</summary>
    public bool IsUp { get; init; }

    /// <summary>Domain 0's addresses on it.</summary>
    public IReadOnlyList<InterfaceAddress> Addresses { get; init; } = [];

    /// <summary>Its ports, in the order they were added.</summary>
    public IReadOnlyList<XenBridgePort> Ports { get; init; } = [];

    /// <summary>The names of the ports that lead out of the machine.</summary>
    public IReadOnlyList<string> Uplinks => [.. Ports.Where(p => p.IsUplink).Select(p => p.Name)];

    /// <summary>What it was read from.</summary>
    [JsonIgnore]
    public required HostSnapshot Snapshot { get; init; }
}
