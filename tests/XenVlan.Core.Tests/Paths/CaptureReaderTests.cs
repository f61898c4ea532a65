using System.Net;
using Shouldly;
using XenVlan.Model;
using XenVlan.Paths.Probing;
using XenVlan.Paths.Watching;
using Xunit;

namespace XenVlan.Tests.Paths;

public sealed class CaptureReaderTests
{
    private const string Mac = "52:54:00:61:00:01";

    private static readonly ProbeSignature V4 = new(
        IPAddress.Parse("10.10.0.1"),
        MacAddress.Parse(Mac),
        IPAddress.Parse("10.10.0.2"),
        105,
        10,
        22
    );
    private static readonly ProbeSignature V6 = new(
        IPAddress.Parse("fd10::1"),
        MacAddress.Parse(Mac),
        IPAddress.Parse("fd10::2"),
        125,
        10,
        null
    );

    [Theory]
    [InlineData(
        "02:31:29.8 52:54:00:61:00:01 > ff:ff:ff:ff:ff:ff, ethertype ARP (0x0806), length 42: Ethernet (len 6), IPv4 (len 4), Request "
            + "who-has 10.10.0.2 (ff:ff:ff:ff:ff:ff) tell 10.10.0.1, length 28"
    )]
    [InlineData(
        "02:31:29.8 52:54:00:61:00:01 > ff:ff:ff:ff:ff:ff, ethertype ARP (0x0806), length 42: Ethernet (len 6), IPv4 (len 4), Request "
            + "who-has 10.10.0.2 tell 0.0.0.0, length 28"
    )]
    [InlineData(
        "02:31:29.8 52:54:00:61:00:01 > ff:ff:ff:ff:ff:ff, ethertype 802.1Q, length 46: vlan 10, p 0, ethertype ARP, arp who-has "
            + "10.10.0.2 tell 10.10.0.1"
    )]
    public void An_arp_request_of_the_source_is_seen(string line) => Read(V4, line).Requests.ShouldBe([PathProbeKind.Arp]);

    [Theory]
    [InlineData(
        "02:31:29.8 52:54:00:61:00:01 > ff:ff:ff:ff:ff:ff, ethertype ARP (0x0806), length 42: Request who-has 10.10.0.2 tell 10.10.0.7, "
            + "length 28"
    )]
    [InlineData(
        "02:31:29.8 52:54:00:61:00:01 > ff:ff:ff:ff:ff:ff, ethertype ARP (0x0806), length 42: Request who-has 10.10.0.20 tell "
            + "10.10.0.1, length 28"
    )]
    [InlineData(
        "02:31:29.8 52:54:00:99:99:99 > ff:ff:ff:ff:ff:ff, ethertype ARP (0x0806), length 42: Request who-has 10.10.0.2 tell 0.0.0.0, "
            + "length 28"
    )]
    [InlineData("tcpdump: listening on eth1, link-type EN10MB (Ethernet), snapshot length 262144 bytes")]
    [InlineData("")]
    public void What_others_ask_is_not_taken_for_a_probe(string line)
    {
        var place = Read(V4, line);
        place.Requests.ShouldBeEmpty();
        place.Answers.ShouldBeEmpty();
    }

    [Fact]
    public void An_arp_answer_is_seen_whoever_gives_it() =>
        Read(
            V4,
            "02:31:29.9 52:54:00:62:00:01 > 52:54:00:61:00:01, ethertype ARP (0x0806), length 42: Ethernet (len 6), IPv4 (len 4), Reply "
                + "10.10.0.2 is-at 52:54:00:62:00:01, length 28"
        )
            .Answers.ShouldBe([PathProbeKind.Arp]);

    [Fact]
    public void Echoes_are_told_apart_by_their_size()
    {
        var place = Read(
            V4,
            "02:31:30.1 52:54:00:61:00:01 > 52:54:00:62:00:01, ethertype 802.1Q (0x8100), length 123: vlan 10, p 0, ethertype IPv4 "
                + "(0x0800), (tos 0x0, ttl 64, id 34361, offset 0, flags [DF], proto ICMP (1), length 105)",
            "    10.10.0.1 > 10.10.0.2: ICMP echo request, id 316, seq 1, length 85",
            "02:31:30.2 52:54:00:62:00:01 > 52:54:00:61:00:01, ethertype 802.1Q (0x8100), length 123: vlan 10, p 0, ethertype IPv4 "
                + "(0x0800), (tos 0x0, ttl 64, id 5760, offset 0, flags [none], proto ICMP (1), length 105)",
            "    10.10.0.2 > 10.10.0.1: ICMP echo reply, id 316, seq 1, length 85",
            "02:31:30.4 52:54:00:61:00:01 > 52:54:00:62:00:01, ethertype 802.1Q (0x8100), length 1518: vlan 10, p 0, ethertype IPv4 "
                + "(0x0800), (tos 0x0, ttl 64, id 0, offset 0, flags [DF], proto ICMP (1), length 1500)",
            "    10.10.0.1 > 10.10.0.2: ICMP echo request, id 317, seq 1, length 1480"
        );

        place.Requests.ShouldBe([PathProbeKind.Ping, PathProbeKind.FullSizePing], ignoreOrder: true);
        place.Answers.ShouldBe([PathProbeKind.Ping]);
        place.Tags.ShouldBe([new VlanTag(new VlanId(10), VlanProtocol.Dot1Q)]);
    }

