using XenVlan.Model;

namespace XenVlan.Changes.Desired;

/// <summary>A VLAN subinterface that is there has this MTU and these addresses.</summary>
/// <param name="Name">The interface.</param>
public sealed record VlanInterfaceSettings(InterfaceName Name) : HostChange
{
    /// <summary>Its MTU in bytes, 68 to 65535; null leaves it as it is.</summary>
    public int? Mtu { get; init; }

    /// <summary>All its addresses but for the link-local ones of IPv6, which are the kernel's; null leaves them as they are.</summary>
    public IReadOnlyList<InterfaceAddress>? Addresses { get; init; }

    /// <inheritdoc/>
    internal override void Plan(PlanBuilder planning)
    {
        var link = planning.Get(Name);
        if (link.Vlan is null)
            throw planning.Host.Error(
                ErrorIds.Conflict,
                $"{link.Name} of host {planning.Host.HostName} is not a VLAN interface but a {link.Kind} interface, "
                    + $"so it is not changed."
            );

        if (Mtu is { } mtu)
            new MtuIs(Name, mtu).Plan(planning);
        if (Addresses is null)
            return;
        if (Addresses.Count > 0)
            VlanInterfacePresent.CheckHears(planning.Host, link);

        foreach (var address in Unwanted(link).ToList())
            new AddressAbsent(Name, address).Plan(planning);
        foreach (var address in Addresses)
            new AddressPresent(Name, address).Plan(planning);
    }

    /// <summary>The addresses of an interface that it is not to have.</summary>
    internal IEnumerable<InterfaceAddress> Unwanted(NetworkInterface link) =>
        Addresses is null ? [] : link.Addresses.Where(a => !a.IsLinkLocal && !Addresses.Contains(a));
}
