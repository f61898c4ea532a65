using FsCheck;
using FsCheck.Fluent;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Topology;

namespace XenVlan.Tests.Topology;

/// <summary>Generates valid topologies, of which names are as awkward as they may be.</summary>
internal static class GeneratedTopology
{
    private static readonly string[] HostNames = ["a", "no", "010", "xen host", "~", "köln", "x: y", "# 1"];
    private static readonly string[] DomainNames = ["web", "null", "1e3", "Debian 12 (64-bit)", "- dash", "'quoted'", "[list]", "a/b"];

    private static readonly Gen<VlanId> Vlan = Gen.Choose(VlanId.Minimum, VlanId.Maximum).Select(v => new VlanId(v));
    private static readonly Gen<VlanId?> MaybeVlan = Maybe(Vlan);
    private static readonly Gen<int?> MaybeMtu = Maybe(Gen.Choose(68, 65535));
    private static readonly Gen<bool?> MaybeBoolean = Maybe(Gen.Elements(true, false));

    private static readonly Gen<VlanSet> Vlans = Gen.OneOf(
        Gen.Elements(VlanSet.All, VlanSet.None),
        Vlan.ListOf().Select(ids => VlanSet.Of(ids)),
        Vlan.Two().Select(p => VlanSet.FromRange(p.Item1, p.Item2))
    );

    private static readonly Gen<VlanSet?> MaybeVlans = Gen.OneOf(Gen.Constant<VlanSet?>(null), Vlans.Select(v => (VlanSet?)v));

    public static Gen<TopologyDocument> Document { get; } =
        from hosts in Several(Host, HostNames.Length)
        from domains in Several(i => Domain(i, hosts), DomainNames.Length)
        from wires in Several(_ => Wire(hosts), 4)
        let document = new TopologyDocument("generated", hosts, domains, wires, [])
        from expectations in Several(_ => Expectation(document), 5)
        select document with
        {
            Expectations = [.. expectations.OfType<Expectation>()],
        };

    private static Gen<TopologyHost> Host(int index) =>
        from target in Target(HostNames[index])
        from bridges in Several(Bridge, 3)
        from vlanInterfaces in VlanInterfaces($"10.{index}")
        select new TopologyHost(HostNames[index], target, bridges, vlanInterfaces);

    private static Gen<TopologyBridge> Bridge(int index) =>
        from uplinks in Several(i => Gen.Constant(InterfaceName.Parse($"eth{index}{i}")), 3)
        from filtering in MaybeBoolean
        from mtu in MaybeMtu
        from uplinkVlans in MaybeVlans
        from native in MaybeVlan
        from own in MaybeVlans
        let bridge = new TopologyBridge(InterfaceName.Parse($"xenbr{index}"), uplinks, filtering, mtu)
        select filtering == true ? bridge with { UplinkVlans = uplinkVlans, UplinkNative = native, OwnVlans = own } : bridge;

    // Two may be given the same name, or the same parent, VLAN and tag; a document cannot hold the second.
    private static Gen<List<TopologyVlanInterface>> VlanInterfaces(string network) =>
        Several(i => VlanInterface(i, network), 4)
            .Select(all => all.DistinctBy(i => i.Name).DistinctBy(i => (i.Parent, i.VlanId, i.Protocol)).ToList());

    private static Gen<TopologyVlanInterface> VlanInterface(int index, string network) =>
        from vlan in Vlan
        from parent in Gen.Elements("xenbr0", "bond0", "eth0.5")
        from name in Gen.Elements($"{parent}.{vlan}", $"vlan{index}", $"v.{index}")
        from protocol in Gen.Elements(VlanProtocol.Dot1Q, VlanProtocol.Dot1AD)
        from mtu in MaybeMtu
        from addresses in Gen.Elements<string[]>(
            [],
            [$"{network}.{index}.1/24"],
            [$"{network}.{index}.1/32", $"2001:db8::{index}:{network.Replace('.', ':')}/64"]
        )
        select new TopologyVlanInterface(
            InterfaceName.Parse(name),
            InterfaceName.Parse(parent),
            vlan,
            protocol,
            mtu,
            [.. addresses.Select(InterfaceAddress.Parse)]
        );

