namespace XenVlan.Model;

/// <summary>What came of a probe.</summary>
public enum ProbeOutcome
{
    /// <summary>It was not sent; the probe says why.</summary>
    NotChecked,

    /// <summary>It was answered.</summary>
    Answered,

    /// <summary>It was not answered.</summary>
    Unanswered,

    /// <summary>The other side answered that nobody listens there (TCP only).</summary>
    Refused,
}
