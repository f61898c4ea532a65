using XenVlan.Model;

namespace XenVlan.Lab.Tests.Diagnosis;

/// <summary>Small packets pass, others do not.</summary>
internal static class SizeFaults
{
    public static IReadOnlyList<DiagnosisCase> All { get; } =
    [
        new("MTU too small at the uplink", "ftp-a/eth0.10", "ftp-b")
        {
            Break = [("a", "ip link set eth1 mtu 1400; ip link set xenbr0 mtu 1500; ip link set xenbr0.10 mtu 1500")],
            Mend = [("a", "ip link set eth1 mtu 1500; ip link set xenbr0 mtu 1500; ip link set xenbr0.10 mtu 1500")],
            LostAt = "a/eth1",
            Reason = PathReason.MtuTooSmall,
            Fix = "ip link set dev eth1 mtu 1500",
            FixWorks = true,
        },
        new("MTU too small at the vif", "ftp-b/eth0.10", "ftp-a")
        {
            Break = [("a", "ip link set vif2.0 mtu 1400; ip link set xenbr0 mtu 1500; ip link set xenbr0.10 mtu 1500")],
            Mend = [("a", "ip link set vif2.0 mtu 1500; ip link set xenbr0 mtu 1500; ip link set xenbr0.10 mtu 1500")],
            LostAt = "a/vif2.0",
            Reason = PathReason.MtuTooSmall,
            Fix = "Set-XenDomainNic -HostName a -DomainName ftp-a -Index 0 -Mtu 1500",
            FixWorks = true,
        },
        new("MTU too small at the vif, on the way back", "ftp-a/eth0.10", "ftp-b")
        {
            Break = [("a", "ip link set vif2.0 mtu 1400; ip link set xenbr0 mtu 1500; ip link set xenbr0.10 mtu 1500")],
            Mend = [("a", "ip link set vif2.0 mtu 1500; ip link set xenbr0 mtu 1500; ip link set xenbr0.10 mtu 1500")],
            LostAt = "a/vif2.0",
            Reason = PathReason.MtuTooSmall,
            Fix = "ip link set dev vif2.0 mtu 1500",
            FixWorks = true,
        },
        new("MTU too small in the domain", "ftp-a/eth0.10", "ftp-b")
        {
            Break = [("ftp-a", "ip link set eth0 mtu 1496")],
            Mend = [("ftp-a", "ip link set eth0 mtu 1500; ip link set eth0.10 mtu 1500")],
            Asks = r => r with { Mtu = 1500 },
            LostAt = "ftp-a/eth0.10",
            Reason = PathReason.MtuTooSmall,
            Fix = "ip link set dev eth0.10 mtu 1500",
            FixWorks = true,
        },
        new("MTU too small on the wire", "ftp-a/eth0.10", "ftp-b")
        {
            Switch = [("a1", s => s with { Mtu = 1496 })],
            LostAt = "a/eth1 – b/eth1",
            Reason = PathReason.MtuTooSmall,
            Fix = "switch",
        },
    ];
}
