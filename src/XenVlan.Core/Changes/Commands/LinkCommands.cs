using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Changes.Commands;

/// <summary>The commands that change interfaces on a host, by the tools it has.</summary>
internal abstract class LinkCommands
{
    /// <summary>The commands for a host: iproute2's where it can make VLANs and bridges, else the older tools'.</summary>
    public static LinkCommands For(HostSnapshot host)
    {
        // "ip link add type vlan" needs rtnl_link_ops for VLANs, which came with Linux 2.6.24; bridges got theirs in
        // 2.6.39, and before that brctl makes them.
        var modern = host.Has("ip") && (host.Kernel.IsAtLeast(2, 6, 39) || !host.Has("vconfig"));
        return modern ? new IpLinkCommands() : new LegacyLinkCommands(host.Has("ip"));
    }

    /// <summary>Whether an interface can be given more than one IPv4 address.</summary>
    public virtual bool GivesSeveralAddresses => true;

    /// <summary>Makes a bridge without spanning tree and without forward delay.</summary>
    public abstract ShellCommand AddBridge(string name);

    /// <summary>Removes a bridge that was made by <see cref="AddBridge"/>.</summary>
    public abstract ShellCommand DeleteBridge(string name);

    /// <summary>Puts an interface on a bridge.</summary>
    public abstract ShellCommand AddPort(string bridge, string port);

    /// <summary>Takes an interface off a bridge.</summary>
    public abstract ShellCommand RemovePort(string bridge, string port);

    /// <summary>Makes a VLAN subinterface.</summary>
    public abstract ShellCommand AddVlan(string name, string parent, VlanId vlan, VlanProtocol protocol);

    /// <summary>Removes a VLAN subinterface.</summary>
    public abstract ShellCommand DeleteVlan(string name);

    /// <summary>Sets an interface up or down.</summary>
    public abstract ShellCommand SetUp(string name, bool up);

    /// <summary>Sets an interface's Ethernet address.</summary>
    public abstract ShellCommand SetMac(string name, MacAddress mac);

    /// <summary>Sets an interface's MTU, in bytes.</summary>
    public abstract ShellCommand SetMtu(string name, int mtu);

    /// <summary>Gives an interface an address.</summary>
    public abstract ShellCommand AddAddress(string name, InterfaceAddress address);

    /// <summary>Takes an address from an interface.</summary>
    public abstract ShellCommand RemoveAddress(string name, InterfaceAddress address);

    /// <summary>Gives an interface an address unless it has it.</summary>
    public abstract ShellCommand ReplaceAddress(string name, InterfaceAddress address);

    /// <summary>Takes all IPv4 addresses of an address's network from an interface, where it has any.</summary>
    public abstract ShellCommand RemoveNetwork(string name, InterfaceAddress address);
}
