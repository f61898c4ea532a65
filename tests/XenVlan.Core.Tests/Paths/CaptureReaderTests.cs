using System.Net;
using Shouldly;
using XenVlan.Model;
using XenVlan.Paths.Probing;
using XenVlan.Paths.Watching;
using Xunit;
using static XenVlan.Tests.Paths.CapturedFrames;

namespace XenVlan.Tests.Paths;

public sealed class CaptureReaderTests
{
    private const string Mac = "52:54:00:61:00:01";
    private const string Other = "52:54:00:99:99:99";
    private const string A4 = "10.10.0.1";
    private const string B4 = "10.10.0.2";
    private const string A6 = "fd10::1";
    private const string B6 = "fd10::2";

    private static readonly (int, int) Vlan10 = (0x8100, 10);

    private static readonly ProbeSignature V4 = new(IPAddress.Parse(A4), MacAddress.Parse(Mac), IPAddress.Parse(B4), 105, 10, 22);
    private static readonly ProbeSignature V6 = new(IPAddress.Parse(A6), MacAddress.Parse(Mac), IPAddress.Parse(B6), 125, 10, 22);

    [Theory]
    [InlineData(Mac, A4)]
    [InlineData(Mac, "0.0.0.0")]
    [InlineData(Other, A4)]
    public void An_arp_request_of_the_source_is_seen(string mac, string sender)
    {
        Read(V4, Ethernet(mac, 0x0806, Arp(1, sender, B4))).Requests.ShouldBe([PathProbeKind.Arp]);
        Read(V4, Ethernet(mac, 0x0806, Arp(1, sender, B4), Vlan10)).Requests.ShouldBe([PathProbeKind.Arp]);
    }

    [Theory]
    [InlineData(Mac, "10.10.0.7", B4)]
    [InlineData(Mac, A4, "10.10.0.20")]
    [InlineData(Other, "0.0.0.0", B4)]
    public void What_others_ask_is_not_taken_for_a_probe(string mac, string sender, string target) =>
        SeesNothing(V4, Ethernet(mac, 0x0806, Arp(1, sender, target)));

    [Fact]
    public void An_arp_answer_is_seen_whoever_gives_it() =>
        Read(V4, Ethernet(Other, 0x0806, Arp(2, B4, A4))).Answers.ShouldBe([PathProbeKind.Arp]);

    [Fact]
    public void What_the_kernel_asks_a_neighbour_that_it_knows_is_no_probe_and_its_answer_none()
    {
        var question = EthernetTo(Other, Mac, 0x0806, Arp(1, A4, B4));
        var answer = EthernetTo(Mac, Other, 0x0806, Arp(2, B4, A4));
        SeesNothing(V4, question, answer);
        Read(V4, Ethernet(Mac, 0x0806, Arp(1, A4, B4)), answer).Answers.ShouldBe([PathProbeKind.Arp]);
        Read(V4, question, answer, Ethernet(Mac, 0x0806, Arp(1, A4, B4))).Answers.ShouldBeEmpty();

        var question6 = EthernetTo(Other, Mac, 0x86dd, Packet(A6, B6, IcmpV6, Neighbor(135, B6)));
        var answer6 = EthernetTo(Mac, Other, 0x86dd, Packet(B6, A6, IcmpV6, Neighbor(136, B6)));
        SeesNothing(V6, question6, answer6);
    }

    [Fact]
    public void Echoes_are_told_apart_by_their_size()
    {
        var place = Read(
            V4,
            Ethernet(Mac, 0x0800, Packet(A4, B4, Icmp, Echo(8, 85)), Vlan10),
            Ethernet(Other, 0x0800, Packet(B4, A4, Icmp, Echo(0, 85)), Vlan10),
            Ethernet(Mac, 0x0800, Packet(A4, B4, Icmp, Echo(8, 1480)), Vlan10)
        );

        place.Requests.ShouldBe([PathProbeKind.Ping, PathProbeKind.FullSizePing], ignoreOrder: true);
        place.Answers.ShouldBe([PathProbeKind.Ping]);
        place.Tags.ShouldBe([new VlanTag(new VlanId(10), VlanProtocol.Dot1Q)]);
    }

