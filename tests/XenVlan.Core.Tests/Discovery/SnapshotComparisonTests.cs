using System.Reflection;
using FsCheck.Fluent;
using Shouldly;
using XenVlan.Discovery;
using XenVlan.Discovery.Comparison;
using XenVlan.Model;
using XenVlan.Model.Json;
using XenVlan.Tests.Model;
using XenVlan.Tests.Paths;
using Xunit;
using static XenVlan.Tests.Network;

namespace XenVlan.Tests.Discovery;

public sealed class SnapshotComparisonTests
{
    private static readonly NetworkHost Before = Host()
        .Bridge("xenbr0")
        .Filtering()
        .Port("eth1", trunk: "10,20", native: 1)
        .Vif(5, access: 10)
        .Vlan("xenbr0", 10)
        .With("10.10.0.1/24");

    // What is read and not compared, with the reason. All else must make a difference.
    private static readonly Dictionary<Type, string[]> NotCompared = new()
    {
        // When and as whom it was read; what is compared as a whole by other tests here.
        [typeof(HostSnapshot)] =
        [
            "HostName",
            "TakenAt",
            "Timestamp",
            "Ssh",
            "IsRoot",
            "Interfaces",
            "Domains",
            "Vifs",
            "OpenVSwitchBridges",
            "PacketFilters",
            "BridgeNetfilter",
            "Neighbors",
            "NotSeen",
        ],

        // The key, a number of the kernel's, what counts, and what has properties of its own.
        [typeof(NetworkInterface)] =
        [
            "Name",
            "Index",
            "Counters",
            "Addresses",
            "Bridge",
            "Port",
            "PortVlans",
            "Vlan",
            "Bond",
            "Slave",
            "Vif",
            "Offloads",
        ],
        [typeof(BridgeDetails)] = ["Snooping"],
        [typeof(BridgePortDetails)] = ["Number"],
        [typeof(PortVlans)] = [],
        [typeof(Offloads)] = [],
        [typeof(VlanDetails)] = [],

        // Who answers is compared, not by which Ethernet address.
        [typeof(BondDetails)] = ["LacpPartner"],
        [typeof(BondSlaveDetails)] = ["AggregatorId"],
        [typeof(BridgeNetfilter)] = [],
    };

    private static IReadOnlyList<SnapshotDifference> Compare(HostSnapshot before, HostSnapshot after) =>
        SnapshotComparison.Compare(before, after);

    private static string Text(IEnumerable<SnapshotDifference> differences) =>
        string.Join('\n', differences.Select(d => $"{d.Kind} | {d.Subject} | {d.Property} | {d.Reference} | {d.Difference}".TrimEnd()));

    [Fact]
    public void A_snapshot_does_not_differ_from_itself_nor_from_its_file() =>
        Prop.ForAll(
                GeneratedNetwork.Any.ToArbitrary(),
                network =>
                {
                    foreach (var host in network.Hosts)
                    {
                        Compare(host, host).ShouldBeEmpty();
                        Compare(host, XenVlanJson.DeserializeSnapshot(XenVlanJson.SerializeSnapshot(host))).ShouldBeEmpty();
                    }
                }
            )
            .Holds();

    [Fact]
    public void The_other_way_round_the_same_differs() =>
        Prop.ForAll(
                GeneratedNetwork.Any.ToArbitrary(),
                network =>
                {
                    var (one, other) = (network.Hosts[0], network.Hosts[^1]);
                    var there = Compare(one, other).Where(d => d.Kind is not SnapshotDifferenceKind.Host);
                    var back = Compare(other, one).Where(d => d.Kind is not SnapshotDifferenceKind.Host);
                    back.Select(d => (d.Subject, d.Property, d.Difference, d.Reference))
                        .ShouldBe(there.Select(d => (d.Subject, d.Property, d.Reference, d.Difference)), ignoreOrder: true);
                }
            )
            .Holds();

