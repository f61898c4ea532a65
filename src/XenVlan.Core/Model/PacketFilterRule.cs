namespace XenVlan.Model;

/// <summary>A rule of a packet filter.</summary>
public sealed record PacketFilterRule
{
    /// <summary>The program that showed it and can delete it: <c>nft</c>, <c>ebtables</c>, <c>iptables-legacy</c>, …</summary>
    public required string Program { get; init; }

    /// <summary>The address family of its table, in nft's words: <c>bridge</c>, <c>ip</c>, <c>ip6</c>, <c>inet</c>, <c>arp</c> or <c>netdev</c>.</summary>
    public required string Family { get; init; }

    /// <summary>Its table.</summary>
    public required string Table { get; init; }

    /// <summary>Its chain.</summary>
    public required string Chain { get; init; }

    /// <summary>Its number in its table, by which nft deletes it; null for other programs, and for a chain's policy.</summary>
    public long? Handle { get; init; }

    /// <summary>The rule as the program printed it.</summary>
    public required string Text { get; init; }

    /// <summary>Whether it is no rule but what happens at the end of the chain.</summary>
    public bool IsPolicy { get; init; }

    /// <summary>What it does with what matches.</summary>
    public PacketFilterAction Action { get; init; }

    /// <summary>The chain it jumps to; null where it does not.</summary>
    public string? Target { get; init; }

    /// <summary>Its conditions, all of which must hold.</summary>
    public IReadOnlyList<PacketFilterMatch> Matches { get; init; } = [];

    /// <summary>The rule as people find it.</summary>
    /// <returns>Such as <c>nft bridge filter FORWARD: vlan id 10 drop</c>.</returns>
    public override string ToString() => $"{Program} {(string.Equals(Program, "nft", StringComparison.Ordinal) ? $"{Family} " : "")}{Table} {Chain}: {Text}";
}
