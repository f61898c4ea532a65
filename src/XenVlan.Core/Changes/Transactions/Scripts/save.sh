# What a step takes from interfaces besides what its commands say: their addresses with all that belongs to them, the routes
# through them in every table, and where an interface goes or leaves its bridge, its settings. They are kept just before the
# step runs, and given back after its own undo. Nothing is written for giving back, and what is there already stays.

# STEP (addresses|port|link):INTERFACE...
xv_save() {
    command -v ip >/dev/null 2>&1 || return 0
    xv_saved=$xv_dir/routes.$1
    shift
    {
        xv_bare=
        for xv_thing; do
            xv_save_interface "${xv_thing#*:}" "${xv_thing%%:*}"
        done
        for xv_family in -4 -6; do
            xv_all_routes "$xv_family" | while IFS= read -r xv_route; do
                if xv_comes_by_itself "$xv_family" "$xv_route"; then continue; fi
                for xv_thing; do
                    case "$xv_route" in *" dev ${xv_thing#*:} "*) printf 'route %s %s\n' "$xv_family" "$xv_route"; break ;; esac
                    case "$xv_route" in *' src '*) ;; *) continue ;; esac
                    xv_source=${xv_route#* src }
                    case $(ip -o "$xv_family" address show dev "${xv_thing#*:}") in
                        *" ${xv_source%% *}/"*) printf 'route %s %s\n' "$xv_family" "$xv_route"; break ;;
                    esac
                done
            done
        done
        printf 'end\n'
    } > "$xv_saved" 2>/dev/null && return 0
    echo "what goes with the step could not be kept" >&2
    return 1
}

xv_save_interface() { # INTERFACE WHAT
    xv_now=$(ip -o address show dev "$1")
    if [ -n "$xv_now" ]; then printf '%s\n' "$xv_now" | sed "s|^|address $1 |"; fi
    xv_note_bare "$1" "$xv_now"
    case $2 in
        addresses) set -- ;;
        port) set -- "/sys/class/net/$1"/brport/* ;;
        link) set -- "/sys/class/net/$1"/brport/* "/proc/sys/net/ipv4/conf/$1"/* "/proc/sys/net/ipv6/conf/$1"/* ;;
    esac
    xv_values "$@"
}

# FILES: a line "file FILE VALUE" for each that can be written and read. A shell that reads a byte at a time, as dash does, gets the
# first byte alone of a sysctl.
xv_values() {
    for xv_file; do
        shift
        if [ -f "$xv_file" ] && [ -w "$xv_file" ]; then set -- "$@" "$xv_file"; fi
    done
    if [ $# -gt 0 ]; then grep -H '' "$@" 2>/dev/null | sed 's/^\([^:]*\):/file \1 /'; fi
}

# FAMILY: all its routes, a line each. Some busybox shows only one table.
xv_all_routes() { { ip -o "$1" route show table all 2>/dev/null || ip -o "$1" route show 2>/dev/null; } | tr -d "\\\\" | sed 's/$/ /'; }

# FAMILY ROUTE: whether it comes by itself, with an address or from a router. With an address that is noprefixroute (ip-address(8)),
# as NetworkManager gives them, none comes, and who gave it has made its own in the kernel's name; xv_bare has FAMILY:INTERFACE of
# those.
xv_comes_by_itself() {
    case "$2 " in
        *' proto ra '*) return 0 ;;
        *' proto kernel '*) ;;
        *) return 1 ;;
    esac
    case $2 in *' table local '* | fe80::/* | ff00::/*) return 0 ;; esac
    for xv_one in $xv_bare; do case "$1 $2 " in "${xv_one%%:*} "*" dev ${xv_one#*:} "*) return 1 ;; esac; done
    return 0
}

# INTERFACE WHAT-IP-SAID: adds it to xv_bare where an address of it brings no route.
xv_note_bare() {
    while read -r xv_number xv_name xv_rest; do
        case $xv_rest in
            'inet '*' noprefixroute'*) xv_bare="$xv_bare -4:$1" ;;
            'inet6 '*' noprefixroute'*) xv_bare="$xv_bare -6:$1" ;;
        esac
    done <<XENVLAN_ADDRESSES
$2
XENVLAN_ADDRESSES
}

# STEP ...
xv_restore() {
    xv_saved=$xv_dir/routes.$1
    [ -r "$xv_saved" ] || return 0
    shift
    # A name may have characters that a shell would look for files by.
    set -f
    # shellcheck disable=SC2046 # files
    xv_list=$(xv_values $(sed -n 's/^file \([^ ]*\) .*/\1/p' "$xv_saved"))
    set +f
    while read -r xv_kind xv_file xv_value; do
        if [ "$xv_kind" != file ] || [ ! -e "$xv_file" ]; then continue; fi
        case "$xv_newline$xv_list$xv_newline" in
            *"${xv_newline}file $xv_file $xv_value$xv_newline"*) ;;
            *) printf '%s\n' "$xv_value" > "$xv_file" ;;
        esac
    done < "$xv_saved" 2>/dev/null
    for xv_thing; do
        xv_restore_addresses "${xv_thing#*:}" "${xv_thing%%:*}" || return 1
    done
    xv_restore_routes
}

