using System.Globalization;
using System.Net;
using XenVlan.Changes.Commands;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Paths.Ends;

namespace XenVlan.Paths.Probing;

/// <summary>
/// Stands in for a domain's NIC: a network namespace with an interface on the NIC's bridge, whose port has the VLANs the
/// NIC's own port has. Probes are sent from it, or answered by it.
/// </summary>
/// <remarks>
/// The namespace has no name and no process but its own: when that ends, by itself or killed, the kernel removes the
/// namespace and with it both ends of the interface (<c>cleanup_net</c> in <c>net/core/net_namespace.c</c>,
/// <c>default_device_exit_batch</c> in <c>net/core/dev.c</c>; veth(4)). So nothing can be left behind. A connection that
/// is gone, as when the client is killed, is the end of a file to the host, and the port goes at once. The port has the
/// Ethernet address Xen gives vifs, the highest there is, so that the bridge does not take it for its own
/// (<c>br_stp_recalculate_bridge_id</c> in <c>net/bridge/br_stp_if.c</c>).
/// </remarks>
/// <param name="end">The NIC.</param>
/// <param name="address">The address the stand-in has; null for none.</param>
internal sealed class NicStandIn(ResolvedNic end, InterfaceAddress? address)
{
    /// <summary>
    /// How long a stand-in lives at most, in seconds, where the host does not notice that the connection is gone, as when
    /// the network between is.
    /// </summary>
    public const int Seconds = 60;

    /// <summary>What the stand-in's interfaces on a host are called: this and eight hexadecimal digits.</summary>
    public const string Prefix = "xv";

    private static readonly EmbeddedScript Outside = EmbeddedScript.Load("stand-in-outside.sh");

    private static readonly EmbeddedScript Inside = EmbeddedScript.Load("stand-in-inside.sh");

    private readonly string _name = Prefix + UniqueToken.New("")[..8];

    /// <summary>The interface in the namespace that has the VLAN.</summary>
    public string Interface => end.Tag is null ? "xv0" : "xv0.1";

    /// <summary>The stand-in's address; null for none.</summary>
    public InterfaceAddress? Address => address;

    /// <summary>Why no stand-in can be made; null where one can be tried.</summary>
    public string? Problem =>
        end.Nic.Bridge is not { } bridge ? $"{end.Port.Name} is on no bridge"
        : end.Host.FindInterface(bridge)?.Bridge is null
            ? $"no stand-in is made on Open vSwitch, such as {bridge}: its database would remember the port"
        : !end.Host.IsRoot ? "standing in for a NIC needs root"
        : null;

    /// <summary>A script that runs another within the namespace.</summary>
    /// <param name="inner">What to run there.</param>
    /// <param name="isIPv6">Whether it is about IPv6.</param>
    /// <param name="isGuarded">
    /// Whether it is removed when the connection is gone, which file descriptor 3 tells; the inner script sees to that
    /// itself where it reads from there.
    /// </param>
    /// <param name="other">The address at the other end, to which a way is needed; null for none.</param>
    /// <returns>The script; it exits with the inner one's status, or with 2 and the reason on standard error.</returns>
    public ShellScript Around(ShellScript inner, bool isIPv6, bool isGuarded, IPAddress? other)
    {
        var bridge = end.Host.FindInterface(end.Nic.Bridge);
        var inside = new ShellScript();
        if (end.Tag is { } tag)
        {
            var protocol = tag.Protocol is VlanProtocol.Dot1AD ? (object[])["protocol", "802.1ad"] : [];
            inside.Add(
                ShellCommand.Of(["ip", "link", "add", "link", "xv0", "name", Interface, "type", "vlan", .. protocol, "id", tag.Vlan])
            );
        }

        if (isIPv6)
            inside.Add(ShellCommand.Write(0, $"/proc/sys/net/ipv6/conf/{Interface}/disable_ipv6"));
        inside.Add(ShellCommand.Of("ip", "link", "set", "dev", Interface, "up"));
        if (address is not null)
            inside.Add(ShellCommand.Of("ip", "address", "add", address, "dev", Interface));
        if (other is not null)
            inside.Add(ShellCommand.Of("ip", isIPv6 ? "-6" : "-4", "route", "replace", other, "dev", Interface));
        inside.Subshell(inner).Add("xv_status=$?").Add(ShellCommand.Of("ip", "link", "delete", "dev", "xv0")).Add("exit $xv_status");

        var script = ShellScript
            .ForHost()
            .Set("xv_end", _name)
            .Set("xv_bridge", end.Nic.Bridge!)
            .Set("xv_seconds", Seconds.ToString(CultureInfo.InvariantCulture))
            .Set("xv_mtu", end.Port.Mtu.ToString(CultureInfo.InvariantCulture))
            .Add("xv_pid=$$; export xv_pid xv_end xv_mtu")
            .Set("xv_begin", Inside.Code)
            .Set("xv_inside", inside.ToString());
        var vlans = new ShellScript();
        if (bridge?.Bridge is { VlanFiltering: true })
        {
            foreach (var command in BridgeVlanCommands.RestoreOnNewPort(bridge, end.Port with { Name = _name }))
                vlans.Add(command).Add("[ $? -eq 0 ] || return 1");
        }

        if (end.Port.Port is { Isolated: true })
            vlans.Add(ShellCommand.Of("bridge", "link", "set", "dev", _name, "isolated", "on")).Add("[ $? -eq 0 ] || return 1");
        script.Function("xv_vlans", vlans).Add(Outside);
        if (isGuarded)
            script.Add("xv_guard >/dev/null 2>&1 </dev/null &").Add("xv_guarding=$!");
        script.Add("xv_feed | $xv_limit unshare -n sh").Add("xv_status=$?");
        if (isGuarded)
            script.Add("kill \"$xv_guarding\" 2>/dev/null; wait \"$xv_guarding\" 2>/dev/null");
        return script.Add("xv_there && ip link delete dev \"$xv_end\" 2>/dev/null").Add("exit $xv_status");
    }
}
