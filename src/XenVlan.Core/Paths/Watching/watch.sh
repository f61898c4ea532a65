# Captures on interfaces until the word to stop comes, the connection is gone, or the time is over.
xv_hold() {
    if command -v timeout >/dev/null 2>&1; then timeout "$xv_seconds" sed -n "/$xv_stop/q" <&3
    else while read -r xv_line <&3; do case $xv_line in *"$xv_stop"*) break ;; esac; done
    fi
    # libpcap hands frames over in blocks, at the latest a second after they came (to_ms in pcap(3PCAP)).
    sleep 1.1 2>/dev/null || sleep 2
}
xv_capture() {
    {
        tcpdump -p -l -n -e -vv -i "$1" "$xv_filter" 2>&1 </dev/null &
        xv_pid=$!
        read -r xv_line <&5
        kill "$xv_pid" 2>/dev/null
        wait "$xv_pid"
    } | while IFS= read -r xv_line; do printf '%s %s %s\n' "$xv_mark" "$1" "$xv_line"; done
}
xv_captures() {
    exec 5<&0 </dev/null 3<&-
    for xv_if in "$@"; do xv_capture "$xv_if" & done
    wait
}
