using XenVlan.Model;

namespace XenVlan.Paths;

/// <summary>Finds everywhere a broadcast arrives, in one pass.</summary>
internal static class FrameFlood
{
    /// <summary>Lets an interface send a broadcast.</summary>
    /// <param name="network">What it travels through.</param>
    /// <param name="source">The interface.</param>
    /// <returns>Every interface whose host's own stack gets it, with the largest packet that comes so far.</returns>
    public static IReadOnlyCollection<FloodArrival> From(PathNetwork network, PathPoint source)
    {
        var rules = new ForwardingRules(network, FrameCast.Broadcast, FrameContent.Arp, LearnedPorts.None, explains: false);
        var arrivals = new Dictionary<(string, string), FloodArrival>();
        var best = new Dictionary<(string, string, WalkStage, Frame, string?), (int Room, bool IsCertain)>();
        var queue = new Queue<(WalkState State, int Room, bool IsCertain)>();
        var moves = new List<Move>();
        queue.Enqueue((new WalkState(source, WalkStage.Sending, Frame.Untagged), source.Interface.Mtu, true));
        while (queue.TryDequeue(out var at))
        {
            // A place is visited again only where the frame comes there with more room, or more surely.
            var known = best.GetValueOrDefault(at.State.Key, (Room: -1, IsCertain: false));
            if (at.Room <= known.Room && (known.IsCertain || !at.IsCertain))
                continue;
            best[at.State.Key] = (Math.Max(at.Room, known.Room), at.IsCertain || known.IsCertain);
            if (at.State.Stage is WalkStage.Delivered)
            {
                var (room, isCertain) = best[at.State.Key];
                arrivals[(at.State.Point.Host.HostName, at.State.Point.Interface.Name)] = new FloodArrival(at.State.Point, room, isCertain);
                continue;
            }

            moves.Clear();
            rules.Next(at.State, moves);
            foreach (var move in moves)
            {
                if (move.Verdict is not HopVerdict.Drops)
                    queue.Enqueue((move.To, Math.Min(at.Room, move.Room ?? int.MaxValue), at.IsCertain && move.Verdict is not HopVerdict.Unknown));
            }
        }

        return arrivals.Values;
    }
}