    private static Gen<TopologyDomain> Domain(int index, List<TopologyHost> hosts) =>
        from host in Gen.Elements<TopologyHost>(hosts)
        from nics in Several(Nic, 3)
        from target in Target(DomainNames[index])
        from vlanInterfaces in VlanInterfaces($"172.{index}")
        from canLogIn in Gen.Elements(true, false)
        select new TopologyDomain(DomainNames[index], host.Name, nics, canLogIn ? new TopologyGuest(target, vlanInterfaces) : null);

    private static Gen<TopologyNic> Nic(int index) =>
        from bridge in Gen.Elements("xenbr0", "0", "br-lan")
        from access in MaybeVlan
        from trunk in MaybeVlans
        from native in MaybeVlan
        from mtu in MaybeMtu
        from checksum in MaybeBoolean
        let nic = new TopologyNic(index * 7, InterfaceName.Parse(bridge), Mtu: mtu, TransmitChecksum: checksum)
        select trunk is null ? nic with { Access = access } : nic with { Trunk = trunk, Native = native };

    private static Gen<TopologyWire> Wire(List<TopologyHost> hosts) =>
        from ends in Several(
            i => Gen.Elements<TopologyHost>(hosts).Select(h => new TopologyWireEnd(h.Name, InterfaceName.Parse($"eth{i}"))),
            4,
            minimum: 2
        )
        from vlans in MaybeVlans
        from native in MaybeVlan
        from mtu in MaybeMtu
        select new TopologyWire(ends, vlans, native, mtu);

    // None where the topology generated has no two ends to expect something of.
    private static Gen<Expectation?> Expectation(TopologyDocument document)
    {
        var ends = document
            .Ends.SelectMany(e => e.VlanInterfaces.Where(i => i.Addresses.Count > 0).Select(i => (e.Name, i.VlanId)))
            .Distinct()
            .ToList();
        var pairs = ends.SelectMany(from => ends.Where(to => to.Name != from.Name).Select(to => (From: from, To: to))).ToList();
        var same = pairs.Where(p => p.From.VlanId == p.To.VlanId).ToList();
        var isolated =
            from pair in Gen.Elements<((string Name, VlanId VlanId) From, (string Name, VlanId VlanId) To)>(pairs)
            select (Expectation?)new IsolatedExpectation(pair.From.Name, pair.From.VlanId, pair.To.Name, pair.To.VlanId);
        var reachable =
            from pair in Gen.Elements<((string Name, VlanId VlanId) From, (string Name, VlanId VlanId) To)>(same)
            from mtu in MaybeMtu
            from title in Gen.Elements(null, "A title: with \"signs\"", "no")
            select (Expectation?)new ReachableExpectation(pair.From.VlanId, pair.From.Name, pair.To.Name, mtu, title);
        var service =
            from pair in Gen.Elements<((string Name, VlanId VlanId) From, (string Name, VlanId VlanId) To)>(same)
            from port in Gen.Choose(1, 65535)
            from onlyThere in Gen.Elements(true, false)
            let clients = same.Where(p => p.From == pair.From).Select(p => p.To.Name).Distinct()
            select (Expectation?)new ServiceExpectation("ssh", pair.From.Name, port, pair.From.VlanId, [.. clients], onlyThere);
        return pairs.Count == 0 ? Gen.Constant<Expectation?>(null)
            : same.Count == 0 ? isolated
            : Gen.OneOf(isolated, reachable, service);
    }

    private static Gen<HostTarget> Target(string name)
    {
        var byAddress = Gen.Elements(HostTarget.Local, HostTarget.Parse("root@192.0.2.1:22"), HostTarget.Parse("[2001:db8::1]"));
        try
        {
            return Gen.OneOf(byAddress, Gen.Constant(HostTarget.Parse(name)));
        }
        catch (XenVlanException)
        {
            return byAddress;
        }
    }

    private static Gen<List<T>> Several<T>(Func<int, Gen<T>> item, int maximum, int minimum = 1) =>
        from count in Gen.Choose(minimum, maximum)
        from items in Gen.CollectToList(Enumerable.Range(0, count), item)
        select items.ToList();

    private static Gen<T?> Maybe<T>(Gen<T> value)
        where T : struct => Gen.OneOf(Gen.Constant<T?>(null), value.Select(v => (T?)v));
}
