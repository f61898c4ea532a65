using System.Net;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Changes.Commands;

/// <summary>
/// Changes interfaces with the tools of hosts that run xend: <c>vconfig</c>(8), <c>brctl</c>(8), <c>ifconfig</c>(8). Addresses are
/// given with <c>ip</c> where there is one: every kernel that it runs on takes them so, and <c>ifconfig</c> puts one in place of another.
/// </summary>
/// <param name="hasIp">Whether the host has <c>ip</c>, which makes no VLANs there.</param>
internal sealed class LegacyLinkCommands(bool hasIp) : LinkCommands
{
    private readonly IpLinkCommands? _ip = hasIp ? new() : null;

    /// <inheritdoc/>
    public override bool GivesSeveralAddresses => _ip is not null;

    /// <inheritdoc/>
    public override ShellCommand AddBridge(string name) =>
        ShellCommand.All(
            ShellCommand.Of("brctl", "addbr", name),
            ShellCommand.Of("brctl", "stp", name, "off"),
            ShellCommand.Of("brctl", "setfd", name, 0)
        );

    /// <inheritdoc/>
    public override ShellCommand DeleteBridge(string name) =>
        ShellCommand.All(SetUp(name, up: false), ShellCommand.Of("brctl", "delbr", name));

    /// <inheritdoc/>
    public override ShellCommand AddPort(string bridge, string port) => ShellCommand.Of("brctl", "addif", bridge, port);

    /// <inheritdoc/>
    public override ShellCommand RemovePort(string bridge, string port) => ShellCommand.Of("brctl", "delif", bridge, port);

    /// <inheritdoc/>
    public override ShellCommand AddVlan(string name, string parent, VlanId vlan, VlanProtocol protocol)
    {
        var own = $"{parent}.{vlan}";
        if (protocol is VlanProtocol.Dot1AD)
            throw Errors.Of(ErrorIds.NotSupported, $"802.1ad VLANs need iproute2's 'ip' on the host; {name} cannot be made with vconfig.");
        if (name != own)
            throw Errors.Of(
                ErrorIds.NotSupported,
                $"vconfig names VLAN {vlan} of {parent} {own}; the name {name} needs iproute2's 'ip' on the host."
            );

        return ShellCommand.All(
            ShellCommand.Of("vconfig", "set_name_type", "DEV_PLUS_VID_NO_PAD"),
            ShellCommand.Of("vconfig", "add", parent, vlan)
        );
    }

    /// <inheritdoc/>
    public override ShellCommand DeleteVlan(string name) => ShellCommand.Of("vconfig", "rem", name);

    /// <inheritdoc/>
    public override ShellCommand SetUp(string name, bool up) => ShellCommand.Of("ifconfig", name, up ? "up" : "down");

    /// <inheritdoc/>
    public override ShellCommand SetMac(string name, MacAddress mac) => ShellCommand.Of("ifconfig", name, "hw", "ether", mac);

    /// <inheritdoc/>
    public override ShellCommand SetMtu(string name, int mtu) => ShellCommand.Of("ifconfig", name, "mtu", mtu);

    /// <inheritdoc/>
    public override ShellCommand AddAddress(string name, InterfaceAddress address) =>
        _ip is not null ? _ip.AddAddress(name, address)
        : address.IsIPv6 ? ShellCommand.Of("ifconfig", name, "add", address)
        : ShellCommand.Of("ifconfig", name, address.Address, "netmask", Netmask(address.PrefixLength));

    /// <inheritdoc/>
    public override ShellCommand RemoveAddress(string name, InterfaceAddress address) =>
        _ip is not null ? _ip.RemoveAddress(name, address)
        : address.IsIPv6 ? ShellCommand.Of("ifconfig", name, "del", address)
        : ShellCommand.Of("ifconfig", name, "0.0.0.0");

    // ifconfig gives an interface one address; another would belong to an alias, which is an interface to it.
    /// <inheritdoc/>
    public override ShellCommand ReplaceAddress(string name, InterfaceAddress address) =>
        _ip is not null ? _ip.ReplaceAddress(name, address) : AddAddress(name, address);

    /// <inheritdoc/>
    public override ShellCommand RemoveNetwork(string name, InterfaceAddress address) =>
        _ip is not null ? _ip.RemoveNetwork(name, address) : ShellCommand.Of("ifconfig", name, "0.0.0.0");

    private static IPAddress Netmask(int prefixLength)
    {
        var mask = prefixLength == 0 ? 0 : uint.MaxValue << (32 - prefixLength);
        return new IPAddress(BitConverter.GetBytes(IPAddress.HostToNetworkOrder((int)mask)).AsSpan(0, 4));
    }
}
