using System.Net;
using XenVlan.Changes;
using XenVlan.Changes.Desired;
using XenVlan.Changes.Transactions;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Paths.Probing;
using XenVlan.Paths.Watching;

namespace XenVlan.Fuzz.Targets;

/// <summary>What is heard over a connection while something goes on: a transaction, probes, captures, counters.</summary>
internal static class ConversationTargets
{
    private static readonly ProbeSignature V4 = new(
        IPAddress.Parse("10.10.0.1"),
        MacAddress.Parse("52:54:00:61:00:01"),
        IPAddress.Parse("10.10.0.2"),
        105,
        10,
        22
    );
    private static readonly ProbeSignature V6 = new(
        IPAddress.Parse("fd10::1"),
        MacAddress.Parse("52:54:00:61:00:01"),
        IPAddress.Parse("fd10::2"),
        125,
        10,
        null
    );

    private static readonly ChangePlan Plan = ChangePlan.Make(
        new HostSnapshot
        {
            HostName = "a",
            NodeName = "a",
            TakenAt = default,
            Kernel = KernelVersion.Parse("6.1.0"),
            Programs = ["ip"],
            Interfaces =
            [
                new()
                {
                    Name = "eth0",
                    Kind = InterfaceKind.Physical,
                    Mtu = 1500,
                },
            ],
        },
        [
            new VlanInterfacePresent
            {
                Parent = new InterfaceName("eth0"),
                VlanId = new VlanId(10),
                Mtu = 1400,
                Addresses = [InterfaceAddress.Parse("10.0.0.1/24")],
            },
        ]
    );

    /// <summary>Makes the list.</summary>
    /// <returns>The readers.</returns>
    public static IEnumerable<FuzzTarget> Make() =>
        [
            new FuzzTarget(
                "transaction-list",
                [
                    "m transaction 1a2b3c4d\nm head by root@10.0.0.9\nm head title 2 steps: make eth0.10\nm head started "
                        + "2026-11-30T01:02:03Z\nm head reverts \nm plan 1 make eth0.10\nm plan    ip link add\nm state armed 17\nm "
                        + "transaction 5e6f7a8b\nm state rolled-back timeout nobody confirmed it\nm transaction 6f7a8b9c\nm "
                        + "state interrupted the host went down\nm refused nothing is there\n",
                ],
                List
            ),
            new FuzzTarget(
                "transaction-news",
                [
                    "m id 1a2b3c4d\nm 1 running 1\nm 2 done 1 it is so\nm 3 failed 2 RTNETLINK answers: File exists\nm 4 armed 30\nm 5 "
                        + "rolling-back step-failed a step failed\nm 6 undone 1\nm 7 undo-failed 2 x\nm 8 wrote /etc/network/"
                        + "interfaces\nm 9 warning w\nm over stuck killed it is\nm refused busy\nm warning w\n",
                ],
                News
            ),
            new FuzzTarget("capture", [.. Captures()], Capture),
            new FuzzTarget("counters", [.. Strings("CounterReadingTests")], Counters),
            new FuzzTarget(
                "probe-answers",
                [
                    "junk\nm begin arp\nARPING 10.10.0.2\nUnicast reply from 10.10.0.2 [52:54:00:62:00:01]  76.726ms\n\nm end arp 0\nm "
                        + "begin ping\n\nm end ping 1\nm begin full\npassed 1496\n\nm end full 1\nm begin udp\nit needs bash\n\nm end "
                        + "udp 2\nm begin tcp\nm end tcp 3\n",
                ],
                Answers
            ),
            new FuzzTarget(
                "marked-output",
                ["Welcome!\n\nmark begin\nhello\nyou\n\nmark end 3\nlate\n", "\nmark begin\n\r\n\nmark end 0\n"],
                Marked
            ),
            new FuzzTarget(
                "connection-failure",
                [
                    "ssh: connect to host xen1 port 22: Connection refused\r\n",
                    "root@xen1: Permission denied (publickey).\r\n",
                    "Host key verification failed.\r\n",
                    "ssh: Could not resolve hostname xen1: Name or service not known",
                ],
                Failed
            ),
        ];

