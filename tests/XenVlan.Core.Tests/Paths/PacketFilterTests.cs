using FsCheck.Fluent;
using Shouldly;
using XenVlan.Discovery.Filters;
using XenVlan.Model;
using XenVlan.Paths.Filters;
using XenVlan.Paths.Frames;
using XenVlan.Tests.Discovery;
using XenVlan.Tests.Model;
using Xunit;

namespace XenVlan.Tests.Paths;

public sealed class PacketFilterTests
{
    private const string Source = "packet-filters-debian-12";

    private static readonly Frame Vlan10 = Tagged(10);
    private static readonly int[] Vlans = [1, 2, 3];
    private static readonly string[] Ports = ["eth1", "vif1.0"];
    private static readonly FrameContent Udp = new(FrameKind.Udp, 33434);

    private static IReadOnlyList<PacketFilterChain> Nft { get; } = NftParser.Parse(Recorded.Lines("nft-a-list-ruleset", Source));

    [Theory]
    [InlineData("ebtables-legacy-L", 10, "vif2.0", "eth1", HopVerdict.Drops, "-p 802_1Q --vlan-id 10 -j DROP")]
    [InlineData("ebtables-legacy-L", 0, "vif2.0", "eth1", HopVerdict.Drops, "-p ARP -i vif+ -j DROP")]
    [InlineData("ebtables-legacy-L", 0, "eth1", "vif2.0", HopVerdict.Passes, null)]
    [InlineData("ebtables-legacy-L", 0, "tap1.0", "vif2.0", HopVerdict.Unknown, "-p ARP -i ! eth1 --arp-ip-dst 10.0.0.1 -j DROP")]
    [InlineData("ebtables-legacy-L", 20, "vif2.0", "eth1", HopVerdict.Passes, null)]
    [InlineData("nft", 10, "vif2.0", "eth1", HopVerdict.Drops, "ether type 8021q vlan id 10 counter packets 0 bytes 0 drop")]
    [InlineData("nft", 0, "vif2.0", "eth1", HopVerdict.Drops, "iifname \"vif*\" ether type arp counter packets 0 bytes 0 drop")]
    [InlineData("nft", 35, "eth1", "vif2.0", HopVerdict.Drops, "vlan id { 20, 30-40, 50 } counter packets 0 bytes 0 drop")]
    [InlineData("nft", 3, "eth1", "vif9.0", HopVerdict.Drops, "vlan id vmap { 3 : drop, 4 : accept }")]
    [InlineData("nft", 4, "eth1", "vif9.0", HopVerdict.Passes, null)]
    [InlineData("nft", 3, "eth1", "vif2.0", HopVerdict.Passes, null)]
    public void The_rule_that_drops_a_question_is_found(string source, int vlan, string from, string to, HopVerdict verdict, string? rule)
    {
        var chains = source == "nft" ? Nft : EbtablesParser.Parse("ebtables-legacy", Recorded.Lines(source, Source));

        var (found, by) = PacketFilters.Judge(
            Host(chains),
            "xenbr0",
            from,
            to,
            vlan == 0 ? Frame.Untagged : Tagged(vlan),
            FrameContent.Arp
        );

        found.ShouldBe(verdict);
        by?.Text.ShouldBe(rule);
    }

    [Fact]
    public void A_set_of_thousands_of_lines_is_read_once()
    {
        string[] lines =
        [
            "table ip t {",
            "set s {",
            "type ipv4_addr",
            "elements = { 10.0.0.0,",
            .. Enumerable.Range(1, 4000).Select(i => $"10.0.{i / 250}.{i % 250},"),
            "10.9.9.9 }",
            "}",
            "}",
        ];
        var before = GC.GetAllocatedBytesForCurrentThread();

        _ = XenVlan.Discovery.Filters.NftParser.Parse(lines);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(20_000_000);
    }

