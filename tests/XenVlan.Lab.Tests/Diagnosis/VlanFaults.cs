using XenVlan.Model;

namespace XenVlan.Lab.Tests.Diagnosis;

/// <summary>The VLAN is missing somewhere, or is another one.</summary>
internal static class VlanFaults
{
    public static IReadOnlyList<DiagnosisCase> All { get; } =
    [
        new("VLAN missing on the uplink's port", "ftp-a/eth0.10", "ftp-b")
        {
            Filters = true,
            Break = [("a", "bridge vlan del dev eth1 vid 10")],
            Mend = [("a", "bridge vlan add dev eth1 vid 10")],
            LostAt = "a/eth1",
            Reason = PathReason.VlanNotAllowedOnPort,
            Fix = "bridge vlan add dev eth1 vid 10",
            FixWorks = true,
        },
        new("VLAN missing on the uplink's port, asked by IPv6", "ftp-a/eth0.10", "fd00:10::21")
        {
            Filters = true,

            // One end knows the other from before, as it does where something broke just now.
            Break = [("ftp-a", "ping6 -c 1 -W 5 fd00:10::21"), ("a", "bridge vlan del dev eth1 vid 10")],
            Mend = [("a", "bridge vlan add dev eth1 vid 10")],
            LostAt = "a/eth1",
            Reason = PathReason.VlanNotAllowedOnPort,
            Fix = "bridge vlan add dev eth1 vid 10",
            FixWorks = true,
        },
        new("VLAN missing on the vif's port", "ftp-a/eth0.10", "ftp-b")
        {
            Filters = true,
            Break = [("b", "bridge vlan del dev vif2.0 vid 10")],
            Mend = [("b", "bridge vlan add dev vif2.0 vid 10")],
            LostAt = "b/vif2.0",
            Reason = PathReason.VlanNotAllowedOnPort,
            Fix = "Set-XenDomainNic -HostName b -DomainName ftp-b -Index 0 -AllowedVlans 10 -NativeVlan 1",
            FixWorks = true,
        },
        new("VLAN missing on the bridge itself", "a/xenbr0.10", "b")
        {
            Filters = true,
            Break = [("a", "bridge vlan del dev xenbr0 vid 10 self")],
            Mend = [("a", "bridge vlan add dev xenbr0 vid 10 self")],
            LostAt = "a/xenbr0",
            Reason = PathReason.VlanNotAllowedOnBridge,
            Fix = "bridge vlan add dev xenbr0 vid 10 self",
            FixWorks = true,
        },
        new("VLAN missing on the other host's bridge itself", "ftp-a/eth0.10", "b")
        {
            Filters = true,
            Break = [("b", "bridge vlan del dev xenbr0 vid 10 self")],
            Mend = [("b", "bridge vlan add dev xenbr0 vid 10 self")],
            LostAt = "b/xenbr0",
            Reason = PathReason.VlanNotAllowedOnBridge,
            Fix = "bridge vlan add dev xenbr0 vid 10 self",
            FixWorks = true,
        },
        new("PVID mismatch between two ends", "ftp-a/eth0", "10.30.0.21")
        {
            Filters = true,
            Break =
            [
                ("a", "bridge vlan add dev vif2.0 vid 10 pvid untagged"),
                (
                    "b",
                    "bridge vlan add dev eth1 vid 20; bridge vlan add dev vif2.0 vid 20 pvid untagged; bridge vlan del dev vif2.0 vid "
                        + "10; bridge vlan del dev vif2.0 vid 1"
                ),
            ],
            Mend =
            [
                (
                    "a",
                    "bridge vlan add dev vif2.0 vid 1 pvid untagged; bridge vlan del dev vif2.0 vid 10; bridge vlan add dev vif2.0 vid 10"
                ),
                (
                    "b",
                    "bridge vlan del dev eth1 vid 20; bridge vlan del dev vif2.0 vid 20; bridge vlan add dev vif2.0 vid 1 pvid "
                        + "untagged; bridge vlan add dev vif2.0 vid 10"
                ),
            ],
            LostAt = "b/vif2.0",
            Reason = PathReason.VlanMismatch,
            Fix = "Set-XenDomainNic -HostName b -DomainName ftp-b -Index 0 -AccessVlan 10",
        },
        new("no PVID for a domain that sends without a tag", "ftp-a/eth0", "10.30.0.21")
        {
            Filters = true,
            Break = [("a", "bridge vlan del dev vif2.0 vid 1")],
            Mend = [("a", "bridge vlan add dev vif2.0 vid 1 pvid untagged")],
            LostAt = "a/vif2.0",
            Reason = PathReason.NoPvid,
            Fix = "bridge vlan add dev vif2.0 vid 1 pvid untagged",
            FixWorks = true,
        },
        new("native VLAN mismatch on the wire", "ftp-a/eth0", "10.30.0.21")
        {
            Switch = [("b1", s => s with { Native = 20 })],
            LostAt = "a/eth1 – b/eth1",
            Reason = PathReason.NativeVlanMismatch,
            Fix = "native VLAN",
        },
        new("VLAN missing on the switch", "ftp-a/eth0.10", "ftp-b")
        {
            Switch = [("a1", s => s with { Vlans = "1,20" })],
            LostAt = "a/eth1 – b/eth1",
            Reason = PathReason.LostOnWire,
            Fix = "Allow VLAN 10 on the switch",
        },
        new("VLAN interface on a bridge port takes the frames", "ftp-a/eth0.10", "ftp-b")
        {
            Break = [("b", "ip link add link eth1 name eth1.10 type vlan id 10; ip link set eth1.10 up")],
            Mend = [("b", "ip link del eth1.10")],
            LostAt = "b/eth1",
            Reason = PathReason.TakenByVlanInterface,
            Fix = "ip link delete dev eth1.10",
            FixWorks = true,
        },
        new("another VLAN in the domain", "ftp-a/eth0.10", "ftp-b/eth0.20")
        {
            Break =
            [
                (
                    "ftp-b",
                    "ip link del eth0.10; ip link add link eth0 name eth0.20 type vlan id 20; ip link set eth0.20 up; ip addr add "
                        + "10.10.0.21/24 dev eth0.20"
                ),
            ],
            Mend =
            [
                (
                    "ftp-b",
                    "ip link del eth0.20; ip link add link eth0 name eth0.10 type vlan id 10; ip link set eth0.10 up; ip addr add "
                        + "10.10.0.21/24 dev eth0.10; ip -6 addr add fd00:10::21/64 dev eth0.10 nodad"
                ),
            ],
            LostAt = "ftp-b/eth0",
            Reason = PathReason.VlanMismatch,
            Fix = "New-XenVlanInterface -HostName ftp-b -Parent eth0 -VlanId 10",
        },
        new("802.1Q against 802.1ad", "ftp-a/eth0.10", "ftp-b")
        {
            Break =
            [
                (
                    "ftp-b",
                    "ip link del eth0.10; ip link add link eth0 name eth0.10 type vlan proto 802.1ad id 10; ip link set eth0.10 up; ip "
                        + "addr add 10.10.0.21/24 dev eth0.10"
                ),
            ],
            Mend =
            [
                (
                    "ftp-b",
                    "ip link del eth0.10; ip link add link eth0 name eth0.10 type vlan id 10; ip link set eth0.10 up; ip addr add "
                        + "10.10.0.21/24 dev eth0.10; ip -6 addr add fd00:10::21/64 dev eth0.10 nodad"
                ),
            ],
            LostAt = "ftp-b/eth0",
            Reason = PathReason.ProtocolMismatch,
            Fix = "802.1Q",
        },
    ];
}
