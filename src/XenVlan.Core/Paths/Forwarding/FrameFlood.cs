using XenVlan.Model;
using XenVlan.Paths.Frames;

namespace XenVlan.Paths.Forwarding;

/// <summary>Finds everywhere a broadcast arrives, in one pass.</summary>
internal static class FrameFlood
{
    /// <summary>Lets an end send a broadcast.</summary>
    /// <returns>Every end that gets it, with the largest packet that comes so far.</returns>
    public static IReadOnlyCollection<FloodArrival> From(PathNetwork network, Vantage source)
    {
        var rules = new ForwardingRules(network, FrameCast.Broadcast, FrameContent.Arp, LearnedPorts.None);
        var arrivals = new Dictionary<(string, string, Frame), FloodArrival>();
        var best = new Dictionary<(string, string, WalkStage, Frame, string?), (int Mtu, bool IsCertain)>();
        var queue = new Queue<(WalkState State, int Mtu, bool IsCertain)>();
        var moves = new List<Transition>();
        queue.Enqueue(
            source.IsBehind
                ? (new WalkState(source.Point, WalkStage.Receiving, new Frame(source.Tag, null)), int.MaxValue, true)
                : (new WalkState(source.Point, WalkStage.Sending, Frame.Untagged), source.Point.Interface.Mtu, true)
        );
        while (queue.TryDequeue(out var at))
        {
            // A place is visited again only where the frame comes there with a larger MTU, or more surely.
            var known = best.GetValueOrDefault(at.State.Key, (Mtu: -1, IsCertain: false));
            if (at.Mtu <= known.Mtu && (known.IsCertain || !at.IsCertain))
                continue;
            best[at.State.Key] = (Math.Max(at.Mtu, known.Mtu), at.IsCertain || known.IsCertain);
            if (End(at.State) is { } end)
            {
                var (mtu, isCertain) = best[at.State.Key];
                arrivals[(at.State.Point.Host.HostName, at.State.Point.Interface.Name, at.State.Frame)] = new FloodArrival(
                    end,
                    mtu,
                    isCertain
                );
            }

            moves.Clear();
            rules.Next(at.State, moves);
            foreach (var move in moves)
            {
                if (move.Verdict is not HopVerdict.Drops)
                    queue.Enqueue(
                        (move.To, Math.Min(at.Mtu, move.Mtu ?? int.MaxValue), at.IsCertain && move.Verdict is not HopVerdict.Unknown)
                    );
            }
        }

        return arrivals.Values;
    }

    private static Vantage? End(in WalkState state) =>
        state switch
        {
            { Stage: WalkStage.Delivered } => new Vantage(state.Point),
            { Stage: WalkStage.Transmitted, Point.Interface.Kind: InterfaceKind.Vif, Frame.Inner: null } => new Vantage(
                state.Point,
                state.Frame.Outer,
                IsBehind: true
            ),
            _ => null,
        };
}

/// <summary>Where a broadcast arrives.</summary>
/// <param name="End">A host's own network stack on an interface, or a domain that was not read, behind its vif.</param>
/// <param name="Mtu">The largest packet that comes so far, in bytes.</param>
/// <param name="IsCertain">Whether everything on the way was known.</param>
internal sealed record FloodArrival(Vantage End, int Mtu, bool IsCertain);
