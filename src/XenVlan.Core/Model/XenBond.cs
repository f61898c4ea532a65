namespace XenVlan.Model;

/// <summary>A bond that is a port of a bridge, or carries its VLANs.</summary>
/// <param name="Mode">Such as <c>active-backup</c> or <c>802.3ad</c>, in the kernel's words.</param>
/// <param name="Slaves">Its slaves.</param>
/// <param name="ActiveSlaves">Those the bond takes frames from; empty where that could not be seen.</param>
/// <param name="LacpPartner">The Ethernet address of its LACP partner; null in other modes, for none, and where it could not be seen.</param>
/// <param name="HasLacpPartner">Whether a LACP partner answers; null in other modes, and where it could not be seen.</param>
public sealed record XenBond(string Mode, IReadOnlyList<string> Slaves, IReadOnlyList<string> ActiveSlaves, MacAddress? LacpPartner, bool? HasLacpPartner)
{
    /// <summary>The bond in words.</summary>
    /// <returns>Such as <c>active-backup of eth1, eth2, active: eth1</c>.</returns>
    public override string ToString()
    {
        var active = ActiveSlaves.Count > 0 ? $", active: {string.Join(", ", ActiveSlaves)}" : "";
        var partner = (Mode, HasLacpPartner) switch
        {
            (_, true) => $", LACP partner {LacpPartner}",
            (_, false) => ", no LACP partner",
            (BondDetails.Lacp, null) => ", LACP partner not known",
            _ => "",
        };
        return $"{Mode} of {(Slaves.Count > 0 ? string.Join(", ", Slaves) : "nothing")}{active}{partner}";
    }
}
