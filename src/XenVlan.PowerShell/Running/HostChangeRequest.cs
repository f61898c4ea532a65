using XenVlan.Changes;
using XenVlan.Model;

namespace XenVlan.PowerShell.Running;

/// <summary>Something a user asks of a host, whose details depend on what the host has.</summary>
internal abstract record HostChangeRequest
{
    /// <summary>What is to be true on the host.</summary>
    /// <returns>The changes, in an order in which they can be made.</returns>
    /// <exception cref="XenVlanException">The host lacks what the request is about, or the request contradicts it.</exception>
    public abstract IReadOnlyList<HostChange> Changes(HostSnapshot before);

    /// <summary>The objects to show for it once it is true.</summary>
    public abstract IEnumerable<object> Results(HostSnapshot before, HostSnapshot after);
}