    [Fact]
    public void Snapshots_of_real_hosts_do_not_differ_from_themselves()
    {
        var directory = Path.Combine(Golden.ProjectDirectory, "Data", "paths-xen-4.17-debian-12");
        var files = Directory.EnumerateFiles(directory, "*.json", SearchOption.AllDirectories).ToList();
        files.Count.ShouldBeGreaterThan(5);
        foreach (var file in files)
            Compare(SnapshotFile.Read(file), SnapshotFile.Read(file)).ShouldBeEmpty(file);
    }

    [Fact]
    public void What_two_moments_and_two_hosts_differ_in_is_as_it_was_when_it_was_read()
    {
        var directory = Path.Combine(Golden.ProjectDirectory, "Data", "paths-xen-4.17-debian-12");
        var plain = SnapshotFile.Read(Path.Combine(directory, "undescribed-wire", "a.json"));
        var dropping = SnapshotFile.Read(Path.Combine(directory, "forward-policy-drop", "a.json"));
        var vSwitch = SnapshotFile.Read(Path.Combine(directory, "open-vswitch", "a.json"));
        var other = SnapshotFile.Read(Path.Combine(directory, "undescribed-wire", "b.json"));
        Golden.Verify(
            $"""
            # A host, and the same with packet filters

            {Text(Compare(plain, dropping))}

            # A host, and the same with Open vSwitch

            {Text(Compare(plain, vSwitch))}

            # Two hosts

            {Text(Compare(plain, other))}
            """,
            "Discovery/comparisons"
        );
    }

    [Fact]
    public void What_was_done_to_a_host_is_shown_by_kind()
    {
        var after = Before
            .At("eth1")
            .Passing(trunk: "10,30", native: 1)
            .WithMtu(9000)
            .At("xenbr0.10")
            .With("10.10.0.2/24")
            .Down()
            .Vlan("xenbr0", 20)
            .Bridge("br30")
            .Having(s => s with { Programs = ["arping", "bridge", "ethtool", "ip", "tcpdump"] });
        Text(Compare(Before, after))
            .ShouldBe(
                """
                Program | tcpdump |  |  | found
                Interface | eth1 | Mtu | 1500 | 9000
                VlanInterface | xenbr0.10 | IsUp | true | false
                VlanInterface | xenbr0.10 | HasCarrier | true | false
                VlanInterface | xenbr0.20 |  |  | VLAN 20 on xenbr0, MTU 1500, up
                Bridge | br30 |  |  | Bridge, VLANs 1, untagged 1, PVID 1, MTU 1500, up
                PortVlans | eth1 | AllowedVlans | 1,10,20 | 1,10,30
                Address | xenbr0.10 |  |  | 10.10.0.2/24
                """
            );
    }

    [Fact]
    public void A_domain_that_was_started_anew_is_the_same()
    {
        var filter = new PacketFilterChain
        {
            Program = "ebtables",
            Family = "bridge",
            Table = "filter",
            Name = "FORWARD",
            Hook = PacketFilterHook.Forward,
        };
        HostSnapshot With(int domain) =>
            Host()
                .Bridge("xenbr0")
                .Filtering()
                .Port("eth1")
                .Vif(domain, access: 10)
                .Having(s =>
                    s with
                    {
                        Vifs = [.. s.Vifs.Select(v => v with { Mac = MacAddress.Parse("00:16:3e:00:00:01") })],
                        PacketFilters = [filter with { Rules = [filter.Rule($"-i vif{domain}.0 -j DROP")] }],
                    }
                );

        Compare(With(5), With(7)).ShouldBeEmpty();
        Text(
                Compare(
                    With(5),
                    Before with
                    {
                        Snapshot = With(7) with { Domains = [new XenDomain(0, "Domain-0"), new XenDomain(7, "mail")] },
                    }
                )
            )
            .ShouldBe(
                """
                Domain | web |  | running |
                Domain | mail |  |  | running
                DomainNic | web:0 |  | Vif, on xenbr0, VLANs 10, untagged 10, PVID 10, MTU 1500, up |
                DomainNic | mail:0 |  |  | Vif, on xenbr0, VLANs 10, untagged 10, PVID 10, MTU 1500, up
                PacketFilter | ebtables bridge filter FORWARD | Rule | -i web:0 -j DROP |
                PacketFilter | ebtables bridge filter FORWARD | Rule |  | -i mail:0 -j DROP
                """
            );
    }

