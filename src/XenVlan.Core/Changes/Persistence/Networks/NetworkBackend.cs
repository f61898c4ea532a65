using XenVlan.Model;

namespace XenVlan.Changes.Persistence.Networks;

/// <summary>Writes what one network manager reads when the host boots.</summary>
/// <param name="planning">The files so far.</param>
internal abstract class NetworkBackend(PersistentPlanning planning)
{
    /// <summary>The manager's name, as its documentation has it.</summary>
    public abstract string Name { get; }

    /// <summary>The files so far.</summary>
    protected PersistentPlanning Planning { get; } = planning;

    /// <summary>Where the manager's files configure an interface.</summary>
    /// <param name="name">The interface.</param>
    /// <returns>Each place as <c>file:line</c>; none where they do not.</returns>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.ConfigurationInvalid"/>: a file cannot be understood.</exception>
    public abstract IReadOnlyList<string> Places(string name);

    /// <summary>Takes a VLAN interface out of the files, with all that mentions it.</summary>
    /// <param name="name">The interface.</param>
    public abstract void Remove(string name);

    /// <summary>The addresses that the files give an interface.</summary>
    /// <param name="name">The interface.</param>
    /// <returns>The addresses.</returns>
    public abstract IEnumerable<InterfaceAddress> Addresses(string name);

    /// <summary>Takes an address of an interface out of the files.</summary>
    /// <param name="name">The interface.</param>
    /// <param name="address">The address.</param>
    /// <param name="instead">An address that the interface is to get, which may be written in its place; null for none.</param>
    public abstract void RemoveAddress(string name, InterfaceAddress address, InterfaceAddress? instead);

    /// <summary>Makes the files say what is wanted of an interface.</summary>
    /// <param name="wanted">What is wanted.</param>
    public abstract void Ensure(WantedInterface wanted);

    /// <summary>An error about a file that says something that is not valid.</summary>
    /// <param name="place">Where: <c>file:line</c>.</param>
    /// <param name="problem">What is wrong, and what to do; sentences.</param>
    /// <returns>The error.</returns>
    protected XenVlanException Invalid(string place, string problem) =>
        new(ErrorIds.ConfigurationInvalid, $"{DisplayText.Clean(place)}: {problem} Nothing was changed on host {DisplayText.Quote(Planning.Host.HostName)}.", Planning.Host.HostName);

    /// <summary>An error about something the manager cannot hold.</summary>
    /// <param name="problem">What, why, and what to do; sentences.</param>
    /// <returns>The error.</returns>
    protected XenVlanException NotSupported(string problem) =>
        new(ErrorIds.NotSupported, $"{problem} To change only what runs: -Scope Running. Nothing was changed on host {DisplayText.Quote(Planning.Host.HostName)}.", Planning.Host.HostName);

    /// <summary>An error about two places that contradict each other.</summary>
    /// <param name="problem">Which, and what to do; sentences.</param>
    /// <returns>The error.</returns>
    protected XenVlanException Conflict(string problem) =>
        new(ErrorIds.ConfigurationConflict, $"{problem} Nothing was changed on host {DisplayText.Quote(Planning.Host.HostName)}.", Planning.Host.HostName);

    /// <summary>Says that a manager that only adds VLANs to a port leaves the bridge's default one on it.</summary>
    /// <param name="wanted">The port or bridge.</param>
    /// <param name="added">What a new port has.</param>
    protected void NoteStaying(WantedInterface wanted, AddedVlans added)
    {
        if (added.Staying(wanted.Vlans!) is { IsEmpty: false } staying)
            Planning.Note($"{Name} only adds VLANs to {wanted.Name} at boot, so VLAN {staying}, which the kernel gives every new port of the bridge, will be there too. To be without it, set the bridge's default PVID to none, which counts for all of its ports.");
    }
}
