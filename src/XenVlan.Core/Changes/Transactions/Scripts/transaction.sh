# The transaction: carries out the steps beside it, undoes them unless it is confirmed in time, and then writes the files.
# Called as:  sh transaction.sh run | guard PID BEGAN | settle | undo
# "undo", by hand and without XenVlan, undoes everything at once; where there is nothing to undo, it says so.
case $0 in */*) xv_dir=${0%/*} ;; *) xv_dir=. ;; esac
xv_dir=$(cd "$xv_dir" && pwd) || exit 1
xv_id=${xv_dir##*/}
xv_live=$xv_run/$xv_id

# Sets xv_count, xv_confirm, xv_limit, xv_touched, xv_remade, xv_switched, xv_reverse and xv_reverts, and the functions xv_do_N and
# xv_undo_N.
xv_limit=120
xv_touched=
xv_remade=
xv_base=
xv_switched=
# shellcheck source=/dev/null # the plan's own
. "$xv_dir/steps.sh" || exit 1

# A transaction that undoes another one has its steps backwards.
xv_do() { if [ "$xv_reverse" = 1 ]; then "xv_undo_$((xv_count + 1 - $1))"; else "xv_do_$1"; fi; }
xv_undo() { if [ "$xv_reverse" = 1 ]; then "xv_do_$((xv_count + 1 - $1))"; else "xv_undo_$1"; fi; }

# Part of what undoes a step failed. Where that step may have been undone in part already, the rest of it is still to be done.
xv_again() { [ -n "$xv_is_again" ] && xv_missed=1; }

xv_newline='
'
# WORDS: sets xv_text to them, on one line.
xv_flatten() {
    xv_text=$*
    case $xv_text in *"$xv_newline"* | *"$xv_tab"* | *"$xv_return"*) xv_text=$(printf '%s' "$xv_text" | tr '\n\t\r' '   ') ;; esac
}

# Writes xv_text into the journal, with the seconds since the host started.
xv_journal() {
    read -r xv_now xv_rest < /proc/uptime
    printf '%s %s\n' "$xv_now" "$xv_text" >> "$xv_dir/journal"
} 2>/dev/null

# WORDS: news for whoever follows, and for the journal. Fails where the journal cannot be written. News that finds no room is
# lost; half a line of it is marked so.
xv_report() {
    xv_flatten "$@"
    if printf '%s%s\n' "$xv_torn" "$xv_text" >> "$xv_live/news"; then xv_torn=; else xv_torn="~$xv_newline"; fi
    xv_journal
} 2>/dev/null
xv_tab=$(printf '\t')
xv_return=$(printf '\r')
xv_torn=

# STATE, and PROGRESS: what it is while the host runs, and how far it came.
xv_state_now=
xv_progress=
xv_put_state() { xv_flatten "$@"; xv_state_now=$xv_text; xv_put_record "$xv_live/state" "$xv_state_now" "$xv_progress"; }
xv_put_progress() { xv_progress=$*; xv_put_record "$xv_live/state" "$xv_state_now" "$xv_progress"; }

# DIRECTORY STATE: what a transaction is after the host went down; in place where there is no room.
xv_put_on_disk() {
    { printf '%s\n' "$2" > "$1/state.new" && mv -f "$1/state.new" "$1/state"; } || {
        rm -f "$1/state.new"
        [ -e "$1/state" ] && xv_put_record "$1/state" "$2" ''
    }
} 2>/dev/null

# STATE: also what it is after the host went down.
xv_put_lasting_state() {
    xv_flatten "$@"
    xv_put_on_disk "$xv_dir" "$xv_text"
    xv_put_result=$?
    xv_put_state "$xv_text" && return "$xv_put_result"
}

xv_sync() { sync "$@" 2>/dev/null || sync; }

xv_unlock() {
    if [ -r "$xv_run/lock" ] && read -r xv_holder xv_rest < "$xv_run/lock" && [ "$xv_holder" = "$xv_id" ]; then rm -f "$xv_run/lock"; fi
}

# STATE TEXT...: the end of it; a cause word is before the text unless it was confirmed.
xv_conclude() {
    if [ "$1" = confirmed ] && [ -n "$xv_reverts" ]; then
        xv_undone="undone reverted by $xv_id${xv_unlike:+; the host is not as it was: $xv_unlike}"
        xv_put_on_disk "$xv_home/$xv_reverts" "$xv_undone"
        if [ -d "$xv_run/$xv_reverts" ]; then xv_put_record "$xv_run/$xv_reverts/state" "$xv_undone" ''; fi
    fi
    xv_flatten "$@"
    xv_put_on_disk "$xv_dir" "$xv_text"
    xv_journal
    xv_sync "$xv_dir/state" "$xv_dir/journal"
    # Whoever hears of it may begin the next one at once, and may rely on this one.
    xv_unlock
    xv_put_state "$xv_text"
    { printf '%s%s\n' "$xv_torn" "$xv_text" >> "$xv_live/news"; } 2>/dev/null
    if { read -r xv_pid xv_started < "$xv_live/guard"; } 2>/dev/null && [ "$xv_pid" != $$ ] && xv_alive "$xv_pid" "$xv_started"; then
        kill -s KILL "$xv_pid"
    fi
    if [ -n "$xv_by_hand" ]; then printf '%s\n' "$xv_text" >&2; fi
    [ "$1" != stuck ] || exit 1
    exit 0
}

