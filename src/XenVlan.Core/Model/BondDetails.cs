namespace XenVlan.Model;

/// <summary>What only a bond has.</summary>
/// <param name="Mode">Such as <c>active-backup</c> or <c>802.3ad</c>, in the kernel's words.</param>
/// <param name="ActiveSlave">The slave in use, in modes that have one.</param>
/// <param name="Slaves">All its slaves.</param>
public sealed record BondDetails(string Mode, string? ActiveSlave, IReadOnlyList<string> Slaves)
{
    /// <summary>The mode that speaks LACP.</summary>
    internal const string Lacp = "802.3ad";

    /// <summary>
    /// The Ethernet address of the LACP partner (<c>ad_partner_mac</c>), all zero where nobody answers; null in other modes, and
    /// where it could not be seen: the kernel tells root only.
    /// </summary>
    public MacAddress? LacpPartner { get; init; }

    /// <summary>Whether a LACP partner answers; null in other modes, and where it could not be seen.</summary>
    internal bool? HasLacpPartner => LacpPartner is { } partner ? !string.Equals(partner.ToString(), "00:00:00:00:00:00", StringComparison.Ordinal) : null;
}
