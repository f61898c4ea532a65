using XenVlan.Model;

namespace XenVlan.Paths.Forwarding;

/// <summary>An interface of a host, as a place a frame can be at.</summary>
/// <param name="Host">The host.</param>
/// <param name="Interface">The interface.</param>
internal sealed record PathPoint(HostSnapshot Host, NetworkInterface Interface)
{
    /// <summary>The place as people write it.</summary>
    /// <returns>Such as <c>a/eth1</c>.</returns>
    public override string ToString() => $"{Host.HostName}/{Interface.Name}";
}
