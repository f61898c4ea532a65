using XenVlan.Model;

namespace XenVlan.Paths.Forwarding;

/// <summary>An interface of a host, as a place a frame can be at.</summary>
internal sealed record InterfaceRef(HostSnapshot Host, NetworkInterface Interface)
{
    /// <summary>The place as people write it.</summary>
    /// <returns>Such as <c>a/eth1</c>.</returns>
    public override string ToString() => $"{Host.HostName}/{Interface.Name}";
}

/// <summary>Where a frame begins or ends.</summary>
/// <param name="Point">The interface.</param>
/// <param name="Tag">The tag of frames there; only for <paramref name="IsBehind"/>, as an interface of the host has its own.</param>
/// <param name="IsBehind">
/// Whether it is what lies behind the interface, such as a domain that cannot be read behind its vif, instead of the
/// host's own network stack on it.
/// </param>
internal sealed record Vantage(InterfaceRef Point, VlanTag? Tag = null, bool IsBehind = false)
{
    /// <summary>The place as people write it.</summary>
    /// <returns>Such as <c>a/eth1</c>.</returns>
    public override string ToString() => Point.ToString();
}
