using XenVlan.Model;

namespace XenVlan.Lab.Tests.Diagnosis;

/// <summary>A bridge does something besides VLANs, or a bond's mode does not go with its switch.</summary>
internal static class BridgeFaults
{
    private const string Forget = "bridge mdb del dev xenbr0 port vif2.0 grp ff02::1:ff00:21 || true";
    private const string NoQuerier =
        "ip link set xenbr0 type bridge mcast_querier 0; ip link set xenbr0 type bridge mcast_query_response_interval 1000; ip link set "
        + "xenbr0 type bridge mcast_snooping 1";
    private const string Querier =
        "ip link set xenbr0 type bridge mcast_query_response_interval 10; ip link set xenbr0 type bridge mcast_querier 1; sleep 2; ";

    public static IReadOnlyList<DiagnosisCase> All { get; } =
    [
        new("multicast snooping: the querier asks without a tag, and IPv6 dies in the VLAN", "ftp-a/eth0.10", "fd00:10::21")
        {
            Break = [("b", Querier + Forget)],
            Mend = [("b", NoQuerier), ("a", "")],
            LostAt = "b/vif2.0",
            Reason = PathReason.MulticastSnooped,
            Fix = "ip link set dev xenbr0 type bridge mcast_snooping 0",
            FixWorks = true,
            Always = true,
        },
        new("multicast snooping: the querier is another host's", "ftp-a/eth0.10", "fd00:10::21")
        {
            Break = [("a", Querier + Listener("del") + " || true; " + Listener("add") + " permanent"), ("b", Forget)],
            Mend = [("a", NoQuerier + "; " + Listener("del")), ("b", "")],
            LostAt = "b/vif2.0",
            Reason = PathReason.MulticastSnooped,
            Fix = "ip link set dev xenbr0 type bridge mcast_snooping 0",
            FixWorks = true,
        },
        new("multicast snooping: domain 0 itself is not heard", "ftp-a/eth0.10", "fd00:10::2")
        {
            Break = [("b", Querier + "bridge mdb del dev xenbr0 port xenbr0 grp ff02::1:ff00:2 || true")],
            Mend = [("b", NoQuerier), ("a", "")],
            LostAt = "b/xenbr0",
            Reason = PathReason.MulticastSnooped,
            Fix = "ip link set dev xenbr0 type bridge mcast_snooping 0",
            FixWorks = true,
        },
        new("locked port", "ftp-a/eth0.10", "ftp-b")
        {
            Break = [("a", "bridge link set dev vif2.0 locked on; ip link set xenbr0 type bridge fdb_flush")],
            Mend = [("a", "bridge link set dev vif2.0 locked off")],
            LostAt = "a/vif2.0",
            Reason = PathReason.PortLocked,
            Fix = "bridge link set dev vif2.0 locked off",
            FixWorks = true,
            Always = true,
        },
        new("neighbour suppression by a neighbour of long ago", "ftp-a/eth0.10", "ftp-b")
        {
            Break =
            [
                (
                    "b",
                    "ip neigh replace 10.10.0.21 lladdr 00:16:3e:00:00:99 dev xenbr0 nud permanent; bridge fdb add 00:16:3e:00:00:99 "
                        + "dev eth1 master static; bridge link set dev vif2.0 neigh_suppress on"
                ),
            ],
            Mend =
            [
                (
                    "b",
                    "bridge link set dev vif2.0 neigh_suppress off; bridge fdb del 00:16:3e:00:00:99 dev eth1 master; ip neigh del "
                        + "10.10.0.21 dev xenbr0"
                ),
            ],
            LostAt = "b/vif2.0",
            Reason = PathReason.NeighborsSuppressed,
            Fix = "bridge link set dev vif2.0 neigh_suppress off",
            FixWorks = true,
        },
        new("neighbour suppression while the ends still know each other", "ftp-a/eth0.10", "ftp-b")
        {
            // Which the one that asks makes sure of all the time.
            Break =
            [
                (
                    "ftp-a",
                    "echo 1000 >/proc/sys/net/ipv4/neigh/eth0.10/base_reachable_time_ms; "
                        + "echo 1 >/proc/sys/net/ipv4/neigh/eth0.10/delay_first_probe_time; ping -c 1 -W 5 10.10.0.21"
                ),
                (
                    "b",
                    "ip neigh replace 10.10.0.21 lladdr 00:16:3e:00:00:99 dev xenbr0 nud permanent; bridge fdb add 00:16:3e:00:00:99 "
                        + "dev eth1 master static; bridge link set dev vif2.0 neigh_suppress on"
                ),
            ],
            Mend =
            [
                (
                    "b",
                    "bridge link set dev vif2.0 neigh_suppress off; bridge fdb del 00:16:3e:00:00:99 dev eth1 master; ip neigh del "
                        + "10.10.0.21 dev xenbr0"
                ),
                (
                    "ftp-a",
                    "echo 30000 >/proc/sys/net/ipv4/neigh/eth0.10/base_reachable_time_ms; "
                        + "echo 5 >/proc/sys/net/ipv4/neigh/eth0.10/delay_first_probe_time"
                ),
            ],
            LostAt = "b/vif2.0",
            Reason = PathReason.NeighborsSuppressed,
            Fix = "bridge link set dev vif2.0 neigh_suppress off",
            FixWorks = true,
        },
        new("proxy ARP keeps questions from a port", "ftp-a/eth0.10", "ftp-b")
        {
            Break = [("b", "ip link set dev vif2.0 type bridge_slave proxy_arp on")],
            Mend = [("b", "ip link set dev vif2.0 type bridge_slave proxy_arp off")],
            LostAt = "b/vif2.0",
            Reason = PathReason.NeighborsSuppressed,
            Fix = "ip link set dev vif2.0 type bridge_slave proxy_arp off",
            FixWorks = true,
        },
        new("VLAN blocked at a port by a state of its own", "ftp-a/eth0.10", "ftp-b")
        {
            Filters = true,
            Break = [("a", "bridge vlan set dev eth1 vid 10 state blocking")],
            Mend = [("a", "bridge vlan set dev eth1 vid 10 state forwarding")],
            LostAt = "a/eth1",
            Reason = PathReason.PortNotForwarding,
            Fix = "bridge vlan set dev eth1 vid 10 state forwarding",
            FixWorks = true,
        },
        new("bond of balance-rr on ports that are no aggregation", "ftp-a/eth0.10", "ftp-b")
        {
            Break = [("a", MakeBond("balance-rr"))],
            Mend = [("a", "")],
            Wired = ["a/eth1", "a/eth2", "b/eth1"],
            LostAt = "a/bond0",
            Reason = PathReason.BondMode,
            Fix = "type bond mode active-backup miimon 100",
            FixWorks = true,
        },
        new("bond of balance-xor on ports that are no aggregation", "ftp-a/eth0.10", "ftp-b")
        {
            Break = [("a", MakeBond("balance-xor"))],
            Mend = [("a", "")],
            Wired = ["a/eth1", "a/eth2", "b/eth1"],
            LostAt = "a/bond0",
            Reason = PathReason.BondMode,
            Fix = "type bond mode active-backup miimon 100",
            FixWorks = true,
        },
        new("bond speaks LACP, nobody answers, and the slave it uses leads nowhere", "ftp-a/eth0.10", "ftp-b")
        {
            Break = [("a", MakeBond("802.3ad"))],
            Mend = [("a", "")],
            Switch = [("a1", s => s with { Vlans = "none", Native = null })],
            Wired = ["a/eth1", "a/eth2", "b/eth1"],
            LostAt = "a/bond0",
            Reason = PathReason.BondMode,
            Fix = "802.3ad",
        },
    ];

    private static string Listener(string action) => $"bridge mdb {action} dev xenbr0 port eth1 grp ff02::1:ff00:21";

    private static string MakeBond(string mode) =>
        $"modprobe bonding max_bonds=0; ip link add bond0 type bond mode {mode} miimon 100; ip link set eth1 down; ip link set eth1 "
        + $"nomaster; ip link set eth2 down; "
        + "ip link set eth1 master bond0; ip link set eth2 master bond0; ip link set bond0 up; ip link set bond0 master xenbr0; sleep 3";
}
