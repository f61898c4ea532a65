using XenVlan.Model;

namespace XenVlan.Paths.Filters;

/// <summary>What is said of packet filters of which it is not known what they do.</summary>
internal static class FilterText
{
    /// <summary>What may drop a frame.</summary>
    /// <param name="rule">The rule; null where the rules could not be seen.</param>
    /// <returns>Such as <c>a packet filter may drop it (iptables filter FORWARD: …)</c>.</returns>
    public static string May(PacketFilterRule? rule) =>
        rule is null ? "its packet filters could not be seen" : $"a packet filter may drop it ({rule})";
}
