using System.Globalization;
using System.Text.RegularExpressions;
using XenVlan.Discovery.Parsing;
using XenVlan.Discovery.Probe;
using XenVlan.Model;

namespace XenVlan.Discovery;

/// <summary>Puts the network interfaces together from all sources that told of them.</summary>
internal sealed partial class InterfaceReader
{
    private const int Up = 0x1;
    private const int Promiscuous = 0x100;
    private const int AllMulticast = 0x200;
    private const int NeverRouter = 0;
    private const int AlwaysRouter = 2;

    // With the Ethernet header, as the kernel counts it: 14 bytes, IPv6's 40, 8 of options, and 28 of MLDv2 (RFC 3810, 5.1).
    private const int LargestMldQuestion = 14 + 40 + 8 + 28;
    private const int LoopbackHardware = 772;
    private const int TapFlag = 0x2;
    private const double TicksPerSecond = 100;
    private const string NoVlanConfig = "the 'ip' program (iproute2) does not tell, and /proc/net/vlan/config is for root";

    private readonly KernelVersion _kernel;
    private readonly SnapshotOutput _output;
    private readonly GapList _omissions;
    private readonly IReadOnlyList<SysfsInterface> _all;
    private readonly Dictionary<int, string> _names;

    // The VLAN interfaces of /proc/net/vlan, a file each. Everybody may list them, only root may read them.
    private readonly HashSet<string> _vlanNames;
    private readonly Dictionary<string, ProcVlanEntry> _vlanConfig;
    private readonly Dictionary<int, IpVlanEntry> _vlanLinks;
    private readonly LinkDetails _details;

    // Looked for once, of however many interfaces: the ports of bridges, what ports that are VLAN interfaces are on, and the
    // numbers of interfaces with an address that somebody else may have.
    private ILookup<string?, SysfsInterface>? _ports;
    private HashSet<int>? _belowPorts;
    private HashSet<string>? _tentative;
    private readonly Dictionary<string, BondDetails> _bonds;

