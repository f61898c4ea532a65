# Reads counters and the forwarding table, for a host on which nothing can be captured. Needs no root.
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
