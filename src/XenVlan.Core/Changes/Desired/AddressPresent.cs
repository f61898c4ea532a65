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

        planning.Give(link.Name, Address);
        planning.Put(link with { Addresses = [.. link.Addresses, Address] });
    }
}
