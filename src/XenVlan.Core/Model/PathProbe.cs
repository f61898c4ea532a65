namespace XenVlan.Model;

/// <summary>One probe of a path.</summary>
/// <param name="Kind">What was sent.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Detail">More about it: the answering address, the packet's size, why it was not sent.</param>
public sealed record PathProbe(PathProbeKind Kind, ProbeOutcome Outcome, string Detail)
{
    /// <summary>The probe in a line.</summary>
    /// <returns>Such as <c>FullSizePing Answered (1500 bytes)</c>.</returns>
    public override string ToString() => Detail.Length == 0 ? $"{Kind} {Outcome}" : $"{Kind} {Outcome} ({Detail})";
}
