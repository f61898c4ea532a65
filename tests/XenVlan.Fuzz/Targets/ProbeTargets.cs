using XenVlan.Discovery.Filters;
using XenVlan.Discovery.Parsing;

namespace XenVlan.Fuzz.Targets;

/// <summary>The parsers of what the probe prints, a source each.</summary>
internal static class ProbeTargets
{
    private static readonly IReadOnlyList<string> Files = Corpus.Section("files");

    /// <summary>Makes the list.</summary>
    /// <returns>The readers.</returns>
    public static IEnumerable<FuzzTarget> Make() =>
        [
            Lines("sysfs", Files, l => SysfsParser.Parse(l)),
            Lines("proc-vlan", Corpus.Recorded("*proc-net-vlan-config.txt"), l => ProcVlanParser.Parse(l)),
            Lines("ip-link", [.. Corpus.Section("vlan-links"), .. Corpus.Recorded("*ip-d-link.txt")], l => IpLinkParser.Parse(l)),
            Lines("link-details", Corpus.Section("vlan-links"), l => new LinkDetails(l)),
            Lines("ip-address", Corpus.Section("addresses"), l => IpAddressParser.Parse(l)),
            Lines(
                "proc-inet6",
                ["fe80000000000000505400fffe000010 02 40 20 80     eth0\n00000000000000000000000000000001 01 80 10 80       lo\n"],
                l => ProcInet6Parser.Parse(l)
            ),
            Lines(
                "ifconfig",
                [
                    "eth0: flags=4163<UP>  mtu 1500\n        inet 10.0.0.1  netmask 255.255.255.0  broadcast 10.0.0.255\neth0      Link "
                        + "encap:Ethernet\n          inet addr:10.0.0.2  Bcast:10.0.0.255  Mask:255.255.255.0\n",
                ],
                l => IfconfigParser.Parse(l)
            ),
            Lines(
                "fib-trie",
                Corpus.Section("routes"),
                l => FibTrieParser.Parse(FileLines.Of("/proc/net/fib_trie", l), FileLines.Of("/proc/net/route", l))
            ),
            Lines(
                "bridge-vlan",
                [.. Corpus.Section("port-vlans"), .. Corpus.Recorded("*bridge-vlan-show.txt")],
                l => BridgeVlanParser.Parse(l, out _)
            ),
            Lines(
                "bond",
                [
                    .. Corpus
                        .Recorded("proc-net-bonding-*.txt")
                        .Select(t => string.Join('\n', t.Split('\n').Select(l => "/proc/net/bonding/bond1:" + l))),
                ],
                l => BondParser.Parse(l)
            ),
            Lines("offloads", [.. Corpus.Section("offloads"), .. Corpus.Recorded("ethtool-k-*.txt")], l => OffloadsParser.Parse(l, out _)),
            Lines("lldp", Corpus.Recorded("neighbors.txt"), l => LldpParser.Parse(l)),
            Lines(
                "xenstore",
                [
                    .. Corpus.Section("xenstore"),
                    .. Corpus.Recorded("xenstore-ls-f.txt"),
                    "local = \"\"\n domain = \"\"\n  0 = \"\"\n   name = \"Domain-0\"\n   backend = \"\"\n    vif = \"\"\n     1 = "
                        + "\"\"\n      0 = \"\"\n       mac = \"00:16:3e:00:00:01\"\n",
                ],
                Xenstore
            ),
            new FuzzTarget("open-vswitch", [.. Corpus.Section("ovs"), .. Corpus.Recorded("ovs-tables.txt")], OpenVSwitch),
            Lines(
                "iptables",
                [.. Corpus.Recorded("iptables-*-save.txt"), .. Corpus.Section("filters-ip")],
                l => new IptablesParser("iptables", "ip").Parse(l)
            ),
            Lines("ebtables", Corpus.Recorded("ebtables-*.txt"), l => EbtablesParser.Parse("ebtables", l)),
            Lines("nft", [.. Corpus.Recorded("nft-a-*.txt"), .. Corpus.Section("filters-nft")], l => NftParser.Parse(l)),
            Lines("nft-json", Corpus.Recorded("nft-j-*.txt"), l => NftJsonReader.Read(l, NftParser.List(l)) ?? []),
        ];

    private static FuzzTarget Lines(string name, IReadOnlyList<string> seeds, Func<string[], object> parse) =>
        new(name, seeds, text => Promise.That(parse(text.Split('\n')) is not null, "a parser gives a value"));

    private static object Xenstore(string[] lines)
    {
        var nodes = XenstoreParser.Parse(lines, "/local/domain");
        _ = XenstoreReader.Domains(nodes);
        return XenstoreReader.Vifs(nodes);
    }

    private static void OpenVSwitch(string text)
    {
        var tables = text.Split('\n');
        Promise.MayNotUnderstand(() => OpenVSwitchParser.InternalInterfaces(tables[^1]));
        Promise.MayNotUnderstand(() => OpenVSwitchParser.Parse(tables[0], tables[tables.Length / 2], tables[^1]));
    }
}
