using System.Globalization;
using XenVlan.Changes.Persistence.Files;
using XenVlan.Model;

namespace XenVlan.Tests;

/// <summary>
/// Hosts for tests, said as one would draw them:
/// <c>Network.Host().Bridge("xenbr0").Filtering().Port("eth1", trunk: "10,20").Vif(5, access: 10).Vlan("xenbr0", 10)</c>.
/// </summary>
internal static class Network
{
    /// <summary>A domain 0 with Linux 6.1, iproute2, ethtool and arping, and no interface yet.</summary>
    /// <param name="name">Its name.</param>
    public static NetworkHost Host(string name = "a") =>
        new(
            new HostSnapshot
            {
                HostName = name,
                NodeName = name,
                TakenAt = default,
                Kernel = KernelVersion.Parse("6.1.0"),
                XenVersion = "4.17.7",
                IsRoot = true,
                IsDomain0 = true,
                Toolstack = Toolstack.XL,
                Programs = ["arping", "bridge", "ethtool", "ip"],
                Domains = [new XenDomain(0, "Domain-0")],
            }
        );
}

/// <summary>
/// A host in the making; every word gives a new one, so that one host can be the beginning of many. <c>Bridge</c> begins a
/// bridge that the ports after it are on; what has no interface in its name is about the interface named last.
/// </summary>
/// <param name="Snapshot">The host so far.</param>
internal sealed record NetworkHost(HostSnapshot Snapshot)
{
    private const int Mtu = 1500;

    private string? _bridge;
    private string? _last;

    /// <summary>Its configuration files.</summary>
    public HostConfiguration Configuration { get; private init; } = new();

    public static implicit operator HostSnapshot(NetworkHost host) => host.Snapshot;

    public NetworkHost Kernel(string version) => Having(s => s with { Kernel = KernelVersion.Parse(version) });

    public NetworkHost Tools(params string[] programs) => Having(s => s with { Programs = programs });

    public NetworkHost Xen(string? version, Toolstack toolstack = Toolstack.XL) =>
        Having(s => s with { XenVersion = version, Toolstack = toolstack });

    public NetworkHost Managed(params NetworkManager[] managers) => Having(s => s with { NetworkManagers = managers });

    /// <summary>A network card.</summary>
    public NetworkHost Nic(string name) => Add(new() { Name = name, Kind = InterfaceKind.Physical });

    /// <summary>A bond of cards that are there.</summary>
    public NetworkHost Bond(string name, params string[] slaves) =>
        slaves.Aggregate(
            Add(
                new()
                {
                    Name = name,
                    Kind = InterfaceKind.Bond,
                    Bond = new BondDetails("active-backup", slaves[0], slaves),
                }
            ),
            (host, slave) => host.Changing(slave, i => i with { Master = name, Slave = new BondSlaveDetails(true, true, null) })
        );

    /// <summary>A bridge of the kernel that passes all frames; what comes next is on it.</summary>
    public NetworkHost Bridge(string name) =>
        Add(
            new()
            {
                Name = name,
                Kind = InterfaceKind.Bridge,
                Bridge = new BridgeDetails { DefaultPvid = new VlanId(1), Snooping = MulticastSnooping.Off },
                PortVlans = PortVlans.Access(new VlanId(1)),
            }
        ) with
        {
            _bridge = name,
        };

    /// <summary>Lets the bridge filter VLANs.</summary>
    public NetworkHost Filtering() => Changing(_bridge!, i => i with { Bridge = i.Bridge! with { VlanFiltering = true } });

    /// <summary>A port of the bridge: an interface that is there, or a network card. It has the bridge's VLAN 1 unless others are
    /// said.</summary>
    public NetworkHost Port(string name, int? access = null, string? trunk = null, int? native = null) =>
        (Snapshot.FindInterface(name) is null ? Nic(name) : this with { _last = name }).OnBridge(Vlans(access, trunk, native));

