namespace XenVlan.Model;

/// <summary>What only a bridge of the Linux kernel has.</summary>
public sealed record BridgeDetails
{
    /// <summary>Whether the bridge looks at VLAN tags. Kernels before 3.9 cannot.</summary>
    public bool VlanFiltering { get; init; }

    /// <summary>The VLAN that new ports get as PVID while filtering; null for none.</summary>
    public VlanId? DefaultPvid { get; init; }

    /// <summary>The tag the bridge looks at.</summary>
    public VlanProtocol VlanProtocol { get; init; }

    /// <summary>Whether the bridge speaks the spanning tree protocol.</summary>
    public bool SpanningTree { get; init; }

    /// <summary>How long a new port listens, and then learns, before it forwards; in seconds.</summary>
    public double ForwardDelay { get; init; }

    /// <summary>Whether IPv4 packets crossing the bridge pass iptables' FORWARD chain (<c>nf_call_iptables</c>).</summary>
    public bool CallsIptables { get; init; }

    /// <summary>
    /// Whether each VLAN has spanning-tree states of its own (<c>mst_enabled</c>, since Linux 5.18), so that those of the ports do
    /// not count. An iproute2 that cannot show it cannot set it either, and it is taken for off.
    /// </summary>
    public bool MultipleSpanningTrees { get; init; }

    /// <summary>What it does with multicasts; null where that is not known.</summary>
    public MulticastSnooping? Snooping { get; init; }
}
