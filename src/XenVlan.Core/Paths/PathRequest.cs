using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Paths;

/// <summary>A path to test.</summary>
public sealed record PathRequest
{
    /// <summary>The host it begins at.</summary>
    public required HostTarget FromHost { get; init; }

    /// <summary>The interface it begins at; its VLAN is the path's.</summary>
    public required InterfaceName FromInterface { get; init; }

    /// <summary>Where it ends.</summary>
    public required PathEnd To { get; init; }

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