    [Fact]
    public void The_tags_of_a_stack_are_read_outermost_first() =>
        Read(
            V4,
            "02:31:29.8 52:54:00:61:00:01 > ff:ff:ff:ff:ff:ff, ethertype 802.1Q-QinQ (0x88a8), length 50: vlan 100, p 0, ethertype "
                + "802.1Q (0x8100), vlan 10, p 0, ethertype ARP (0x0806), Request who-has 10.10.0.2 tell 10.10.0.1, length 28"
        )
            .Tags.ShouldBe([new VlanTag(new VlanId(100), VlanProtocol.Dot1AD), new VlanTag(new VlanId(10), VlanProtocol.Dot1Q)]);

    [Theory]
    [InlineData("[udp sum ok] UDP, length 10", false)]
    [InlineData("[bad udp cksum 0x143a -> 0x418a!] UDP, length 10", true)]
    public void Udp_is_known_by_its_size_and_its_checksum_is_read(string end, bool isBad)
    {
        var place = Read(
            V4,
            "02:34:41.1 52:54:00:61:00:01 > 52:54:00:62:00:01, ethertype IPv4 (0x0800), length 52: (tos 0x0, ttl 64, id 40833, offset "
                + "0, flags [DF], proto UDP (17), length 38)",
            $"    10.10.0.1.52532 > 10.10.0.2.33434: {end}",
            "02:34:41.2 52:54:00:62:00:01 > 52:54:00:61:00:01, ethertype IPv4 (0x0800), length 80: (tos 0xc0, ttl 64, id 5796, offset "
                + "0, flags [none], proto ICMP (1), length 66)",
            "    10.10.0.2 > 10.10.0.1: ICMP 10.10.0.2 udp port 33434 unreachable, length 46",
            "\t(tos 0x0, ttl 64, id 5175, offset 0, flags [DF], proto UDP (17), length 38)",
            "    10.10.0.1.55753 > 10.10.0.2.33434: UDP, length 10"
        );
        place.Requests.ShouldBe([PathProbeKind.Udp]);
        place.Answers.ShouldBe([PathProbeKind.Udp]);
        place.HasBadChecksum.ShouldBe(isBad);
    }

    [Fact]
    public void Tcp_is_seen_both_ways()
    {
        var place = Read(
            V4,
            "02:34:41.1 52:54:00:61:00:01 > 52:54:00:62:00:01, ethertype IPv4 (0x0800), length 74: (tos 0x0, ttl 64, id 1, offset 0, "
                + "flags [DF], proto TCP (6), length 60)",
            "    10.10.0.1.4711 > 10.10.0.2.22: Flags [S], cksum 0x1440 (incorrect -> 0x1b5f), seq 1, win 64240, length 0",
            "02:34:41.2 52:54:00:62:00:01 > 52:54:00:61:00:01, ethertype IPv4 (0x0800), length 54: (tos 0x0, ttl 64, id 0, offset 0, "
                + "flags [DF], proto TCP (6), length 40)",
            "    10.10.0.2.22 > 10.10.0.1.4711: Flags [R.], cksum 0x1440 (correct), seq 0, ack 1, win 0, length 0"
        );
        place.Requests.ShouldBe([PathProbeKind.Tcp]);
        place.Answers.ShouldBe([PathProbeKind.Tcp]);
    }

    [Fact]
    public void Ipv6_has_neighbour_discovery_for_arp()
    {
        var place = Read(
            V6,
            "02:34:40.4 52:54:00:61:00:01 > 33:33:ff:00:00:02, ethertype IPv6 (0x86dd), length 86: (hlim 255, next-header ICMPv6 (58) "
                + "payload length: 32) fd10::1 > ff02::1:ff00:2: [icmp6 sum ok] ICMP6, neighbor solicitation, length 32, who has fd10::2",
            "\t  source link-address option (1), length 8 (1): 52:54:00:61:00:01",
            "02:34:40.5 52:54:00:62:00:01 > 52:54:00:61:00:01, ethertype IPv6 (0x86dd), length 86: (hlim 255, next-header ICMPv6 (58) "
                + "payload length: 32) fd10::2 > fd10::1: [icmp6 sum ok] ICMP6, neighbor advertisement, length 32, tgt is fd10::2, "
                + "Flags [solicited, override]",
            "02:34:40.6 52:54:00:61:00:01 > 52:54:00:62:00:01, ethertype IPv6 (0x86dd), length 139: (flowlabel 0x9bafb, hlim 64, "
                + "next-header ICMPv6 (58) payload length: 85) fd10::1 > fd10::2: [icmp6 sum ok] ICMP6, echo request, id 382, seq 1",
            "02:34:40.7 52:54:00:62:00:01 > 52:54:00:61:00:01, ethertype IPv6 (0x86dd), length 120: (flowlabel 0xd3d02, hlim 64, "
                + "next-header ICMPv6 (58) payload length: 66) fd10::2 > fd10::1: [icmp6 sum ok] ICMP6, destination unreachable, "
                + "unreachable port, fd10::2 udp port 33434"
        );
        place.Requests.ShouldBe([PathProbeKind.Arp, PathProbeKind.Ping], ignoreOrder: true);
        place.Answers.ShouldBe([PathProbeKind.Arp, PathProbeKind.Udp], ignoreOrder: true);
    }

    private static WatchedPlace Read(ProbeSignature signature, params string[] lines)
    {
        var reader = new CaptureReader(signature);
        foreach (var line in lines)
            reader.Add(line);
        return reader.Result("b", "eth1");
    }
}
