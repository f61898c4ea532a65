using System.Text;
using XenVlan.Model;
using XenVlan.ModelCheck.Topologies;
using XenVlan.Paths.Forwarding;
using XenVlan.Paths.Watching;

namespace XenVlan.ModelCheck;

/// <summary>Two ends of which the model says something else than what the kernel did.</summary>
/// <param name="Source">Where the question came from.</param>
/// <param name="Target">Whom it was for.</param>
/// <param name="Protocol">By which neighbours were asked for.</param>
/// <param name="Kernel">What the kernel did.</param>
/// <param name="Model">What the model says.</param>
internal sealed record Disagreement(
    Device Source,
    Device Target,
    string Protocol,
    (bool Asked, bool Answered, int? Largest) Kernel,
    ModelAnswer Model
)
{
    /// <summary>In one line.</summary>
    public string Summary =>
        $"{Source} to {Target} by {Protocol}: the kernel {Says(Kernel.Asked, Kernel.Answered, Kernel.Largest)}; the model "
        + $"{Says(Model.Asked, Model.Answered, Model.Largest)}";

    /// <summary>With the model's hops.</summary>
    public string Describe()
    {
        var text = new StringBuilder(Summary).Append('\n');
        Add(text, "there", Model.Prediction.Forward);
        Add(text, "back", Model.Prediction.Back);
        return text.ToString();
    }

    private static string Says(bool? asked, bool? answered, int? largest) =>
        $"{(asked, answered) switch
        {
            (false, _) => "loses the question",
            (true, false) => "loses the answer",
            (true, true) => "answers",
            _ => "does not know",
        }}, largest {largest?.ToString() ?? "none"}";

    private static void Add(StringBuilder text, string way, WalkResult walk)
    {
        _ = text.Append($"  {way}{(walk.IsConnected ? "" : ": not connected")}\n");
        foreach (var hop in walk.Hops)
            _ = text.Append(
                $"    {(hop.Verdict is HopVerdict.Drops ? "x" : hop.Verdict is HopVerdict.Unknown ? "?" : " ")} "
                    + $"{PathTrace.Place(hop)} {hop.Action}{(hop.Reason is PathReason.None ? "" : $" [{hop.Reason}]")}\n"
            );
    }
}
