using FsCheck;
using FsCheck.Fluent;
using XenVlan.Model;
using XenVlan.Paths.Forwarding;

namespace XenVlan.Tests.Paths;

/// <summary>
/// A small network without loops: bridges on a few hosts, domains behind their vifs, and wires between uplinks. Most
/// settings are healthy, so that much is reachable, and any may be wrong.
/// </summary>
/// <param name="Hosts">The hosts, and the domains as hosts of their own.</param>
/// <param name="Wires">The wires. Every uplink is on one; else the model takes unknown ones for granted, which make loops.</param>
internal sealed record GeneratedNetwork(IReadOnlyList<HostSnapshot> Hosts, IReadOnlyList<Wire> Wires)
{
    private static readonly int[] Ids = [10, 20];
    private static readonly WireEnd Elsewhere = new("elsewhere", "eth0");
    private static readonly VlanSet Vlans = VlanSet.Parse("1,10,20");

    private static readonly Gen<int> Mtu = Gen.Frequency((6, Gen.Constant(1500)), (1, Gen.Elements(9000, 1496, 1400)));

    private static readonly Gen<PortVlans?> AnyPortVlans =
        from allowed in Gen.SubListOf(Vlans.ToArray())
        from untagged in Gen.SubListOf(allowed.ToArray())
        from pvid in Gen.Elements<VlanId?>([null, .. allowed.Select(v => (VlanId?)v)])
        select new PortVlans(VlanSet.Of(allowed), VlanSet.Of(untagged), pvid);

    public static Gen<GeneratedNetwork> Any { get; } =
        from counts in Several(_ => Gen.Choose(1, 2), 3)
        let places = counts.SelectMany((bridges, host) => Enumerable.Range(0, bridges).Select(n => (Host: host, Number: n))).ToList()
        from hosts in Gen.CollectToList(Enumerable.Range(0, counts.Count), host => Host(host, counts[host]))
        from parents in Gen.CollectToList(Enumerable.Range(0, places.Count), Parent)
        from wires in Gen.CollectToList(WireEnds(places, [.. parents]), Wire)
        select new GeneratedNetwork([.. hosts.SelectMany(h => h)], [.. wires]);

    /// <summary>The interfaces at which a frame may begin and end: all but ports of bridges.</summary>
    public IReadOnlyList<InterfaceRef> Points =>
        [.. Hosts.SelectMany(h => h.Interfaces.Where(i => i.Port is null).Select(i => new InterfaceRef(h, i)))];

    public PathNetwork Network() => new(Hosts, Wires);

    public GeneratedNetwork With(string host, string link, Func<NetworkInterface, NetworkInterface> change) =>
        this with
        {
            Hosts = [.. Hosts.Select(h => h.HostName == host ? Paths.Network.Change(h, link, change) : h)],
        };

    // A property that fails prints what it failed for.
    public override string ToString() =>
        string.Join(
            '\n',
            [
                .. Hosts.SelectMany(h =>
                    h.Interfaces.Select(i =>
                        $"{h.HostName}/{i.Name} {h.Kernel} {i.Kind} mtu {i.Mtu} up {i.IsUp} master {i.Master} {i.Bridge} {i.PortVlans} "
                        + $"{i.Port} {i.Vlan} {i.Offloads} promiscuous {i.IsPromiscuous}"
                    )
                ),
                .. Wires.Select(w => $"{string.Join(" – ", w.Ends)} {w.Vlans?.ToString() ?? "?"} native {w.Native} mtu {w.Mtu}"),
                "",
            ]
        );

    // The tree of bridges: each hangs by its first uplink on the second uplink of an earlier one, or on nothing.
    private static Gen<int> Parent(int bridge) =>
        bridge == 0 ? Gen.Constant(-1) : Gen.Frequency((1, Gen.Constant(-1)), (9, Gen.Choose(0, bridge - 1)));

