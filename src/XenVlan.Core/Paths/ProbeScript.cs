using System.Globalization;
using System.Net;
using System.Net.Sockets;
using XenVlan.Hosts;

namespace XenVlan.Paths;

/// <summary>The script that sends probes from a host, with whatever tools it has.</summary>
internal static class ProbeScript
{
    /// <summary>A UDP port that nobody listens on: the first of traceroute's.</summary>
    public const int UdpPort = 33434;

    // Each probe prints "<mark> begin <name>", what its tool said, and "<mark> end <name> <status>":
    // 0 answered, 1 unanswered, 2 not checked, 3 refused.
    private const string Tools =
        """
        xv_has() { command -v "$1" >/dev/null 2>&1; }
        xv_probe() {
            printf '%s begin %s\n' "$xv_mark" "$1"
            "xv_$1" "$2" </dev/null 2>&1
            xv_last=$?
            printf '\n%s end %s %s\n' "$xv_mark" "$1" "$xv_last"
        }
        xv_arp() {
            case $xv_to in *:*) echo 'IPv6 has no ARP'; return 2 ;; esac
            if [ "$(id -u)" = 0 ] && xv_has arping; then
                if arping --help 2>&1 | grep -qi habets; then arping -C 1 -c 3 -w 3 -i "$xv_if" "$xv_to"
                else arping -f -c 3 -w 3 -I "$xv_if" "$xv_to"
                fi
                [ $? -eq 0 ] || return 1
                return 0
            fi
            xv_has ping || { echo 'neither arping as root nor ping is there'; return 2; }
            ping -n -c 1 -W 2 -I "$xv_if" "$xv_to" >/dev/null 2>&1 && return 0
            if xv_has ip; then ip neigh show to "$xv_to" dev "$xv_if" | grep lladdr && return 0
            else grep "^$xv_to .*0x2 .*$xv_if\$" /proc/net/arp && return 0
            fi
            return 1
        }
        xv_ping() {
            xv_has ping || { echo 'ping is not there'; return 2; }
            ping -n -c 2 -W 2 -I "$xv_if" "$xv_to" && return 0
            return 1
        }
        xv_full() {
            xv_has ping || { echo 'ping is not there'; return 2; }
            xv_said=$(ping -n -M do -c 2 -W 2 -s "$1" -I "$xv_if" "$xv_to" 2>&1) && return 0
            printf '%s\n' "$xv_said"
            case $xv_said in *[Uu]sage*|*'invalid option'*|*'unrecognized option'*) echo 'ping cannot forbid fragments (iputils-ping can)'; return 2 ;; esac
            return 1
        }
        xv_udp() {
            xv_has bash || { echo 'it needs bash'; return 2; }
            bash -c 'exec 3<>"/dev/udp/$1/$2" || exit 2; printf x >&3 || exit 0; read -r -t 3 -u 3 x; xv_r=$?; if [ "$xv_r" -gt 128 ]; then exit 1; fi; exit 0' bash "$xv_to" "$xv_udp_port" 2>/dev/null
        }
        xv_tcp() {
            if xv_has bash && xv_has timeout; then
                xv_said=$(timeout 4 bash -c 'exec 3<>"/dev/tcp/$1/$2"' bash "$xv_to" "$1" 2>&1) && return 0
            elif xv_has nc; then
                xv_said=$(nc -w 4 "$xv_to" "$1" 2>&1 </dev/null) && return 0
            else
                echo 'it needs bash and timeout, or nc'; return 2
            fi
            printf '%s\n' "$xv_said"
            case $xv_said in *refused*) return 3 ;; esac
            return 1
        }
        """;

    /// <summary>Begins a script.</summary>
    /// <param name="mark">A word that begins each marker line.</param>
    /// <param name="link">The interface to send from.</param>
    /// <param name="target">The address to send to.</param>
    /// <returns>The script, to which probes are added.</returns>
    public static ShellScript Begin(string mark, string link, IPAddress target) => new ShellScript()
        .Add("LC_ALL=C; export LC_ALL")
        .Add("PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin; export PATH")
        .Set("xv_mark", mark)
        .Set("xv_if", link)
        .Set("xv_to", target.ToString())
        .Set("xv_udp_port", UdpPort.ToString(CultureInfo.InvariantCulture))
        .Add(Tools);

    /// <summary>Adds a probe.</summary>
    /// <param name="script">The script.</param>
    /// <param name="name">The probe's name: <c>arp</c>, <c>ping</c>, <c>full</c>, <c>udp</c> or <c>tcp</c>.</param>
    /// <param name="argument">Its argument: the payload size or the port.</param>
    /// <returns>The same script.</returns>
    public static ShellScript Probe(this ShellScript script, string name, int? argument = null) =>
        script.Add(ShellCommand.Of("xv_probe", name, argument?.ToString(CultureInfo.InvariantCulture) ?? ""));

    /// <summary>The ICMP payload that makes a packet of a size: less the IP header (RFC 791, RFC 8200) and ICMP's 8 bytes.</summary>
    /// <param name="packetSize">The packet's size in bytes.</param>
    /// <param name="target">Where it goes.</param>
    /// <returns>The payload's size in bytes.</returns>
    public static int Payload(int packetSize, IPAddress target) =>
        Math.Max(0, packetSize - (target.AddressFamily is AddressFamily.InterNetworkV6 ? 40 : 20) - 8);
}