    [Fact]
    public void Times_counters_and_numbers_are_no_difference()
    {
        var later = Before
            .Having(s => s with { TakenAt = s.TakenAt.AddDays(1), Timestamp = 7 })
            .At("eth1")
            .With(i => i with { Index = 77, Counters = new InterfaceCounters(1, 2, 3, 4), Port = i.Port! with { Number = 9 } });
        Compare(Before, later).ShouldBeEmpty();
    }

    [Fact]
    public void Two_hosts_need_not_have_the_names_and_ethernet_addresses_of_each_other()
    {
        var one = Before.At("eth1").With("fe80::1/64");
        var other = Before
            .Having(s => s with { HostName = "b", NodeName = "b" })
            .At("eth1")
            .WithMac("52:54:00:99:99:99")
            .With("fe80::2/64");
        Compare(one, other).ShouldBeEmpty();
        Compare(one, other.Having(s => s with { HostName = "a" }))
            .Select(d => d.Property ?? d.Kind.ToString())
            .ShouldBe(["NodeName", "Mac", "Address", "Address"]);
    }

    [Fact]
    public void What_one_of_them_could_not_see_is_said_and_not_compared()
    {
        var gap = new Gap("names of the domains, and their NICs' addresses and states", "'xenstore-ls' failed");
        var blind = Before.Having(s => s with { Domains = [], Vifs = [], NotSeen = [gap] }).At("eth1").WithoutVlans();
        Text(Compare(Before, blind)).ShouldBe($"NotSeen | {gap.What} |  |  | {gap.Why}");
        Compare(blind, blind.Having(s => s with { NotSeen = [gap with { Why = "another reason" }] })).ShouldBeEmpty();
    }

    [Fact]
    public void Rules_that_came_went_or_moved_are_shown_whatever_they_have_counted()
    {
        var chain = new PacketFilterChain
        {
            Program = "nft",
            Family = "bridge",
            Table = "t",
            Name = "c",
            Hook = PacketFilterHook.Forward,
        };
        NetworkHost With(PacketFilterChain changed, params string[] rules) =>
            Before.Having(s => s with { PacketFilters = [changed with { Rules = [.. rules.Select(changed.Rule)] }] });

        var first = With(chain, "ip saddr 10.0.0.1 counter packets 5 bytes 300 drop", "vlan id 10 accept", "vlan id 10 accept");
        Compare(first, With(chain, "ip saddr 10.0.0.1 counter packets 7 bytes 420 drop", "vlan id 10 accept", "vlan id 10 accept"))
            .ShouldBeEmpty();
        Text(Compare(first, With(chain with { Policy = PacketFilterAction.Drop }, "vlan id 10 accept", "vlan id 20 accept")))
            .ShouldBe(
                """
                PacketFilter | nft bridge t c | Policy | Return | Drop
                PacketFilter | nft bridge t c | Rule | ip saddr 10.0.0.1 counter drop |
                PacketFilter | nft bridge t c | Rule | vlan id 10 accept |
                PacketFilter | nft bridge t c | Rule |  | vlan id 20 accept
                """
            );
        Text(Compare(first, With(chain, "vlan id 10 accept", "vlan id 10 accept", "ip saddr 10.0.0.1 counter packets 9 bytes 1 drop")))
            .ShouldBe("PacketFilter | nft bridge t c | Order | ip saddr 10.0.0.1 counter drop | vlan id 10 accept");
    }

