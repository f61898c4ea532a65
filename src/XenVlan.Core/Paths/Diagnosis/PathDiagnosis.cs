using XenVlan.Model;

namespace XenVlan.Paths.Diagnosis;

/// <summary>Why a path does not work, as a result says it.</summary>
/// <param name="Reason">Why.</param>
/// <param name="LostAt">Where the frame ends; null where that is not known.</param>
/// <param name="Explanation">The same in a sentence or two.</param>
/// <param name="Fix">What would mend it; null where nothing is known.</param>
internal sealed record PathDiagnosis(PathReason Reason, string? LostAt, string Explanation, Message? Fix)
{
    /// <summary>Whether nothing that was read or seen shows it: it is only what usually is the reason for such a loss.</summary>
    public bool IsSupposed { get; init; }

    /// <summary>Puts it into a result.</summary>
    /// <returns>The result with this as its reason.</returns>
    public XenVlanPathResult Into(XenVlanPathResult result) =>
        result with
        {
            Reason = Reason,
            LostAt = LostAt,
            Explanation = Explanation,
            HowToFix = Fix,
        };
}
