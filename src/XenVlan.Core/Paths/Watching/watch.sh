# Captures on interfaces until the word to stop comes, the connection is gone, or the time is over. The last is said, as what
# came after it was not seen.
exec 6>&1
xv_hold() {
    if command -v timeout >/dev/null 2>&1; then timeout "$xv_seconds" sed -n "/$xv_stop/q" <&3 || printf '%s - says over\n' "$xv_mark" >&6
    else while read -r xv_line <&3; do case $xv_line in *"$xv_stop"*) break ;; esac; done
    fi
    # libpcap hands frames over in blocks, at the latest a second after they came (to_ms in pcap(3PCAP)).
    sleep 1.1 2>/dev/null || sleep 2
}
xv_tell() { while IFS= read -r xv_line; do printf '%s %s %s %s\n' "$xv_mark" "$1" "$2" "$xv_line"; done; }
xv_capture() {
    {
        {
            tcpdump -p -n -U -s "$xv_size" -i "$1" -w - "$xv_filter" 2>&4 </dev/null &
            xv_pid=$!
            { read -r xv_line <&5; kill "$xv_pid" 2>/dev/null; } &
            wait "$xv_pid"
            kill "$!" 2>/dev/null
            echo ended >&4
        } | od -An -v -tx1 | xv_tell "$1" frames >&6
    } 4>&1 | xv_tell "$1" says
}
xv_captures() {
    exec 5<&0 </dev/null 3<&-
    for xv_if in "$@"; do xv_capture "$xv_if" & done
    wait
}
