using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Changes.Commands;

/// <summary>Changes interfaces with iproute2's <c>ip</c> (ip-link(8), ip-address(8)); busybox's takes the same words.</summary>
internal sealed class IpLinkCommands : LinkCommands
{
    // Without spanning tree a forward delay protects from nothing, and keeps every new vif silent for 30 seconds.
    /// <inheritdoc/>
    public override ShellCommand AddBridge(string name) =>
        ShellCommand.All(
            ShellCommand.Of("ip", "link", "add", "name", name, "type", "bridge"),
            ShellCommand.Write(0, $"/sys/class/net/{name}/bridge/forward_delay")
        );

    /// <inheritdoc/>
    public override ShellCommand DeleteBridge(string name) => ShellCommand.Of("ip", "link", "del", "dev", name);

    /// <inheritdoc/>
    public override ShellCommand AddPort(string bridge, string port) => ShellCommand.Of("ip", "link", "set", "dev", port, "master", bridge);

    /// <inheritdoc/>
    public override ShellCommand RemovePort(string bridge, string port) => ShellCommand.Of("ip", "link", "set", "dev", port, "nomaster");

    /// <inheritdoc/>
    public override ShellCommand AddVlan(string name, string parent, VlanId vlan, VlanProtocol protocol) =>
        protocol is VlanProtocol.Dot1AD
            ? ShellCommand.Of("ip", "link", "add", "link", parent, "name", name, "type", "vlan", "protocol", "802.1ad", "id", vlan)
            : ShellCommand.Of("ip", "link", "add", "link", parent, "name", name, "type", "vlan", "id", vlan);

    /// <inheritdoc/>
    public override ShellCommand DeleteVlan(string name) => ShellCommand.Of("ip", "link", "del", "dev", name);

    /// <inheritdoc/>
    public override ShellCommand SetUp(string name, bool up) => ShellCommand.Of("ip", "link", "set", "dev", name, up ? "up" : "down");

    /// <inheritdoc/>
    public override ShellCommand SetMac(string name, MacAddress mac) => ShellCommand.Of("ip", "link", "set", "dev", name, "address", mac);

    /// <inheritdoc/>
    public override ShellCommand SetMtu(string name, int mtu) => ShellCommand.Of("ip", "link", "set", "dev", name, "mtu", mtu);

    /// <inheritdoc/>
    public override ShellCommand AddAddress(string name, InterfaceAddress address) =>
        ShellCommand.Of("ip", "address", "add", address, "dev", name);

    /// <inheritdoc/>
    public override ShellCommand RemoveAddress(string name, InterfaceAddress address) =>
        address.IsIPv6
            // The kernel drops IPv6 addresses with the link (net/ipv6/addrconf.c, addrconf_ifdown); flush does not mind.
            ? ShellCommand.Of("ip", "-6", "address", "flush", "dev", name, "to", $"{address.Address}/128")
            : ShellCommand.Of("ip", "address", "del", address, "dev", name);

    /// <inheritdoc/>
    public override ShellCommand ReplaceAddress(string name, InterfaceAddress address) =>
        ShellCommand.Of("ip", "address", "replace", address, "dev", name);

    /// <inheritdoc/>
    public override ShellCommand RemoveNetwork(string name, InterfaceAddress address) =>
        ShellCommand.Of("ip", "-4", "address", "flush", "dev", name, "to", address);
}
