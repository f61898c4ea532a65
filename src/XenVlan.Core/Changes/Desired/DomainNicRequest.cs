using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Changes.Desired;

/// <summary>What a domain's NIC is to be; null leaves a thing as it is.</summary>
public sealed record DomainNicRequest
{
    /// <summary>The bridge to put it on.</summary>
    public InterfaceName? Bridge { get; init; }

    /// <summary>The one VLAN it carries, untagged. Not together with <see cref="AllowedVlans"/>.</summary>
    public VlanId? AccessVlan { get; init; }

    /// <summary>The VLANs it carries tagged.</summary>
    public VlanSet? AllowedVlans { get; init; }

    /// <summary>The VLAN of a trunk's untagged frames. Only with <see cref="AllowedVlans"/>; null drops them.</summary>
    public VlanId? NativeVlan { get; init; }

    /// <summary>The vif's MTU in bytes, 68 to 65535.</summary>
    public int? Mtu { get; init; }

    /// <summary>Whether transmit checksums are left out on the vif.</summary>
    public bool? TransmitChecksumOffload { get; init; }

    /// <summary>Turns the request into changes for one NIC.</summary>
    /// <param name="nic">The NIC.</param>
    /// <returns>What is to be true.</returns>
    /// <exception cref="XenVlanException">The request contradicts itself, or cannot be met on that host.</exception>
    public IReadOnlyList<HostChange> For(XenDomainNic nic) => For(nic, willFilter: null);

    /// <summary>Turns the request into changes for one NIC, on a bridge that is made to filter, or not to, in the same plan.</summary>
    /// <param name="nic">The NIC.</param>
    /// <param name="willFilter">Whether the bridge will filter VLANs; null when that stays as it is.</param>
    /// <returns>What is to be true.</returns>
    internal IReadOnlyList<HostChange> For(XenDomainNic nic, bool? willFilter)
    {
        ArgumentNullException.ThrowIfNull(nic);
        if (AccessVlan is not null && AllowedVlans is not null)
            throw Errors.On(nic.HostName, ErrorIds.InvalidValue, $"A NIC has either an access VLAN or a trunk's allowed VLANs, not both.");
        if (NativeVlan is not null && AllowedVlans is null)
            throw Errors.On(nic.HostName, ErrorIds.InvalidValue, $"A native VLAN goes with a trunk: give the allowed VLANs too.");

        var changes = new List<HostChange>();
        foreach (var name in new[] { nic.Vif, nic.Tap })
        {
            if (name is not null)
                changes.AddRange(ForInterface(nic, new InterfaceName(name), willFilter));
        }

        return changes.Count > 0 || nic.Vif is not null
            ? changes
            : throw Errors.On(
                nic.HostName,
                ErrorIds.NicNotFound,
                $"NIC {nic.Index} of {nic.DomainName} on host {nic.HostName} has no backend interface in this "
                    + $"domain 0, so there is nothing to change."
            );
    }

    private IEnumerable<HostChange> ForInterface(XenDomainNic nic, InterfaceName vif, bool? willFilter)
    {
        var host = nic.Snapshot;
        var wishesVlan = AccessVlan is not null || AllowedVlans is not null;
        var bridgeName = Bridge?.Value ?? nic.Bridge;
        if (bridgeName is null && wishesVlan)
            throw Errors.On(
                nic.HostName,
                ErrorIds.BridgeNotFound,
                $"NIC {nic.Index} of {nic.DomainName} is on no bridge; name the one to put it on."
            );

        if (bridgeName is not null && (Bridge is not null || wishesVlan))
        {
            // A bridge that the same plan makes is not there yet.
            var bridge = willFilter is null || host.FindInterface(bridgeName) is not null ? FindBridge(nic, bridgeName) : null;
            var vlans =
                AccessVlan is { } access ? PortVlans.Access(access)
                : AllowedVlans is { } allowed ? PortVlans.Trunk(allowed, NativeVlan)
                : null;
            if (vlans is not null && !(willFilter ?? bridge!.Bridge!.VlanFiltering))
            {
                foreach (var change in OnPlainBridge(nic, vif, bridge, bridgeName))
                    yield return change;
            }
            else
            {
                yield return new BridgePortPresent(new InterfaceName(bridgeName), vif);
                if (vlans is not null)
                {
                    yield return new PortVlansAre(vif, vlans);
                    yield return new UplinksPass(new InterfaceName(bridgeName), vlans.Allowed);
                }
            }
        }

        if (Mtu is { } mtu)
            yield return new MtuIs(vif, mtu);
        if (TransmitChecksumOffload is { } on)
            yield return new TransmitChecksumIs(vif, on);
    }