    [Fact]
    public void A_rule_is_found_again_by_its_handle_and_its_chain()
    {
        var rule = PacketFilters.Judge(Host(Nft), "xenbr0", "eth1", "vif2.0", Vlan10, FrameContent.Arp).Rule!;

        (rule.Family, rule.Table, rule.Chain, rule.Handle).ShouldBe(("bridge", "filter", "FORWARD", 2L));
        rule.ToString().ShouldBe("nft bridge filter FORWARD: ether type 8021q vlan id 10 counter packets 0 bytes 0 drop");
    }

    [Fact]
    public void The_end_of_a_chain_drops_too()
    {
        var host = Host(EbtablesParser.Parse("ebtables", ["Bridge table: filter", "", "Bridge chain: OUTPUT, entries: 0, policy: DROP"]));

        PacketFilters.Judge(host, "xenbr0", null, "eth1", Vlan10, FrameContent.Arp).Rule!.IsPolicy.ShouldBeTrue();
        PacketFilters.Judge(host, "xenbr0", "vif1.0", "eth1", Vlan10, FrameContent.Arp).Verdict.ShouldBe(HopVerdict.Passes);
    }

    [Theory]
    [InlineData(false, false, 53, HopVerdict.Passes)]
    [InlineData(true, false, 53, HopVerdict.Drops)]
    [InlineData(true, true, 53, HopVerdict.Passes)]
    [InlineData(true, false, null, HopVerdict.Passes)]
    public void Iptables_is_asked_only_where_bridges_call_it_and_never_for_arp(bool calls, bool isTagged, int? udpPort, HopVerdict verdict)
    {
        var host = Host(new IptablesParser("iptables-legacy", "ip").Parse(Recorded.Lines("iptables-legacy-save", Source)), calls);

        PacketFilters
            .Judge(
                host,
                "xenbr0",
                "vif1.0",
                "vif2.0",
                isTagged ? Vlan10 : Frame.Untagged,
                udpPort is { } port ? new FrameContent(FrameKind.Udp, port) : FrameContent.Arp
            )
            .Verdict.ShouldBe(verdict);
    }

    [Fact]
    public void Iptables_rules_of_a_port_are_understood()
    {
        var chains = new IptablesParser("iptables", "ip").Parse(Recorded.Lines("iptables-nft-save", Source));

        PacketFilters
            .Judge(Host(chains, calls: true), "xenbr0", "vif1.0", "vif2.0", Frame.Untagged, Udp)
            .Rule!.Text.ShouldBe("-m physdev --physdev-in vif1.0 --physdev-is-bridged -j DROP");
        var icmp = PacketFilters.Judge(
            Host(chains, calls: true),
            "xenbr0",
            "vif2.0",
            "eth1",
            Frame.Untagged,
            new FrameContent(FrameKind.Icmp)
        );
        icmp.Verdict.ShouldBe(HopVerdict.Drops);
        icmp.Rule!.Text.ShouldBe("-p icmp -m physdev --physdev-out eth1 -m comment --comment \"no way\" -j DROP");
        PacketFilters.Judge(Host(chains, calls: true), "xenbr0", "vif2.0", "eth1", Frame.Untagged, Udp).Verdict.ShouldBe(HopVerdict.Passes);
    }

    [Fact]
    public void What_may_have_been_accepted_before_is_only_perhaps_dropped()
    {
        var host = Host(
            NftParser.Parse([
                "table bridge t { # handle 1",
                "chain f { # handle 1",
                "type filter hook forward priority 0; policy accept;",
                "meta mark 0x00000001 accept # handle 2",
                "vlan id 10 drop # handle 3",
                "}",
                "}",
            ])
        );

        PacketFilters.Judge(host, "xenbr0", "eth1", "vif2.0", Vlan10, FrameContent.Arp).Verdict.ShouldBe(HopVerdict.Unknown);
    }

