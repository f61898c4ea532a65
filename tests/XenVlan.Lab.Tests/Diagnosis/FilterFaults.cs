using XenVlan.Model;

namespace XenVlan.Lab.Tests.Diagnosis;

/// <summary>A packet filter drops or spoils the frame.</summary>
internal static class FilterFaults
{
    private const string NoNft = "nft flush ruleset";

    public static IReadOnlyList<DiagnosisCase> All { get; } =
    [
        new("ebtables drops the VLAN", "ftp-a/eth0.10", "ftp-b")
        {
            Break = [("a", "ebtables-legacy -A FORWARD -p 802_1Q --vlan-id 10 -o eth1 -j DROP")],
            Mend = [("a", "ebtables-legacy -F")],
            LostAt = "a/eth1", Reason = PathReason.Filtered, Fix = "ebtables-legacy -t filter -D FORWARD -p 802_1Q -o eth1 --vlan-id 10 -j DROP", FixWorks = true,
        },
        new("ebtables on top of nftables drops ARP", "ftp-a/eth0", "10.30.0.21")
        {
            Break = [("b", "ebtables -N guests; ebtables -A FORWARD -o vif+ -j guests; ebtables -A guests -p ARP -j DROP")],
            Mend = [("b", NoNft)],
            LostAt = "b/vif2.0", Reason = PathReason.Filtered, Fix = "nft delete rule bridge filter guests handle", FixWorks = true,
        },
        new("nftables' bridge table drops the VLAN", "ftp-a/eth0.10", "ftp-b")
        {
            Break = [("a", "nft 'add table bridge t'; nft 'add chain bridge t f { type filter hook forward priority 0; policy accept; }'; nft 'add rule bridge t f vlan id { 10, 20 } counter drop'")],
            Mend = [("a", NoNft)],
            LostAt = "a/eth1", Reason = PathReason.Filtered, Fix = "nft delete rule bridge t f handle", FixWorks = true,
        },
        new("bridge hands ICMP to iptables, which drops it", "ftp-a/eth0.10", "ftp-b")
        {
            Break = [("a", "modprobe br_netfilter; sysctl -q -w net.bridge.bridge-nf-filter-vlan-tagged=1; iptables -A FORWARD -m physdev --physdev-in vif2.0 -p icmp -j DROP")],
            Mend = [("a", NoNft + "; sysctl -q -w net.bridge.bridge-nf-filter-vlan-tagged=0; modprobe -r xt_physdev br_netfilter")],
            LostAt = "a/eth1", Reason = PathReason.Filtered, Fix = "iptables -t filter -D FORWARD -p icmp -m physdev --physdev-in vif2.0 -j DROP", FixWorks = true,
        },
        new("the answer is dropped by nftables", "ftp-a/eth0.10", "ftp-b")
        {
            Break = [("b", "nft 'add table bridge t'; nft 'add chain bridge t f { type filter hook forward priority 0; policy accept; }'; nft 'add rule bridge t f iifname vif2.0 drop'")],
            Mend = [("b", NoNft)],
            LostAt = "b/eth1", Reason = PathReason.AnswerLost, Fix = "nft delete rule bridge t f handle", FixWorks = true,
        },
        new("UDP checksums are spoiled, ICMP passes", "ftp-a/eth0.10", "ftp-b")
        {
            Break = [("b", "nft 'add table bridge t'; nft 'add chain bridge t f { type filter hook forward priority 0; policy accept; }'; nft 'add rule bridge t f udp checksum set 0x1234'")],
            Mend = [("b", NoNft)],
            LostAt = "b/vif2.0", Reason = PathReason.BadChecksum, Fix = "nft delete rule bridge t f handle", FixWorks = true, Always = true,
        },
    ];
}