    /// <summary>Makes a reader.</summary>
    /// <param name="kernel">The host's kernel.</param>
    /// <param name="output">What the probe printed.</param>
    /// <param name="omissions">Takes what could not be seen.</param>
    public InterfaceReader(KernelVersion kernel, SnapshotOutput output, GapList omissions)
    {
        _kernel = kernel;
        _output = output;
        _omissions = omissions;
        _all = SysfsParser.Parse(output["files"].Lines);
        _names = _all.GroupBy(i => i.Integer("ifindex")!.Value).ToDictionary(g => g.Key, g => g.First().Name);
        _vlanNames = output["vlan-names"].Lines.Select(l => l[(l.LastIndexOf('/') + 1)..]).ToHashSet(StringComparer.Ordinal);
        _vlanNames.Remove("config");
        _vlanConfig = omissions.Read(
            "VLANs",
            "/proc/net/vlan/config",
            [],
            () =>
                ProcVlanParser
                    .Parse(FileLines.Of("/proc/net/vlan/config", output["files"].Lines))
                    .GroupBy(v => v.Name, StringComparer.Ordinal)
                    .ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal)
        );
        _vlanLinks = omissions.Read("VLANs", "ip link", [], () => IpLinkParser.Parse(output["vlan-links"].Lines));
        _details = omissions.Read(
            "details of interfaces",
            "ip link",
            new LinkDetails([]),
            () => new LinkDetails(output["vlan-links"].Lines)
        );
        _bonds = omissions.Read("bonds", "/proc/net/bonding", [], () => BondParser.Parse(output["files"].Lines));
    }

    /// <summary>Whether all bridges hand packets to iptables; null where the kernel cannot (<c>br_netfilter</c> is not loaded).</summary>
    public bool? BridgesCallIptables { get; init; }

    /// <summary>The Open vSwitch bridges.</summary>
    public IReadOnlyList<OpenVSwitchBridge> OpenVSwitchBridges { get; init; } = [];

    /// <summary>The interfaces Open vSwitch made itself.</summary>
    public IReadOnlySet<string> OpenVSwitchInternals { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>The domains' NICs.</summary>
    public IReadOnlyList<VifRecord> Vifs { get; init; } = [];

    /// <summary>Puts the interfaces together.</summary>
    /// <returns>The interfaces in the order of their numbers.</returns>
    public IReadOnlyList<NetworkInterface> Read()
    {
        if (_all.Count == 0)
            _omissions.Add(GapList.Interfaces, "/sys/class/net cannot be read");

        var identities = Identities();
        var masters = Masters();
        var filtering = _all.Where(i => i.Flag("bridge/vlan_filtering") is true).Select(i => i.Name).ToHashSet(StringComparer.Ordinal);
        var portVlans = PortVlansByName(filtering, out var stopped);
        var addresses = Addresses();
        var members = MulticastMembers(out var routers);
        var offloads = Offloads();

        var interfaces = new List<NetworkInterface>(_all.Count);
        foreach (var entry in _all)
        {
            var identity = identities.GetValueOrDefault(entry.Name);
            var kind = Kind(entry, identity);
            var master = masters.GetValueOrDefault(entry.Name);
            var isOnBridge = entry.Has("bridge/vlan_filtering") || entry.Has("brport/state");
            interfaces.Add(
                new NetworkInterface
                {
                    Name = entry.Name,
                    Index = entry.Integer("ifindex")!.Value,
                    Kind = kind,
                    Mac = kind is not InterfaceKind.Loopback && MacAddress.TryParse(entry["address"], out var mac) ? mac : null,
                    Mtu = entry.Integer("mtu") ?? 0,
                    IsUp = ((entry.Integer("flags") ?? 0) & Up) != 0,
                    HasCarrier = entry.Flag("carrier") ?? false,
                    IsPromiscuous = ((entry.Integer("flags") ?? 0) & Promiscuous) != 0,
                    IsAllMulticast = ((entry.Integer("flags") ?? 0) & AllMulticast) != 0,
                    Master = master,
                    Addresses = addresses.GetValueOrDefault(entry.Integer("ifindex")!.Value) ?? [],
                    Bridge = kind is InterfaceKind.Bridge ? Bridge(entry, Snooping(entry, masters, members, routers, addresses)) : null,
                    Port = entry.Has("brport/state") ? Port(entry, stopped.GetValueOrDefault(entry.Name)) : null,
                    PortVlans = isOnBridge && portVlans is not null ? portVlans.GetValueOrDefault(entry.Name) ?? PortVlans.Empty : null,
                    Vlan = kind is InterfaceKind.Vlan ? Vlan(entry) : null,
                    Bond = kind is InterfaceKind.Bond ? Bond(entry) : null,
                    Slave = Slave(entry),
                    Vif = identity,
                    Offloads = offloads.GetValueOrDefault(entry.Name),
                    Counters = Counters(entry),
                }
            );
        }

        // No kernel has them, and whoever follows them would not come to an end.
        var endless = VlanNesting.Endless(interfaces).Select(i => i.Name).ToHashSet(StringComparer.Ordinal);
        if (endless.Count > 0)
            interfaces = [.. interfaces.Select(i => endless.Contains(i.Name) ? i with { Vlan = i.Vlan! with { Parent = Unseen(0) } } : i)];
        ReportVlans(interfaces);
        return interfaces;
    }

    private BridgePortDetails Port(SysfsInterface entry, VlanSet? stopped) =>
        new()
        {
            Number = entry.Integer("brport/port_no") ?? 0,
            State = entry.Integer("brport/state") is { } state and >= 0 and <= (int)BridgePortState.Blocking
                ? (BridgePortState)state
                : BridgePortState.Disabled,
            Hairpin = entry.Flag("brport/hairpin_mode") ?? false,
            Isolated = entry.Flag("brport/isolated") ?? false,
            Learning = entry.Flag("brport/learning") ?? true,
            UnicastFlood = entry.Flag("brport/unicast_flood") ?? true,
            BroadcastFlood = entry.Flag("brport/broadcast_flood") ?? true,
            MulticastFlood = entry.Flag("brport/multicast_flood") ?? true,
            Locked = _details.IsOn(entry.Integer("ifindex")!.Value, "locked"),
            NeighborSuppression =
                (entry.Flag("brport/neigh_suppress") ?? false) || _details.IsOn(entry.Integer("ifindex")!.Value, "neigh_vlan_suppress"),
            ProxyArp = entry.Flag("brport/proxyarp") ?? false,
            VlanTunnel = _details.IsOn(entry.Integer("ifindex")!.Value, "vlan_tunnel"),
            MulticastToUnicast = entry.Flag("brport/multicast_to_unicast") ?? false,
            MulticastRouter = entry.Integer("brport/multicast_router"),
            StoppedVlans = stopped,
        };

    // Since Linux 3.14 (drivers/net/bonding/bond_sysfs_slave.c).
    private static BondSlaveDetails? Slave(SysfsInterface entry) =>
        entry["bonding_slave/state"] is { } state
            ? new BondSlaveDetails(
                state is "active",
                entry["bonding_slave/mii_status"] is not "down",
                entry.Integer("bonding_slave/ad_aggregator_id")
            )
            : null;

    private static InterfaceCounters? Counters(SysfsInterface entry) =>
        entry.Number("statistics/rx_packets") is { } received && entry.Number("statistics/tx_packets") is { } sent
            ? new InterfaceCounters(received, sent, entry.Number("statistics/rx_dropped") ?? 0, entry.Number("statistics/tx_dropped") ?? 0)
            : null;

    [GeneratedRegex(
        @"^backend/vif/(?<domain>[0-9]{1,9})/(?<index>[0-9]{1,9})$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex BackendNode();

    [GeneratedRegex(
        @"^(vif|tap)(?<domain>[0-9]{1,9})\.(?<index>[0-9]{1,9})(-emu)?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex BackendName();

    private static VifIdentity? Identity(Match match) =>
        match.Success
            ? new VifIdentity(
                int.Parse(match.Groups["domain"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture),
                int.Parse(match.Groups["index"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)
            )
            : null;

    private InterfaceKind Kind(SysfsInterface entry, VifIdentity? identity)
    {
        var devtype = entry["DEVTYPE"];
        var isTap = entry.Integer("tun_flags") is { } flags && (flags & TapFlag) != 0;
        if (entry.Integer("type") == LoopbackHardware)
            return InterfaceKind.Loopback;
        if (devtype == "bridge" || entry.Has("bridge/stp_state") || entry.Has("bridge/forward_delay"))
            return InterfaceKind.Bridge;
        if (devtype == "vlan" || _vlanNames.Contains(entry.Name) || _vlanLinks.ContainsKey(entry.Integer("ifindex")!.Value))
            return InterfaceKind.Vlan;
        if (devtype == "bond" || entry.Has("bonding/mode") || _bonds.ContainsKey(entry.Name))
            return InterfaceKind.Bond;
        if (OpenVSwitchInternals.Contains(entry.Name) || entry.Name == "ovs-system")
            return InterfaceKind.OpenVSwitch;
        if (isTap)
            return InterfaceKind.Tap;
        if (identity is not null)
            return entry.Name.StartsWith("tap", StringComparison.Ordinal) || entry.Name.EndsWith("-emu", StringComparison.Ordinal)
                ? InterfaceKind.Tap
                : InterfaceKind.Vif;
        return entry.Has("device") ? InterfaceKind.Physical : InterfaceKind.Other;
    }

    // A vif is known by the xenbus node it hangs on, whatever it is called (vifname); where there is none to see, by its
    // name. The tap of an HVM domain has no node.
    private Dictionary<string, VifIdentity> Identities()
    {
        var found = new Dictionary<string, VifIdentity>(StringComparer.Ordinal);
        foreach (var entry in _all)
        {
            var node = entry["device/nodename"];
            var identity =
                node is null && !entry.Has("device")
                    ? Identity(BackendName().Match(entry.Name))
                    : Identity(BackendNode().Match(node ?? ""));
            if (identity is not null)
                found[entry.Name] = identity;
        }

        var named = Vifs.Where(v => v.VifName is not null)
            .ToLookup(v => v.VifName!, v => new VifIdentity(v.DomainId, v.Index), StringComparer.Ordinal);
        foreach (
            var entry in _all.Where(e =>
                e.Has("tun_flags") && e.Name.EndsWith("-emu", StringComparison.Ordinal) && !found.ContainsKey(e.Name)
            )
        )
        {
            var vif = entry.Name[..^"-emu".Length];
            if ((found.GetValueOrDefault(vif) ?? named[vif].FirstOrDefault()) is { } identity)
                found[entry.Name] = identity;
        }

        return found;
    }

    private Dictionary<string, string> Masters()
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var bridge in OpenVSwitchBridges)
        {
            foreach (var member in bridge.Ports.SelectMany(p => p.Interfaces).Where(m => m != bridge.Name))
                found[member] = bridge.Name;
        }

        foreach (var entry in _all)
        {
            var index = entry.Integer("master/ifindex") ?? entry.Integer("brport/bridge/ifindex");
            if (index is { } number && _names.TryGetValue(number, out var master))
                _ = found.TryAdd(entry.Name, master);
        }

        // Kernels before 3.9 have no "master" link.
        foreach (var entry in _all)
        {
            foreach (var slave in Bond(entry)?.Slaves ?? [])
                _ = found.TryAdd(slave, entry.Name);
        }

        return found;
    }

    private BridgeDetails Bridge(SysfsInterface entry, MulticastSnooping snooping) =>
        new()
        {
            MultipleSpanningTrees = _details.IsOn(entry.Integer("ifindex")!.Value, "mst_enabled"),
            Snooping = snooping,
            VlanFiltering = entry.Flag("bridge/vlan_filtering") ?? false,
            DefaultPvid = entry.Integer("bridge/default_pvid") is { } pvid and >= VlanId.Minimum and <= VlanId.Maximum
                ? new VlanId(pvid)
                : null,
            VlanProtocol = entry.Integer("bridge/vlan_protocol") is 0x88a8 ? VlanProtocol.Dot1AD : VlanProtocol.Dot1Q,
            SpanningTree = entry.Flag("bridge/stp_state") ?? false,

            // In USER_HZ, which is 100 on every architecture Xen runs on.
            ForwardDelay = (entry.Integer("bridge/forward_delay") ?? 0) / TicksPerSecond,

            // Either switch is enough (br_nf_pre_routing in the kernel's net/bridge/br_netfilter_hooks.c).
            CallsIptables = BridgesCallIptables is { } all && (all || entry.Flag("bridge/nf_call_iptables") is true),
        };

    private BondDetails? Bond(SysfsInterface entry)
    {
        // Such as "active-backup 1".
        if (entry["bonding/mode"] is not { } mode)
            return _bonds.GetValueOrDefault(entry.Name);
        var slaves = (entry["bonding/slaves"] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var active = entry["bonding/active_slave"];
        var word = mode.Split(' ', 2)[0];
        return new BondDetails(word, string.IsNullOrEmpty(active) ? null : active, slaves)
        {
            LacpPartner =
                word == BondDetails.Lacp && MacAddress.TryParse(entry["bonding/ad_partner_mac"], out var partner) ? partner : null,
        };
    }

    // A kernel without the file cannot snoop (CONFIG_BRIDGE_IGMP_SNOOPING, since Linux 2.6.34).
    private MulticastSnooping Snooping(
        SysfsInterface entry,
        Dictionary<string, string> masters,
        Dictionary<string, List<MulticastMember>>? members,
        Dictionary<string, List<string>> routers,
        Dictionary<int, List<InterfaceAddress>> addresses
    )
    {
        if (entry.Flag("bridge/multicast_snooping") is not true)
            return MulticastSnooping.Off;
        var index = entry.Integer("ifindex")!.Value;
        var router = entry.Integer("bridge/multicast_router");

        // A bridge that is itself no router does not tell which of its ports are (br_rports_fill_info in net/bridge/br_mdb.c).
        var routerPorts = members is null || router is NeverRouter ? null : routers.GetValueOrDefault(entry.Name) ?? [];

        // By a VLAN interface on the bridge that is a port of another, the host sends it what queriers there ask. What they ask in
        // one VLAN counts for all, and the host for a router (br_multicast_mark_router): nothing shows either.
        _belowPorts ??=
        [
            .. _all.Where(i => masters.ContainsKey(i.Name) && Kind(i, null) is InterfaceKind.Vlan)
                .Select(i => i.Integer("iflink"))
                .OfType<int>(),
        ];
        var mayAskItself = _belowPorts.Contains(index);
        return new MulticastSnooping
        {
            IsOn = true,
            IsPerVlan = _details.IsOn(index, "mcast_vlan_snooping"),
            HasMldQuerier = HasMldQuerier(entry, masters, routerPorts, addresses.GetValueOrDefault(index) ?? [], mayAskItself),
            IsRouter =
                router is AlwaysRouter ? true
                : router is not NeverRouter && mayAskItself ? null
                : false,
            RouterPorts = routerPorts,
            Members = members is null ? null : members.GetValueOrDefault(entry.Name) ?? [],
        };
    }

    // A bridge that asks itself does so for IPv6 only with an address of its own; but it finds out that it has none only when it
    // makes a question, which it does not where that is larger than its MTU (br_ip6_multicast_alloc_query). Another querier makes
    // the port it is heard by a router port (br_multicast_mark_router), where that is not set otherwise; of which protocol it is,
    // is told by an iproute2 of 2025 or later only.
    private bool? HasMldQuerier(
        SysfsInterface entry,
        Dictionary<string, string> masters,
        List<string>? routerPorts,
        List<InterfaceAddress> own,
        bool mayAskItself
    )
    {
        var index = entry.Integer("ifindex")!.Value;
        if (_details[index, "mcast_querier_ipv6_addr"] is not null)
            return true;
        if (entry.Flag("bridge/multicast_querier") is true)
        {
            if (own.Exists(a => a.Address.AddressFamily is System.Net.Sockets.AddressFamily.InterNetworkV6))
                return IsAnyTentative(index) ? null : true;
            if (entry.Integer("mtu") < LargestMldQuestion)
                return null;
        }

        const int asHeard = 1;
        _ports ??= _all.Where(p => p.Has("brport/state")).ToLookup(p => masters.GetValueOrDefault(p.Name), StringComparer.Ordinal);
        return !mayAskItself && routerPorts is { Count: 0 } && _ports[entry.Name].All(p => p.Integer("brport/multicast_router") is asHeard)
            ? false
            : null;
    }

    // The kernel asks from no address that somebody else may have, or has (ipv6_dev_get_saddr).
    private bool IsAnyTentative(int index)
    {
        _tentative ??=
        [
            .. _output["addresses"].Lines.Where(l => l.Contains(" tentative", StringComparison.Ordinal)).Select(l => l.Split(": ", 2)[0]),
        ];
        return _tentative.Contains(index.ToString(CultureInfo.InvariantCulture));
    }

    private Dictionary<string, List<MulticastMember>>? MulticastMembers(out Dictionary<string, List<string>> routers)
    {
        var section = _output["multicast"];
        var members = MulticastParser.Parse(section.Lines, out routers);
        if (section.Succeeded)
            return members;
        if (_all.Any(i => i.Flag("bridge/multicast_snooping") is true))
            _omissions.Add(
                "who listens to multicasts on bridges that snoop, which IPv6 hangs on",
                _omissions.Reason("bridge", "iproute2", section)
            );
        return null;
    }

    private VlanDetails Vlan(SysfsInterface entry)
    {
        var config = _vlanConfig.GetValueOrDefault(entry.Name);
        var link = _vlanLinks.GetValueOrDefault(entry.Integer("ifindex")!.Value);
        var parent = Parent(entry.Integer("ifindex")!.Value, entry.Integer("iflink"), config?.Parent);
        return new VlanDetails(parent, config?.Id ?? link?.Id, link?.Protocol ?? VlanProtocol.Dot1Q);
    }

    // A parent in another network namespace has its number and its name there, and either may be that of something here.
    private string Parent(int own, int? number, string? name)
    {
        if (number is null)
            return name ?? Unseen(0);
        var here = _names.GetValueOrDefault(number.Value);
        if (here is not null && number != own && (name is null || here == name))
            return here;
        return name is not null && !_names.ContainsValue(name) ? name : Unseen(number.Value);
    }

    // As iproute2 shows an interface that it does not know.
    private static string Unseen(int number) => string.Create(CultureInfo.InvariantCulture, $"if{number}");

    private void ReportVlans(List<NetworkInterface> interfaces)
    {
        var vlans = interfaces.Where(i => i.Kind is InterfaceKind.Vlan).ToList();
        var withoutId = vlans.Where(i => i.Vlan!.Id is null).ToList();
        if (withoutId.Count > 0)
            _omissions.Add($"VLANs of {Listed(withoutId)}", NoVlanConfig + "; install iproute2, or log in as root");

        // Linux has one tag only before 3.10.
        var withoutProtocol = vlans.Where(i => _vlanLinks.GetValueOrDefault(i.Index)?.Protocol is null).ToList();
        if (withoutProtocol.Count > 0 && _kernel.IsAtLeast(3, 10))
            _omissions.Add(
                $"whether the tags of {Listed(withoutProtocol)} are 802.1Q or 802.1ad",
                "only 'ip -d link' (iproute2) of 3.10 or later tells; 802.1Q is taken for granted"
            );
    }

    private static string Listed(List<NetworkInterface> interfaces)
    {
        const int shown = 5;
        var names = string.Join(", ", interfaces.Take(shown).Select(i => DisplayText.Clean(i.Name)));
        return interfaces.Count > shown
            ? string.Create(CultureInfo.InvariantCulture, $"{names} and {interfaces.Count - shown} more")
            : names;
    }

    private Dictionary<string, PortVlans>? PortVlansByName(HashSet<string> filtering, out Dictionary<string, VlanSet> stopped)
    {
        var section = _output["port-vlans"];
        var (found, stoppedPorts) = _omissions.Read<(Dictionary<string, PortVlans>?, Dictionary<string, VlanSet>)>(
            "VLANs of the ports of bridges",
            "bridge vlan",
            (null, []),
            () => (BridgeVlanParser.Parse(section.Lines, out var states), states)
        );
        stopped = stoppedPorts;
        if (section.Succeeded)
            return found;
        if (filtering.Count == 0)
            return null;

        var bridges = string.Join(", ", filtering.Select(b => DisplayText.Clean(b)));
        _omissions.Add($"VLANs of the ports of {bridges}", _omissions.Reason("bridge", "iproute2", section));
        return null;
    }

    private Dictionary<int, List<InterfaceAddress>> Addresses() =>
        _output["addresses"].Succeeded
            ? _omissions.Read(GapList.Addresses, "ip addr", [], () => IpAddressParser.Parse(_output["addresses"].Lines))
            : _omissions.Read(GapList.Addresses, _output["ifconfig"].Succeeded ? "ifconfig" : "/proc/net", [], AddressesWithoutIp);

    private Dictionary<int, List<InterfaceAddress>> AddressesWithoutIp()
    {
        var files = _output["routes"].Lines;
        var found = ProcInet6Parser.Parse(FileLines.Of("/proc/net/if_inet6", files));
        var ifconfig = _output["ifconfig"];
        if (ifconfig.Succeeded)
        {
            AddByName(found, IfconfigParser.Parse(ifconfig.Lines));
            return found;
        }

        AddByName(found, FibTrieParser.Parse(FileLines.Of("/proc/net/fib_trie", files), FileLines.Of("/proc/net/route", files)));
        _omissions.Add(
            GapList.SomeAddresses,
            "neither the 'ip' (iproute2) nor the 'ifconfig' program tells them, so they were worked out from the routes of interfaces "
                + "that are up"
        );
        return found;
    }

    private void AddByName(Dictionary<int, List<InterfaceAddress>> found, Dictionary<string, List<InterfaceAddress>> named)
    {
        var byName = _names.ToLookup(n => n.Value, n => n.Key, StringComparer.Ordinal);
        var byStart = _names
            .Where(n => n.Value.Length > IfconfigParser.ShortName)
            .ToLookup(n => n.Value[..IfconfigParser.ShortName], n => n.Key, StringComparer.Ordinal);
        foreach (var (name, addresses) in named)
        {
            var candidates = (byName.Contains(name) ? byName[name] : byStart[name]).ToList();
            if (candidates.Count != 1)
                continue;

            // IPv4 comes first, as 'ip' prints it.
            if (!found.TryGetValue(candidates[0], out var list))
                found.Add(candidates[0], list = []);
            list.InsertRange(0, addresses);
        }
    }

    private Dictionary<string, Offloads> Offloads()
    {
        var section = _output["offloads"];
        if (!section.Succeeded)
        {
            _omissions.Add("offloads", _omissions.Reason("ethtool", "ethtool", section));
            return [];
        }

        var (found, unread) = _omissions.Read<(Dictionary<string, Offloads>, int)>(
            "offloads",
            "ethtool",
            ([], 0),
            () => (OffloadsParser.Parse(section.Lines, out var missing), missing)
        );
        if (unread > 0)
            _omissions.Add(
                string.Create(CultureInfo.InvariantCulture, $"offloads of {unread} interfaces"),
                "this ethtool takes a process for each interface, so no more than 512 were asked; ethtool 5.6 or later reads all at once"
            );
        return found;
    }
}