    // Whether a rule matches is not known where it looks at a mark; what follows is done only perhaps, or perhaps not.
    [Theory]
    [InlineData("DROP", HopVerdict.Unknown, "-m mark --mark 1 -j ACCEPT")]
    [InlineData("DROP", HopVerdict.Drops, "-m mark --mark 1 -j DROP")]
    [InlineData("ACCEPT", HopVerdict.Unknown, "-m mark --mark 1 -j DROP")]
    [InlineData("ACCEPT", HopVerdict.Passes, "-m mark --mark 1 -j ACCEPT")]
    [InlineData("DROP", HopVerdict.Unknown, "-m mark --mark 1 -j X", "-A X -j ACCEPT")]
    [InlineData("DROP", HopVerdict.Unknown, "-m mark --mark 1 -j X", "-A X -m mark --mark 2 -j ACCEPT")]
    [InlineData("DROP", HopVerdict.Unknown, "-j X", "-A X -m mark --mark 2 -j RETURN", "-A X -j ACCEPT")]
    [InlineData("DROP", HopVerdict.Passes, "-j X", "-A X -j ACCEPT")]
    [InlineData("DROP", HopVerdict.Unknown, "-m mark --mark 1 -g X", "-A FORWARD -j ACCEPT")]
    [InlineData("DROP", HopVerdict.Drops, "-g X", "-A FORWARD -j ACCEPT")]
    [InlineData("ACCEPT", HopVerdict.Unknown, "-j NFQUEUE --queue-num 1")]
    [InlineData("DROP", HopVerdict.Unknown, "-j NFQUEUE --queue-num 1")]
    [InlineData("DROP", HopVerdict.Unknown, "-j SOMETHING", "-A FORWARD -j DROP")]
    [InlineData("ACCEPT", HopVerdict.Unknown, "-j X", "-A X -j X")]
    [InlineData("ACCEPT", HopVerdict.Unknown, "-p udp -j REDIRECT")]
    [InlineData("ACCEPT", HopVerdict.Passes, "-p udp -j MASQUERADE", "-A FORWARD -j DROP")]
    [InlineData("ACCEPT", HopVerdict.Unknown, "-m mark --mark 1 -j SNAT --to-source 10.0.0.1", "-A FORWARD -j DROP")]
    public void A_rule_that_is_not_wholly_understood_may_do_what_it_says(
        string policy,
        HopVerdict verdict,
        string rule,
        params string[] more
    )
    {
        string[] lines = ["*filter", $":FORWARD {policy} [0:0]", ":X - [0:0]", $"-A FORWARD {rule}", .. more];

        PacketFilters
            .Judge(Host(new IptablesParser("iptables", "ip").Parse(lines), calls: true), "xenbr0", "eth1", "vif2.0", Frame.Untagged, Udp)
            .Verdict.ShouldBe(verdict);
    }

    [Theory]
    [InlineData("-s 10.0.0.0/8 -j DROP", HopVerdict.Drops)]
    [InlineData("-s 10.10.0.1/32 -j DROP", HopVerdict.Drops)]
    [InlineData("! -s 10.10.0.1/32 -j DROP", HopVerdict.Passes)]
    [InlineData("-s 10.10.0.1/255.255.0.0 -d 10.10.0.2 -j DROP", HopVerdict.Drops)]
    [InlineData("-d 10.10.0.1/32 -j DROP", HopVerdict.Passes)]
    [InlineData("-m iprange --src-range 10.10.0.1-10.10.0.9 -j DROP", HopVerdict.Drops)]
    [InlineData("-m iprange --dst-range 10.10.0.3-10.10.0.9 -j DROP", HopVerdict.Passes)]
    [InlineData("-p udp -m conntrack --ctstate RELATED,ESTABLISHED -j DROP", HopVerdict.Passes)]
    [InlineData("-p udp -m conntrack --ctstate NEW -j DROP", HopVerdict.Drops)]
    [InlineData("-p udp -m udp --sport 53 -j DROP", HopVerdict.Passes)]
    [InlineData("-p udp -m udp --sport 1024:65535 -j DROP", HopVerdict.Unknown)]
    [InlineData("-p icmp -m icmp --icmp-type 8 -j DROP", HopVerdict.Passes)]
    public void Addresses_ports_and_states_are_compared_with_those_of_the_path(string rule, HopVerdict verdict)
    {
        var host = Host(
            new IptablesParser("iptables", "ip").Parse(["*filter", ":FORWARD ACCEPT [0:0]", $"-A FORWARD {rule}"]),
            calls: true
        );
        var content = Udp with { From = System.Net.IPAddress.Parse("10.10.0.1"), To = System.Net.IPAddress.Parse("10.10.0.2") };

        PacketFilters.Judge(host, "xenbr0", "eth1", "vif2.0", Frame.Untagged, content).Verdict.ShouldBe(verdict);
    }