xv_has_link() { [ -e "/sys/class/net/$1" ]; }

# NAME PARENT ID PROTOCOL: whether that VLAN interface is there.
xv_has_vlan() { case $(ip -d -o link show dev "$1" 2>/dev/null) in *" $1@$2: "*" vlan protocol $4 id $3 "*) return 0 ;; esac; return 1; }

# INTERFACE: whether it was there before a confirmed change was begun to be undone, so that this has not made it.
xv_was_there() {
    [ "$xv_reverse" = 1 ] || return 1
    case "$xv_newline$xv_before$xv_newline" in *"$xv_newline$1 is there$xv_newline"*) return 0 ;; esac
    return 1
}

# NUMBER was|new: whether the file is as it was, or as it is to be.
xv_is() {
    xv_entry=$xv_dir/files/$1
    read -r xv_path < "$xv_entry/path"
    if [ ! -e "$xv_entry/$2" ]; then [ ! -e "$xv_path" ] && [ ! -h "$xv_path" ]; return; fi
    if [ -e "$xv_entry/link" ]; then [ -h "$xv_path" ] && [ "$(readlink "$xv_path")" = "$(cat "$xv_entry/$2")" ]; return; fi
    [ -f "$xv_path" ] && xv_same "$xv_path" "$xv_entry/$2"
}

# NUMBER: sets xv_path to where a file is, behind a link that leads there, and xv_staged to the directory beside that where
# it waits.
xv_locate_file() {
    read -r xv_path < "$xv_dir/files/$1/path"
    if [ -h "$xv_path" ] && [ ! -e "$xv_dir/files/$1/link" ]; then xv_path=$(readlink -f "$xv_path") || return 1; fi
    xv_staged=${xv_path%/*}/.${xv_path##*/}.xenvlan
}

# COMMAND...: runs it in xv_staged, if that is a directory of root's and no link: who else may write where it stands could
# put there what leads elsewhere.
xv_in_staging() {
    (
        if xv_place=$(cd "${xv_path%/*}" && pwd -P) && cd -P "$xv_staged" &&
            [ "$(pwd -P)" = "${xv_place%/}/${xv_staged##*/}" ] && [ -O . ]; then
            "$@"
        else
            echo "$xv_staged is in the way" >&2
            exit 1
        fi
    )
}

# NUMBER SOURCE MODE: writes a file as "new" into the directory it is in. The old one's owner, mode and label stay.
xv_write_staged() {
    rm -f ./new || return 1
    if [ -e "$xv_dir/files/$1/link" ]; then ln -s "$(cat "$2")" ./new; return; fi
    if [ -e "$xv_path" ]; then
        cp -p "$xv_path" ./new && cat "$2" > ./new || return 1
        if command -v chcon >/dev/null 2>&1 && [ -e /sys/fs/selinux/enforce ]; then chcon --reference="$xv_path" ./new; fi
    elif [ -e "$xv_dir/files/$1/old" ]; then
        cp -p "$xv_dir/files/$1/old" ./new && cat "$2" > ./new || return 1
    else
        cat "$2" > ./new && chmod "$3" ./new || return 1
        if command -v restorecon >/dev/null 2>&1; then restorecon ./new; fi
    fi
    xv_same "$2" ./new && xv_sync ./new
}

# NUMBER SOURCE MODE: puts a file beside its place, ready to be moved there.
xv_stage() {
    xv_locate_file "$1" || return 1
    if [ ! -d "${xv_path%/*}" ]; then (umask 022 && mkdir -p "${xv_path%/*}") || return 1; fi
    if [ -d "$xv_path" ] && [ ! -h "$xv_path" ]; then echo "$xv_path is a directory" >&2; return 1; fi
    mkdir "$xv_staged" 2>/dev/null || [ -d "$xv_staged" ] || mkdir "$xv_staged" || return 1
    xv_in_staging xv_write_staged "$@"
}

# NUMBER: moves a staged file to its place.
xv_move_staged() {
    xv_locate_file "$1" || return 1
    # A link that leads to a directory would be a place to move things into.
    if [ -h "$xv_path" ] && [ -d "$xv_path" ]; then rm -f "$xv_path"; fi
    xv_in_staging mv -f ./new "$xv_path" && rmdir "$xv_staged"
}

