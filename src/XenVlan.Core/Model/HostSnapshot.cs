using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace XenVlan.Model;

/// <summary>All that was read of one host at one moment.</summary>
public sealed record HostSnapshot
{
    private const int FewInterfaces = 32;

    // Beside the snapshots and not in them, so that two that say the same are equal, and a changed copy has one of its own.
    private static readonly ConditionalWeakTable<IReadOnlyList<NetworkInterface>, Dictionary<string, NetworkInterface>> ByName = [];

    /// <summary>The host as the user named it, or this machine's name.</summary>
    public required string HostName { get; init; }

    /// <summary>When it was read, by this machine's clock.</summary>
    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>The host's own name (<c>uname -n</c>).</summary>
    public required string NodeName { get; init; }

    /// <summary>The running kernel.</summary>
    public required KernelVersion Kernel { get; init; }

    /// <summary>Whether it was read as root.</summary>
    public bool IsRoot { get; init; }

    /// <summary>The version of Xen it runs on; null where it does not run on Xen.</summary>
    public string? XenVersion { get; init; }

    /// <summary>Whether it is domain 0.</summary>
    public bool IsDomain0 { get; init; }

    /// <summary>What manages its domains.</summary>
    public Toolstack Toolstack { get; init; }

    /// <summary>What sets its network up when it boots; several may claim to.</summary>
    public IReadOnlyList<NetworkManager> NetworkManagers { get; init; } = [];

    /// <summary>The programs found there, of those XenVlan uses.</summary>
    public IReadOnlyList<string> Programs { get; init; } = [];

    /// <summary>Its network interfaces, in the order of their numbers.</summary>
    public IReadOnlyList<NetworkInterface> Interfaces { get; init; } = [];

    /// <summary>Its running domains.</summary>
    public IReadOnlyList<XenDomain> Domains { get; init; } = [];

    /// <summary>Its domains' NICs.</summary>
    public IReadOnlyList<VifRecord> Vifs { get; init; } = [];

    /// <summary>Its Open vSwitch bridges.</summary>
    public IReadOnlyList<OpenVSwitchBridge> OpenVSwitchBridges { get; init; } = [];

    /// <summary>The chains of its packet filters that can touch frames; empty where it has none, and where only root may see them.</summary>
    public IReadOnlyList<PacketFilterChain> PacketFilters { get; init; } = [];

    /// <summary>What its bridges hand to the packet filters of IP; null where <c>br_netfilter</c> is not loaded.</summary>
    public BridgeNetfilter? BridgeNetfilter { get; init; }

    /// <summary>What is at the other ends of its cables, as far as <c>lldpd</c> heard of it.</summary>
    public IReadOnlyList<LldpNeighbor> Neighbors { get; init; } = [];

    /// <summary>What the host did not let be seen.</summary>
    public IReadOnlyList<Omission> NotSeen { get; init; } = [];

    /// <summary>
    /// When it was read, on <see cref="Stopwatch"/>'s clock, which no one sets back. A reader that began earlier may
    /// take the snapshot for current; 0 for one that came from a file.
    /// </summary>
    [JsonIgnore]
    public long Timestamp { get; init; }

    /// <summary>Finds an interface by name.</summary>
    /// <param name="name">The kernel's name for it.</param>
    /// <returns>The interface, or null.</returns>
    public NetworkInterface? FindInterface(string? name)
    {
        if (name is null)
            return null;
        return Interfaces.Count < FewInterfaces
            ? Interfaces.FirstOrDefault(i => string.Equals(i.Name, name, StringComparison.Ordinal))
            : ByName.GetValue(Interfaces, Index).GetValueOrDefault(name);
    }

    /// <summary>Finds an interface by name, or says what is there.</summary>
    /// <param name="name">The kernel's name for it.</param>
    /// <returns>The interface.</returns>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.InterfaceNotFound"/>: no such interface.</exception>
    public NetworkInterface GetInterface(InterfaceName name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return FindInterface(name.Value) ?? throw new XenVlanException(
            ErrorIds.InterfaceNotFound,
            $"Host {DisplayText.Quote(HostName)} has no interface {DisplayText.Quote(name.Value)}. It has: {string.Join(", ", Interfaces.Select(i => DisplayText.Clean(i.Name)))}.",
            HostName);
    }

    /// <summary>The host with an interface in place of the one of that name; the order stays.</summary>
    /// <param name="changed">The interface.</param>
    /// <returns>The host.</returns>
    internal HostSnapshot Replacing(NetworkInterface changed) =>
        this with { Interfaces = [.. Interfaces.Select(i => string.Equals(i.Name, changed.Name, StringComparison.Ordinal) ? changed : i)] };

    /// <summary>Whether a program was found on the host.</summary>
    /// <param name="program">Such as <c>bridge</c>.</param>
    /// <returns>Whether it is in the host's search path.</returns>
    public bool Has(string program) => Programs.Contains(program, StringComparer.Ordinal);

    /// <summary>The domain with a number.</summary>
    /// <param name="domainId">The number.</param>
    /// <returns>The domain, or null.</returns>
    public XenDomain? FindDomain(int domainId) => Domains.FirstOrDefault(d => d.Id == domainId);

    private static Dictionary<string, NetworkInterface> Index(IReadOnlyList<NetworkInterface> interfaces)
    {
        var found = new Dictionary<string, NetworkInterface>(interfaces.Count, StringComparer.Ordinal);
        foreach (var link in interfaces)
            _ = found.TryAdd(link.Name, link);
        return found;
    }
}