    /// <summary>The vif of a domain's NIC, on the bridge.</summary>
    public NetworkHost Vif(int domain, int index = 0, int? access = null, string? trunk = null, int? native = null, string script = "") =>
        Domain(domain)
            .Add(
                new()
                {
                    Name = string.Create(CultureInfo.InvariantCulture, $"vif{domain}.{index}"),
                    Kind = InterfaceKind.Vif,
                    Mac = MacAddress.Parse("fe:ff:ff:ff:ff:ff"),
                    Vif = new VifIdentity(domain, index),
                    Offloads = new Offloads(true, null, null, null),
                }
            )
            .OnBridge(Vlans(access, trunk, native))
            .Told(domain, index, script.Length == 0 ? null : script);

    /// <summary>The tap device of an HVM domain's NIC, on the bridge.</summary>
    public NetworkHost Tap(int domain, int index = 0, int? access = null) =>
        Domain(domain)
            .Add(
                new()
                {
                    Name = string.Create(CultureInfo.InvariantCulture, $"vif{domain}.{index}-emu"),
                    Kind = InterfaceKind.Tap,
                    Vif = new VifIdentity(domain, index),
                    Offloads = new Offloads(true, null, null, null),
                }
            )
            .OnBridge(Vlans(access, null, null));

    /// <summary>What Xen was told of a domain's NIC; its vif says so too.</summary>
    public NetworkHost Told(int domain, int index, string? script = null) =>
        Domain(domain)
            .Having(s =>
                s with
                {
                    Vifs =
                    [
                        .. s.Vifs,
                        new VifRecord
                        {
                            DomainId = domain,
                            Index = index,
                            Mac = MacAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"00:16:3e:00:0{domain}:0{index}")),
                            Bridge = _bridge,
                            Script = script,
                            Mtu = Mtu,
                            State = 4,
                        },
                    ],
                }
            );

    /// <summary>The name of a domain; "web" until another is said, none where it could not be seen.</summary>
    public NetworkHost Named(int domain, string? name) =>
        Having(s =>
            s with
            {
                Domains = [.. s.Domains.Where(d => d.Id != domain), .. name is null ? [] : new[] { new XenDomain(domain, name) }],
            }
        );

    /// <summary>A VLAN interface on an interface that is there.</summary>
    public NetworkHost Vlan(string parent, int id, string? name = null, VlanProtocol protocol = VlanProtocol.Dot1Q) =>
        Add(
            new()
            {
                Name = name ?? string.Create(CultureInfo.InvariantCulture, $"{parent}.{id}"),
                Kind = InterfaceKind.Vlan,
                Mac = Snapshot.FindInterface(parent)?.Mac,
                Mtu = Snapshot.FindInterface(parent)?.Mtu ?? 0,
                Vlan = new VlanDetails(parent, new VlanId(id), protocol),
            }
        );

    /// <summary>A bridge of Open vSwitch with ports that are there, or network cards.</summary>
    public NetworkHost OpenVSwitch(string name, params string[] ports) =>
        ports
            .Aggregate(
                Add(new() { Name = name, Kind = InterfaceKind.OpenVSwitch }),
                (host, port) =>
                    (host.Snapshot.FindInterface(port) is null ? host.Nic(port) : host).Changing(
                        port,
                        i => i with { Master = "ovs-system", Port = null, PortVlans = null }
                    )
            )
            .Having(s =>
                s with
                {
                    OpenVSwitchBridges =
                    [
                        .. s.OpenVSwitchBridges,
                        new OpenVSwitchBridge(name, false, [.. ports.Select(p => new OpenVSwitchPort(p, [p], null, VlanSet.None, null))]),
                    ],
                }
            );

    /// <summary>Turns to an interface that is there.</summary>
    public NetworkHost At(string name) => this with { _last = name };

    public NetworkHost Down() => With(i => i with { IsUp = false, HasCarrier = false });

    public NetworkHost WithMtu(int mtu) => With(i => i with { Mtu = mtu });

    public NetworkHost WithMac(string mac) => With(i => i with { Mac = MacAddress.Parse(mac) });

    public NetworkHost With(params string[] addresses) =>
        With(i => i with { Addresses = [.. i.Addresses, .. addresses.Select(InterfaceAddress.Parse)] });

    /// <summary>The VLANs it passes as a port, or as the bridge itself.</summary>
    public NetworkHost Passing(int? access = null, string? trunk = null, int? native = null) =>
        With(i => i with { PortVlans = Vlans(access, trunk, native) });

    /// <summary>Its VLANs could not be seen.</summary>
    public NetworkHost WithoutVlans() => With(i => i with { PortVlans = null });

    public NetworkHost WithChecksum(bool? on) => With(i => i with { Offloads = on is null ? null : new Offloads(on, null, null, null) });

    public NetworkHost With(Func<NetworkInterface, NetworkInterface> change) => Changing(_last!, change);

    /// <summary>A configuration file.</summary>
    public NetworkHost File(string path, string text) =>
        this with
        {
            Configuration = Configuration with { Files = [.. Configuration.Files.Where(f => f.Path != path), new HostFile(path, text)] },
        };

    /// <summary>A symbolic link among its configuration files.</summary>
    public NetworkHost Link(string path, string target) =>
        this with
        {
            Configuration = Configuration with { Files = [.. Configuration.Files, new HostFile(path, "", target)] },
        };

    /// <summary>Not that configuration file.</summary>
    public NetworkHost Without(string path) =>
        this with
        {
            Configuration = Configuration with { Files = [.. Configuration.Files.Where(f => f.Path != path)] },
        };

    /// <summary>A configuration file that cannot be read.</summary>
    public NetworkHost Unreadable(string path, string? because = null) =>
        this with
        {
            Configuration = Configuration with
            {
                Unreadable = [.. Configuration.Unreadable, path],
                UnreadableBecause = because is null
                    ? Configuration.UnreadableBecause
                    : new Dictionary<string, string>(Configuration.UnreadableBecause, StringComparer.Ordinal) { [path] = because },
            },
        };

    public NetworkHost Directories(params string[] paths) =>
        this with
        {
            Configuration = Configuration with { Directories = [.. Configuration.Directories, .. paths] },
        };

    /// <summary>A line of a script that speaks of making VLAN interfaces.</summary>
    public NetworkHost ScriptLine(string path, int number, string text) =>
        this with
        {
            Configuration = Configuration with { ScriptLines = [.. Configuration.ScriptLines, new ScriptLine(path, number, text)] },
        };

    public NetworkHost Having(Func<HostSnapshot, HostSnapshot> change) => this with { Snapshot = change(Snapshot) };

    private static PortVlans Vlans(int? access, string? trunk, int? native) =>
        trunk is not null ? PortVlans.Trunk(VlanSet.Parse(trunk), native is { } id ? new VlanId(id) : null)
        : access is { } only ? PortVlans.Access(new VlanId(only))
        : PortVlans.Access(new VlanId(1));

    private NetworkHost Domain(int id) => Snapshot.FindDomain(id) is null ? Named(id, "web") : this;

    private NetworkHost OnBridge(PortVlans vlans) =>
        _bridge is null
            ? this
            : With(i =>
                i with
                {
                    Master = _bridge,
                    Port = new BridgePortDetails { State = BridgePortState.Forwarding },
                    PortVlans = vlans,
                }
            );

    private NetworkHost Add(NetworkInterface link)
    {
        var number = Snapshot.Interfaces.Count + 1;
        var made = link with
        {
            Index = number,
            Mtu = link.Mtu == 0 ? Mtu : link.Mtu,
            Mac = link.Mac ?? MacAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"52:54:00:00:00:{number:x2}")),
            IsUp = true,
            HasCarrier = true,
        };
        return Having(s => s with { Interfaces = [.. s.Interfaces, made] }) with { _last = link.Name };
    }

    private NetworkHost Changing(string name, Func<NetworkInterface, NetworkInterface> change) =>
        Snapshot.FindInterface(name) is null
            ? throw new ArgumentException($"There is no {name} yet.", nameof(name))
            : Having(s => s with { Interfaces = [.. s.Interfaces.Select(i => i.Name == name ? change(i) : i)] });
}