    private static IEnumerable<List<WireEnd>> WireEnds(List<(int Host, int Number)> bridges, List<int> parents)
    {
        for (var i = 0; i < bridges.Count; i++)
        {
            var children = bridges.Where((_, child) => parents[child] == i).Select(c => End(c, 0));
            yield return [End(bridges[i], 1), .. children, Elsewhere];
            if (parents[i] < 0)
                yield return [End(bridges[i], 0), Elsewhere];
        }
    }

    private static WireEnd End((int Host, int Number) bridge, int uplink) => new(HostName(bridge.Host), Uplink(bridge.Number, uplink));

    private static string HostName(int host) => ((char)('a' + host)).ToString();

    private static string Uplink(int bridge, int uplink) => $"eth{(bridge * 2) + uplink}";

    private static Gen<Wire> Wire(List<WireEnd> ends) =>
        from vlans in Mostly<VlanSet?>(VlanSet.All, VlanSet.Parse("10"), null)
        from native in Mostly<VlanId?>(null, new VlanId(10))
        from mtu in Mostly<int?>(null, 1500, 1450)
        select new Wire(ends, vlans, native, mtu);

    private static Gen<IEnumerable<HostSnapshot>> Host(int host, int bridges) =>
        from parts in Gen.CollectToList(Enumerable.Range(0, bridges), number => Bridge(host, number))
        from kernel in Mostly("6.1.0", "2.6.32")
        let links = parts.SelectMany(p => p.Links).ToList()
        select parts
            .SelectMany(p => p.Guests)
            .Prepend(
                new HostSnapshot
                {
                    HostName = HostName(host),
                    NodeName = HostName(host),
                    TakenAt = default,
                    Kernel = KernelVersion.Parse(kernel),
                    IsDomain0 = true,
                    Vifs =
                    [
                        .. links
                            .Where(i => i.Vif is not null)
                            .Select(i => new VifRecord
                            {
                                DomainId = i.Vif!.DomainId,
                                Index = i.Vif.Index,
                                Mac = i.Mac,
                            }),
                    ],
                    Interfaces = links,
                }
            );

    private static Gen<(IEnumerable<NetworkInterface> Links, IEnumerable<HostSnapshot> Guests)> Bridge(int host, int number) =>
        from filters in Gen.Elements(true, false)
        from protocol in Mostly(VlanProtocol.Dot1Q, VlanProtocol.Dot1AD)
        from link in Link($"xenbr{number}", InterfaceKind.Bridge)
        from own in Mostly<PortVlans?>(PortVlans.Trunk(Vlans, new VlanId(1)), PortVlans.Access(new VlanId(10)), null)
        from promiscuous in Mostly(false, true)
        let bridge = link with
        {
            Bridge = new()
            {
                VlanFiltering = filters,
                VlanProtocol = protocol,
                Snooping = MulticastSnooping.Off,
            },
            PortVlans = own,
            IsPromiscuous = promiscuous,
        }
        from vlans in VlanInterfaces(bridge.Name)
        from uplinks in Gen.CollectToList(Enumerable.Range(0, 2), n => UplinkOf(bridge.Name, Uplink(number, n)))
        from domains in Several(n => Domain(bridge.Name, host, (number * 2) + n + 1), 2, minimum: 0)
        select (
            uplinks.SelectMany(u => u).Concat(domains.SelectMany(d => d.Backend)).Append(bridge).Concat(vlans),
            domains.Select(d => d.Guest)
        );

    // A network card, or a VLAN of one; rarely a card with a VLAN interface that takes frames from the bridge.
    private static Gen<IEnumerable<NetworkInterface>> UplinkOf(string bridge, string name) =>
        from card in Link(name, InterfaceKind.Physical)
        from vlan in VlanInterface(name, 10)
        from port in Port(card, bridge, PortVlans.Trunk(Vlans, new VlanId(1)))
        from vlanPort in Port(vlan, bridge, PortVlans.Access(new VlanId(10)))
        from kind in Mostly(0, 1, 2)
        select kind switch
        {
            0 => Enumerable.Repeat(port, 1),
            1 => [card, vlanPort],
            _ => [port, vlan],
        };

