using XenVlan.Model;

namespace XenVlan.Lab.Tests.Diagnosis;

/// <summary>The other end is silent, or there are two of it.</summary>
internal static class DomainFaults
{
    public static IReadOnlyList<DiagnosisCase> All { get; } =
    [
        new("duplicate address", "ftp-a/eth0.10", "ftp-b")
        {
            Break = [("app-b", "ip addr add 10.10.0.21/24 dev eth0.10")],
            Mend = [("app-b", "ip addr del 10.10.0.21/24 dev eth0.10")],
            LostAt = "app-b/eth0.10",
            Reason = PathReason.DuplicateAddress,
            Fix = "ip address delete 10.10.0.21/24 dev eth0.10",
            FixWorks = true,
        },
        new("duplicate Ethernet address", "ftp-a/eth0.10", "ftp-b")
        {
            Break =
            [
                (
                    "ftp-b",
                    "ip link set eth0 down; ip link set eth0 address 00:16:3e:aa:0a:01; ip link set eth0.10 address 00:16:3e:aa:0a:01; "
                        + "ip link set eth0 up; ip link set eth0.10 up"
                ),
            ],
            Mend =
            [
                (
                    "ftp-b",
                    "ip link set eth0 down; ip link set eth0 address 00:16:3e:bb:0a:01; ip link set eth0.10 address 00:16:3e:bb:0a:01; "
                        + "ip link set eth0 up; ip link set eth0.10 up; ip -6 addr add fd00:10::21/64 dev eth0.10 nodad"
                ),
            ],
            LostAt = "ftp-b/eth0",
            Reason = PathReason.DuplicateMac,
            Fix = "address",
        },
        new("the question arrives, and the domain does not answer it", "ftp-a/eth0.10", "ftp-b")
        {
            Break = [("ftp-b", "sysctl -q -w net.ipv4.conf.all.arp_ignore=8")],
            Mend = [("ftp-b", "sysctl -q -w net.ipv4.conf.all.arp_ignore=0")],
            LostAt = "ftp-b/eth0.10",
            Reason = PathReason.AnswerLost,
            Fix = "arp_ignore",
        },
        new("domain paused", "ftp-a/eth0.10", "ftp-b")
        {
            Break = [("b", "xl pause ftp-b")],
            Mend = [("b", "xl unpause ftp-b")],
            Silent = ["ftp-b"],
            LostAt = "b/vif2.0",
            Reason = PathReason.DomainSilent,
            Fix = "xl unpause ftp-b",
            FixWorks = true,
        },
        new("domain gone", "ftp-a/eth0.10", "ftp-b")
        {
            Break = [("b", "xl destroy ftp-b")],
            Mend = [("b", "")],
            Silent = ["ftp-b"],
            LostAt = "ftp-b/eth0",
            Reason = PathReason.DomainSilent,
            Fix = "xl create",
        },
        new("nobody listens on the port", "ftp-a/eth0.10", "ftp-b")
        {
            Asks = r => r with { TcpPort = 81 },
            LostAt = "ftp-b/eth0.10",
            Reason = PathReason.NotListening,
            Fix = "port 81",
        },
    ];
}