# NUMBER: removes a file, and the directory that is there for it alone; notes what is to be run then.
xv_remove() {
    xv_entry=$xv_dir/files/$1
    read -r xv_path < "$xv_entry/path"
    rm -f "$xv_path" || return 1
    if [ -e "$xv_entry/alone" ]; then rmdir "${xv_path%/*}" 2>/dev/null; fi
    if [ -e "$xv_entry/after-removal" ] && read -r xv_line < "$xv_entry/after-removal"; then
        case "$xv_newline$xv_after_removal$xv_newline" in
            *"$xv_newline$xv_line$xv_newline"*) ;;
            *) xv_after_removal="$xv_after_removal$xv_newline$xv_line" ;;
        esac
    fi
    return 0
}
xv_after_removal=

xv_placed() {
    sync
    xv_for_lines xv_run_line "$xv_after_removal"
    xv_after_removal=
}
xv_run_line() { sh -c "$1" </dev/null >/dev/null 2>&1 || return 0; }

# Puts every file where it belongs. All are staged before the first is moved, so that little can go wrong between them.
xv_place_new() {
    [ -d "$xv_dir/files" ] || return 0
    for xv_file in "$xv_dir"/files/*; do
        xv_number=${xv_file##*/}
        if xv_is "$xv_number" new || [ ! -e "$xv_file/new" ]; then continue; fi
        xv_stage "$xv_number" "$xv_file/new" "$(cat "$xv_file/mode")" || return 1
    done
    for xv_file in "$xv_dir"/files/*; do
        xv_number=${xv_file##*/}
        if xv_is "$xv_number" new; then continue; fi
        if [ -e "$xv_file/new" ]; then
            xv_move_staged "$xv_number" || return 1
        else
            xv_remove "$xv_number" || return 1
        fi
        xv_report wrote "$xv_path"
    done
    xv_placed
}

# Only the files that hold what this transaction wrote.
xv_place_back() {
    xv_clean_staged
    [ -d "$xv_dir/files" ] || return 0
    for xv_file in "$xv_dir"/files/*; do
        xv_number=${xv_file##*/}
        if ! xv_is "$xv_number" new; then continue; fi
        if [ -e "$xv_file/was" ]; then
            xv_stage "$xv_number" "$xv_file/was" "$(cat "$xv_file/mode")" && xv_move_staged "$xv_number" || return 1
        else
            xv_remove "$xv_number" || return 1
        fi
    done
    xv_placed
}

# was|new: whether all files are as they were, or as they are to be; sets xv_said to which is not.
xv_files_are() {
    [ -d "$xv_dir/files" ] || return 0
    for xv_file in "$xv_dir"/files/*; do
        xv_is "${xv_file##*/}" "$1" || { xv_said="$(cat "$xv_file/path") was changed meanwhile"; return 1; }
    done
}

xv_clean_staged() {
    [ -d "$xv_dir/files" ] || return 0
    for xv_file in "$xv_dir"/files/*; do
        xv_locate_file "${xv_file##*/}" && [ -d "$xv_staged" ] && xv_in_staging rm -f ./new && rmdir "$xv_staged"
    done 2>/dev/null
}

# PID: sets xv_doomed to the processes that it started, and those that are in the group of whoever carries this out.
xv_find_family() {
    xv_doomed=" $1 "
    xv_found_more=1
    while [ -n "$xv_found_more" ]; do
        xv_found_more=
        for xv_stat_file in /proc/[0-9]*/stat; do
            xv_pid=${xv_stat_file#/proc/}
            xv_pid=${xv_pid%/stat}
            case "$xv_doomed$$ " in *" $xv_pid "*) continue ;; esac
            { read -r xv_stat < "$xv_stat_file"; } 2>/dev/null || continue
            # shellcheck disable=SC2086 # state, parent, group
            set -- ${xv_stat##*) }
            # By hand, others of whoever calls may be in the group.
            if [ "$3" != $$ ] || [ -n "$xv_by_hand" ]; then case $xv_doomed in *" $2 "*) ;; *) continue ;; esac; fi
            xv_doomed="$xv_doomed$xv_pid "
            xv_found_more=1
        done
    done
}

