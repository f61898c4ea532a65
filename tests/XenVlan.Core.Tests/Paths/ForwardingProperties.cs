using FsCheck.Fluent;
using Shouldly;
using XenVlan.Model;
using XenVlan.Paths.Forwarding;
using XenVlan.Paths.Frames;
using XenVlan.Tests.Model;
using Xunit;

namespace XenVlan.Tests.Paths;

/// <summary>What holds for each single move of a frame, in any network without loops.</summary>
public sealed class ForwardingProperties
{
    [Fact]
    public void Tags_change_only_where_something_puts_one_on_or_takes_one_off() =>
        Prop.ForAll(
                GeneratedNetwork.Any.ToArbitrary(),
                generated =>
                {
                    var network = generated.Network();
                    foreach (var source in generated.Points)
                    {
                        foreach (var (from, move) in Moves(network, source, overObstacles: false))
                            IsExplained(network, from, move).ShouldBeTrue($"{from} → {move}");
                    }
                }
            )
            .Holds(50);

    [Fact]
    public void A_bridge_without_filtering_leaves_tags_as_they_are() =>
        Prop.ForAll(
                GeneratedNetwork.Any.ToArbitrary(),
                generated =>
                {
                    var network = generated.Network();
                    foreach (var source in generated.Points)
                    {
                        var crossings = Moves(network, source, overObstacles: true)
                            .Where(m => BridgeOf(m.From, m.Move) is { VlanFiltering: false });
                        crossings.ShouldAllBe(m => m.From.Frame.Tags.SequenceEqual(m.Move.To.Frame.Tags));
                    }
                }
            )
            .Holds(50);

    [Fact]
    public void A_search_comes_to_an_end_soon_obstacles_or_not() =>
        Prop.ForAll(
                GeneratedNetwork.Any.ToArbitrary(),
                generated =>
                {
                    var network = generated.Network();
                    var interfaces = generated.Hosts.Sum(h => h.Interfaces.Count);
                    foreach (var source in generated.Points)
                    {
                        // Each of an interface's five stages is come to at most once without obstacles, for there is one way to it.
                        Moves(network, source, overObstacles: false).Count.ShouldBeLessThanOrEqualTo(5 * interfaces);
                        Moves(network, source, overObstacles: true).Count.ShouldBeLessThanOrEqualTo(20 * interfaces);
                    }
                }
            )
            .Holds(50);

    [Fact]
    public void A_frame_is_printed_as_its_tags() =>
        new Frame(new VlanTag(new VlanId(10), VlanProtocol.Dot1Q), null).ToString().ShouldBe("tagged 10");

    private static bool IsExplained(PathNetwork network, WalkState from, Transition move)
    {
        IReadOnlyList<VlanTag> before = from.Frame.Tags,
            after = move.To.Frame.Tags;
        var isSame = before.SequenceEqual(after);
        if (BridgeOf(from, move) is { } bridge)
        {
            if (!bridge.VlanFiltering || isSame)
                return isSame;
            return move.To.Stage is WalkStage.Bridged
                ? after[0].Protocol == bridge.VlanProtocol
                    && (before.Count == 0 || before[0].Protocol != bridge.VlanProtocol)
                    && after.Skip(1).SequenceEqual(before)
                : before.Skip(1).SequenceEqual(after);
        }

        return (from, move.To) switch
        {
            ({ Stage: WalkStage.Sending, Point.Interface.Vlan: { Id: { } id } vlan }, _) => after[0] == new VlanTag(id, vlan.Protocol)
                && after.Skip(1).SequenceEqual(before),
            ({ Stage: WalkStage.Receiving }, { Stage: WalkStage.Receiving, Point.Interface.Vlan: { Id: { } id } vlan }) => before[0]
                == new VlanTag(id, vlan.Protocol)
                && before.Skip(1).SequenceEqual(after),
            ({ Stage: WalkStage.Transmitted }, _) => isSame
                || (network.AcrossWires(from.Point).Any(a => a.Wire.Native == before[0].Vlan) && before.Skip(1).SequenceEqual(after)),
            _ => isSame,
        };
    }

    // The bridge that a move crosses one half of; null for any other move.
    private static BridgeDetails? BridgeOf(WalkState from, Transition move) =>
        move.To.Stage is WalkStage.Bridged ? move.To.Point.Interface.Bridge
        : from.Stage is WalkStage.Bridged ? from.Point.Interface.Bridge
        : null;

    private static List<(WalkState From, Transition Move)> Moves(PathNetwork network, InterfaceRef source, bool overObstacles)
    {
        var rules = new ForwardingRules(network, FrameCast.Broadcast, FrameContent.Arp, LearnedPorts.None);
        var all = new List<(WalkState, Transition)>();
        var seen = new HashSet<(string, string, WalkStage, Frame, string?)>();
        var queue = new Queue<WalkState>([new WalkState(source, WalkStage.Sending, Frame.Untagged)]);
        var moves = new List<Transition>();
        while (queue.TryDequeue(out var state))
        {
            if (!seen.Add(state.Key))
                continue;
            moves.Clear();
            rules.Next(state, moves);
            foreach (var move in moves.Where(m => overObstacles || m.Verdict is not HopVerdict.Drops))
            {
                all.Add((state, move));
                queue.Enqueue(move.To);
            }
        }

        return all;
    }
}