    [Fact]
    public void Elements_of_a_set_that_a_rule_names_are_compared()
    {
        var chain = new PacketFilterChain
        {
            Program = "nft",
            Family = "ip",
            Table = "t",
            Name = "c",
        };
        NetworkHost Having(string address) =>
            Before.Having(s =>
                s with
                {
                    PacketFilters =
                    [
                        chain with
                        {
                            Rules =
                            [
                                chain.Rule("ip saddr @bad drop") with
                                {
                                    Matches = [new PacketFilterMatch(PacketFilterMatchKind.Source, [address])],
                                },
                            ],
                        },
                    ],
                }
            );
        Text(Compare(Having("10.0.0.1"), Having("10.0.0.2")))
            .ShouldBe("PacketFilter | nft ip t c | Matches of ip saddr @bad drop | Source 10.0.0.1 | Source 10.0.0.2");
    }

    [Fact]
    public void Every_property_that_is_not_excepted_makes_a_difference_when_it_changes()
    {
        var link = Before.Snapshot.GetInterface(new InterfaceName("eth1"));
        Changed(Before.Snapshot, host => host);
        Changed(link, Of);
        Changed(new BridgeDetails(), b => Of(link with { Bridge = b }));
        Changed(new BridgePortDetails { MulticastRouter = 1 }, p => Of(link with { Port = p }));
        Changed(PortVlans.Empty, v => Of(link with { PortVlans = v }));
        Changed(new Offloads(true, true, true, true), o => Of(link with { Offloads = o }));
        Changed(new VlanDetails("eth0", new VlanId(5), VlanProtocol.Dot1Q), v => Of(link with { Vlan = v }));
        Changed(new BondDetails("802.3ad", "eth0", ["eth0"]), b => Of(link with { Bond = b }));
        Changed(new BondSlaveDetails(false, false, 1), s => Of(link with { Slave = s }));
        Changed(new BridgeNetfilter(false, false, false, false), n => Before.Snapshot with { BridgeNetfilter = n });

        HostSnapshot Of(NetworkInterface changed) => Before.Snapshot.Replacing(changed);
    }

    private static void Changed<T>(T value, Func<T, HostSnapshot> host)
        where T : class
    {
        foreach (var property in typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var copy = (T)typeof(T).GetMethod("<Clone>$")!.Invoke(value, null)!;
            property.SetValue(copy, Another(property.GetValue(value), property.PropertyType));
            var isShown = Compare(host(value), host(copy)).Count > 0;
            isShown.ShouldBe(!NotCompared[typeof(T)].Contains(property.Name), $"{typeof(T).Name}.{property.Name}");
        }
    }

    // A value of the type that is not the same.
    private static object? Another(object? value, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            _ when type == typeof(bool) => !(bool)(value ?? false),
            _ when type == typeof(int) => (int)(value ?? 0) + 1,
            _ when type == typeof(long) => (long)(value ?? 0L) + 1,
            _ when type == typeof(double) => (double)(value ?? 0.0) + 1,
            _ when type == typeof(string) => $"{value}x",
            _ when type == typeof(VlanId) => new VlanId(((VlanId?)value)?.Value + 1 ?? 7),
            _ when type == typeof(VlanSet) => VlanSet.Parse("77"),
            _ when type == typeof(MacAddress) => MacAddress.Parse("52:54:00:77:77:77"),
            _ when type == typeof(KernelVersion) => KernelVersion.Parse("7.7.7"),
            _ when type == typeof(DateTimeOffset) => ((DateTimeOffset)value!).AddDays(1),
            _ when type.IsEnum => Enum.GetValues(type).Cast<object>().First(v => !v.Equals(value)),
            _ when type == typeof(IReadOnlyList<string>) => new[] { "another" },
            _ when type == typeof(IReadOnlyList<NetworkManager>) => new[] { NetworkManager.Netplan },
            _ => value,
        };
    }
}
