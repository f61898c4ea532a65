using XenVlan.Model;

namespace XenVlan.Lab.Tests.Diagnosis;

/// <summary>Something is down, unplugged, blocked or put elsewhere.</summary>
internal static class LinkFaults
{
    private const string MakeBond =
        "modprobe bonding max_bonds=0; ip link add bond0 type bond mode active-backup miimon 0; ip link set eth1 down; ip link set eth1 "
        + "nomaster; ip link set eth2 down; "
        + "ip link set eth1 master bond0; ip link set eth2 master bond0; ip link set bond0 up; ip link set bond0 type bond active_slave "
        + "eth2; ip link set bond0 master xenbr0";

    public static IReadOnlyList<DiagnosisCase> All { get; } =
    [
        new("VLAN interface down", "a/xenbr0.10", "b/xenbr0.10")
        {
            Break = [("b", "ip link set xenbr0.10 down")],
            Mend = [("b", "ip link set xenbr0.10 up; ip -6 addr add fd00:10::2/64 dev xenbr0.10 nodad")],
            LostAt = "b/xenbr0.10",
            Reason = PathReason.InterfaceDown,
            Fix = "ip link set dev xenbr0.10 up",
            FixWorks = true,
        },
        new("parent of the VLAN interface down", "ftp-a/eth0.10", "ftp-b/eth0.10")
        {
            Break = [("ftp-b", "ip link set eth0 down")],
            Mend = [("ftp-b", "ip link set eth0 up; ip link set eth0.10 up; ip -6 addr add fd00:10::21/64 dev eth0.10 nodad")],
            LostAt = "ftp-b/eth0",
            Reason = PathReason.InterfaceDown,
            Fix = "ip link set dev eth0 up",
            FixWorks = true,
        },
        new("cable pulled", "ftp-a/eth0.10", "ftp-b")
        {
            Switch = [("b1", s => s with { LinkUp = false })],
            LostAt = "b/eth1",
            Reason = PathReason.NoCarrier,
            Fix = "cable",
        },
        new("uplink not in the bridge", "ftp-a/eth0.10", "ftp-b")
        {
            Break = [("a", "ip link set eth1 nomaster")],
            Mend = [("a", "ip link set eth1 master xenbr0; bridge vlan add dev eth1 vid 10; ip link set xenbr0.10 up")],
            LostAt = "a/xenbr0",
            Reason = PathReason.NoUplink,
            Fix = "ip link set dev eth1 master xenbr0",
            FixWorks = true,
            Always = true,
        },
        new("vif on the wrong bridge", "ftp-a/eth0.10", "ftp-b")
        {
            Break = [("a", "ip link set vif2.0 master mgmt0")],
            Mend = [("a", "ip link set vif2.0 master xenbr0; bridge vlan add dev vif2.0 vid 10")],
            LostAt = "a/vif2.0",
            Reason = PathReason.WrongBridge,
            Fix = "Set-XenDomainNic -HostName a -DomainName ftp-a -Index 0 -Bridge xenbr0",
            FixWorks = true,
        },
        new("isolated ports", "ftp-a/eth0.10", "app-a")
        {
            Break = [("a", "bridge link set dev vif1.0 isolated on; bridge link set dev vif2.0 isolated on")],
            Mend = [("a", "bridge link set dev vif1.0 isolated off; bridge link set dev vif2.0 isolated off")],
            LostAt = "a/vif1.0",
            Reason = PathReason.PortsIsolated,
            Fix = "bridge link set dev vif1.0 isolated off",
            FixWorks = true,
            Always = true,
        },
        new("port still listening, as spanning tree has it", "ftp-a/eth0.10", "ftp-b")
        {
            Break =
            [
                (
                    "a",
                    "ip link set xenbr0 type bridge forward_delay 3000; ip link set xenbr0 type bridge stp_state 1; ip link set eth1 "
                        + "nomaster; ip link set eth1 master xenbr0"
                ),
            ],
            Mend =
            [
                (
                    "a",
                    "ip link set xenbr0 type bridge stp_state 0; ip link set xenbr0 type bridge forward_delay 0; ip link set eth1 "
                        + "nomaster; ip link set eth1 master xenbr0; bridge vlan add dev eth1 vid 10"
                ),
            ],
            LostAt = "a/eth1",
            Reason = PathReason.PortNotForwarding,
            Fix = "spanning tree",
        },
        new("port set to learning", "ftp-a/eth0.10", "ftp-b")
        {
            Break = [("a", "bridge link set dev eth1 state 2")],
            Mend = [("a", "bridge link set dev eth1 state 3")],
            LostAt = "a/eth1",
            Reason = PathReason.PortNotForwarding,
            Fix = "bridge link set dev eth1 state 3",
            FixWorks = true,
        },
        new("port without broadcasts", "ftp-a/eth0.10", "ftp-b")
        {
            Break = [("b", "bridge link set dev vif2.0 bcast_flood off")],
            Mend = [("b", "bridge link set dev vif2.0 bcast_flood on")],
            LostAt = "b/vif2.0",
            Reason = PathReason.FloodingOff,
            Fix = "bridge link set dev vif2.0 bcast_flood on",
            FixWorks = true,
        },
        new("bond keeps to a slave whose cable is out", "ftp-a/eth0.10", "ftp-b")
        {
            Break = [("a", MakeBond)],
            Mend = [("a", "")],
            Switch = [("a2", s => s with { LinkUp = false })],
            Wired = ["a/eth1", "a/eth2", "b/eth1"],
            LostAt = "a/eth2",
            Reason = PathReason.NoCarrier,
            Fix = "ip link set dev bond0 type bond active_slave eth1",
            FixWorks = true,
        },
        new("bond's slave has a link but the switch is dead", "ftp-a/eth0.10", "ftp-b")
        {
            Break = [("a", MakeBond)],
            Mend = [("a", "")],
            Switch = [("a2", s => s with { Vlans = "none", Native = null })],
            Wired = ["a/eth1", "a/eth2", "b/eth1"],
            LostAt = "a/eth2 – b/eth1",
            Reason = PathReason.LostOnWire,
            Fix = "ip link set dev bond0 type bond active_slave eth1",
            FixWorks = true,
        },
    ];
}
