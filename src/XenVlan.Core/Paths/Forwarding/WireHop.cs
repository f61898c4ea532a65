namespace XenVlan.Paths.Forwarding;

/// <summary>How hops between hosts are named.</summary>
internal static class WireHop
{
    /// <summary>What stands in place of a host's name.</summary>
    public const string HostName = "wire";
}
