using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Changes.Desired;

/// <summary>An interface does not have an address.</summary>
/// <param name="Name">The interface.</param>
/// <param name="Address">The address.</param>
public sealed record AddressAbsent(InterfaceName Name, InterfaceAddress Address) : HostChange
{
    /// <inheritdoc/>
    internal override void Plan(PlanBuilder planning)
    {
        var link = planning.Get(Name);
        if (!link.Addresses.Contains(Address))
            return;

        if (planning.Forget(link.Name, Address))
        {
            planning.Put(link with { Addresses = [.. link.Addresses.Where(a => a != Address)] });
            return;
        }

        AddressPresent.CheckIsOnlyOne(planning, link, Address);

        // With an IPv4 address the kernel removes those of its network that came after it, unless promote_secondaries is
        // set (net/ipv4/devinet.c, __inet_del_ifa).
        var links = planning.Links;
        var network = link
            .Addresses.Where(a =>
                !planning.IsGiven(link.Name, a) && !a.IsIPv6 && a.PrefixLength == Address.PrefixLength && a.NetworkContains(Address.Address)
            )
            .ToList();
        var others = network.Where(a => a != Address).ToList();
        ShellCommand[] undo =
            others.Count > 0
                ? [links.RemoveNetwork(link.Name, Address), .. network.Select(a => links.AddAddress(link.Name, a))]
                : [links.ReplaceAddress(link.Name, Address)];
        planning.Add(
            $"remove {Address} from {link.Name}",
            ShellCommand.All([links.RemoveAddress(link.Name, Address), .. others.Select(a => links.ReplaceAddress(link.Name, a))]),
            ShellCommand.All(undo),
            link: link.Name,
            keeps: [new KeptState(link.Name, KeptExtent.Addresses)]
        );
        planning.Put(link with { Addresses = [.. link.Addresses.Where(a => a != Address)] });
    }
}