# HEEDS FUNCTION NUMBER: runs a step beside this process, and watches it: it ends at the limit, and, where HEEDS is not
# empty, soon after something was decided meanwhile. Sets xv_said to what it said, and xv_cut and xv_cut_cause to why it was ended.
xv_watch() {
    xv_heeds=$1
    xv_cut=
    xv_cut_cause=step-failed
    xv_out=$xv_live/said
    # A redirection that fails would end the shell with ":".
    { true > "$xv_out"; } 2>/dev/null || xv_out=/dev/null
    ( trap - INT TERM; "$2" "$3" ) </dev/null >"$xv_out" 2>&1 &
    xv_child=$!
    xv_read_clock
    xv_until=$((xv_now + xv_limit))
    if xv_read_process "$xv_child"; then xv_put_progress "$xv_progress $xv_child $xv_began"; fi
    xv_backoffs=0
    while xv_read_process "$xv_child"; do
        xv_read_clock
        if [ "$xv_now" -ge "$xv_until" ]; then
            xv_cut=${xv_cut:-"it did not end within $xv_limit seconds, and was ended"}
            xv_find_family "$xv_child"
            # shellcheck disable=SC2086 # processes
            kill -KILL $xv_doomed 2>/dev/null
            xv_waited=0
            while xv_read_process "$xv_child" && [ "$xv_waited" -lt 20 ]; do xv_waited=$((xv_waited + 1)); xv_backoff; done
            break
        fi
        if [ -n "$xv_heeds" ] && [ -z "$xv_cut" ]; then
            if xv_read_decision "$xv_id"; then xv_cut=$xv_why; xv_cut_cause=$xv_cause
            elif [ -n "$xv_stop" ]; then xv_cut_cause=stopped; xv_why_of stopped; xv_cut=$xv_why
            fi
            # Most end by themselves, which leaves less to clear up.
            if [ -n "$xv_cut" ] && [ "$xv_until" -gt $((xv_now + 5)) ]; then xv_until=$((xv_now + 5)); fi
        fi
        xv_backoff
    done
    xv_result=1
    if xv_read_process "$xv_child"; then xv_said="$xv_cut, but goes on"; return 1; fi
    wait "$xv_child" 2>/dev/null
    xv_result=$?
    # Of what a signal ended, how far it came is not known.
    if [ "$xv_result" -gt 128 ]; then xv_cut=${xv_cut:-"it was ended by signal $((xv_result - 128))"}; xv_said=$xv_cut; return 1; fi
    # What was decided meanwhile is seen to before the next step.
    xv_cut=
    xv_said=
    if [ "$xv_result" != 0 ]; then xv_said=$(cat "$xv_live/said" 2>/dev/null); fi
    return "$xv_result"
}

# FILE: sets xv_value to its first line; fails where there is none.
xv_value_of() { xv_value=; { read -r xv_value < "$1"; } 2>/dev/null; [ -n "$xv_value" ]; }

# LINE: sets xv_line to it without what changes by itself, and with single spaces.
xv_settle_line() {
    xv_line=
    set -f
    # shellcheck disable=SC2086 # words
    set -- $1
    set +f
    while [ $# -gt 0 ]; do
        case $1 in
            dynamic | tentative | optimistic | linkdown | dead) ;;
            pref | expires | error) shift ;;
            *) xv_line="$xv_line ${1%\\}" ;;
        esac
        [ $# -eq 0 ] || shift
    done
    xv_line=${xv_line# }
}

# LINE: adds it to xv_picture.
xv_see() { xv_picture="${xv_picture:+$xv_picture$xv_newline}$*"; }

# FUNCTION TEXT: calls it with each line. A shell reads a pipe byte by byte, which on a small domain 0 takes seconds.
xv_for_lines() {
    xv_called=$1
    xv_ifs=$IFS
    IFS=$xv_newline
    set -f
    # shellcheck disable=SC2086 # lines
    set -- $2
    set +f
    IFS=$xv_ifs
    for xv_one_line in "$@"; do "$xv_called" "$xv_one_line"; done
}

xv_is_touched() { case " $xv_touched " in *" $1 "*) return 0 ;; esac; return 1; }

xv_see_address() {
    # What the kernel and routers give comes by itself.
    case $1 in *'scope link'* | *' inet6 '*dynamic* | *' inet6 '*temporary*) return ;; *' inet '* | *' inet6 '*) ;; *) return ;; esac
    xv_settle_line "${1%%\\*}"
    xv_line=${xv_line#* }
    if xv_is_touched "${xv_line%% *}"; then xv_see "${xv_line%% *}: ${xv_line#* }"; fi
    # The routes of such an address do not come by themselves.
    case $xv_line in *' noprefixroute'*) xv_routeless="$xv_routeless ${xv_line%% *} " ;; esac
}

