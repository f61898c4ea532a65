using XenVlan.Discovery.Views;
using XenVlan.Model;

namespace XenVlan.Discovery;

/// <summary>What a snapshot shows, as the objects users see. Nothing here asks the host again.</summary>
public static class SnapshotViews
{
    /// <summary>The host itself.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <returns>The host.</returns>
    public static XenHost Host(HostSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return HostView.Of(snapshot);
    }

    /// <summary>The bridges with their ports, of the Linux kernel and of Open vSwitch.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <returns>The bridges: first those of the kernel in the order of their interfaces' numbers, then Open vSwitch's by name.</returns>
    public static IReadOnlyList<XenBridge> Bridges(HostSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return BridgeView.Of(snapshot);
    }

    /// <summary>A NIC of a domain.</summary>
    /// <param name="host">The host.</param>
    /// <param name="domain">The domain's name.</param>
    /// <param name="index">The NIC's number in its domain, from 0.</param>
    /// <param name="place">The place in a file that names it, as <c>file:line</c>; null where no file does.</param>
    /// <returns>The NIC.</returns>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.DomainNotFound"/>, <see cref="ErrorIds.NicNotFound"/>.</exception>
    public static XenDomainNic FindNic(HostSnapshot host, string domain, int index, string? place = null)
    {
        var own = NicsOf(host, domain, place);
        return own.FirstOrDefault(n => n.Index == index)
            ?? throw host.Error(
                ErrorIds.NicNotFound,
                $"{Where(place)}Domain {domain} on host {host.HostName} has no NIC {index}. It has: "
                    + $"{Message.List(own.Select(n => Message.Of($"{n.Index}")))}."
            );
    }

    /// <summary>The NICs of a domain.</summary>
    /// <param name="host">The host.</param>
    /// <param name="domain">The domain's name.</param>
    /// <param name="place">The place in a file that names it, as <c>file:line</c>; null where no file does.</param>
    /// <returns>The NICs; none where the domain runs without any.</returns>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.DomainNotFound"/>: no such domain runs there.</exception>
    public static IReadOnlyList<XenDomainNic> NicsOf(HostSnapshot host, string domain, string? place = null)
    {
        ArgumentNullException.ThrowIfNull(host);
        var all = DomainNics(host);
        var own = all.Where(n => n.DomainName == domain).ToList();
        return own.Count > 0 || host.Domains.Any(d => d.Name == domain)
            ? own
            : throw host.Error(
                ErrorIds.DomainNotFound,
                $"{Where(place)}Host {host.HostName} has no running domain {domain} with a NIC. It has: "
                    + $"{Message.List(all.Select(n => n.DomainName))}."
            );
    }

    private static Message Where(string? place) => place is null ? Message.Of($"") : Message.Of($"{place:unquoted}: ");

    /// <summary>The NICs of the running domains, with and without an interface in this host.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <returns>The NICs in the order of domain and index.</returns>
    public static IReadOnlyList<XenDomainNic> DomainNics(HostSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return DomainNicView.Of(snapshot);
    }

    /// <summary>The VLAN subinterfaces.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <returns>The subinterfaces in the order of their numbers.</returns>
    public static IReadOnlyList<XenVlanInterface> VlanInterfaces(HostSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return VlanInterfaceView.Of(snapshot);
    }
}
