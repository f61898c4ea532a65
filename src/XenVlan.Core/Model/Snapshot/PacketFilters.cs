namespace XenVlan.Model;

/// <summary>A chain of rules of a packet filter.</summary>
public sealed record PacketFilterChain
{
    /// <summary>The program that showed it; see <see cref="PacketFilterRule.Program"/>.</summary>
    public required string Program { get; init; }

    /// <summary>The address family of its table; see <see cref="PacketFilterRule.Family"/>.</summary>
    public required string Family { get; init; }

    /// <summary>Its table.</summary>
    public required string Table { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Where the kernel asks it.</summary>
    public PacketFilterHook Hook { get; init; }

    /// <summary>The interfaces it is asked for, for <see cref="PacketFilterHook.Ingress"/>; empty for others.</summary>
    public IReadOnlyList<string> Devices { get; init; } = [];

    /// <summary>What happens at its end.</summary>
    public PacketFilterAction Policy { get; init; } = PacketFilterAction.Return;

    /// <summary>Its rules, in their order.</summary>
    public IReadOnlyList<PacketFilterRule> Rules { get; init; } = [];

    /// <summary>A rule of it, of which only the text is known yet.</summary>
    internal PacketFilterRule Rule(string text) =>
        new()
        {
            Program = Program,
            Family = Family,
            Table = Table,
            Chain = Name,
            Text = text,
        };
}

/// <summary>Where the kernel asks a chain of a packet filter (<c>NF_BR_*</c> and <c>NF_INET_*</c> in <c>linux/netfilter*.h</c>).</summary>
public enum PacketFilterHook
{
    /// <summary>Nowhere: other chains jump to it.</summary>
    None,

    /// <summary>When an interface has received a frame, before VLAN interfaces and bridges see it.</summary>
    Ingress,

    /// <summary>When it has come in, before it is decided where it goes.</summary>
    Prerouting,

    /// <summary>When it is for the host itself.</summary>
    Input,

    /// <summary>When it crosses a bridge or a router.</summary>
    Forward,

    /// <summary>When the host itself sends it.</summary>
    Output,

    /// <summary>Before it leaves.</summary>
    Postrouting,
}

/// <summary>A rule of a packet filter.</summary>
public sealed record PacketFilterRule
{
    /// <summary>The program that showed it and can delete it: <c>nft</c>, <c>ebtables</c>, <c>iptables-legacy</c>, …</summary>
    public required string Program { get; init; }

    /// <summary>The address family of its table, in nft's words: <c>bridge</c>, <c>ip</c>, <c>ip6</c>, <c>inet</c>, <c>arp</c> or
    /// <c>netdev</c>.</summary>
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
    public override string ToString() => $"{Program} {(Program == "nft" ? $"{Family} " : "")}{Table} {Chain}: {Text}";
}

/// <summary>A condition of a packet filter's rule.</summary>
/// <param name="Kind">What it looks at.</param>
/// <param name="Values">
/// What it may be: names, where a <c>*</c> at the end stands for anything, or numbers and ranges such as <c>30-40</c>.
/// Empty for <see cref="PacketFilterMatchKind.Other"/>.
/// </param>
/// <param name="IsNegated">Whether it must be none of them.</param>
public sealed record PacketFilterMatch(PacketFilterMatchKind Kind, IReadOnlyList<string> Values, bool IsNegated = false)
{
    /// <summary>A condition that is not understood.</summary>
    public static PacketFilterMatch Other { get; } = new(PacketFilterMatchKind.Other, []);
}

/// <summary>What a condition of a packet filter's rule looks at.</summary>
public enum PacketFilterMatchKind
{
    /// <summary>Something that is not understood here; the rule may or may not match.</summary>
    Other,

    /// <summary>The bridge port the frame came in by.</summary>
    InPort,

    /// <summary>The bridge port the frame leaves by.</summary>
    OutPort,

    /// <summary>The interface the packet came in by; for a packet that crosses a bridge, the bridge.</summary>
    InInterface,

    /// <summary>The interface the packet leaves by; for a packet that crosses a bridge, the bridge.</summary>
    OutInterface,

    /// <summary>The bridge.</summary>
    Bridge,

    /// <summary>The VLAN of the frame's tag; a frame without a tag does not match.</summary>
    Vlan,

    /// <summary>The frame's EtherType, which for a tagged frame is the tag's: <c>ip</c>, <c>ip6</c>, <c>arp</c>, <c>vlan</c> or a
    /// number.</summary>
    EtherType,

    /// <summary>What the frame carries, whether tagged or not: <c>ip</c>, <c>ip6</c> or <c>arp</c>.</summary>
    Payload,

    /// <summary>The protocol on top of IP: <c>icmp</c>, <c>icmpv6</c>, <c>udp</c>, <c>tcp</c> or a number.</summary>
    Protocol,

    /// <summary>The UDP or TCP port it goes to.</summary>
    Port,

    /// <summary>The IP address it comes from, for ARP that of the sender: an address, a network such as <c>10.0.0.0/8</c>, or a
    /// range.</summary>
    Source,

    /// <summary>The IP address it goes to, for ARP that of the target: as <see cref="Source"/>.</summary>
    Destination,

    /// <summary>The UDP or TCP port it comes from.</summary>
    SourcePort,

    /// <summary>The type of ICMP, a number; its code is not understood.</summary>
    IcmpType,

    /// <summary>What connection tracking takes the packet for: <c>new</c>, <c>established</c>, <c>related</c>, <c>untracked</c> or
    /// <c>invalid</c>.</summary>
    State,
}

/// <summary>What a rule of a packet filter does with what matches it.</summary>
public enum PacketFilterAction
{
    /// <summary>Nothing that decides: it counts, logs or changes, and the next rule follows.</summary>
    Continue,

    /// <summary>Lets it pass this chain and those called by it.</summary>
    Accept,

    /// <summary>Drops it, with or without an answer.</summary>
    Drop,

    /// <summary>Goes back to the calling chain; in a chain of the kernel's, to its policy.</summary>
    Return,

    /// <summary>Goes on in another chain, and comes back.</summary>
    Jump,

    /// <summary>Goes on in another chain for good.</summary>
    Goto,

    /// <summary>Something that is not understood here; it may drop.</summary>
    Unknown,
}

/// <summary>What a host's bridges hand to the packet filters of IP and ARP, while <c>br_netfilter</c> is loaded (the kernel's
/// <c>ip-sysctl</c>, <c>net.bridge</c>).</summary>
/// <param name="CallsIptables">Whether IPv4 packets go to iptables, and nftables' ip and inet tables, on every bridge.</param>
/// <param name="CallsIp6tables">Whether IPv6 packets go to ip6tables.</param>
/// <param name="CallsArptables">Whether ARP goes to arptables.</param>
/// <param name="FiltersVlanTagged">Whether this is so for tagged frames too; else only for those without a tag.</param>
public sealed record BridgeNetfilter(bool CallsIptables, bool CallsIp6tables, bool CallsArptables, bool FiltersVlanTagged);
