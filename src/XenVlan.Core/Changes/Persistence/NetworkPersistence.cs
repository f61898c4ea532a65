using XenVlan.Changes.Desired;
using XenVlan.Changes.Persistence.Common;
using XenVlan.Changes.Persistence.Domains;
using XenVlan.Changes.Persistence.Files;
using XenVlan.Changes.Persistence.InitScript;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence;

/// <summary>Makes interfaces of a host last: VLAN interfaces, bridges, their ports, MTUs and addresses.</summary>
internal static class NetworkPersistence
{
    /// <summary>The directories it may write to.</summary>
    public static IReadOnlyList<string> Directories { get; } = InitScriptBackend.Directories;

    /// <summary>Plans the files that hold a plan's interfaces.</summary>
    /// <param name="planning">The files so far.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="scripts">The lines of the host's scripts that speak of making VLAN interfaces.</param>
    public static void Plan(FilePlanBuilder planning, ChangePlan plan, IReadOnlyList<ScriptLine> scripts)
    {
        var wanted = DesiredNetwork.Of(plan);
        NoteVifs(planning, plan, wanted);
        if (wanted.Absent.Count == 0 && wanted.Present.Count == 0)
            return;

        CheckNames(planning, wanted);
        var choice = new BackendChoice(planning, wanted);
        foreach (var name in wanted.Absent)
        {
            if (choice.Claiming(name) is not { } claiming)
                continue;
            var ports = claiming.Ports().ToList();
            claiming.Remove(name);
            NoteLastPort(planning, claiming, name, ports);
        }

        foreach (var item in wanted.Present)
        {
            RemoveAddresses(planning, choice, item);
            if (!item.SaysNothing)
                choice.For(item).Ensure(item);
        }

        foreach (var vlan in wanted.Present.Where(w => w.Vlan is not null))
        {
            if (
                planning.Host is { Toolstack: not Toolstack.Xend } host
                && host.FindInterface(vlan.Vlan!.Parent)?.Kind is not InterfaceKind.Physical
                && choice.Claiming(vlan.Vlan.Parent) is null
            )
                planning.Note($"No file that XenVlan knows makes {vlan.Vlan.Parent} at boot, and without it {vlan.Name} cannot come back.");
        }

        var makers = new OtherMakers(planning, scripts);
        foreach (var name in wanted.Absent.Except(wanted.Present.Select(w => w.Name), StringComparer.Ordinal))
            makers.NoteReturn(name, plan.Before.FindInterface(name)?.Vlan);
        foreach (
            var vlan in wanted.Present.Where(w =>
                w.Vlan is not null && plan.Changes.OfType<VlanInterfacePresent>().Any(c => c.EffectiveName.Value == w.Name)
            )
        )
            makers.NoteTwice(vlan.Name, vlan.Vlan!);
    }

    // Xen's scripts put the NICs of domains on bridges; a manager that takes them in as well has its own idea of them.
    private static void NoteVifs(FilePlanBuilder planning, ChangePlan plan, DesiredNetwork wanted)
    {
        var vifs = DesiredNic.Of(plan).Select(w => w.Vif).ToHashSet();
        var names = plan.After.Interfaces.Where(i => i.Vif is { } vif && vifs.Contains(vif)).Select(i => i.Name).ToList();
        if (names.Count == 0 || plan.After.Toolstack is Toolstack.Xapi)
            return;

        try
        {
            foreach (var backend in new BackendChoice(planning, wanted).Managers)
            {
                foreach (var note in names.SelectMany(backend.TakesIn))
                    planning.Note(note);
            }
        }
        catch (XenVlanException exception) when (wanted.Absent.Count == 0 && wanted.Present.Count == 0)
        {
            planning.Note($"Whether a network manager takes in {string.Join(" and ", names)} too is not known: {exception.Message}");
        }
    }

    private static void NoteLastPort(FilePlanBuilder planning, NetworkBackend backend, string name, IReadOnlyList<ConfiguredPort> before)
    {
        var after = backend.Ports().Where(p => !p.ServesDomains).ToList();
        foreach (var lost in before.Where(p => p.Port == name && !after.Exists(a => a.Bridge == p.Bridge)))
            planning.Note(
                $"By the files of {backend.Name}, {lost.Bridge} has no way out any more: {DisplayText.Clean(lost.Place)} made {name} "
                    + $"its port, and nothing else there is put on it. From the next boot on it leads only to what Xen puts on it, "
                    + $"unless something else gives it a port."
            );
    }

    // What no file configures, no file gives the address.
    private static void RemoveAddresses(FilePlanBuilder planning, BackendChoice choice, DesiredInterface item)
    {
        if ((item.AddressesGone.Count == 0 && !item.AddressesAreAll) || choice.Claiming(item.Name) is not { } claiming)
            return;
        var there = claiming.Addresses(item.Name).ToList();
        var others = item.AddressesAreAll ? there.Where(a => !a.IsLinkLocal && !item.Addresses.Contains(a)).ToList() : [];
        var unwanted = item.AddressesGone.Union(others).ToList();
        CheckGateways(planning, claiming, item.Name, there, [.. there.Except(unwanted).Union(item.Addresses)]);

        // What stands beside an address, such as its gateway, is best for another of the same network.
        var added = item.Addresses.Except(there).ToList();
        foreach (var gone in unwanted)
        {
            var instead = added.Find(a => a.NetworkContains(gone.Address)) ?? added.Find(a => a.IsIPv6 == gone.IsIPv6);
            _ = instead is not null && added.Remove(instead);
            claiming.RemoveAddress(item.Name, gone, instead);
        }
    }

    // A gateway that no address reaches is lost when the host boots, and some managers then give the interface nothing at all.
    private static void CheckGateways(
        FilePlanBuilder planning,
        NetworkBackend backend,
        string name,
        List<InterfaceAddress> before,
        List<InterfaceAddress> after
    )
    {
        foreach (var (gateway, place) in backend.Gateways(name))
        {
            if (
                !gateway.IsIPv6LinkLocal
                && before.Exists(a => a.NetworkContains(gateway))
                && !after.Exists(a => a.NetworkContains(gateway))
            )
                throw planning.Host.Error(
                    ErrorIds.NotSupported,
                    $"{place:unquoted} sends by the gateway {gateway}, which {name} of host "
                        + $"{planning.Host.HostName} reaches by an address that is to go, and by none that is to "
                        + $"stay. Change or remove that line first, or keep an address of its network. You can {new ChangeOnlyWhatRuns()}. "
                        + $"Nothing was changed."
                );
        }
    }

    // The kernel takes any bytes; what of them the managers' files take, and in which encoding, nobody says.
    private static void CheckNames(FilePlanBuilder planning, DesiredNetwork wanted)
    {
        if (wanted.Present.Select(w => w.Name).Concat(wanted.Absent).FirstOrDefault(n => !n.All(char.IsAscii)) is { } name)
            throw planning.Host.Error(
                ErrorIds.NotSupported,
                $"{name} of host {planning.Host.HostName} cannot be made to last: its name has "
                    + $"letters that configuration files do not hold for sure. You can {new ChangeOnlyWhatRuns()}."
            );
    }
}
