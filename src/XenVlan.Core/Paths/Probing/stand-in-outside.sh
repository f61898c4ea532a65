# Around a stand-in for a domain's NIC: puts the outer end of its interface, xv_end, on the bridge, and the namespace away.
[ "$(id -u)" = 0 ] || { echo 'standing in for a NIC needs root' >&2; exit 2; }
for xv_tool in unshare ip; do
    command -v "$xv_tool" >/dev/null 2>&1 || { echo "standing in for a NIC needs $xv_tool" >&2; exit 2; }
done
xv_nap() { sleep 0.1 2>/dev/null || sleep 1; }
xv_until() {
    xv_i=0
    until "$@"; do
        xv_i=$((xv_i + 1))
        [ "$xv_i" -gt 50 ] && return 1
        xv_nap
    done
}
xv_there() { [ -e "/sys/class/net/$xv_end" ]; }
xv_forwards() { read -r xv_state <"/sys/class/net/$xv_end/brport/state" && [ "$xv_state" = 3 ]; }
xv_join() {
    xv_until xv_there || return 1
    ip link set dev "$xv_end" master "$xv_bridge" >&2 && xv_vlans >&2 && ip link set dev "$xv_end" up >&2 || return 1
    xv_until xv_forwards || { echo "a new port of $xv_bridge does not forward at once" >&2; return 1; }
}
xv_feed() {
    printf '%s\n' "$xv_begin"
    if xv_join; then printf '%s\n' "$xv_inside"; else echo 'exit 2'; fi
}
xv_guard() {
    while read -r xv_line <&3; do :; done
    ip link delete dev "$xv_end"
}
xv_limit=
command -v timeout >/dev/null 2>&1 && xv_limit="timeout -s KILL $xv_seconds"
