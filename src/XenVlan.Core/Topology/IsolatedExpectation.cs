using XenVlan.Model;

namespace XenVlan.Topology;

/// <summary>Nothing passes between a VLAN at one end and a VLAN at another.</summary>
/// <param name="From">The name of a host, or of a domain that has a guest.</param>
/// <param name="FromVlan">The VLAN there.</param>
/// <param name="To">The name of another.</param>
/// <param name="ToVlan">The VLAN there.</param>
/// <param name="Title">What reports call it; null for <see cref="Describe"/>.</param>
public sealed record IsolatedExpectation(string From, VlanId FromVlan, string To, VlanId ToVlan, string? Title = null)
    : Expectation(Title)
{
    /// <inheritdoc/>
    public override string Describe() => $"{From} on VLAN {FromVlan} and {To} on VLAN {ToVlan} cannot reach each other";
}
