using Shouldly;
using XenVlan.Model;
using XenVlan.Paths.Probing;
using XenVlan.Paths.Watching;
using Xunit;

namespace XenVlan.Tests.Paths;

public sealed class PathTraceTests
{
    private static readonly PathHop[] Way =
    [
        Hop("a", "xenbr0.10"),
        Hop("a", "eth1"),
        Hop("", "a/eth1 – b/eth1") with
        {
            Direction = PathDirection.Across,
        },
        Hop("b", "eth1"),
        Hop("b", "xenbr0.10"),
    ];

    [Fact]
    public void The_last_hop_that_saw_it_and_the_first_that_did_not_are_found()
    {
        var trace = PathTrace.OfRequests(
            Way,
            Seen((Place("a", "xenbr0.10"), true), (Place("a", "eth1"), true), (Place("b", "eth1"), false), (Place("b", "xenbr0.10"), false))
        );
        PathTrace.Place(trace.LastSeen!).ShouldBe("a/eth1");
        PathTrace.Place(trace.FirstMissed!).ShouldBe("b/eth1");
        trace.WireBetween.ShouldBe(trace.Hops[2]);
        trace.Hops.Select(h => h.Seen).ShouldBe([true, true, null, false, false]);
    }

    [Fact]
    public void A_place_nobody_watched_is_neither()
    {
        var trace = PathTrace.OfRequests(Way, Seen((Place("a", "eth1"), true), (Place("b", "xenbr0.10"), true)));
        PathTrace.Place(trace.LastSeen!).ShouldBe("b/xenbr0.10");
        trace.FirstMissed.ShouldBeNull();
    }

    [Fact]
    public void Counters_say_nothing_of_a_kind_of_packet()
    {
        var seen = Seen((Place("a", "eth1", Evidence.Counters), true));
        PathTrace.OfRequests(Way, seen).LastSeen.ShouldNotBeNull();
        PathTrace.OfRequests(Way, seen, PathProbeKind.FullSizePing).Hops.ShouldAllBe(h => h.Seen == null);
    }

    [Fact]
    public void What_was_lost_is_what_is_followed()
    {
        var report = new ProbeReport(
            [
                new(PathProbeKind.Arp, ProbeOutcome.Answered, ""),
                new(PathProbeKind.Ping, ProbeOutcome.Answered, ""),
                new(PathProbeKind.FullSizePing, ProbeOutcome.Unanswered, ""),
            ],
            1496,
            []
        );
        HashSet<PathProbeKind> small = [PathProbeKind.Arp, PathProbeKind.Ping];
        HashSet<PathProbeKind> all = [.. small, PathProbeKind.FullSizePing];
        var seen = new WatchReport(
            [Place("a", "eth1") with { Requests = all }, Place("b", "eth1") with { Requests = small }],
            new Dictionary<string, string>()
        );
        var result = TraceAnnotator.Annotate(
            new XenVlanPathResult
            {
                HostName = "a",
                Source = "a/xenbr0.10",
                Target = "b",
                Hops = Way,
            },
            report,
            seen
        );
        result.LastSeenAt.ShouldBe("a/eth1");
        result.FirstMissedAt.ShouldBe("b/eth1");
    }

    private static PathHop Hop(string host, string link) =>
        new()
        {
            HostName = host,
            Interface = link,
            Event = new Sent(),
        };

    private static WatchedPlace Place(string host, string link, Evidence means = Evidence.Capture) => new(host, link, means);

    private static WatchReport Seen(params (WatchedPlace Place, bool Saw)[] places) =>
        new(
            [.. places.Select(p => p.Saw ? p.Place with { Requests = new HashSet<PathProbeKind> { PathProbeKind.Arp } } : p.Place)],
            new Dictionary<string, string>()
        );
}
