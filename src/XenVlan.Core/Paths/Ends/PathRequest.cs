using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Paths.Ends;

/// <summary>A path to test. It begins at an interface or at a domain's NIC.</summary>
public sealed record PathRequest
{
    /// <summary>The host it begins at.</summary>
    public required HostTarget FromHost { get; init; }

    /// <summary>The interface it begins at; its VLAN is the path's. Null where it begins at a domain's NIC.</summary>
    public InterfaceName? FromInterface { get; init; }

    /// <summary>The domain's NIC it begins at; null where it begins at an interface.</summary>
    public DomainNicName? FromNic { get; init; }

    /// <summary>
    /// The VLAN at the ends that are domains' NICs; null for that of the interface at the other end, or for frames
    /// without a tag. The bridge decides whether a domain has the VLAN tagged or untagged.
    /// </summary>
    public VlanId? Vlan { get; init; }

    /// <summary>
    /// The address a NIC's stand-in sends from, which nobody else may have; null for none: then only ARP, or IPv6, is
    /// tried.
    /// </summary>
    public InterfaceAddress? FromAddress { get; init; }

    /// <summary>Where it ends.</summary>
    public required PathTarget To { get; init; }

    /// <summary>The largest packet to try, in bytes, 68 to 65535; null for the smaller MTU of the two ends.</summary>
    public int? Mtu { get; init; }

    /// <summary>A TCP port to connect to, 1 to 65535; null for none.</summary>
    public int? TcpPort { get; init; }

    /// <summary>What the path should be.</summary>
    public PathExpectation Expected { get; init; }

    /// <summary>Whether to predict only, and send nothing.</summary>
    public bool Offline { get; init; }

    /// <summary>Whether to watch the hops of a path that works, too; those of one that does not are watched anyway.</summary>
    public bool Trace { get; init; }

    /// <summary>What the path is for.</summary>
    public string? Title { get; init; }
}
