using System.Text.Json.Serialization;

namespace XenVlan.Model;

/// <summary>A host, with what it runs.</summary>
public sealed record XenHost
{
    /// <summary>The host as the user named it.</summary>
    public required string HostName { get; init; }

    /// <summary>The host's own name.</summary>
    public required string NodeName { get; init; }

    /// <summary>What manages its domains.</summary>
    public Toolstack Toolstack { get; init; }

    /// <summary>The version of Xen; null where it does not run on Xen.</summary>
    public string? XenVersion { get; init; }

    /// <summary>Whether it is domain 0.</summary>
    public bool IsDomain0 { get; init; }

    /// <summary>The running kernel.</summary>
    public required KernelVersion Kernel { get; init; }

    /// <summary>What its bridges are made of.</summary>
    public IReadOnlyList<BridgeKind> BridgeKinds { get; init; } = [];

    /// <summary>What sets its network up when it boots.</summary>
    public IReadOnlyList<NetworkManager> NetworkManagers { get; init; } = [];

    /// <summary>Its running domains, without domain 0.</summary>
    public IReadOnlyList<XenDomain> Domains { get; init; } = [];

    /// <summary>Whether it was read as root.</summary>
    public bool IsRoot { get; init; }

    /// <summary>What the host did not let be seen.</summary>
    public IReadOnlyList<Gap> NotSeen { get; init; } = [];

    /// <summary>What it was read from.</summary>
    [JsonIgnore]
    public required HostSnapshot Snapshot { get; init; }
}