xv_see_route() {
    case $1 in *'proto ra'* | *'table local'* | *ff00::/8* | fe80::/*) return ;; esac
    for xv_link in $xv_touched; do
        case "$1" in *'proto kernel'*) case $xv_routeless in *" $xv_link "*) ;; *) continue ;; esac ;; esac
        case "$1 " in *" dev $xv_link "*) xv_settle_line "$1"; xv_see "$xv_link: route $xv_line"; return ;; esac
    done
}

xv_see_port_vlan() {
    xv_line=$1
    case $1 in
        [!\ "$xv_tab"]*) xv_link=${1%%[ "$xv_tab"]*}; xv_line=${1#"$xv_link"} ;;
    esac
    if ! xv_is_touched "$xv_link"; then return; fi
    xv_settle_line "$xv_line"
    case $xv_line in '' | None) ;; *) xv_see "$xv_link: VLAN $xv_line" ;; esac
}

# INTERFACE ADDRESS: whether the undo has set the address that an interface took from its parent before it was removed, so that
# only now it is its own.
xv_is_set_by_undo() {
    case " $xv_remade " in *" $1 "*) ;; *) return 1 ;; esac
    [ -n "$xv_base" ] || return 1
    case "$xv_newline$xv_base$xv_newline" in *"$xv_newline$1: address $2$xv_newline"*) return 1 ;; esac
    return 0
}

xv_see_link() {
    xv_sys=/sys/class/net/$1
    [ -e "$xv_sys" ] || return
    xv_see "$1 is there"
    if xv_value_of "$xv_sys/mtu"; then xv_see "$1: MTU $xv_value"; fi
    # Without what captures set, IFF_PROMISC and IFF_ALLMULTI (linux/if.h).
    if xv_value_of "$xv_sys/flags"; then
        if [ $((xv_value & 1)) = 1 ]; then xv_see "$1: up"; else xv_see "$1: down"; fi
        xv_see "$1: flags $((xv_value & ~0x301))"
    fi
    # An address that is the interface's own or was set (linux/netdevice.h, NET_ADDR_PERM and NET_ADDR_SET); others come and
    # go with a bridge's ports.
    if [ ! -d "$xv_sys/bridge" ] && xv_value_of "$xv_sys/addr_assign_type" && { [ "$xv_value" = 0 ] || [ "$xv_value" = 3 ]; } &&
        xv_value_of "$xv_sys/address" && ! xv_is_set_by_undo "$1" "$xv_value"; then
        xv_see "$1: address $xv_value"
    fi
    if [ -d "$xv_sys/bridge" ]; then
        for xv_key in vlan_filtering vlan_protocol default_pvid stp_state forward_delay ageing_time multicast_snooping; do
            if xv_value_of "$xv_sys/bridge/$xv_key"; then xv_see "$1: bridge $xv_key $xv_value"; fi
            if [ "$xv_key" = vlan_filtering ] && [ "$xv_value" = 1 ]; then xv_filters=1; fi
        done
    fi
    if [ -d "$xv_sys/brport" ]; then
        for xv_file in /sys/class/net/*/brif/"$1"; do
            [ -e "$xv_file" ] || continue
            xv_file=${xv_file%/brif/*}
            xv_see "$1: on bridge ${xv_file##*/}"
            if xv_value_of "$xv_file/bridge/vlan_filtering" && [ "$xv_value" = 1 ]; then xv_filters=1; fi
        done
        # Not its cost, which the kernel takes from the speed that a port comes to have (net/bridge/br_if.c, br_port_carrier_check).
        for xv_key in hairpin_mode isolated learning unicast_flood multicast_flood priority bpdu_guard root_block; do
            if xv_value_of "$xv_sys/brport/$xv_key"; then xv_see "$1: port $xv_key $xv_value"; fi
        done
    fi
    [ -r "/proc/net/vlan/$1" ] || return
    while read -r xv_word xv_rest; do
        case "$xv_word $xv_rest" in
            *VID:*) xv_settle_line "${xv_rest%%dev->*}"; xv_see "$1: VLAN $xv_line" ;;
            Device:* | *GRESS*) xv_settle_line "$xv_word $xv_rest"; xv_see "$1: $xv_line" ;;
        esac
    done < "/proc/net/vlan/$1"
}

# Sets xv_picture to what can be seen of the interfaces in xv_touched, a line each: what is compared to tell whether they are
# as before. It starts as few programs as it can.
xv_read_network() {
    xv_picture=
    xv_filters=
    xv_routeless=
    for xv_link in $xv_touched; do xv_see_link "$xv_link"; done
    if command -v ip >/dev/null 2>&1; then
        xv_for_lines xv_see_address "$(ip -o address show 2>/dev/null)"
        xv_for_lines xv_see_route "$(ip -o -4 route show table all 2>/dev/null)"
        if [ -s /proc/net/if_inet6 ] || [ -r /proc/net/if_inet6 ]; then
            xv_for_lines xv_see_route "$(ip -o -6 route show table all 2>/dev/null)"
        fi
    elif command -v ifconfig >/dev/null 2>&1; then
        for xv_link in $xv_touched; do
            xv_line=$(ifconfig "$xv_link" 2>/dev/null | sed -n 's/^ *inet /inet /p')
            if [ -n "$xv_line" ]; then xv_see "$xv_link: $xv_line"; fi
        done
    fi
    if [ -n "$xv_filters" ] && command -v bridge >/dev/null 2>&1; then
        xv_link=
        xv_for_lines xv_see_port_vlan "$(bridge vlan show 2>/dev/null)"
    fi
    if [ -n "$xv_switched" ] && command -v ovs-vsctl >/dev/null 2>&1; then
        for xv_link in $xv_touched; do
            xv_value=$(ovs-vsctl --timeout=5 port-to-br "$xv_link" -- get Port "$xv_link" tag trunks vlan_mode 2>/dev/null) || continue
            xv_settle_line "$xv_value"
            xv_see "$xv_link: on Open vSwitch $xv_line"
        done
    fi
}

