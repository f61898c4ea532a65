using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Paths.Watching;

/// <summary>The script that reads counters and the forwarding table, where no capture can be made. It needs no root.</summary>
internal static class CounterScript
{
    private const string Read = """
        xv_sample() {
            for xv_if in "$@"; do
                xv_at=/sys/class/net/$xv_if/statistics
                [ -r "$xv_at/rx_packets" ] || continue
                read -r xv_rp <"$xv_at/rx_packets"; read -r xv_rb <"$xv_at/rx_bytes"
                read -r xv_tp <"$xv_at/tx_packets"; read -r xv_tb <"$xv_at/tx_bytes"
                printf '%s link %s %s %s %s %s\n' "$xv_mark" "$xv_if" "$xv_rp" "$xv_rb" "$xv_tp" "$xv_tb"
                xv_counts=0
                [ -r "/sys/class/net/$xv_if/master/bridge/vlan_stats_enabled" ] &&
                    read -r xv_counts <"/sys/class/net/$xv_if/master/bridge/vlan_stats_enabled"
                [ "$xv_counts" = 1 ] && bridge -s vlan show dev "$xv_if" 2>/dev/null |
                    while IFS= read -r xv_line; do printf '%s vlan %s %s\n' "$xv_mark" "$xv_if" "$xv_line"; done
            done
        }
        xv_twice() {
            xv_sample "$@"
            sleep 1
            xv_sample "$@"
        }
        [ -n "$xv_mac" ] && command -v bridge >/dev/null 2>&1 && bridge -s fdb show 2>/dev/null | while IFS= read -r xv_line; do
            case $xv_line in "$xv_mac "*) printf '%s fdb %s\n' "$xv_mark" "$xv_line" ;; esac
        done
        """;

    /// <summary>Makes the script.</summary>
    /// <param name="mark">A word that begins each of its lines.</param>
    /// <param name="interfaces">The interfaces.</param>
    /// <param name="source">The Ethernet address to look for in the forwarding table; null for none.</param>
    /// <returns>The script.</returns>
    public static ShellScript Make(string mark, IEnumerable<string> interfaces, MacAddress? source) =>
        new ShellScript()
            .Add("LC_ALL=C; export LC_ALL")
            .Add("PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin; export PATH")
            .Set("xv_mark", mark)
            .Set("xv_mac", source?.ToString() ?? "")
            .Add(Read)
            .Add(ShellCommand.Of(["xv_twice", .. interfaces]));
}
