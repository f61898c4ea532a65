using XenVlan.Model;

namespace XenVlan.Paths.Probing;

/// <summary>What came of probing a path.</summary>
/// <param name="Probes">The probes, one a kind.</param>
/// <param name="LargestPassed">The size of the largest packet that passed and was answered, in bytes; null when none was tried or none
/// passed.</param>
/// <param name="Answering">The Ethernet addresses that answered for the target's address; two of them are two machines.</param>
internal sealed record ProbeReport(IReadOnlyList<PathProbe> Probes, int? LargestPassed, IReadOnlyList<MacAddress> Answering)
{
    /// <summary>What came of a kind of probe.</summary>
    /// <returns>Its outcome; not checked where none was sent.</returns>
    public ProbeOutcome Of(PathProbeKind kind) => Probes.FirstOrDefault(p => p.Kind == kind)?.Outcome ?? ProbeOutcome.NotChecked;

    /// <summary>Whether anything was answered.</summary>
    public bool IsAnswered => Probes.Any(p => p.Outcome is ProbeOutcome.Answered or ProbeOutcome.Refused);

    /// <summary>Whether a packet was answered; null where none was sent.</summary>
    public bool? Passed
    {
        get
        {
            var packets = Probes.Where(p => p.Kind is not PathProbeKind.Arp && p.Outcome is not ProbeOutcome.NotChecked).ToList();
            return packets.Count == 0 ? null : packets.Exists(p => p.Outcome is ProbeOutcome.Answered or ProbeOutcome.Refused);
        }
    }

    /// <summary>
    /// Whether nobody answers for the Ethernet address, and packets pass all the same: both ends still know each other's.
    /// </summary>
    public bool IsRemembered => Of(PathProbeKind.Arp) is ProbeOutcome.Unanswered && Of(PathProbeKind.Ping) is ProbeOutcome.Answered;

    /// <summary>Whether packets pass, and it is not known whether anybody would answer for the Ethernet address.</summary>
    public bool IsNotAsked => Of(PathProbeKind.Arp) is ProbeOutcome.NotChecked && Of(PathProbeKind.Ping) is ProbeOutcome.Answered;
}
