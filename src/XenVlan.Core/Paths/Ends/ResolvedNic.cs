using XenVlan.Discovery.Views;
using XenVlan.Model;
using XenVlan.Paths.Forwarding;

namespace XenVlan.Paths.Ends;

/// <summary>A domain's NIC as the end of a path.</summary>
/// <param name="Host">The host the domain runs on.</param>
/// <param name="Nic">The NIC.</param>
/// <param name="Port">The interface that serves it: its vif, or its tap device until the domain's drivers load.</param>
/// <param name="Tag">The tag the VLAN has there; null for none.</param>
internal sealed record ResolvedNic(HostSnapshot Host, XenDomainNic Nic, NetworkInterface Port, VlanTag? Tag)
{
    /// <summary>What lies behind the NIC's interface, for the forwarding model.</summary>
    public Vantage Endpoint => new(new InterfaceRef(Host, Port), Tag, IsBehind: true);

    /// <summary>The NIC as people write it.</summary>
    public string Label => $"{Host.HostName}/{new DomainNicName(Nic.DomainName, Nic.Index)}";

    /// <summary>Finds a NIC.</summary>
    /// <param name="host">The host the domain runs on.</param>
    /// <param name="name">The NIC.</param>
    /// <param name="vlan">The VLAN that is meant; null for frames without a tag.</param>
    /// <exception cref="XenVlanException">
    /// No such domain or NIC, or nothing serves the NIC (<see cref="ErrorIds.InterfaceNotFound"/>).
    /// </exception>
    public static ResolvedNic Find(HostSnapshot host, DomainNicName name, VlanId? vlan)
    {
        var nic = name.Find(host);
        var port =
            host.FindInterface(nic.Vif)
            ?? host.FindInterface(nic.Tap)
            ?? throw host.Error(
                ErrorIds.InterfaceNotFound,
                $"NIC {name.ToString()} on host {host.HostName} has no interface there: the domain has not connected it (state "
                    + $"{nic.State})."
            );
        return new ResolvedNic(host, nic, port, TagOf(host, nic, port, vlan));
    }

    private static VlanTag? TagOf(HostSnapshot host, XenDomainNic nic, NetworkInterface port, VlanId? vlan)
    {
        if (vlan is not { } id)
            return null;
        var ovs = host
            .OpenVSwitchBridges.SelectMany(b => b.Ports)
            .FirstOrDefault(p => p.Interfaces.Contains(port.Name, StringComparer.Ordinal));
        var bridge = host.FindInterface(port.Master);
        var untagged =
            ovs is not null ? OpenVSwitchVlans.Of(ovs).Untagged
            : bridge?.Bridge is { VlanFiltering: true } ? port.PortVlans?.Untagged ?? VlanSet.None
            : nic.Access is { } access ? VlanSet.Of(access)
            : VlanSet.None;
        return untagged.Contains(id) ? null : new VlanTag(id, bridge?.Bridge?.VlanProtocol ?? VlanProtocol.Dot1Q);
    }
}
