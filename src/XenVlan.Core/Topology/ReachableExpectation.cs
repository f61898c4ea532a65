using System.Globalization;
using XenVlan.Model;

namespace XenVlan.Topology;

/// <summary>Two ends reach each other on a VLAN, in both directions.</summary>
/// <param name="Vlan">The VLAN.</param>
/// <param name="From">The name of a host, or of a domain that has a guest.</param>
/// <param name="To">The name of another.</param>
/// <param name="Mtu">
/// The packet size in bytes that must pass, 68 to 65535; null for the smaller of the two ends' own MTUs.
/// </param>
/// <param name="Title">What reports call it; null for <see cref="Describe"/>.</param>
public sealed record ReachableExpectation(VlanId Vlan, string From, string To, int? Mtu = null, string? Title = null)
    : Expectation(Title)
{
    /// <inheritdoc/>
    public override string Describe() =>
        $"{From} and {To} reach each other on VLAN {Vlan} "
        + (Mtu is { } mtu
            ? string.Create(CultureInfo.InvariantCulture, $"with packets of {mtu} bytes")
            : "with packets of the smaller MTU of the two");
}