    // The texts in a test are as good a beginning as any.
    private static IEnumerable<string> Strings(string test)
    {
        var lines = File.ReadAllLines(Repository.PathOf($"tests/XenVlan.Core.Tests/Paths/{test}.cs"));
        var found = lines
            .Select(l => l.Trim())
            .Select(l =>
                l.StartsWith("m ", StringComparison.Ordinal) || l.StartsWith("x ", StringComparison.Ordinal) ? l
                : l.IndexOf('"', StringComparison.Ordinal) is >= 0 and var first && l.LastIndexOf('"') is var last && last > first + 20
                    ? l[(first + 1)..last]
                : ""
            );
        yield return string.Join('\n', found.Where(l => l.Length > 0)).Replace("\\t", "\t", StringComparison.Ordinal);
    }

    private static IEnumerable<string> Captures() =>
        Directory
            .GetFiles(Repository.PathOf("tests/XenVlan.Core.Tests/Data/captures-debian-12"))
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText);

    private static void List(string text) =>
        Promise.MayRefuse(() =>
        {
            foreach (var transaction in TransactionReader.Parse("a", text, "m"))
            {
                Promise.IsHarmless(transaction.Title, "a title");
                Promise.IsHarmless(transaction.Reason, "a reason");
                Promise.IsHarmless(transaction.By, "a name");
                foreach (var line in transaction.Plan)
                    Promise.IsHarmless(line, "a step");
            }
        });

    private static void News(string text)
    {
        void Told(string host, string said) => Promise.IsHarmless(said, "news");
        foreach (var plan in new[] { Plan, null })
        {
            var news = new TransactionProgress("a", plan, new TransactionOptions { OnProgress = Told, OnWarning = Told });
            foreach (var line in text.Split('\n'))
                news.Receive(line.StartsWith("m ", StringComparison.Ordinal) ? news.Mark + line[1..] : line);
            Promise.IsHarmless(news.Refused, "a refusal");
            Promise.IsHarmless(news.State.Reason, "a reason");
            foreach (var failure in news.Failures)
                Promise.IsHarmless(failure, "a failure");
            foreach (var step in news.Steps)
                Promise.IsHarmless(step.Said, "what a step said");
        }
    }

    private static void Capture(string text)
    {
        foreach (var signature in new[] { V4, V6 })
        {
            var reader = new CaptureReader(signature);
            var pcap = new PcapReader(reader.Add);
            foreach (var line in text.Split('\n'))
                pcap.Add(line);
            _ = reader.Result("a", "eth0");
        }
    }

    private static void Counters(string text)
    {
        var reading = CounterReading.Read(text, "m");
        if (reading.Of("eth1", new VlanTag(new VlanId(10), VlanProtocol.Dot1Q)) is var (first, second))
            _ = second.Since(first).Holds(17, 601, first.Since(first));
        _ = reading.Of("vif1.0", null);
        _ = reading.LearnedAgo("eth1", new VlanId(10));
    }

    private static void Answers(string text)
    {
        var answers = ProbeAnswers.Read(text, "m");
        var report = PathProber.Report(answers, V4, 1500, onlyArp: false);
        foreach (var probe in report.Probes)
            Promise.IsHarmless(probe.Detail, "what a probe says");
        _ = report.IsAnswered;
        _ = report.IsRemembered;
    }

    private static void Marked(string text)
    {
        var whole = new MarkedOutput("mark", 1000, null);
        whole.ReadAsync(new StringReader(text), CancellationToken.None).GetAwaiter().GetResult();
        var drained = new MarkedOutput("mark", 10, null, drains: true);
        drained.ReadAsync(new StringReader(text), CancellationToken.None).GetAwaiter().GetResult();
        Promise.That(drained.ExitStatus == whole.ExitStatus || whole.IsTooLarge, "where a script ended does not hang on what is kept");
        Promise.That(whole.Text.Length <= 1001, "no more is kept than may be");
        Promise.That(drained.LastLines.Length < 1300, "the last words are few");
    }

    private static void Failed(string text)
    {
        foreach (var status in new[] { 255, 1 })
            Promise.IsHarmless(ConnectionFailure.Explain(HostTarget.Parse("xen1"), text, status).Message, "an error of ssh");
    }
}