# TEXT TEXT: sets xv_lines to the lines of the first that the second does not have; and to those that it has, too.
xv_lines_without() {
    xv_lines=
    xv_others="$xv_newline$2$xv_newline"
    xv_for_lines xv_without_line "$1"
}
xv_without_line() { case $xv_others in *"$xv_newline$1$xv_newline"*) ;; *) xv_lines="${xv_lines:+$xv_lines$xv_newline}$1" ;; esac; }
xv_lines_in() {
    xv_lines=
    xv_others="$xv_newline$2$xv_newline"
    xv_for_lines xv_in_line "$1"
}
xv_in_line() { case $xv_others in *"$xv_newline$1$xv_newline"*) xv_lines="${xv_lines:+$xv_lines$xv_newline}$1" ;; esac; }
xv_quote_line() { xv_quoted="${xv_quoted:+$xv_quoted, }'$1'"; }

# BEFORE AFTER START: compares what is there now with what was there before the change. Where the change was confirmed, and so
# is not of this moment, AFTER is what was there then, and START what was there when it began to be undone: what differs
# because of something else is left out. Sets xv_unlike to what differs, in a line.
xv_compare() {
    xv_unlike=
    [ -n "$xv_touched" ] && [ -n "$1" ] || return 0
    xv_waited=0
    while :; do
        xv_base=$1
        xv_read_network
        xv_base=
        xv_lines_without "$1" "$xv_picture"
        xv_gone=$xv_lines
        xv_lines_without "$xv_picture" "$1"
        xv_new=$xv_lines
        if [ -n "$2" ]; then
            # Not what went between the change and this, nor what came.
            xv_lines_without "$xv_gone" "$3"
            xv_lines_in "$xv_lines" "$2"
            xv_lines_without "$xv_gone" "$xv_lines"
            xv_gone=$xv_lines
            xv_lines_without "$xv_picture" "$3"
            xv_lines_in "$xv_new" "$2$xv_newline$xv_lines"
            xv_new=$xv_lines
        fi
        if [ -z "$xv_gone$xv_new" ]; then return 0; fi
        # Some of it takes a moment.
        xv_waited=$((xv_waited + 1))
        [ "$xv_waited" -lt 3 ] || break
        sleep 1
    done
    xv_quoted=
    if [ -n "$xv_gone" ]; then xv_for_lines xv_quote_line "$xv_gone"; xv_unlike="it had $xv_quoted"; fi
    xv_quoted=
    if [ -n "$xv_new" ]; then xv_for_lines xv_quote_line "$xv_new"; xv_unlike="${xv_unlike:+$xv_unlike, and }it has $xv_quoted"; fi
    return 1
}

# CAUSE: rolls back for what is always said of that cause.
xv_rollback_for() { xv_why_of "$1"; xv_rollback "$1" "$xv_why"; }

# CAUSE WHY: undoes the steps up to xv_at, newest first. Whether the step xv_unsure was done, or undone already, is not known.
xv_rollback() {
    xv_report rolling-back "$@"
    xv_put_state undoing "$@"
    xv_stuck=
    xv_before=${xv_before:-$(cat "$xv_dir/before" 2>/dev/null)}
    xv_after=
    xv_start=
    if [ -s "$xv_dir/after" ]; then xv_after=$(cat "$xv_dir/after"); xv_read_network; xv_start=$xv_picture; fi
    while [ "$xv_at" -ge 1 ]; do
        xv_put_progress undoing "$xv_at"
        xv_report undoing "$xv_at"
        xv_is_again=
        if [ "$xv_at" = "$xv_unsure" ]; then xv_is_again=1; fi
        # What failed because it had been done before shows by what the host is in the end.
        if xv_watch '' xv_undo "$xv_at" ||
            { [ -n "$xv_is_again" ] && [ -z "$xv_cut" ] && { [ -n "$xv_before" ] || [ -z "$xv_touched" ]; }; }; then
            xv_put_progress undone "$xv_at"
            xv_report undone "$xv_at"
        else
            xv_put_progress undo-failed "$xv_at"
            xv_report undo-failed "$xv_at" "$xv_said"
            xv_stuck=1
        fi
        xv_at=$((xv_at - 1))
    done
    if [ -n "$xv_reverts" ] && [ -e "$xv_dir/routes.0" ] && ! xv_watch '' xv_restore_all 0; then
        xv_report warning "what goes with it could not be given back: $xv_said"
    fi
    if ! xv_compare "$xv_before" "$xv_after" "$xv_start"; then
        xv_report differs "$xv_unlike"
        xv_conclude stuck "$1" "$2; it is not as it was: $xv_unlike"
    fi
    if [ -n "$xv_stuck" ]; then xv_conclude stuck "$@"; fi
    xv_conclude rolled-back "$@"
}

