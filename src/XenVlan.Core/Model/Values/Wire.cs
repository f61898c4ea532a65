namespace XenVlan.Model;

/// <summary>A link between uplinks of hosts, through whatever switches there are.</summary>
/// <param name="Ends">What it links: two or more.</param>
/// <param name="Vlans">The VLANs it carries tagged; null when that is not known.</param>
/// <param name="Native">The VLAN its untagged frames belong to; null when that is not known.</param>
/// <param name="Mtu">The largest packet it carries, in bytes without header and tag; null when that is not known.</param>
public sealed record Wire(IReadOnlyList<WireEnd> Ends, VlanSet? Vlans, VlanId? Native, int? Mtu)
{
    /// <summary>Whether it was learned by LLDP instead of described; then it may carry more VLANs than were announced.</summary>
    public bool IsLearned { get; init; }
}

/// <summary>One end of a wire.</summary>
/// <param name="HostName">The host.</param>
/// <param name="Interface">Its uplink.</param>
public sealed record WireEnd(string HostName, string Interface)
{
    /// <summary>The end as documents write it.</summary>
    /// <returns>Such as <c>a/eth1</c>.</returns>
    public override string ToString() => $"{HostName}/{Interface}";
}
