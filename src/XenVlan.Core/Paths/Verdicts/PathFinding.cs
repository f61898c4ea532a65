using XenVlan.Model;

namespace XenVlan.Paths.Verdicts;

/// <summary>Why a path does not work, as a result says it.</summary>
/// <param name="Reason">Why.</param>
/// <param name="LostAt">Where the frame ends; null where that is not known.</param>
/// <param name="Explanation">The same in a sentence or two.</param>
/// <param name="Fix">What would mend it; null where nothing is known.</param>
internal sealed record PathFinding(PathReason Reason, string? LostAt, string Explanation, string? Fix)
{
    /// <summary>Puts it into a result.</summary>
    /// <param name="result">The result.</param>
    /// <returns>The result with this as its reason.</returns>
    public XenVlanPathResult Into(XenVlanPathResult result) => result with { Reason = Reason, LostAt = LostAt, Explanation = Explanation, Fix = Fix };
}
