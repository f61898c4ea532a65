using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Topology;

/// <summary>
/// What a network of Xen hosts shall be, and what shall be true of it: a YAML document with
/// <c>apiVersion: xenvlan/v1</c>.
/// </summary>
/// <param name="Name">The document, as the user named it: a file's path.</param>
/// <param name="Hosts">Its hosts, in the document's order.</param>
/// <param name="Domains">Its domains, in the document's order.</param>
/// <param name="Wires">The links between its hosts.</param>
/// <param name="Expectations">What must be true, in the document's order.</param>
public sealed record TopologyDocument(
    string Name,
    IReadOnlyList<TopologyHost> Hosts,
    IReadOnlyList<TopologyDomain> Domains,
    IReadOnlyList<TopologyWire> Wires,
    IReadOnlyList<Expectation> Expectations
)
{
    /// <summary>The <c>apiVersion</c> that this version of XenVlan reads.</summary>
    public const string ApiVersion = "xenvlan/v1";

    /// <summary>The largest document, in bytes of UTF-8: 8 MiB.</summary>
    public const int MaximumBytes = 8 * 1024 * 1024;

    /// <summary>The ends that expectations can name: each host, then each domain that has a guest.</summary>
    public IReadOnlyList<TopologyNode> Ends =>
        [
            .. Hosts.Select(h => new TopologyNode(h.Name, h.Target, h.VlanInterfaces)),
            .. Domains.Where(d => d.Guest is not null).Select(d => new TopologyNode(d.Name, d.Guest!.Target, d.Guest.VlanInterfaces)),
        ];

    /// <summary>Finds an end that expectations can name.</summary>
    /// <param name="name">The name of a host, or of a domain that has a guest.</param>
    /// <returns>The end; null when the document has none of that name.</returns>
    public TopologyNode? FindEnd(string name) => Ends.FirstOrDefault(e => e.Name == name);
}

/// <summary>A host of a topology document: what its network shall be.</summary>
/// <param name="Name">Its name in the document, unique over hosts and domains.</param>
/// <param name="Target">How it is reached.</param>
/// <param name="Bridges">Its bridges; those it has besides are left as they are.</param>
/// <param name="VlanInterfaces">Its VLAN interfaces; those it has besides are left as they are.</param>
public sealed record TopologyHost(
    string Name,
    HostTarget Target,
    IReadOnlyList<TopologyBridge> Bridges,
    IReadOnlyList<TopologyVlanInterface> VlanInterfaces
)
{
    /// <summary>Where its name stands in the document.</summary>
    public SourcePosition Position { get; init; }
}

/// <summary>A bridge of a host. What is null is left as it is.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Uplinks">The ports that lead out of the machine.</param>
/// <param name="VlanFiltering">Whether it shall filter VLANs.</param>
/// <param name="Mtu">Its MTU in bytes, 68 to 65535.</param>
/// <param name="UplinkVlans">The VLANs its uplinks carry tagged; only with <paramref name="VlanFiltering"/>.</param>
/// <param name="UplinkNative">The VLAN of its uplinks' untagged frames; only with <paramref name="VlanFiltering"/>.</param>
/// <param name="OwnVlans">
/// The VLANs of domain 0's own tagged traffic on it; only with <paramref name="VlanFiltering"/>.
/// </param>
public sealed record TopologyBridge(
    InterfaceName Name,
    IReadOnlyList<InterfaceName> Uplinks,
    bool? VlanFiltering = null,
    int? Mtu = null,
    VlanSet? UplinkVlans = null,
    VlanId? UplinkNative = null,
    VlanSet? OwnVlans = null
)
{
    /// <summary>Where its name stands in the document.</summary>
    public SourcePosition Position { get; init; }
}

/// <summary>A VLAN interface of a host or of a domain's guest.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parent">The interface whose tagged frames it takes.</param>
/// <param name="VlanId">Its VLAN.</param>
/// <param name="Protocol">Its tag.</param>
/// <param name="Mtu">Its MTU in bytes, 68 to 65535; null leaves it as it is.</param>
/// <param name="Addresses">Its addresses.</param>
public sealed record TopologyVlanInterface(
    InterfaceName Name,
    InterfaceName Parent,
    VlanId VlanId,
    VlanProtocol Protocol,
    int? Mtu,
    IReadOnlyList<InterfaceAddress> Addresses
)
{
    /// <summary>Where its name stands in the document.</summary>
    public SourcePosition Position { get; init; }
}

