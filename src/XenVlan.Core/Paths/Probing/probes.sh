# The probes, each with whatever tools the host has. Each prints "<mark> begin <name>", what its tool said, and
# "<mark> end <name> <status>": 0 answered, 1 unanswered, 2 not checked, 3 refused.
# Programs are slow to start on a small domain 0, so few are: what a tool printed is looked at by the shell itself.
xv_root=$(id -u)
xv_arped=
xv_pinged=
xv_has() { command -v "$1" >/dev/null 2>&1; }
xv_pace() { sleep 0.1 2>/dev/null || sleep 1; }
xv_probe() {
    printf '%s begin %s\n' "$xv_mark" "$1"
    "xv_$1" </dev/null 2>&1
    xv_last=$?
    printf '\n%s end %s %s\n' "$xv_mark" "$1" "$xv_last"
}
case $xv_to in *:*) xv_six=-6; xv_echo=ping; xv_has ping6 && xv_echo=ping6 ;; *) xv_six=; xv_echo=ping ;; esac
# What the host knows of the neighbour, in xv_said; fails where it knows no Ethernet address of it.
xv_knows() {
    if xv_has ip; then xv_said=$(ip $xv_six neigh show to "$xv_to" dev "$xv_if" 2>/dev/null)
    else xv_said=$(grep "^$xv_to .*0x[26] .*$xv_if\$" /proc/net/arp 2>/dev/null)
    fi
    case $xv_said in *FAILED*|*INCOMPLETE*|'') return 1 ;; esac
}
xv_arp() {
    if [ -z "$xv_six" ] && [ "$xv_root" = 0 ] && xv_has arping; then
        # shellcheck disable=SC2086 # an option or none
        case $(arping --help 2>&1) in
            *[Hh]abets*) xv_said=$(arping -c 2 -w 2 -i "$xv_if" "$xv_to" 2>&1) ;;
            *) xv_said=$(arping $xv_unnamed -c 2 -w 2 -I "$xv_if" "$xv_to" 2>&1) ;;
        esac
        printf '%s\n' "$xv_said"
        case $xv_said in *' reply from '*|*' bytes from '*) return 0 ;; *[Ss]ent*|*transmitted*) return 1 ;; esac
        return 2
    fi
    xv_has "$xv_echo" || { echo 'neither arping as root nor ping is there'; return 2; }
    # A host asks for a neighbour only where it does not know it from before.
    xv_knows && xv_knew=1 || xv_knew=
    xv_send "$xv_small"
    xv_pinged=$?
    xv_knows && xv_known=1 || xv_known=
    printf '%s\n' "$xv_said"
    [ -n "$xv_known" ] || [ "$xv_pinged" = 0 ] || return 1
    [ -n "$xv_knew" ] || return 0
    echo 'the host knows the neighbour from before, and asks for it again only when it has forgotten it'
    return 2
}
# SIZE OPTIONS
# shellcheck disable=SC2086 # options, or none
xv_send() { xv_said=$("$xv_echo" -n $2 -c 1 -W 2 -s $(($1 - xv_header - 8)) -I "$xv_if" "$xv_to" 2>&1); }
xv_ping() {
    xv_has "$xv_echo" || { echo 'ping is not there'; return 2; }
    [ "$xv_pinged" = 0 ] && return 0
    xv_send "$xv_small" || { xv_pace; xv_send "$xv_small"; } && return 0
    printf '%s\n' "$xv_said"
    return 1
}
xv_try() {
    xv_left=$((xv_left - 1))
    xv_pace
    if xv_send "$1" '-M do'; then xv_low=$1; else xv_high=$1; return 1; fi
}
xv_full() {
    xv_has "$xv_echo" || { echo 'ping is not there'; return 2; }
    if xv_send "$xv_full" '-M do' || { xv_pace; xv_send "$xv_full" '-M do'; }; then
        echo "passed $xv_full"
        return 0
    fi
    printf '%s\n' "$xv_said"
    case $xv_said in *[Uu]sage*|*'invalid option'*|*'unrecognized option'*|*'invalid argument'*)
        echo 'ping cannot forbid fragments (iputils-ping can)'
        return 2 ;;
    esac
    xv_low=$xv_small
    xv_high=$xv_full
    xv_left=$xv_tries
    xv_hint=
    case $xv_said in *mtu*=*)
        xv_hint=${xv_said##*mtu}; xv_hint=${xv_hint#*=}; xv_hint=${xv_hint# }; xv_hint=${xv_hint%%[!0-9]*} ;;
    esac
    for xv_size in $xv_hint $((xv_full - 4)) $((xv_full - 8)) 1400; do
        if [ "$xv_left" -gt 0 ] && [ "$xv_size" -gt "$xv_low" ] && [ "$xv_size" -lt "$xv_high" ] && xv_try "$xv_size"; then break; fi
    done
    while [ "$xv_left" -gt 0 ] && [ $((xv_high - xv_low)) -gt 1 ]; do
        xv_try $(((xv_low + xv_high) / 2))
    done
    echo "passed $xv_low"
    return 1
}
xv_routed() {
    xv_has ip || return 0
    xv_said=$(ip $xv_six route get "$xv_to" 2>&1)
    case $xv_said in
        *" dev $xv_if "*) return 0 ;;
        *" dev "*) xv_said=${xv_said#* dev }; echo "the host would send it by ${xv_said%% *}, not by $xv_if" ;;
        *) echo "there is no route to $xv_to" ;;
    esac
    return 1
}
xv_udp() {
    xv_has bash || { echo 'it needs bash'; return 2; }
    xv_routed || return 2
    # shellcheck disable=SC2016 # bash's
    bash -c '
        exec 3<>"/dev/udp/$1/$2" || exit 2
        printf "%0$3d" 0 >&3 || exit 0
        read -r -t 3 -u 3 x
        if [ $? -gt 128 ]; then exit 1; fi
        exit 0' bash "$xv_to" "$xv_udp_port" "$xv_udp_size" 2>/dev/null
}
xv_tcp() {
    xv_routed || return 2
    if xv_has bash && xv_has timeout; then
        # shellcheck disable=SC2016 # bash's
        xv_said=$(timeout 4 bash -c 'exec 3<>"/dev/tcp/$1/$2"' bash "$xv_to" "$xv_tcp_port" 2>&1) && return 0
    elif xv_has nc; then
        xv_said=$(nc -w 4 "$xv_to" "$xv_tcp_port" 2>&1 </dev/null) && return 0
    else
        echo 'it needs bash and timeout, or nc'; return 2
    fi
    printf '%s\n' "$xv_said"
    case $xv_said in *refused*) return 3 ;; esac
    return 1
}
