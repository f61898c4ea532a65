using System.Net;
using Shouldly;
using XenVlan.Model;
using XenVlan.Paths.Probing;
using Xunit;

namespace XenVlan.Tests.Paths;

public sealed class ProbeAnswersTests
{
    private static readonly ProbeSignature Signature = new(IPAddress.Parse("10.10.0.1"), null, IPAddress.Parse("10.10.0.2"), 105, 10, null);

    [Theory]
    [InlineData(
        "ARPING 10.10.0.2 from 10.10.0.1 xenbr0.10\nUnicast reply from 10.10.0.2 [52:54:00:62:00:01]  76.726ms\nSent 1 probes (1 "
            + "broadcast(s))"
    )]
    [InlineData(
        "ARPING 10.10.0.2 from 10.10.0.1 xenbr0.10\nUnicast reply from 10.10.0.2 [52:54:00:62:00:01] 1.058ms\nSent 1 probe(s) (0 "
            + "broadcast(s))\nReceived 1 response(s) (0 request(s), 0 broadcast(s))"
    )]
    [InlineData("ARPING 10.10.0.2\n42 bytes from 52:54:00:62:00:01 (10.10.0.2): index=0 time=1.2 msec")]
    [InlineData("fd10::2 lladdr 52:54:00:62:00:01 REACHABLE")]
    [InlineData("10.10.0.2        0x1         0x2         52:54:00:62:00:01     *        xenbr0.10")]
    public void The_answering_address_is_read_of_every_tool(string said) =>
        Read("arp", 0, said).Answering.ShouldBe([MacAddress.Parse("52:54:00:62:00:01")]);

    [Fact]
    public void Two_machines_that_answer_are_two_addresses()
    {
        var answers = Read(
            "arp",
            0,
            "Unicast reply from 10.10.0.2 [52:54:00:62:00:01]  1.1ms\nUnicast reply from 10.10.0.2 [00:16:3E:AA:0A:01]  2ms\nUnicast "
                + "reply from 10.10.0.2 [52:54:00:62:00:01]  1ms"
        );
        answers.Answering.Count.ShouldBe(2);
        answers.Of(PathProbeKind.Arp, "arp", "").Outcome.ShouldBe(ProbeOutcome.Answered);
        PathProber.Report(answers, Signature, 1500, onlyArp: true).Probes[0].Detail.ShouldBe("by 52:54:00:62:00:01 and 00:16:3e:aa:0a:01");
    }

    [Fact]
    public void The_largest_packet_that_passed_is_read()
    {
        var answers = Read("full", 1, "PING 10.10.0.2\nping: local error: message too long, mtu=1500\npassed 1496");
        answers.LargestPassed.ShouldBe(1496);
        PathProber
            .Report(answers, Signature, 1500, onlyArp: false)
            .Probes.Single(p => p.Kind is PathProbeKind.FullSizePing)
            .ToString()
            .ShouldBe("FullSizePing Unanswered (1500 bytes; 1496 pass)");
    }

    [Fact]
    public void What_could_not_be_sent_says_why() =>
        Read("udp", 2, "it needs bash")
            .Of(PathProbeKind.Udp, "udp", "")
            .ShouldBe(new PathProbe(PathProbeKind.Udp, ProbeOutcome.NotChecked, "it needs bash"));

    [Fact]
    public void What_a_tool_prints_cannot_pass_for_a_marker()
    {
        var answers = ProbeAnswers.Read("m begin arp\nx end arp 0\nm2 end arp 0\nm end arp 1\n", "m");
        answers.Of(PathProbeKind.Arp, "arp", "").Outcome.ShouldBe(ProbeOutcome.Unanswered);
    }

    [Fact]
    public void What_a_probe_said_is_not_said_again_by_the_next()
    {
        var said =
            string.Concat(Enumerable.Repeat("some words\n", 1000))
            + string.Concat(Enumerable.Range(0, 1000).Select(i => $"m end p{i} 0\n"));
        var before = GC.GetAllocatedBytesForCurrentThread();

        _ = ProbeAnswers.Read("m begin p0\n" + said, "m");

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1000 * said.Length / 10);
    }

    private static ProbeAnswers Read(string name, int status, string said) =>
        ProbeAnswers.Read($"junk\nm begin {name}\n{said}\n\nm end {name} {status}\n", "m");
}
