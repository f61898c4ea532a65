using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Paths.Forwarding;

namespace XenVlan.Paths.Ends;

/// <summary>One end of a path, found on its host.</summary>
/// <param name="Target">The host to send from, or to answer at.</param>
/// <param name="Endpoint">The place.</param>
/// <param name="Label">The place as people write it.</param>
/// <param name="Nic">The domain's NIC it is; null where it is an interface.</param>
/// <param name="Addresses">The addresses there.</param>
internal sealed record ResolvedEnd(
    HostTarget Target,
    Vantage Endpoint,
    string Label,
    ResolvedNic? Nic,
    IReadOnlyList<InterfaceAddress> Addresses
)
{
    /// <summary>The place.</summary>
    public InterfaceRef Point => Endpoint.Point;

    /// <summary>The largest packet the place itself sends or takes, in bytes.</summary>
    public int Mtu => Point.Interface.Mtu;

    /// <summary>The VLAN of the place, where it is a VLAN interface.</summary>
    public VlanId? OwnVlan => Nic is null ? Point.Interface.Vlan?.Id : null;

    /// <summary>An interface as an end.</summary>
    public static ResolvedEnd Of(HostTarget target, InterfaceRef point) =>
        new(target, new Vantage(point), point.ToString(), null, point.Interface.Addresses);
}
