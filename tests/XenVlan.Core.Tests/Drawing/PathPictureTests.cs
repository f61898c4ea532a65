using Shouldly;
using XenVlan.Drawing;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Tests.Drawing;

public sealed class PathPictureTests
{
    private static readonly VlanTag[] Ten = [new(new VlanId(10), VlanProtocol.Dot1Q)];

    private static XenVlanPathResult Passing { get; } =
        new()
        {
            HostName = "a",
            Source = "a/xenbr0.10",
            Target = "b/xenbr0.10 (10.10.0.2)",
            VlanId = 10,
            Reachable = true,
            Mtu = 1500,
            Hops =
            [
                Hop("a", "xenbr0.10", new Tagged(Ten[0], "xenbr0"), PathDirection.Out) with
                {
                    Mtu = 1500,
                    Seen = true,
                },
                Hop("a", "xenbr0", new Flooded(), PathDirection.Out) with
                {
                    Tags = Ten,
                    Mtu = 1500,
                    Seen = true,
                },
                Hop("a", "eth1", new Transmitted(), PathDirection.Out) with
                {
                    Tags = Ten,
                    Mtu = 1500,
                    Seen = true,
                },
                Hop("", "a/eth1 – b/eth1", new Carried(new VlanId(10)), PathDirection.Across) with
                {
                    Tags = Ten,
                },
                Hop("b", "eth1", new Entered("xenbr0"), PathDirection.In) with
                {
                    Tags = Ten,
                    Mtu = 1500,
                    Seen = true,
                },
                Hop("b", "xenbr0.10", new Delivered(), PathDirection.In) with
                {
                    Seen = true,
                    Verdict = HopVerdict.Delivers,
                },
            ],
        };

    [Fact]
    public void A_path_that_works_is_drawn_from_end_to_end() =>
        Golden.Verify(PathPicture.Write(Passing, colours: false), "Drawing/path-passing");

    [Fact]
    public void Where_a_frame_is_not_seen_any_more_is_marked() =>
        Golden.Verify(
            PathPicture
                .Write(
                    Passing with
                    {
                        Reachable = false,
                        Hops =
                        [
                            .. Passing.Hops.Take(4),
                            Passing.Hops[4] with
                            {
                                Seen = false,
                            },
                            Passing.Hops[5] with
                            {
                                Seen = false,
                                Verdict = HopVerdict.Passes,
                            },
                        ],
                        NotWatched = new Dictionary<string, string> { ["ftp-b"] = "tcpdump is not there" },
                    },
                    colours: true
                )
                .Replace('\u001b', '^'),
            "Drawing/path-lost-on-wire"
        );

    [Fact]
    public void The_answers_way_is_drawn_where_it_is_lost() =>
        Golden.Verify(
            PathPicture.Write(
                Passing with
                {
                    Reachable = false,
                    Reason = PathReason.AnswerLost,
                    AnswerHops =
                    [
                        Hop("b", "xenbr0.10", new Tagged(Ten[0], "xenbr0"), PathDirection.Out) with
                        {
                            Seen = true,
                        },
                        Hop("b", "eth1", new VlanNotAllowed(new VlanId(10), VlanSet.Parse("20"), BridgeSide.Port), PathDirection.Out) with
                        {
                            Tags = Ten,
                            Seen = false,
                            Verdict = HopVerdict.Drops,
                            Reason = PathReason.VlanNotAllowedOnPort,
                        },
                    ],
                },
                colours: false
            ),
            "Drawing/path-answer-lost"
        );

    [Fact]
    public void Text_from_a_host_is_cleaned()
    {
        var drawn = PathPicture.Write(
            Passing with
            {
                Hops = [Hop("\u001b[2J", "eth\n1", new HandedOn("\u202ex"), PathDirection.In)],
            },
            colours: false
        );
        drawn.Where(c => char.IsControl(c) && c != '\n').ShouldBeEmpty();
        drawn.Split('\n').Length.ShouldBe(3);
    }

    [Fact]
    public void Without_a_way_there_is_no_picture() => PathPicture.Draw(Passing with { Hops = [] }).ShouldBeEmpty();

    private static PathHop Hop(string host, string link, HopEvent happens, PathDirection direction) =>
        new()
        {
            HostName = host,
            Interface = link,
            Event = happens,
            Direction = direction,
        };
}
