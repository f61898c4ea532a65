using XenVlan.Model;

namespace XenVlan.Changes.Desired;

/// <summary>
/// The uplinks of a bridge that filters VLANs pass some VLANs; where they do not at the end, the plan says so. What leaves a machine
/// is not widened without being asked for.
/// </summary>
/// <param name="Bridge">The bridge.</param>
/// <param name="Vlans">The VLANs.</param>
public sealed record UplinksPass(InterfaceName Bridge, VlanSet Vlans) : HostChange
{
    /// <inheritdoc/>
    internal override void Plan(PlanBuilder planning) => planning.LetOut(planning.Get(Bridge).Name, Vlans);
}