    [Theory]
    [InlineData("ip saddr 10.10.0.0/16 drop", HopVerdict.Drops)]
    [InlineData("ip daddr { 10.10.0.2, 10.20.0.0/16 } drop", HopVerdict.Drops)]
    [InlineData("ip saddr 10.10.0.3-10.10.0.9 drop", HopVerdict.Passes)]
    [InlineData("ip saddr != 10.10.0.1 drop", HopVerdict.Passes)]
    [InlineData("ip saddr . ip daddr { 10.10.0.1 . 10.10.0.2 } drop", HopVerdict.Unknown)]
    [InlineData("ct state established,related accept", HopVerdict.Passes)]
    [InlineData("ct state vmap { established : accept, invalid : drop, new : drop }", HopVerdict.Drops)]
    [InlineData("icmp type echo-request drop", HopVerdict.Passes)]
    [InlineData("meta mark 0x1 drop", HopVerdict.Unknown)]
    [InlineData("udp dport 33434 dnat to 10.1.1.1", HopVerdict.Unknown)]
    // nft before 0.9 has no space before the brace.
    [InlineData("udp dport { 22, 33434} drop", HopVerdict.Drops)]
    [InlineData("udp dport vmap { 22 : accept, 33434 : drop}", HopVerdict.Drops)]
    [InlineData("iifname . ip saddr { \"eth1\" . 10.10.0.1 } drop", HopVerdict.Unknown)]
    [InlineData("ip saddr . iifname { 10.10.0.1 . \"eth1\" } drop", HopVerdict.Unknown)]
    [InlineData("ip protocol > 5 drop", HopVerdict.Unknown)]
    [InlineData("meta l4proto 1-17 drop", HopVerdict.Unknown)]
    [InlineData("ether type 0x0600-0x86dd drop", HopVerdict.Unknown)]
    [InlineData("ct state != established | related drop", HopVerdict.Unknown)]
    [InlineData("ip saddr & 255.0.0.255 == 10.0.0.1 drop", HopVerdict.Unknown)]
    [InlineData("add @seen { ip saddr } drop", HopVerdict.Unknown)]
    [InlineData("iifname { \"eth0\", \"eth1\" timeout 1h expires 59m } drop", HopVerdict.Drops)]
    [InlineData("ip saddr vmap { 10.10.0.1 counter packets 0 bytes 0 : drop }", HopVerdict.Drops)]
    [InlineData("meta l4proto vmap { tcp : accept, * : drop }", HopVerdict.Unknown)]
    public void What_nft_says_of_addresses_and_states_is_compared_too(string rule, HopVerdict verdict)
    {
        var host = Host(
            NftParser.Parse([
                "table bridge t {",
                "chain f {",
                "type filter hook forward priority 0; policy accept;",
                $"{rule} # handle 3",
                "}",
                "}",
            ])
        );
        var content = Udp with { From = System.Net.IPAddress.Parse("10.10.0.1"), To = System.Net.IPAddress.Parse("10.10.0.2") };

        PacketFilters.Judge(host, "xenbr0", "eth1", "vif2.0", Frame.Untagged, content).Verdict.ShouldBe(verdict);
    }

