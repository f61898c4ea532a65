using XenVlan.Discovery;
using XenVlan.Model;

namespace XenVlan.Drawing;

/// <summary>Draws hosts, their bridges, what hangs on those, and the domains behind them, as a tree.</summary>
public sealed class TopologyTree
{
    private readonly IReadOnlyList<HostSnapshot> _hosts;
    private readonly IReadOnlyList<Wire> _wires;

    private TopologyTree(IReadOnlyList<HostSnapshot> hosts, IReadOnlyList<Wire> wires)
    {
        _hosts = hosts;
        _wires = wires;
    }

    /// <summary>Draws hosts.</summary>
    /// <param name="hosts">Their snapshots; a domain's own is drawn below the vif that leads to it.</param>
    /// <param name="wires">The wires between them, as far as they are known.</param>
    /// <returns>A tree a host.</returns>
    public static IReadOnlyList<TreeNode> Draw(IReadOnlyList<HostSnapshot> hosts, IReadOnlyList<Wire>? wires = null)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        var tree = new TopologyTree(hosts, wires ?? []);
        var guests = hosts.Where(h => hosts.Any(other => NicsOf(other).Any(n => tree.GuestOf(n)?.Host == h))).ToHashSet();
        return [.. hosts.Where(h => !guests.Contains(h)).Select(tree.Host)];
    }

    private static IReadOnlyList<XenDomainNic> NicsOf(HostSnapshot host) => host.IsDomain0 ? SnapshotViews.DomainNics(host) : [];

    private TreeNode Host(HostSnapshot host)
    {
        var bridges = SnapshotViews.Bridges(host);
        var nics = NicsOf(host);
        var children = bridges.Select(b => Bridge(host, b, nics)).ToList();

        // What is on no bridge and not below anything drawn already.
        children.AddRange(
            host.Interfaces.Where(i => i.Kind is InterfaceKind.Physical or InterfaceKind.Bond && i.Master is null)
                .Select(i => Link(host, i))
        );
        var about = host.XenVersion is { } xen ? $"Xen {xen}, Linux {host.Kernel}" : $"Linux {host.Kernel}";
        return new TreeNode(DisplayText.Clean($"{host.HostName}  ({about})"), children);
    }

    private TreeNode Bridge(HostSnapshot host, XenBridge bridge, IReadOnlyList<XenDomainNic> nics)
    {
        var words = new List<string>
        {
            bridge.Kind is BridgeKind.OpenVSwitch ? "Open vSwitch bridge"
            : bridge.VlanFiltering ? "bridge, filters VLANs"
            : "bridge",
        };
        if (bridge.Own?.Allowed is { IsEmpty: false } own)
            words.Add($"domain 0 on {own}");
        if (bridge.Mtu != 1500)
            words.Add($"MTU {bridge.Mtu}");
        if (!bridge.IsUp)
            words.Add("down");
        words.AddRange(Shown(bridge.ParsedAddresses));

        var children = bridge.Ports.Select(p => Port(host, p, nics)).Concat(VlansOn(host, bridge.Name));
        return Node(bridge.Name, words, children);
    }

    private TreeNode Port(HostSnapshot host, XenBridgePort port, IReadOnlyList<XenDomainNic> nics)
    {
        var words = new List<string>();
        var children = new List<TreeNode>();
        var nic = nics.FirstOrDefault(n => n.Vif == port.Name);
        switch (port.Role)
        {
            case BridgePortRole.Vif:
                words.Add(nic is null ? $"{port.DomainName}" : $"{nic.DomainName} NIC {nic.Index} {nic.Mac}");
                if (nic is not null && GuestOf(nic) is { } guest)
                    children.Add(Link(guest.Host, guest.Nic));
                break;
            case BridgePortRole.Vlan when host.FindInterface(port.Name)?.Vlan is { } vlan:
                words.Add($"VLAN {vlan.Id} of {vlan.Parent}");
                break;
            default:
                words.Add(
                    port.IsFakeBridge ? "fake bridge"
                    : port.IsUplink ? "uplink"
                    : port.Role.ToString().ToLowerInvariant()
                );
                break;
        }

        if (port.Vlans is { } vlans)
        {
            var tagged = vlans.Allowed.Except(vlans.Untagged);
            words.Add(
                tagged.IsEmpty && vlans.Pvid is { } access
                    ? $"access {access}"
                    : $"trunk {tagged}{(vlans.Pvid is { } native ? $" native {native}" : "")}"
            );
        }

        words.AddRange(Shown(port.ParsedAddresses));
        if (port.State is { } state and not BridgePortState.Forwarding)
            words.Add(state.ToString().ToLowerInvariant());
        words.AddRange(
            from wire in _wires
            where wire.Ends.Any(e => IsAt(e, host, port.Name))
            let others = string.Join(", ", wire.Ends.Where(e => !IsAt(e, host, port.Name)))
            select $"── {others}{(wire.Vlans is { } vlans ? $" carrying {vlans}" : "")}"
        );
        if (port.Role is not BridgePortRole.Vlan)
            children.AddRange(VlansOn(host, port.Name));
        return Node(port.Name, words, children);
    }

    private TreeNode Link(HostSnapshot host, NetworkInterface link)
    {
        var words = new List<string>();
        if (!link.IsUp)
            words.Add("down");
        if (link.Mtu != 1500)
            words.Add($"MTU {link.Mtu}");
        if (!host.IsDomain0)
            words.Add($"in {host.HostName}");
        words.AddRange(Shown(link.Addresses));
        return Node(link.Name, words, VlansOn(host, link.Name));
    }

    private IEnumerable<TreeNode> VlansOn(HostSnapshot host, string parent) =>
        host.Interfaces.Where(i => i.Vlan?.Parent == parent).OrderBy(i => i.Vlan!.Id?.Value ?? 0).Select(i => Vlan(host, i));

    private TreeNode Vlan(HostSnapshot host, NetworkInterface link)
    {
        var words = new List<string>
        {
            link.Vlan!.Id is { } id ? $"VLAN {id}{(link.Vlan.Protocol is VlanProtocol.Dot1AD ? " (802.1ad)" : "")}" : "VLAN ?",
        };
        if (link.Mtu != 1500)
            words.Add($"MTU {link.Mtu}");
        if (!link.IsUp)
            words.Add("down");
        if (link.Port is not null)
            words.Add($"on {link.Master}");
        words.AddRange(Shown(link.Addresses));
        return Node(link.Name, words, VlansOn(host, link.Name));
    }

    private (HostSnapshot Host, NetworkInterface Nic)? GuestOf(XenDomainNic nic)
    {
        if (nic.Ethernet is not { } mac)
            return null;
        foreach (var host in _hosts.Where(h => !h.IsDomain0))
        {
            if (host.Interfaces.FirstOrDefault(i => i.Kind is InterfaceKind.Physical && i.Mac == mac) is { } link)
                return (host, link);
        }

        return null;
    }

    private static bool IsAt(WireEnd end, HostSnapshot host, string link) => end.HostName == host.HostName && end.Interface == link;

    private static IEnumerable<string> Shown(IReadOnlyList<InterfaceAddress> addresses) =>
        addresses.Where(a => !a.IsLinkLocal).Select(a => a.ToString());

    private static TreeNode Node(string name, IEnumerable<string> words, IEnumerable<TreeNode> children) =>
        new(DisplayText.Clean($"{name}  {string.Join("  ", words.Where(w => w.Length > 0))}".TrimEnd()), [.. children]);
}