# NUMBER: what goes with all the interfaces in xv_touched, as with a step.
# shellcheck disable=SC2046,SC2086 # names are words
xv_save_all() { xv_save "$1" $(printf 'port:%s ' $xv_touched); }
# shellcheck disable=SC2046,SC2086 # names are words
xv_restore_all() { xv_restore "$1" $(printf 'port:%s ' $xv_touched); }

xv_steps() {
    if [ -n "$xv_touched" ]; then
        xv_read_network
        xv_before=$xv_picture
        { printf '%s\n' "$xv_before" > "$xv_dir/before"; } 2>/dev/null || xv_rollback journal "the journal in $xv_home could not be written"
        # Since it was confirmed, what it made may have come by more than it was given.
        if [ -n "$xv_reverts" ] && ! xv_save_all 0; then xv_rollback journal "what goes with it could not be kept"; fi
    fi
    while [ "$xv_at" -lt "$xv_count" ]; do
        if [ -n "$xv_stop" ]; then xv_rollback_for stopped; fi
        if xv_read_decision "$xv_id"; then xv_rollback "$xv_cause" "$xv_why"; fi
        xv_put_progress running "$((xv_at + 1))"
        xv_report running "$((xv_at + 1))" || xv_rollback journal "the journal in $xv_home could not be written"
        xv_at=$((xv_at + 1))
        if xv_watch heeds xv_do "$xv_at"; then
            xv_put_progress "done" "$xv_at"
            xv_report "done" "$xv_at" || xv_rollback journal "the journal in $xv_home could not be written"
        elif [ -n "$xv_cut" ]; then
            xv_unsure=$xv_at
            xv_report failed "$xv_at" "$xv_said"
            xv_rollback "$xv_cut_cause" "step $xv_at was ended: $xv_said"
        else
            xv_put_progress failed "$xv_at"
            xv_report failed "$xv_at" "$xv_said"
            xv_failed=$xv_at
            xv_at=$((xv_at - 1))
            xv_rollback step-failed "step $xv_failed failed"
        fi
    done
}

# Whether what undid a confirmed change has made the host as it was before that.
xv_check_reverted() {
    [ -n "$xv_reverts" ] && [ -s "$xv_home/$xv_reverts/before" ] || return 0
    if ! xv_compare "$(cat "$xv_home/$xv_reverts/before")" "$(cat "$xv_home/$xv_reverts/after" 2>/dev/null)" "$xv_before"; then
        xv_report warning "the host is not as it was before transaction $xv_reverts: $xv_unlike"
    fi
}

# What the change has made of the host, for whoever undoes it one day.
xv_note_after() {
    if [ -n "$xv_touched" ]; then
        xv_read_network
        { printf '%s\n' "$xv_picture" > "$xv_dir/after.new" && mv -f "$xv_dir/after.new" "$xv_dir/after"; } 2>/dev/null
    fi
}

xv_arm() {
    if [ "$xv_confirm" = 0 ]; then return; fi
    xv_read_clock
    xv_deadline=$((xv_now + xv_confirm))
    xv_put_state armed "$xv_deadline"
    xv_report armed "$xv_confirm" || xv_rollback journal "the journal in $xv_home could not be written"
    xv_backoffs=0
    while ! xv_read_decision "$xv_id"; do
        xv_read_clock
        if [ -n "$xv_stop" ]; then xv_decide "$xv_id" rollback stopped ''
        elif [ "$xv_now" -ge "$xv_deadline" ]; then xv_decide "$xv_id" rollback timeout ''
        else xv_backoff; continue
        fi
        # Where nothing can be renamed nobody else has decided either.
        if ! xv_read_decision "$xv_id"; then
            if [ -n "$xv_stop" ]; then xv_rollback_for stopped; fi
            xv_rollback_for timeout
        fi
    done
    if [ "$xv_what" != confirm ]; then xv_rollback "$xv_cause" "$xv_why"; fi
}

xv_persist() {
    xv_note_after
    { xv_put_lasting_state persisting && xv_report persisting && xv_sync "$xv_dir/state"; } ||
        xv_rollback journal "the journal in $xv_home could not be written"
    # Nothing that somebody has changed meanwhile is overwritten.
    xv_files_are was || xv_rollback_with_files "$xv_said"
    xv_place_new 2>"$xv_live/said" || xv_rollback_with_files "a file could not be written: $(cat "$xv_live/said" 2>/dev/null)"
    xv_conclude confirmed "$xv_id"
}

# WHY
xv_rollback_with_files() {
    if ! xv_place_back 2>/dev/null; then xv_report warning "a file could not be put back as it was"; fi
    xv_rollback file "$1"
}

# WORD NUMBER: how far it came, from the last that was noted.
xv_recall_word() {
    case $1 in
        running | undoing) xv_at=$2; xv_unsure=$2 ;;
        "done") xv_at=$2; xv_unsure=0 ;;
        failed | undone | undo-failed) xv_at=$(($2 - 1)); xv_unsure=0 ;;
    esac
}
xv_recall() {
    xv_at=0
    xv_unsure=0
    if { read -r xv_state_now && read -r xv_word xv_number xv_rest; } < "$xv_live/state" && [ -n "$xv_word" ]; then
        xv_progress="$xv_word $xv_number $xv_rest"
        xv_recall_word "$xv_word" "$xv_number"
        return
    fi 2>/dev/null
    while read -r xv_now xv_word xv_number xv_rest; do xv_recall_word "$xv_word" "$xv_number"; done < "$xv_dir/journal"
}

