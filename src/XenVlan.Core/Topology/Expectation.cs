using System.Globalization;
using XenVlan.Model;

namespace XenVlan.Topology;

/// <summary>What must be true of a topology, beyond how it is set up.</summary>
/// <param name="Title">What reports call it; null for <see cref="Describe"/>.</param>
public abstract record Expectation(string? Title)
{
    /// <summary>Where it begins in the document.</summary>
    public SourcePosition Position { get; init; }

    /// <summary>Says what is expected.</summary>
    /// <returns>A sentence without a full stop.</returns>
    public abstract string Describe();
}

/// <summary>Two ends reach each other on a VLAN, in both directions.</summary>
/// <param name="Vlan">The VLAN.</param>
/// <param name="From">The name of a host, or of a domain that has a guest.</param>
/// <param name="To">The name of another.</param>
/// <param name="Mtu">
/// The packet size in bytes that must pass, 68 to 65535; null for the smaller of the two ends' own MTUs.
/// </param>
/// <param name="Title">What reports call it; null for <see cref="Describe"/>.</param>
public sealed record ReachableExpectation(VlanId Vlan, string From, string To, int? Mtu = null, string? Title = null) : Expectation(Title)
{
    /// <inheritdoc/>
    public override string Describe() =>
        $"{From} and {To} reach each other on VLAN {Vlan} "
        + (
            Mtu is { } mtu
                ? string.Create(CultureInfo.InvariantCulture, $"with packets of {mtu} bytes")
                : "with packets of the smaller MTU of the two"
        );
}

/// <summary>Nothing passes between a VLAN at one end and a VLAN at another.</summary>
/// <param name="From">The name of a host, or of a domain that has a guest.</param>
/// <param name="FromVlan">The VLAN there.</param>
/// <param name="To">The name of another.</param>
/// <param name="ToVlan">The VLAN there.</param>
/// <param name="Title">What reports call it; null for <see cref="Describe"/>.</param>
public sealed record IsolatedExpectation(string From, VlanId FromVlan, string To, VlanId ToVlan, string? Title = null) : Expectation(Title)
{
    /// <inheritdoc/>
    public override string Describe() => $"{From} on VLAN {FromVlan} and {To} on VLAN {ToVlan} cannot reach each other";
}

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
    string? Title = null
) : Expectation(Title)
{
    /// <inheritdoc/>
    public override string Describe()
    {
        var clients = From.Count < 2 ? string.Concat(From) : $"{string.Join(", ", From.SkipLast(1))} and {From[^1]}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{ServiceName} (TCP port {Port}) on {On} answers {clients} on VLAN {Vlan}{(OnlyThere ? " and on no other VLAN" : "")}"
        );
    }
}