# An address of one line of "ip -o address" as "ip address add" takes it, in xv_words, and without the time it is left in
# xv_plain. Nothing for what routers give.
xv_parse_address() { # INTERFACE FAMILY WORDS...
    xv_words=
    xv_plain=
    xv_link=$1
    xv_family=$2
    shift 2
    case "$xv_family $*" in 'inet6 '*' dynamic '* | 'inet6 '*' temporary '*) return ;; esac
    xv_plain=$1
    shift
    xv_left=
    while [ $# -gt 0 ]; do
        case $1 in
            valid_lft | preferred_lft)
                if [ "$2" != forever ]; then xv_left="$xv_left $1 ${2%sec}"; fi
                shift ;;
            peer | brd | broadcast | any | metric) xv_plain="$xv_plain $1 $2"; shift ;;
            scope)
                if [ "$xv_family" = inet ]; then xv_plain="$xv_plain scope $2"; fi
                shift ;;
            noprefixroute | nodad | home | autojoin | mngtmpaddr) xv_plain="$xv_plain $1" ;;
            "$xv_link") ;;
            "$xv_link":* | *:*) if [ "$xv_family" = inet ]; then xv_plain="$xv_plain label $1"; fi ;;
        esac
        shift
    done
    xv_words=$xv_plain$xv_left
}

# INTERFACE EXTENT: gives back its addresses, those of IPv4 in their old order, which tells the first of a network from the others.
xv_restore_addresses() {
    [ -e "/sys/class/net/$1" ] || return 0
    xv_have=
    xv_have_all=
    xv_have6=
    xv_now=$(ip -o address show dev "$1" | tr -d "\\\\")
    while read -r xv_number xv_name xv_rest; do
        [ -n "$xv_rest" ] || continue
        # shellcheck disable=SC2086 # words
        xv_parse_address "$1" $xv_rest
        [ -n "$xv_plain" ] || continue
        case $xv_rest in
            'inet '*) xv_have="$xv_have$xv_plain|"; xv_have_all="$xv_have_all$xv_words|" ;;
            *) xv_have6="$xv_have6$xv_plain|" ;;
        esac
    done <<XENVLAN_ADDRESSES
