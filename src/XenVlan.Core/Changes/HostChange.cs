using XenVlan.Model;

namespace XenVlan.Changes;

/// <summary>
/// Something that is to be true on a host. A change looks at a snapshot and says which steps are missing; no steps
/// means that it is true already. The same question, asked of a snapshot taken afterwards, checks the change.
/// </summary>
public abstract record HostChange
{
    /// <summary>Adds to a plan the steps that make the change true.</summary>
    /// <param name="planning">The host as it will be after the steps planned so far.</param>
    /// <exception cref="XenVlanException">The change cannot be made on this host; the message says why.</exception>
    internal abstract void Plan(PlanBuilder planning);
}
