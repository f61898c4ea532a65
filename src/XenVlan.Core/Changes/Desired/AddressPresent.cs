using XenVlan.Model;

namespace XenVlan.Changes.Desired;

/// <summary>An interface has an address.</summary>
/// <param name="Name">The interface.</param>
/// <param name="Address">The address.</param>
public sealed record AddressPresent(InterfaceName Name, InterfaceAddress Address) : HostChange
{
    /// <inheritdoc/>
    internal override void Plan(PlanBuilder planning)
    {
        var link = planning.Get(Name);
        if (link.Addresses.Contains(Address))
            return;

        var holder = planning.Host.Interfaces.FirstOrDefault(i => i.Addresses.Any(a => a.Address.Equals(Address.Address)));
        if (holder is not null)
        {
            throw planning.Host.Error(
                ErrorIds.Conflict,
                $"Address {Address} cannot be given to {link.Name}: {holder.Name} of host {planning.Host.HostName} "
                    + $"has {holder.Addresses.First(a => a.Address.Equals(Address.Address))} already."
            );
        }

        CheckIsOnlyOne(planning, link, Address);
        planning.Give(link.Name, Address);
        planning.Put(link with { Addresses = [.. link.Addresses, Address] });
    }

    /// <summary>Checks that an IPv4 address can be given or taken beside those that the interface has.</summary>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.NotSupported"/>: the host's tools know one of an interface.</exception>
    internal static void CheckIsOnlyOne(PlanBuilder planning, NetworkInterface link, InterfaceAddress address)
    {
        if (
            !planning.Links.GivesSeveralAddresses
            && !address.IsIPv6
            && link.Addresses.FirstOrDefault(a => !a.IsIPv6 && a != address) is { } other
        )
            throw planning.Host.Error(
                ErrorIds.NotSupported,
                $"{link.Name} of host {planning.Host.HostName} has the address {other} beside {address}, and ifconfig, which is all that "
                    + $"host has, puts one in the place of the other. Install iproute2's 'ip' there, or leave {link.Name} one IPv4 "
                    + $"address."
            );
    }
}
