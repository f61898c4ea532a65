using XenVlan.Model;

namespace XenVlan.Lab.Tests.Diagnosis;

/// <summary>A packet filter drops or spoils the frame.</summary>
internal static class FilterFaults
{
    private const string NoNft = "nft flush ruleset";
    private const string Call = "modprobe br_netfilter; ";
    private const string NoCall =
        NoNft + "; sysctl -q -w net.bridge.bridge-nf-filter-vlan-tagged=0; modprobe -r xt_physdev xt_mark xt_conntrack br_netfilter";
    private const string Mark = "iptables -t mangle -A PREROUTING -j MARK --set-mark 7; ";

    // What Docker makes of FORWARD, by its names.
    private const string Docker =
        "iptables -P FORWARD DROP; for c in DOCKER DOCKER-USER DOCKER-FORWARD DOCKER-CT; do iptables -N $c; done; "
        + "iptables -A FORWARD -j DOCKER-USER; iptables -A FORWARD -j DOCKER-FORWARD; iptables -A DOCKER ! -i docker0 -o docker0 -j DROP; "
        + "iptables -A DOCKER-CT -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT; iptables -A DOCKER-FORWARD -j "
        + "DOCKER-CT; iptables -A DOCKER-FORWARD -i docker0 -j ACCEPT";

    private const string OnlyThisBridge = "iptables -t filter -I FORWARD -m physdev --physdev-is-bridged -i xenbr0 -o xenbr0 -j ACCEPT";