    private IEnumerable<HostChange> OnPlainBridge(XenDomainNic nic, InterfaceName vif, NetworkInterface? bridge, string bridgeName)
    {
        if (AccessVlan is { } vlan)
        {
            if (bridge is null)
                throw Errors.On(
                    nic.HostName,
                    ErrorIds.NotSupported,
                    $"NIC {nic.Index} of {nic.DomainName} cannot have an access VLAN on {bridgeName} of host "
                        + $"{nic.HostName}, which is yet to be made and does not filter VLANs. Let it: "
                        + $"vlanFiltering: true."
                );
            var own = VlanBridge.For(nic.Snapshot, bridge, vlan);
            return [.. own.Changes, new BridgePortPresent(own.Name, vif)];
        }

        if (AllowedVlans!.Equals(VlanSet.All) && NativeVlan is null)
            return [new BridgePortPresent(new InterfaceName(bridgeName), vif)];

        throw Errors.On(
            nic.HostName,
            ErrorIds.NotSupported,
            $"Bridge {bridgeName} of host {nic.HostName} does not filter VLANs, so a NIC on it can carry "
                + $"{new CarryAllVlans()} or, on a bridge of its own, {new CarryOneVlan()}. To allow some, let the bridge filter "
                + $"first: {ShellCommand.Of("ip", "link", "set", bridgeName, "type", "bridge", "vlan_filtering", 1).Text:unquoted}."
        );
    }

    private NetworkInterface FindBridge(XenDomainNic nic, string name)
    {
        var host = nic.Snapshot;
        var real = host.OpenVSwitchBridges.FirstOrDefault(b => b.Ports.Any(p => p.IsFakeBridge && p.Name == name))?.Name;
        if (real is not null || host.OpenVSwitchBridges.Any(b => b.Name == name))
            throw OnOpenVSwitch(nic, name, real ?? name);
        if (host.FindInterface(name) is { Bridge: not null } bridge)
            return bridge;

        var bridges = host.Interfaces.Where(i => i.Bridge is not null).Select(i => i.Name).ToList();
        throw host.Error(ErrorIds.BridgeNotFound, $"Host {host.HostName} has no bridge {name}. It has: " + $"{Message.List(bridges)}.");
    }

    // What xl's vif-openvswitch makes of the text in bridge= (Xen's tools/hotplug/Linux/vif-openvswitch), and what ovs-vsctl takes.
    private OpenVSwitchNicException OnOpenVSwitch(XenDomainNic nic, string named, string bridge)
    {
        var trunks = AllowedVlans is null || AllowedVlans.Equals(VlanSet.All) ? [] : AllowedVlans.Select(v => v.ToString()).ToList();
        var tag = AccessVlan ?? NativeVlan;
        var columns = new List<string>();
        if (tag is { } vlan)
            columns.Add($"tag={vlan}");
        if (trunks.Count > 0)
            columns.Add($"trunks={string.Join(',', trunks)}");
        columns.Add($"vlan_mode={(AccessVlan is not null ? "access" : NativeVlan is not null ? "native-untagged" : "trunk")}");
        List<string> cleared =
        [
            .. tag is null ? ["tag"] : Array.Empty<string>(),
            .. trunks.Count == 0 ? ["trunks"] : Array.Empty<string>(),
        ];
        var wishesVlan = AccessVlan is not null || AllowedVlans is not null;
        var ports = new[] { nic.Vif, nic.Tap }
            .OfType<string>()
            .Select(port =>
            {
                var master = nic.Snapshot.FindInterface(port)?.Master;
                var leave = nic.Snapshot.FindInterface(master)?.Bridge is not null ? $"ip link set {port} nomaster; " : "";
                List<string> commands = wishesVlan && master == bridge ? [] : [$"--if-exists del-port {port}", $"add-port {named} {port}"];
                if (wishesVlan)
                    commands.Add($"set port {port} {string.Join(' ', columns)}");
                if (wishesVlan && cleared.Count > 0)
                    commands.Add($"clear port {port} {string.Join(' ', cleared)}");
                return $"{leave}ovs-vsctl {string.Join(" -- ", commands)}";
            });
        var text = !wishesVlan ? named : $"{bridge}{(tag is { } t ? $".{t}" : "")}{string.Concat(trunks.Select(v => ":" + v))}";

        // vif-openvswitch sets no vlan_mode, and a port with a tag and no mode is an access port (ovs-vswitchd.conf.db(5)).
        return new OpenVSwitchNicException(
            nic,
            $"{named} of host {nic.HostName} is a bridge of Open vSwitch, which XenVlan shows but "
                + $"does not change yet. What would do it while {nic.DomainName} runs: "
                + $"{string.Join("; ", ports):unquoted}.",
            NativeVlan is null ? text : null
        );
    }
}