    [Fact]
    public void A_full_size_echo_is_known_by_the_size_in_its_header_where_its_end_was_not_captured() =>
        Read(V4, Ethernet(Mac, 0x0800, Packet(A4, B4, Icmp, Echo(8, 1480)))[..CaptureReader.FrameSize(V4)])
            .Requests.ShouldBe([PathProbeKind.FullSizePing]);

    [Fact]
    public void The_tags_of_a_stack_are_read_outermost_first() =>
        Read(V4, Ethernet(Mac, 0x0806, Arp(1, A4, B4), (0x88a8, 100), (0x8100, 0x600a)))
            .Tags.ShouldBe([new VlanTag(new VlanId(100), VlanProtocol.Dot1AD), new VlanTag(new VlanId(10), VlanProtocol.Dot1Q)]);

    [Fact]
    public void A_priority_tag_is_no_vlan() => Read(V4, Ethernet(Mac, 0x0806, Arp(1, A4, B4), (0x8100, 0xe000))).Tags.ShouldBe([]);

    [Theory]
    [InlineData(null, false)]
    [InlineData(0x143a, true)]
    [InlineData(0, false)]
    public void Udp_is_known_by_its_size_and_its_checksum_is_read(int? checksum, bool isBad)
    {
        var probe = Packet(A4, B4, Udp, Datagram(A4, B4, ProbeScript.UdpPort, 10, checksum));
        var place = Read(V4, Ethernet(Mac, 0x0800, probe), Ethernet(Other, 0x0800, Packet(B4, A4, Icmp, Unreachable(3, 3, probe))));
        place.Requests.ShouldBe([PathProbeKind.Udp]);
        place.Answers.ShouldBe([PathProbeKind.Udp]);
        place.HasBadChecksum.ShouldBe(isBad);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(0x143a, true)]
    [InlineData(0, true)]
    public void Udp_over_ipv6_has_to_have_a_checksum(int? checksum, bool isBad)
    {
        var probe = Packet(A6, B6, Udp, Datagram(A6, B6, ProbeScript.UdpPort, 10, checksum));
        var place = Read(V6, Ethernet(Mac, 0x86dd, probe), Ethernet(Other, 0x86dd, Packet(B6, A6, IcmpV6, Unreachable(1, 4, probe))));
        place.Requests.ShouldBe([PathProbeKind.Udp]);
        place.Answers.ShouldBe([PathProbeKind.Udp]);
        place.HasBadChecksum.ShouldBe(isBad);
    }

    [Fact]
    public void A_checksum_is_not_judged_where_the_end_was_not_captured() =>
        Read(V4, Ethernet(Mac, 0x0800, Packet(A4, B4, Udp, Datagram(A4, B4, ProbeScript.UdpPort, 10, 0x143a)))[..^1])
            .HasBadChecksum.ShouldBeFalse();

    [Fact]
    public void Udp_of_others_is_no_probe_and_no_answer()
    {
        SeesNothing(V4, Ethernet(Mac, 0x0800, Packet(A4, B4, Udp, Datagram(A4, B4, ProbeScript.UdpPort, 11))));
        SeesNothing(V4, Ethernet(Mac, 0x0800, Packet(A4, B4, Udp, Datagram(A4, B4, 53, 10))));
        var question = Packet(A4, B4, Udp, Datagram(A4, B4, 53, 10));
        SeesNothing(V4, Ethernet(Other, 0x0800, Packet(B4, A4, Icmp, Unreachable(3, 3, question))));
        var probe = Packet(A4, B4, Udp, Datagram(A4, B4, ProbeScript.UdpPort, 10));
        SeesNothing(V4, Ethernet(Other, 0x0800, Packet("10.10.0.9", A4, Icmp, Unreachable(3, 1, probe))));
    }

    [Fact]
    public void Tcp_is_seen_both_ways()
    {
        var place = Read(
            V4,
            Ethernet(Mac, 0x0800, Packet(A4, B4, Tcp, Segment(4711, 22, Syn))),
            Ethernet(Other, 0x0800, Packet(B4, A4, Tcp, Segment(22, 4711, Reset | Ack)))
        );
        place.Requests.ShouldBe([PathProbeKind.Tcp]);
        place.Answers.ShouldBe([PathProbeKind.Tcp]);
        Read(V6, Ethernet(Other, 0x86dd, Packet(B6, A6, Tcp, Segment(22, 4711, Syn | Ack)))).Answers.ShouldBe([PathProbeKind.Tcp]);
    }