xv_register() { # ROLE
    xv_read_process $$
    xv_put_line "$xv_live/$1" "$$ $xv_began"
}

# Goes on where the one who carried it out was killed.
xv_take_over() {
    xv_register worker
    xv_report warning "the process that carried it out was killed; another one goes on"
    xv_recall
    case $xv_state_now in
        persisting*)
            if xv_place_new 2>/dev/null; then xv_conclude confirmed "$xv_id"; fi
            xv_rollback_with_files "a file could not be written" ;;
        *) xv_rollback killed "the process that carried it out was killed" ;;
    esac
}

xv_guard() { # PID BEGAN
    while :; do
        xv_gone=
        if ! xv_alive "$1" "$2"; then xv_gone=1; fi
        # One that is not there belongs to a journal that was removed.
        [ -e "$xv_live/state" ] || exit 0
        read -r xv_is_now xv_rest < "$xv_live/state"
        case $xv_is_now in confirmed | rolled-back | stuck | undone | interrupted) exit 0 ;; esac
        if [ -n "$xv_gone" ]; then
            # The command of its last step may go on by itself; what it does is undone only when it has ended. Without "--",
            # which busybox does not know.
            xv_child=
            { read -r xv_rest && read -r xv_rest xv_number xv_child xv_started; } < "$xv_live/state" 2>/dev/null
            xv_waited=0
            while { kill -0 "-$1" 2>/dev/null || xv_alive "$xv_child" "$xv_started"; } && [ "$xv_waited" -lt 100 ]; do
                xv_waited=$((xv_waited + 1))
                xv_backoff
            done
            kill -KILL "-$1" 2>/dev/null
            if xv_alive "$xv_child" "$xv_started"; then kill -KILL "$xv_child"; fi
            xv_take_over
        fi
        sleep 2
    done
}

# The host went down: nothing that ran is left, but files may have been written.
xv_settle() {
    mkdir -p "$xv_live"
    read -r xv_is_now xv_rest < "$xv_dir/state"
    if [ "$xv_is_now" != persisting ]; then
        xv_conclude interrupted settled "the host went down before it was confirmed; nothing of it is left"
    fi
    if xv_files_are new; then xv_conclude confirmed "$xv_id"; fi
    if xv_place_back; then xv_conclude interrupted settled "the host went down while files were written; they are as they were"; fi
    xv_conclude stuck settled "the host went down while files were written, and they could not be put back"
}

xv_stop=
xv_by_hand=
xv_before=
xv_unlike=
xv_is_again=
xv_missed=
xv_at=0
xv_unsure=0
xv_main() {
    trap '' HUP PIPE
    case ${1:-} in
        run)
            trap 'xv_stop=1' INT TERM
            xv_register worker && xv_put_state running || exit 1
            xv_detach sh "$0" guard "$$" "$xv_began"
            xv_waited=0
            xv_who=
            while [ -z "$xv_who" ] && [ "$xv_waited" -lt 30 ]; do
                { read -r xv_who xv_rest < "$xv_live/guard"; } 2>/dev/null
                xv_waited=$((xv_waited + 1))
                [ -n "$xv_who" ] || xv_backoff
            done
            xv_steps
            xv_check_reverted
            xv_arm
            xv_persist ;;
        guard)
            trap '' INT TERM
            xv_register guard
            xv_guard "$2" "$3" ;;
        undo)
            trap '' INT TERM
            xv_read_state "$xv_id"
            case $xv_state in
                begun* | running* | armed*)
                    if xv_order_rollback "$xv_id" by-hand ''; then echo "It is being carried out; it undoes itself now." >&2; exit 0; fi
                    echo "It is being carried out, and could not be told to undo itself." >&2
                    exit 1 ;;
                persisting* | undoing*)
                    echo "It is coming to its end; try again." >&2
                    exit 1 ;;
                'interrupted left '*)
                    if [ "$(cat "$xv_dir/boot")" != "$xv_boot" ]; then xv_settle; fi ;;
                rolled-back* | undone* | interrupted*)
                    echo "There is nothing to undo: $xv_state." >&2
                    exit 0 ;;
            esac
            mkdir -p "$xv_live"
            xv_by_hand=1
            xv_register worker
            xv_recall
            if ! xv_place_back; then echo "A file could not be put back as it was." >&2; fi
            xv_rollback_for by-hand ;;
        settle)
            xv_settle ;;
        *)
            echo "Usage: sh $0 undo" >&2
            exit 2 ;;
    esac
}
xv_main "$@"
exit