    public static IReadOnlyList<DiagnosisCase> All { get; } =
    [
        new("ebtables drops the VLAN", "ftp-a/eth0.10", "ftp-b")
        {
            Break = [("a", "ebtables-legacy -A FORWARD -p 802_1Q --vlan-id 10 -o eth1 -j DROP")],
            Mend = [("a", "ebtables-legacy -F")],
            LostAt = "a/eth1",
            Reason = PathReason.Filtered,
            Fix = "ebtables-legacy -t filter -D FORWARD -p 802_1Q -o eth1 --vlan-id 10 -j DROP",
            FixWorks = true,
        },
        new("ebtables on top of nftables drops ARP", "ftp-a/eth0", "10.30.0.21")
        {
            Break = [("b", "ebtables -N guests; ebtables -A FORWARD -o vif+ -j guests; ebtables -A guests -p ARP -j DROP")],
            Mend = [("b", NoNft)],
            LostAt = "b/vif2.0",
            Reason = PathReason.Filtered,
            Fix = "nft delete rule bridge filter guests handle",
            FixWorks = true,
        },
        new("nftables' bridge table drops the VLAN", "ftp-a/eth0.10", "ftp-b")
        {
            Break =
            [
                (
                    "a",
                    "nft 'add table bridge t'; nft 'add chain bridge t f { type filter hook forward priority 0; policy accept; }'; nft "
                        + "'add rule bridge t f vlan id { 10, 20 } counter drop'"
                ),
            ],
            Mend = [("a", NoNft)],
            LostAt = "a/eth1",
            Reason = PathReason.Filtered,
            Fix = "nft delete rule bridge t f handle",
            FixWorks = true,
        },
        new("bridge hands ICMP to iptables, which drops it", "ftp-a/eth0.10", "ftp-b")
        {
            Break =
            [
                (
                    "a",
                    "modprobe br_netfilter; sysctl -q -w net.bridge.bridge-nf-filter-vlan-tagged=1; iptables -A FORWARD -m physdev "
                        + "--physdev-in vif2.0 -p icmp -j DROP"
                ),
            ],
            Mend = [("a", NoNft + "; sysctl -q -w net.bridge.bridge-nf-filter-vlan-tagged=0; modprobe -r xt_physdev br_netfilter")],
            LostAt = "a/eth1",
            Reason = PathReason.Filtered,
            Fix = "iptables -t filter -D FORWARD -p icmp -m physdev --physdev-in vif2.0 -j DROP",
            FixWorks = true,
        },
        new("the answer is dropped by nftables", "ftp-a/eth0.10", "ftp-b")
        {
            Break =
            [
                (
                    "b",
                    "nft 'add table bridge t'; nft 'add chain bridge t f { type filter hook forward priority 0; policy accept; }'; nft "
                        + "'add rule bridge t f iifname vif2.0 drop'"
                ),
            ],
            Mend = [("b", NoNft)],
            LostAt = "b/eth1",
            Reason = PathReason.AnswerLost,
            Fix = "nft delete rule bridge t f handle",
            FixWorks = true,
        },
        new("Docker's policy drops what bridges forward", "ftp-a/eth0", "10.30.0.21")
        {
            Break = [("a", Call + Docker)],
            Mend = [("a", NoCall)],
            LostAt = "a/eth1",
            Reason = PathReason.Filtered,
            Fix = OnlyThisBridge,
            FixWorks = true,
            Always = true,
        },
        new("iptables drops by a mark", "ftp-a/eth0", "10.30.0.21")
        {
            Break = [("a", Call + Mark + "iptables -A FORWARD -p icmp -m mark --mark 7 -j DROP")],
            Mend = [("a", NoCall)],
            LostAt = "a/eth1",
            Reason = PathReason.Filtered,
            Fix = OnlyThisBridge,
            FixWorks = true,
        },
        new("iptables accepts by a mark before a policy that drops", "ftp-a/eth0", "10.30.0.21")
        {
            Break = [("a", Call + "iptables -P FORWARD DROP; iptables -A FORWARD -m mark --mark 7 -j ACCEPT")],
            Mend = [("a", NoCall)],
            LostAt = "a/eth1",
            Reason = PathReason.Filtered,
            Fix = OnlyThisBridge,
            FixWorks = true,
        },
        new("iptables drops UDP by a mark", "ftp-a/eth0", "10.30.0.21")
        {
            Break = [("a", Call + Mark + "iptables -A FORWARD -p udp -m mark --mark 7 -j DROP")],
            Mend = [("a", NoCall)],
            LostAt = "a/eth1",
            Reason = PathReason.Filtered,
            Fix = OnlyThisBridge,
            FixWorks = true,
        },
        new("iptables drops new connections", "ftp-a/eth0", "10.30.0.21")
        {
            Break = [("a", Call + "iptables -A FORWARD -p icmp -m conntrack --ctstate NEW -j DROP")],
            Mend = [("a", NoCall)],
            LostAt = "a/eth1",
            Reason = PathReason.Filtered,
            Fix = OnlyThisBridge,
            FixWorks = true,
        },
        new("iptables drops answers by a mark", "ftp-a/eth0", "10.30.0.21")
        {
            Break =
            [
                (
                    "a",
                    Call
                        + "iptables -t mangle -A PREROUTING -s 10.30.0.21 -j MARK --set-mark 7; iptables -A FORWARD -p icmp -m mark "
                        + "--mark 7 -j DROP"
                ),
            ],
            Mend = [("a", NoCall)],
            LostAt = "a/vif2.0",
            Reason = PathReason.AnswerLost,
            Fix = OnlyThisBridge,
            FixWorks = true,
        },
        new("ip6tables drops by a mark", "ftp-a/eth0.10", "fd00:10::21")
        {
            Break =
            [
                (
                    "a",
                    Call
                        + "sysctl -q -w net.bridge.bridge-nf-filter-vlan-tagged=1; ip6tables -t mangle -A PREROUTING -j MARK --set-mark "
                        + "7; ip6tables -A FORWARD -p icmpv6 -m mark --mark 7 -j DROP"
                ),
            ],
            Mend = [("a", NoCall)],
            LostAt = "a/eth1",
            Reason = PathReason.Filtered,
            Fix = "ip6tables -t filter -I FORWARD -m physdev --physdev-is-bridged -i xenbr0 -o xenbr0 -j ACCEPT",
            FixWorks = true,
        },
        new("ebtables drops by the type of service", "ftp-a/eth0", "10.30.0.21")
        {
            Break = [("a", "ebtables-legacy -A FORWARD -p IPv4 --ip-tos 0x00 -o eth1 -j DROP")],
            Mend = [("a", "ebtables-legacy -F")],
            LostAt = "a/eth1",
            Reason = PathReason.Filtered,
            Fix = "ebtables-legacy -t filter -D FORWARD -p IPv4 -o eth1 --ip-tos 0x00 -j DROP",
            FixWorks = true,
        },
        new("ebtables drops by the sender's Ethernet address", "ftp-a/eth0", "10.30.0.21")
        {
            Break = [("a", "ebtables-legacy -A FORWARD -p IPv4 -s \"$(xenstore-read /local/domain/0/backend/vif/2/0/mac)\" -j DROP")],
            Mend = [("a", "ebtables-legacy -F")],
            LostAt = "a/eth1",
            Reason = PathReason.Filtered,
            Fix = "ebtables-legacy -t filter -D FORWARD -p IPv4 -s",
            FixWorks = true,
        },
        new("nftables' bridge table drops by a set of Ethernet addresses", "ftp-a/eth0", "10.30.0.21")
        {
            Break =
            [
                (
                    "a",
                    "nft 'add table bridge t'; nft 'add set bridge t s { type ether_addr; }'; nft add element bridge t s \"{ "
                        + "$(xenstore-read /local/domain/0/backend/vif/2/0/mac) }\"; nft 'add chain bridge t f { type filter hook "
                        + "forward priority 0; policy accept; }'; nft 'add rule bridge t f ether saddr @s ip protocol icmp drop'"
                ),
            ],
            Mend = [("a", NoNft)],
            LostAt = "a/eth1",
            Reason = PathReason.Filtered,
            Fix = "nft delete rule bridge t f handle",
            FixWorks = true,
            Always = true,
        },
        new("nftables drops where a card receives", "ftp-a/eth0", "10.30.0.21")
        {
            Break =
            [
                (
                    "b",
                    "nft 'add table netdev t'; nft 'add chain netdev t i { type filter hook ingress device eth1 priority 0; policy "
                        + "accept; }'; nft 'add rule netdev t i ip protocol icmp ip ttl 64 drop'"
                ),
            ],
            Mend = [("b", NoNft)],
            LostAt = "b/eth1",
            Reason = PathReason.Filtered,
            Fix = "nft delete rule netdev t i handle",
            FixWorks = true,
        },
        new("a host's own policy drops ICMP", "ftp-a/eth0.10", "b")
        {
            Break =
            [
                (
                    "b",
                    "iptables -P INPUT DROP; iptables -A INPUT -p tcp --dport 22 -j ACCEPT; iptables -A INPUT -m conntrack --ctstate "
                        + "RELATED,ESTABLISHED -j ACCEPT"
                ),
            ],
            Mend = [("b", "iptables -P INPUT ACCEPT; " + NoNft)],
            LostAt = "b/xenbr0.10",
            Reason = PathReason.Filtered,
            Fix = "iptables -t filter -I INPUT -i xenbr0.10 -p icmp -j ACCEPT",
        },
        new("UDP checksums are spoiled, ICMP passes", "ftp-a/eth0.10", "ftp-b")
        {
            Break =
            [
                (
                    "b",
                    "nft 'add table bridge t'; nft 'add chain bridge t f { type filter hook forward priority 0; policy accept; }'; nft "
                        + "'add rule bridge t f udp checksum set 0x1234'"
                ),
            ],
            Mend = [("b", NoNft)],
            LostAt = "b/vif2.0",
            Reason = PathReason.BadChecksum,
            Fix = "nft delete rule bridge t f handle",
            FixWorks = true,
            Always = true,
        },
    ];
}
