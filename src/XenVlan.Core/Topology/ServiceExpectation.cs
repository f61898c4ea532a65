using System.Globalization;
using XenVlan.Model;

namespace XenVlan.Topology;

/// <summary>A TCP service answers on a VLAN.</summary>
/// <param name="ServiceName">What the service is called in reports.</param>
/// <param name="On">The name of the host, or of the domain with a guest, that serves it.</param>
/// <param name="Port">Its TCP port, 1 to 65535.</param>
/// <param name="Vlan">The VLAN it answers on, at the end's address there.</param>
/// <param name="From">The names of the ends it answers; at least one.</param>
/// <param name="OnlyThere">Whether it must not answer at the end's addresses on other VLANs.</param>
/// <param name="Title">What reports call it; null for <see cref="Describe"/>.</param>
public sealed record ServiceExpectation(
    string ServiceName,
    string On,
    int Port,
    VlanId Vlan,
    IReadOnlyList<string> From,
    bool OnlyThere = true,
    string? Title = null)
    : Expectation(Title)
{
    /// <inheritdoc/>
    public override string Describe()
    {
        var clients = From.Count < 2 ? string.Concat(From) : $"{string.Join(", ", From.SkipLast(1))} and {From[^1]}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{ServiceName} (TCP port {Port}) on {On} answers {clients} on VLAN {Vlan}{(OnlyThere ? " and on no other VLAN" : "")}");
    }
}
