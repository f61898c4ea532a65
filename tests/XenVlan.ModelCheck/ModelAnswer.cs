using System.Net;
using XenVlan.Model;
using XenVlan.Paths.Forwarding;
using XenVlan.Paths.Frames;

namespace XenVlan.ModelCheck;

/// <summary>What the model says of two ends.</summary>
/// <param name="Prediction">The prediction for a question and its answer.</param>
/// <param name="Asked">Whether a question for the neighbour arrives; null where the model cannot say.</param>
/// <param name="Answered">Whether its answer arrives as well.</param>
/// <param name="Largest">The largest packet that arrives, of those that were tried; null for none.</param>
internal sealed record ModelAnswer(PathPrediction Prediction, bool? Asked, bool? Answered, int? Largest)
{
    private const int ArpSize = 28;
    private const int NeighborSize = 72;

    /// <summary>Whether nothing else is not known to the model than who hears a multicast on a bridge that snoops.</summary>
    public bool IsUnsureOfQuerier =>
        Prediction
            .Forward.Hops.Concat(Prediction.Back.Hops)
            .Where(h => h.Verdict is HopVerdict.Unknown)
            .All(h => h.Reason is PathReason.MulticastSnooped);

    /// <summary>Asks the model.</summary>
    public static ModelAnswer Make(PathNetwork network, InterfaceRef source, InterfaceRef target, IReadOnlyList<int> sizes)
    {
        var prediction = PathPrediction.Make(network, source, target, ArpSize);
        var asked = prediction.Forward.Arrives;
        var answered =
            asked is false ? false
            : prediction.Back.Arrives is false ? false
            : asked is null ? null
            : prediction.Back.Arrives;
        return new ModelAnswer(prediction, asked, answered, asked is false ? null : LargestOf(sizes, prediction.Mtu));
    }

    /// <summary>Asks the model of IPv6's neighbour discovery.</summary>
    public static ModelAnswer Make6(PathNetwork network, InterfaceRef source, InterfaceRef target, IPAddress address)
    {
        var question = new FrameContent(FrameKind.Neighbor, null, IsIPv6: true) { To = address };
        var prediction = PathPrediction.Make(network, new Vantage(source), new Vantage(target), NeighborSize, question);
        var asked = prediction.Forward.Arrives;
        var back = prediction.Back.Arrives;
        return new ModelAnswer(
            prediction,
            asked,
            asked is false || back is false ? false
                : asked is null ? null
                : back,
            null
        );
    }

    private static int? LargestOf(IReadOnlyList<int> sizes, int? room)
    {
        var passing = sizes.Where(s => room is null || s <= room).ToList();
        return passing.Count == 0 ? null : passing[^1];
    }
}