    private static Gen<(IEnumerable<NetworkInterface> Backend, HostSnapshot Guest)> Domain(string bridge, int host, int id) =>
        from link in Link($"vif{id}.0", InterfaceKind.Vif)
        from healthy in Gen.Elements(PortVlans.Access(new VlanId(10)), PortVlans.Trunk(Vlans, new VlanId(1)))
        from port in Port(link, bridge, healthy)
        from onVif in VlanInterface(link.Name, 20)
        from hasOnVif in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
        from card in Link("eth0", InterfaceKind.Physical)
        from vlans in VlanInterfaces(card.Name)
        let mac = MacAddress.Parse($"00:16:3e:00:0{host}:0{id}")
        let vif = port with
        {
            Vif = new(id, 0),
            Mac = mac,
        }
        let guest = new HostSnapshot
        {
            HostName = $"{HostName(host)}-guest{id}",
            NodeName = "guest",
            TakenAt = default,
            Kernel = KernelVersion.Parse("6.1.0"),
            Interfaces = [card with { Mac = mac }, .. vlans],
        }
        select (hasOnVif ? [vif, onVif] : (IEnumerable<NetworkInterface>)[vif], guest);

    private static Gen<NetworkInterface> Port(NetworkInterface link, string bridge, PortVlans healthy) =>
        from vlans in Gen.Frequency((48, Gen.Constant<PortVlans?>(healthy)), (1, AnyPortVlans), (1, Gen.Constant<PortVlans?>(null)))
        from state in Mostly(BridgePortState.Forwarding, BridgePortState.Blocking)
        from isolated in Mostly(false, true)
        from learning in Mostly(true, false)
        from unicast in Mostly(true, false)
        from broadcast in Mostly(true, false)
        select link with
        {
            Master = bridge,
            PortVlans = vlans,
            Port = new()
            {
                State = state,
                Isolated = isolated,
                Learning = learning,
                UnicastFlood = unicast,
                BroadcastFlood = broadcast,
            },
        };

    private static Gen<IEnumerable<NetworkInterface>> VlanInterfaces(string parent) =>
        from ids in Gen.SubListOf(Ids)
        from links in Gen.CollectToList(ids, id => VlanInterface(parent, id))
        from inner in VlanInterface($"{parent}.10", 20)
        from hasInner in Mostly(false, true)
        select hasInner && ids.Contains(10) ? links.Append(inner) : links;

    private static Gen<NetworkInterface> VlanInterface(string parent, int id) =>
        from link in Link($"{parent}.{id}", InterfaceKind.Vlan)
        from protocol in Mostly(VlanProtocol.Dot1Q, VlanProtocol.Dot1AD)
        select link with
        {
            Vlan = new(parent, new VlanId(id), protocol),
        };

    private static Gen<NetworkInterface> Link(string name, InterfaceKind kind) =>
        from mtu in Mtu
        from isUp in Mostly(true, false)
        from hasLink in Mostly(true, false)
        from tags in Mostly<bool?>(null, true, false)
        select new NetworkInterface
        {
            Name = name,
            Kind = kind,
            Mtu = mtu,
            IsUp = isUp,
            HasCarrier = isUp && hasLink,
            Offloads = new(null, tags, tags, null),
        };

    private static Gen<T> Mostly<T>(T healthy, params T[] others) => Gen.Frequency((79, Gen.Constant(healthy)), (1, Gen.Elements(others)));

    private static Gen<IReadOnlyList<T>> Several<T>(Func<int, Gen<T>> item, int maximum, int minimum = 1) =>
        from count in Gen.Choose(minimum, maximum)
        from items in Gen.CollectToList(Enumerable.Range(0, count), item)
        select (IReadOnlyList<T>)[.. items];
}
