using XenVlan.Changes.Persistence.Ifupdown;
using XenVlan.Changes.Persistence.Keyfiles;
using XenVlan.Changes.Persistence.NetplanYaml;
using XenVlan.Changes.Persistence.Networkd;
using XenVlan.Changes.Persistence.Networks;
using XenVlan.Changes.Persistence.NetworkScripts;
using XenVlan.Changes.Persistence.SysV;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence;

/// <summary>Makes interfaces of a host last: VLAN interfaces, bridges, their ports, MTUs and addresses.</summary>
internal static class NetworkPersistence
{
    /// <summary>The files it reads, as patterns of the shell.</summary>
    public static IReadOnlyList<string> Patterns { get; } =
    [
        .. IfupdownBackend.Patterns,
        .. NetworkdConfiguration.Patterns,
        .. KeyfileBackend.Patterns,
        .. NetplanConfiguration.Patterns,
        .. NetworkScriptsBackend.Patterns,
        .. SysVBackend.Patterns,
    ];

    /// <summary>The directories it may write to.</summary>
    public static IReadOnlyList<string> Directories { get; } = SysVBackend.Directories;

    /// <summary>Plans the files that hold a plan's interfaces.</summary>
    /// <param name="planning">The files so far.</param>
    /// <param name="plan">The plan.</param>
    public static void Plan(PersistentPlanning planning, ChangePlan plan)
    {
        var wanted = WantedNetwork.Of(plan);
        if (wanted.Absent.Count == 0 && wanted.Present.Count == 0)
            return;

        CheckNames(planning, wanted);
        var choice = new BackendChoice(planning, wanted);
        foreach (var name in wanted.Absent)
            choice.Claiming(name)?.Remove(name);
        foreach (var item in wanted.Present)
        {
            RemoveAddresses(choice, item);
            if (!item.SaysNothing)
                choice.For(item).Ensure(item);
        }

        foreach (var vlan in wanted.Present.Where(w => w.Vlan is not null))
        {
            if (planning.Host is { Toolstack: not Toolstack.Xend } host && host.FindInterface(vlan.Vlan!.Parent)?.Kind is not InterfaceKind.Physical && choice.Claiming(vlan.Vlan.Parent) is null)
                planning.Note($"No file that XenVlan knows makes {vlan.Vlan.Parent} at boot, and without it {vlan.Name} cannot come back.");
        }
    }

    // What no file configures, no file gives the address.
    private static void RemoveAddresses(BackendChoice choice, WantedInterface item)
    {
        if ((item.AddressesGone.Count == 0 && !item.AddressesAreAll) || choice.Claiming(item.Name) is not { } claiming)
            return;
        var added = item.Addresses.ToList();
        var others = item.AddressesAreAll ? claiming.Addresses(item.Name).Where(a => !a.IsLinkLocal && !item.Addresses.Contains(a)).ToList() : [];
        foreach (var gone in item.AddressesGone.Union(others))
        {
            var instead = added.Find(a => a.IsIPv6 == gone.IsIPv6);
            _ = instead is not null && added.Remove(instead);
            claiming.RemoveAddress(item.Name, gone, instead);
        }
    }

    // The kernel takes any bytes; what of them the managers' files take, and in which encoding, nobody says.
    private static void CheckNames(PersistentPlanning planning, WantedNetwork wanted)
    {
        if (wanted.Present.Select(w => w.Name).Concat(wanted.Absent).FirstOrDefault(n => !n.All(char.IsAscii)) is { } name)
            throw new XenVlanException(ErrorIds.NotSupported, $"{DisplayText.Quote(name)} of host {DisplayText.Quote(planning.Host.HostName)} cannot be made to last: its name has letters that configuration files do not hold for sure. To change only what runs: -Scope Running.", planning.Host.HostName);
    }
}
