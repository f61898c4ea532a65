using XenVlan.Model;

namespace XenVlan.Discovery.Views;

/// <summary>What Open vSwitch's <c>vlan_mode</c>, <c>tag</c> and <c>trunks</c> mean (<c>ovs-vswitchd.conf.db(5)</c>, table Port).</summary>
internal static class OpenVSwitchVlans
{
    /// <summary>Whether a port carries one VLAN, untagged.</summary>
    /// <returns>Whether it is an access port, or a tunnel of one VLAN.</returns>
    public static bool IsAccess(OpenVSwitchPort port) => port.Tag is not null && port.Mode is null or "access" or "dot1q-tunnel";

    /// <summary>A port's VLANs in the words of a filtering Linux bridge.</summary>
    public static PortVlans Of(OpenVSwitchPort port)
    {
        if (IsAccess(port))
            return port.Tag is { } tag ? PortVlans.Access(tag) : PortVlans.Empty;

        var trunks = port.Trunks.IsEmpty ? VlanSet.All : port.Trunks;
        return (port.Mode, port.Tag) switch
        {
            ("native-untagged", { } native) => PortVlans.Trunk(trunks, native),
            ("native-tagged", { } native) => new PortVlans(trunks.Union(VlanSet.Of(native)), VlanSet.None, native),
            _ => PortVlans.Trunk(trunks, null),
        };
    }
}
