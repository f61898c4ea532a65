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

    /// <summary>The chains of its packet filters that can touch frames; empty where it has none, and where only root may see
    /// them.</summary>
    public IReadOnlyList<PacketFilterChain> PacketFilters { get; init; } = [];

    /// <summary>What its bridges hand to the packet filters of IP; null where <c>br_netfilter</c> is not loaded.</summary>
    public BridgeNetfilter? BridgeNetfilter { get; init; }

    /// <summary>What is at the other ends of its cables, as far as <c>lldpd</c> heard of it.</summary>
    public IReadOnlyList<LldpNeighbor> Neighbors { get; init; } = [];

    /// <summary>What the host did not let be seen.</summary>
    public IReadOnlyList<Gap> NotSeen { get; init; } = [];

    /// <summary>
    /// When it was read, on <see cref="Stopwatch"/>'s clock, which no one sets back. A reader that began earlier may
    /// take the snapshot for current; 0 for one that came from a file.
    /// </summary>
    [JsonIgnore]
    public long Timestamp { get; init; }

    /// <summary>How the host was reached; null where nothing was said of it, and for this machine.</summary>
    [JsonIgnore]
    public SshSettings? Ssh { get; internal init; }

    /// <summary>The same, with how the host was reached.</summary>
    /// <param name="settings">How.</param>
    /// <returns>The snapshot.</returns>
    public HostSnapshot ReachedBy(SshSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return this with { Ssh = settings.IfSaid };
    }

    /// <summary>Finds an interface by name.</summary>
    /// <param name="name">The kernel's name for it.</param>
    /// <returns>The interface, or null.</returns>
    public NetworkInterface? FindInterface(string? name)
    {
        if (name is null)
            return null;
        return Interfaces.Count < FewInterfaces
            ? Interfaces.FirstOrDefault(i => i.Name == name)
            : ByName.GetValue(Interfaces, Index).GetValueOrDefault(name);
    }

    /// <summary>Finds an interface by name, or says what is there.</summary>
    /// <param name="name">The kernel's name for it.</param>
    /// <returns>The interface.</returns>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.InterfaceNotFound"/>: no such interface.</exception>
    public NetworkInterface GetInterface(InterfaceName name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return FindInterface(name.Value)
            ?? throw Errors.On(
                HostName,
                ErrorIds.InterfaceNotFound,
                $"Host {HostName} has no interface {name.Value}. It has: " + $"{Message.List(Interfaces.Select(i => i.Name))}."
            );
    }

    /// <summary>The host with an interface in place of the one of that name; the order stays.</summary>
    internal HostSnapshot Replacing(NetworkInterface changed) =>
        this with
        {
            Interfaces = [.. Interfaces.Select(i => i.Name == changed.Name ? changed : i)],
        };

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

/// <summary>What manages the domains of a host.</summary>
public enum Toolstack
{
    /// <summary>Nothing: the host is not a Xen domain 0, or has no tools.</summary>
    None,

    /// <summary>xend with <c>xm</c>, up to Xen 4.4.</summary>
    Xend,

    /// <summary>libxl with <c>xl</c>.</summary>
    XL,

    /// <summary>XAPI with <c>xe</c>: XenServer and XCP-ng.</summary>
    Xapi,
}

/// <summary>What sets a host's network up when it boots.</summary>
public enum NetworkManager
{
    /// <summary>Debian's <c>/etc/network/interfaces</c>, by ifupdown or ifupdown2.</summary>
    Ifupdown,

    /// <summary>RHEL's <c>/etc/sysconfig/network-scripts</c>.</summary>
    NetworkScripts,

    /// <summary>NetworkManager.</summary>
    NetworkManager,

    /// <summary>systemd-networkd.</summary>
    SystemdNetworkd,

    /// <summary>netplan, which writes for one of the other two.</summary>
    Netplan,

    /// <summary>XAPI's own.</summary>
    Xapi,
}

/// <summary>A running domain.</summary>
/// <param name="Id">Its number while it runs; 0 is domain 0.</param>
/// <param name="Name">Its name.</param>
public sealed record XenDomain(int Id, string Name);

/// <summary>A domain's NIC as the xenstore has it, under
/// <c>/local/domain/&lt;backend&gt;/backend/vif/&lt;domid&gt;/&lt;index&gt;</c>.</summary>
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

/// <summary>What the machine or switch at the other end of a cable says of itself by LLDP (IEEE 802.1AB).</summary>
public sealed record LldpNeighbor
{
    /// <summary>The interface it was heard on.</summary>
    public required string Interface { get; init; }

    /// <summary>The neighbour's identity: an Ethernet address for most.</summary>
    public required string ChassisId { get; init; }

    /// <summary>The neighbour's name; null where it does not say.</summary>
    public string? SystemName { get; init; }

    /// <summary>Its port at the other end: an Ethernet address, or an interface's name.</summary>
    public string? PortId { get; init; }

    /// <summary>That port in words; the interface's name where the neighbour is a Linux host.</summary>
    public string? PortDescription { get; init; }

    /// <summary>The VLANs the port announces. Neighbours do not announce all that they pass: a VLAN that is not there is not
    /// known.</summary>
    public VlanSet Vlans { get; init; } = VlanSet.None;

    /// <summary>The VLAN of untagged frames on the port; null where it does not say.</summary>
    public VlanId? Pvid { get; init; }
}

/// <summary>Something a host did not let be seen.</summary>
/// <param name="What">What is missing from the picture, in words.</param>
/// <param name="Why">The reason, and what would help.</param>
public sealed record Gap(string What, string Why)
{
    /// <summary>Both in one line.</summary>
    /// <returns>Such as <c>domain names: xenstore-ls needs root</c>.</returns>
    public override string ToString() => $"{What}: {Why}";
}