    [Fact]
    public void Parsers_of_rules_fail_on_no_text()
    {
        string[] pieces =
        [
            .. Recorded.Lines("nft-a-list-ruleset", Source),
            .. Recorded.Lines("iptables-legacy-save", Source),
            .. Recorded.Lines("ebtables-legacy-L", Source),
            "{",
            "}",
            "!",
            "-j",
            "\"",
            "vlan id vmap {",
            "set",
            "elements = {",
            "type filter hook",
            "jump",
            ":",
            "*",
        ];
        var lines = Gen.OneOf(
                Gen.Elements(pieces),
                Gen.Zip(Gen.Elements(pieces), Gen.Choose(0, 80)).Select(t => t.Item1[..Math.Min(t.Item1.Length, t.Item2)]),
                Gen.Zip(Gen.Zip(Gen.Elements(pieces), Gen.Elements(pieces)), Gen.Choose(0, 80))
                    .Select(t => t.Item1.Item1[Math.Min(t.Item1.Item1.Length, t.Item2)..] + t.Item1.Item2)
            )
            .ArrayOf()
            .ToArbitrary();
        Prop.ForAll(
                lines,
                text =>
                {
                    foreach (
                        var chains in new[]
                        {
                            NftParser.Parse(text),
                            EbtablesParser.Parse("ebtables", text),
                            new IptablesParser("iptables", "ip").Parse(text),
                        }
                    )
                        PacketFilters
                            .Judge(Host(chains, calls: true), "xenbr0", "eth1", "vif2.0", Vlan10, Udp)
                            .Verdict.ShouldNotBe(HopVerdict.Delivers);
                }
            )
            .Holds(300);
    }

    // The same rules said to three programs must be judged the same.
    [Fact]
    public void Three_programs_rules_mean_the_same()
    {
        var rule = Gen.Zip(Gen.Zip(Gen.Choose(1, 3), Gen.Elements(Ports)), Gen.Elements(true, false))
            .Select(t => (Vlan: t.Item1.Item1, Port: t.Item1.Item2, Drops: t.Item2));
        Prop.ForAll(
                rule.ArrayOf().ToArbitrary(),
                rules =>
                {
                    var nft = Host(
                        NftParser.Parse([
                            "table bridge t {",
                            "chain f {",
                            "type filter hook forward priority 0; policy accept;",
                            .. rules.Select(r => $"iifname \"{r.Port}\" vlan id {r.Vlan} {(r.Drops ? "drop" : "accept")}"),
                            "}",
                            "}",
                        ])
                    );
                    var ebtables = Host(
                        EbtablesParser.Parse(
                            "ebtables",
                            [
                                "Bridge chain: FORWARD, entries: 1, policy: ACCEPT",
                                .. rules.Select(r => $"-p 802_1Q -i {r.Port} --vlan-id {r.Vlan} -j {(r.Drops ? "DROP" : "ACCEPT")}"),
                            ]
                        )
                    );
                    foreach (var vlan in Vlans)
                    {
                        foreach (var port in Ports)
                        {
                            var first = rules.Where(r => r.Vlan == vlan && r.Port == port).Select(r => r.Drops).FirstOrDefault();
                            var wanted = first ? HopVerdict.Drops : HopVerdict.Passes;
                            PacketFilters.Judge(nft, "xenbr0", port, "vif9.0", Tagged(vlan), FrameContent.Arp).Verdict.ShouldBe(wanted);
                            PacketFilters
                                .Judge(ebtables, "xenbr0", port, "vif9.0", Tagged(vlan), FrameContent.Arp)
                                .Verdict.ShouldBe(wanted);
                        }
                    }
                }
            )
            .Holds(200);
    }

    private static Frame Tagged(int vlan) => new(new VlanTag(new VlanId(vlan), VlanProtocol.Dot1Q), null);

    private static HostSnapshot Host(IReadOnlyList<PacketFilterChain> chains, bool calls = false) =>
        new()
        {
            HostName = "a",
            NodeName = "a",
            TakenAt = default,
            Kernel = KernelVersion.Parse("6.1.0"),
            PacketFilters = chains,
            BridgeNetfilter = calls ? new BridgeNetfilter(true, true, true, false) : null,
            Interfaces =
            [
                new NetworkInterface
                {
                    Name = "xenbr0",
                    Kind = InterfaceKind.Bridge,
                    Bridge = new BridgeDetails { CallsIptables = calls },
                },
            ],
        };
}
