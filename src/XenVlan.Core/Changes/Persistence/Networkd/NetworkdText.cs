using System.Globalization;
using System.Text;
using XenVlan.Changes.Persistence.Common;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence.Networkd;

/// <summary>The files XenVlan writes for systemd-networkd.</summary>
internal static class NetworkdText
{
    /// <summary>What the names of its files begin with, the first that will do: the smaller comes first.</summary>
    public static IReadOnlyList<string> Prefixes { get; } = ["50", "20", "10", "05", "00"];

    /// <summary>What the names of its files begin with where nothing must come before or after.</summary>
    public static string FirstPrefix => Prefixes[0];

    /// <summary>A <c>.netdev</c> file of a VLAN interface.</summary>
    public static string Device(string name, VlanDetails vlan) =>
        $"[NetDev]\nName={name}\nKind=vlan\n\n[VLAN]\nId={vlan.Id}\n{(vlan.Protocol is VlanProtocol.Dot1AD ? "Protocol=802.1ad\n" : "")}";

    /// <summary>A <c>.netdev</c> file of a bridge as Xen wants one: no spanning tree, no delay.</summary>
    public static string BridgeDevice(string name) => $"[NetDev]\nName={name}\nKind=bridge\n\n[Bridge]\nSTP=no\nForwardDelaySec=0\n";

    /// <summary>A <c>.network</c> file that says no more than for which interface it is.</summary>
    public static string Match(string name) => $"[Match]\nName={name}\n";

    /// <summary>
    /// A <c>.network</c> file of a VLAN interface or a bridge. It gets its addresses while no domain runs, so that there
    /// is no carrier yet, and the boot does not wait for one.
    /// </summary>
    public static string Network(DesiredInterface wanted)
    {
        var text = new StringBuilder(Match(wanted.Name)).Append("\n[Link]\nRequiredForOnline=no\n");
        if (wanted.Mtu is { } mtu)
            text.Append("MTUBytes=").Append(mtu.ToString(CultureInfo.InvariantCulture)).Append('\n');
        _ = wanted.Bridge is { } bridge
            ? text.Append("\n[Network]\nBridge=").Append(bridge).Append("\nLinkLocalAddressing=no\n")
            : text.Append("\n[Network]\nConfigureWithoutCarrier=yes\n");
        foreach (var address in wanted.Addresses)
            text.Append("Address=").Append(address).Append('\n');
        return text.ToString();
    }

    /// <summary>Whether a value means yes (systemd.syntax(7)).</summary>
    /// <returns>Whether it does; no where it is not there.</returns>
    public static bool IsTrue(string? value) => value?.ToUpperInvariant() is "1" or "YES" or "Y" or "TRUE" or "T" or "ON";
}
