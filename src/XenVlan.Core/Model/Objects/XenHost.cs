using System.Text.Json.Serialization;

namespace XenVlan.Model;

/// <summary>A host, with what it runs.</summary>
public sealed record XenHost : XenObject
{
    /// <summary>The host as the user named it.</summary>
    public override string HostName { get; internal init; } = "";

    /// <summary>The host's own name.</summary>
    public string NodeName { get; internal init; } = "";

    /// <summary>What manages its domains.</summary>
    public Toolstack Toolstack { get; internal init; }

    /// <summary>The version of Xen; null where it does not run on Xen.</summary>
    public string? XenVersion { get; internal init; }

    /// <summary>Whether it is domain 0.</summary>
    public bool IsDomain0 { get; internal init; }

    /// <summary>The running kernel.</summary>
    public string Kernel { get; internal init; } = "";

    /// <summary>What its bridges are made of.</summary>
    public IReadOnlyList<BridgeKind> BridgeKinds { get; internal init; } = [];

    /// <summary>What sets its network up when it boots.</summary>
    public IReadOnlyList<NetworkManager> NetworkManagers { get; internal init; } = [];

    /// <summary>Its running domains, without domain 0.</summary>
    public IReadOnlyList<XenDomain> Domains { get; internal init; } = [];

    /// <summary>Whether it was read as root.</summary>
    public bool IsRoot { get; internal init; }

    /// <summary>When it was read.</summary>
    [JsonIgnore]
    public DateTimeOffset TakenAt { get; internal init; }

    /// <summary>What the host did not let be seen.</summary>
    public IReadOnlyList<Gap> NotSeen { get; internal init; } = [];
}