    [Fact]
    public void A_connection_that_was_open_before_is_no_probe()
    {
        SeesNothing(V4, Ethernet(Mac, 0x0800, Packet(A4, B4, Tcp, Segment(4711, 22, Ack))));
        SeesNothing(V4, Ethernet(Other, 0x0800, Packet(B4, A4, Tcp, Segment(22, 4711, Ack))));
    }

    [Fact]
    public void Ipv6_has_neighbour_discovery_for_arp()
    {
        var place = Read(
            V6,
            Ethernet(Mac, 0x86dd, Packet(A6, "ff02::1:ff00:2", IcmpV6, Neighbor(135, B6))),
            Ethernet(Other, 0x86dd, Packet(B6, A6, IcmpV6, Neighbor(136, B6))),
            Ethernet(Mac, 0x86dd, Packet(A6, B6, IcmpV6, Echo(128, 85)))
        );
        place.Requests.ShouldBe([PathProbeKind.Arp, PathProbeKind.Ping], ignoreOrder: true);
        place.Answers.ShouldBe([PathProbeKind.Arp]);
        SeesNothing(V6, Ethernet(Other, 0x86dd, Packet(A6, "ff02::1:ff00:2", IcmpV6, Neighbor(135, B6))));
    }

    [Fact]
    public void A_frame_cut_off_anywhere_is_read_as_far_as_it_goes()
    {
        var four = Packet(A4, B4, Udp, Datagram(A4, B4, ProbeScript.UdpPort, 10));
        var six = Packet(A6, B6, Udp, Datagram(A6, B6, ProbeScript.UdpPort, 10));
        (ProbeSignature Signature, int Type, byte[] Content)[] frames =
        [
            (V4, 0x0806, Arp(1, A4, B4)),
            (V4, 0x0800, four),
            (V4, 0x0800, Packet(B4, A4, Icmp, Unreachable(3, 3, four))),
            (V4, 0x0800, Packet(A4, B4, Tcp, Segment(4711, 22, Syn))),
            (V6, 0x86dd, Packet(A6, "ff02::1:ff00:2", IcmpV6, Neighbor(135, B6))),
            (V6, 0x86dd, six),
            (V6, 0x86dd, Packet(B6, A6, IcmpV6, Unreachable(1, 4, six))),
        ];
        foreach (var (signature, type, content) in frames)
        {
            var frame = Ethernet(Mac, type, content, Vlan10, Vlan10);
            for (var length = 0; length < frame.Length; length++)
                Should.NotThrow(() => Read(signature, frame[..length]));
            var place = Read(signature, frame);
            (place.Requests.Count + place.Answers.Count).ShouldBe(1);
        }
    }

    [Theory]
    [InlineData("ipv4-vlan-10")]
    [InlineData("ipv6-vlan-10")]
    public void What_a_real_tcpdump_captured_has_every_probe_and_its_answer(string name)
    {
        var reader = new CaptureReader(name.StartsWith("ipv6", StringComparison.Ordinal) ? V6 : V4);
        var pcap = new PcapReader(reader.Add);
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "captures-debian-12", name + ".txt")))
            pcap.Add(line);

        var place = reader.Result("b", "eth1");
        PathProbeKind[] all = [PathProbeKind.Arp, PathProbeKind.Ping, PathProbeKind.FullSizePing, PathProbeKind.Udp, PathProbeKind.Tcp];
        place.Requests.ShouldBe(all, ignoreOrder: true);
        place.Answers.ShouldBe(all, ignoreOrder: true);
        place.Tags.ShouldBe([new VlanTag(new VlanId(10), VlanProtocol.Dot1Q)]);
        place.HasBadChecksum.ShouldBeFalse();
        pcap.IsReading.ShouldBeTrue();
    }

    private static void SeesNothing(ProbeSignature signature, params byte[][] frames)
    {
        var place = Read(signature, frames);
        place.Requests.ShouldBeEmpty();
        place.Answers.ShouldBeEmpty();
    }

    private static WatchedPlace Read(ProbeSignature signature, params byte[][] frames)
    {
        var reader = new CaptureReader(signature);
        foreach (var frame in frames)
            reader.Add(frame);
        return reader.Result("b", "eth1");
    }
}