$xv_now
XENVLAN_ADDRESSES
    xv_want=
    xv_want_all=
    xv_want6=
    while read -r xv_kind xv_name xv_number xv_again xv_rest; do
        [ "$xv_kind $xv_name" = "address $1" ] || continue
        # shellcheck disable=SC2046,SC2086 # words
        xv_parse_address "$1" $(printf '%s' "$xv_rest" | tr -d "\\\\")
        [ -n "$xv_plain" ] || continue
        case $xv_rest in
            'inet '*) xv_want="$xv_want$xv_plain|"; xv_want_all="$xv_want_all$xv_words|" ;;
            *)
                # Its link-local address is the kernel's, which makes it from the Ethernet address of the moment.
                case $2/$xv_plain in
                    link/fe80:*) xv_want6="$xv_want6$xv_plain|" ;;
                    */fe80:*) continue ;;
                esac
                case "|$xv_have6" in *"|$xv_plain|"*) continue ;; esac
                # shellcheck disable=SC2086 # words
                ip -6 address replace $xv_words dev "$1" || return 1 ;;
        esac
    done < "$xv_saved"
    if [ "$2" = link ]; then
        xv_rest=$xv_have6
        while [ -n "$xv_rest" ]; do
            xv_word=${xv_rest%%|*}
            xv_rest=${xv_rest#*|}
            case $xv_word in fe80:*) case "|$xv_want6" in *"|$xv_word|"*) ;; *) ip -6 address del "${xv_word%% *}" dev "$1" ;; esac ;; esac
        done
    fi
    # Whatever it was given meanwhile comes after them.
    xv_rest=$xv_have_all
    while [ -n "$xv_rest" ]; do
        xv_word=${xv_rest%%|*}
        xv_rest=${xv_rest#*|}
        case "|$xv_want" in
            *"|${xv_word%% valid_lft*}|"* | *"|${xv_word%% *} "*) ;;
            *) xv_want="$xv_want${xv_word%% valid_lft*}|"; xv_want_all="$xv_want_all$xv_word|" ;;
        esac
    done
    [ "$xv_want" != "$xv_have" ] || return 0
    xv_bare=
    case $xv_have in *' noprefixroute'*) xv_bare=-4:$1 ;; esac
    xv_loose="$(xv_all_routes -4 | grep -F " dev $1 " | while IFS= read -r xv_route; do
        xv_comes_by_itself -4 "$xv_route" || printf '%s\n' "-4 $xv_route"
    done)"
    ip -4 address flush dev "$1" || return 1
    while [ -n "$xv_want_all" ]; do
        # shellcheck disable=SC2086 # words
        ip address add ${xv_want_all%%|*} dev "$1" || return 1
        xv_want_all=${xv_want_all#*|}
    done
    xv_restore_routes_from "$xv_loose"
}

xv_restore_routes() { xv_restore_routes_from "$(sed -n 's/^route //p' "$xv_saved")"; }

# LINES, each FAMILY ROUTE: adds those that are missing. What a gateway is reached by comes before the routes through it. Of those
# in the kernel's name there may be several to one network, for an address each.
xv_restore_routes_from() {
    [ -n "$1" ] || return 0
    xv_there="$(xv_all_routes -4 | sed 's/^/-4 /')
$(xv_all_routes -6 | sed 's/^/-6 /')"
    for xv_pass in direct via; do
        while read -r xv_family xv_route; do
            [ -n "$xv_route" ] || continue
            case $xv_pass$xv_route in
                direct*' via '* | direct*nexthop*) continue ;;
                direct* | via*' via '* | via*nexthop*) ;;
                *) continue ;;
            esac
            case "$xv_there" in *"$xv_family $xv_route "*) continue ;; esac
            xv_route=$(printf '%s' "$xv_route" | sed 's/ linkdown//g; s/ dead//g; s/ offload//g
                s/ pref [a-z]*//; s/ expires [0-9a-z]*//; s/ error -[0-9]*//; s/ nhid [0-9]*//')
            case "$xv_family $xv_route " in '-4 '*' proto kernel '*) xv_how=append ;; *) xv_how=replace ;; esac
            # shellcheck disable=SC2086 # a route is words
            ip "$xv_family" route "$xv_how" $xv_route || return 1
        done <<XENVLAN_ROUTES
$1
XENVLAN_ROUTES
    done
}