/// <summary>A domain of a topology document.</summary>
/// <param name="Name">Its name on its host, unique over hosts and domains of the document.</param>
/// <param name="HostName">The name of its host in the document.</param>
/// <param name="Nics">Its NICs, in the document's order; those it has besides are left as they are.</param>
/// <param name="Guest">The inside of the domain; null when nobody can log into it.</param>
public sealed record TopologyDomain(string Name, string HostName, IReadOnlyList<TopologyNic> Nics, TopologyGuest? Guest = null)
{
    /// <summary>Where its name stands in the document.</summary>
    public SourcePosition Position { get; init; }
}

/// <summary>
/// A NIC of a domain: an access NIC when <see cref="Access"/> is given, a trunk when <see cref="Trunk"/> is, and left
/// as it is when neither is. What is null is left as it is.
/// </summary>
/// <param name="Index">Its number in its domain, 0 to 255.</param>
/// <param name="Bridge">The bridge it is on.</param>
/// <param name="Access">The one VLAN it carries, untagged; never together with <paramref name="Trunk"/>.</param>
/// <param name="Trunk">The VLANs it may carry, tagged.</param>
/// <param name="Native">The VLAN of a trunk's untagged frames; only with <paramref name="Trunk"/>.</param>
/// <param name="Mtu">The vif's MTU in bytes, 68 to 65535.</param>
/// <param name="TransmitChecksum">Whether the vif may leave transmit checksums out (checksum offload).</param>
public sealed record TopologyNic(
    int Index,
    InterfaceName Bridge,
    VlanId? Access = null,
    VlanSet? Trunk = null,
    VlanId? Native = null,
    int? Mtu = null,
    bool? TransmitChecksum = null
)
{
    /// <summary>Where its index stands in the document.</summary>
    public SourcePosition Position { get; init; }
}

/// <summary>The inside of a domain that can be logged into.</summary>
/// <param name="Target">How it is reached.</param>
/// <param name="VlanInterfaces">Its VLAN interfaces; those it has besides are left as they are.</param>
public sealed record TopologyGuest(HostTarget Target, IReadOnlyList<TopologyVlanInterface> VlanInterfaces)
{
    /// <summary>Where the key <c>guest</c> stands in the document.</summary>
    public SourcePosition Position { get; init; }
}

/// <summary>A link between uplinks, through whatever switch there is.</summary>
/// <param name="Ends">Two ends or more.</param>
/// <param name="Vlans">The VLANs it carries tagged; null when that is not known.</param>
/// <param name="Native">The VLAN of its untagged frames; null when that is not known.</param>
/// <param name="Mtu">The largest packet it carries in bytes, without the tag, 68 to 65535; null when that is not known.</param>
public sealed record TopologyWire(IReadOnlyList<TopologyWireEnd> Ends, VlanSet? Vlans = null, VlanId? Native = null, int? Mtu = null)
{
    /// <summary>Where it begins in the document.</summary>
    public SourcePosition Position { get; init; }
}

/// <summary>An end of a wire.</summary>
/// <param name="HostName">The name of the host in the document.</param>
/// <param name="Interface">The interface the wire is plugged into.</param>
public sealed record TopologyWireEnd(string HostName, InterfaceName Interface)
{
    /// <summary>Where it stands in the document.</summary>
    public SourcePosition Position { get; init; }

    /// <summary>The end as the document writes it.</summary>
    /// <returns>Such as <c>a/eth1</c>.</returns>
    public override string ToString() => $"{HostName}/{Interface}";
}

/// <summary>What an expectation can name: a host, or the guest of a domain.</summary>
/// <param name="Name">The name of the host or of the domain in the document.</param>
/// <param name="Target">How it is reached.</param>
/// <param name="VlanInterfaces">Its VLAN interfaces.</param>
public sealed record TopologyNode(string Name, HostTarget Target, IReadOnlyList<TopologyVlanInterface> VlanInterfaces)
{
    /// <summary>The end's interface on a VLAN.</summary>
    /// <param name="vlan">The VLAN.</param>
    /// <returns>The first interface with that VLAN and an address; null when there is none.</returns>
    public TopologyVlanInterface? InterfaceOn(VlanId vlan) => VlanInterfaces.FirstOrDefault(i => i.VlanId == vlan && i.Addresses.Count > 0);
}
