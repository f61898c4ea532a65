using System.Net;
using XenVlan.Changes.Persistence.Files;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence.Common;

/// <summary>Writes what one network manager reads when the host boots.</summary>
internal abstract class NetworkBackend(FilePlanBuilder planning)
{
    /// <summary>The manager's name, as its documentation has it.</summary>
    public abstract string Name { get; }

    /// <summary>The files so far.</summary>
    protected FilePlanBuilder Planning { get; } = planning;

    /// <summary>Where the manager's files configure an interface.</summary>
    /// <returns>Each place as <c>file:line</c>; none where they do not.</returns>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.ConfigurationInvalid"/>: a file cannot be understood.</exception>
    public abstract IReadOnlyList<string> DefinitionsOf(string name);

    /// <summary>Takes a VLAN interface out of the files, with all that mentions it.</summary>
    public abstract void Remove(string name);

    /// <summary>The addresses that the files give an interface.</summary>
    public abstract IEnumerable<InterfaceAddress> Addresses(string name);

    /// <summary>Takes an address of an interface out of the files.</summary>
    /// <param name="name">The interface.</param>
    /// <param name="address">The address.</param>
    /// <param name="instead">An address that the interface is to get, which may be written in its place; null for none.</param>
    public abstract void RemoveAddress(string name, InterfaceAddress address, InterfaceAddress? instead);

    /// <summary>The ports that the files give bridges.</summary>
    public abstract IEnumerable<ConfiguredPort> Ports();

    /// <summary>What the manager does to a domain's NIC, which is XenVlan's and Xen's.</summary>
    /// <returns>A sentence for each thing; none where the manager leaves it alone.</returns>
    public virtual IEnumerable<string> TakesIn(string vif) =>
        DefinitionsOf(vif)
            .Select(place =>
                $"{DisplayText.Clean(place)} configures {vif}: when {Name} does so, which it may whenever the NIC appears, what "
                + $"XenVlan gives it can be lost. Leave {vif} out there."
            );

    /// <summary>The gateways that the files give an interface, those of its routes too; each needs an address of its network.</summary>
    /// <returns>Each with its place as <c>file:line</c>; those that a command in a file adds are not seen.</returns>
    public virtual IEnumerable<(IPAddress Address, string Place)> Gateways(string name) => [];

    /// <summary>Makes the files say what is wanted of an interface.</summary>
    public abstract void Ensure(DesiredInterface wanted);

    /// <summary>Writes a file that is to be there only for one interface.</summary>
    /// <param name="path">Its absolute path, as others may name files of theirs.</param>
    /// <param name="name">The interface.</param>
    /// <param name="content">All that is to be in it.</param>
    /// <param name="description">What that does.</param>
    /// <param name="mode">Its permissions.</param>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.ConfigurationConflict"/>: there is one, for something else.</exception>
    protected void WriteNew(string path, string name, string content, string description, string mode = "0644")
    {
        if (Planning.Read(path) is not null)
            throw Conflict(
                $"A file for {name} would be {path}, but that is there already, and for something else. Rename it, " + $"or remove it."
            );
        Planning.Write(path, content, description, mode);
    }

    /// <summary>An error about a file that says something that is not valid.</summary>
    /// <param name="place">Where: <c>file:line</c>.</param>
    /// <param name="problem">What is wrong, and what to do; sentences.</param>
    protected XenVlanException Invalid(string place, string problem) =>
        Planning.Host.Error(
            ErrorIds.ConfigurationInvalid,
            $"{place:unquoted}: {problem:unquoted} Nothing was changed on host {Planning.Host.HostName}."
        );

    /// <summary>An error about something the manager cannot hold.</summary>
    /// <param name="problem">What, why, and what to do; sentences.</param>
    protected XenVlanException NotSupported(Message problem) =>
        Planning.Host.Error(
            ErrorIds.NotSupported,
            $"{problem} You can {new ChangeOnlyWhatRuns()}. Nothing was changed on host {Planning.Host.HostName}."
        );

    /// <summary>Words for an address that goes, and for the one that is written in its place.</summary>
    /// <param name="name">The interface.</param>
    /// <param name="address">The address.</param>
    /// <param name="instead">The one in its place; null for none.</param>
    public static string Exchange(string name, InterfaceAddress address, InterfaceAddress? instead) =>
        $"remove {address} from {name} at boot{(instead is null ? "" : $"; add {instead} to {name} at boot")}";

    /// <summary>The value of a broadcast address that stands beside an address, once that address is another.</summary>
    /// <param name="broadcast">The value that stands there.</param>
    /// <param name="address">The old address.</param>
    /// <param name="instead">The new one.</param>
    /// <param name="place">Where it stands: <c>file:line</c>.</param>
    /// <returns>The value to write.</returns>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.NotSupported"/>: it is none that follows from the old address.</exception>
    protected string BroadcastOf(string broadcast, InterfaceAddress address, InterfaceAddress instead, string place)
    {
        if (!InterfaceAddress.TryParseAddress(broadcast, out var there) || instead.Equals(address))
            return broadcast;
        return there.Equals(address.Broadcast)
            ? instead.Broadcast.ToString()
            : throw NotSupported(
                $"{place:unquoted} has the broadcast address {there}, which does not follow from {address}, so what it is to "
                    + $"be beside {instead} is not known. Change it there first, or take it out."
            );
    }

    /// <summary>An error about two places that contradict each other.</summary>
    /// <param name="problem">Which, and what to do; sentences.</param>
    protected XenVlanException Conflict(Message problem) =>
        Planning.Host.Error(ErrorIds.ConfigurationConflict, $"{problem} Nothing was changed on host {Planning.Host.HostName}.");

    /// <summary>Says that a manager that only adds VLANs to a port leaves the bridge's default one on it.</summary>
    /// <param name="wanted">The port or bridge.</param>
    /// <param name="added">What a new port has.</param>
    protected void NoteStaying(DesiredInterface wanted, AdditivePortVlans added)
    {
        if (added.Unremovable(wanted.Vlans!) is { IsEmpty: false } staying)
            Planning.Note(
                $"{Name} only adds VLANs to {wanted.Name} at boot, so VLAN {staying}, which the kernel gives every new port of the "
                    + $"bridge, will be there too. To be without it, set the bridge's default PVID to none, which counts for all of "
                    + $"its ports."
            );
    }
}
