# What the transaction on the host and the scripts that look at it share. POSIX sh; needs coreutils or busybox, no more.
LC_ALL=C
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin
export LC_ALL PATH
umask 077
xv_home=/var/lib/xenvlan/transactions
if [ -d /run ]; then xv_run=/run/xenvlan; else xv_run=/var/run/xenvlan; fi

xv_nap() { sleep 0.1 2>/dev/null || sleep 1; }

# Seconds since the host started: nobody sets this clock.
xv_now() { read -r xv_up xv_rest < /proc/uptime; printf '%s\n' "${xv_up%%.*}"; }

xv_boot() { cat /proc/sys/kernel/random/boot_id 2>/dev/null || echo unknown; }

# When a process began (proc(5), /proc/PID/stat, field 22), which tells it from a later one of the same number.
xv_began() {
    [ -r "/proc/$1/stat" ] || return 1
    # shellcheck disable=SC2046 # the fields are meant to be words
    set -- $(sed 's/.*) //' "/proc/$1/stat" 2>/dev/null)
    [ $# -ge 20 ] && [ "$1" != Z ] && shift 19 && printf '%s\n' "$1"
}

# PID BEGAN: whether that process is alive.
xv_alive() { [ -n "$1" ] && [ "$(xv_began "$1")" = "$2" ]; }

# ID: whether somebody works on that transaction; the one who carries it out, or the one who watches over him.
xv_worked_on() {
    for xv_who_file in "$xv_run/$1/worker" "$xv_run/$1/guard"; do
        [ -r "$xv_who_file" ] || continue
        read -r xv_pid xv_started < "$xv_who_file" || continue
        if xv_alive "$xv_pid" "$xv_started"; then return 0; fi
    done
    return 1
}

# ID: its state now, in a line. What is in memory is newer than what is on the disk, and is there for this boot only.
xv_state_of() {
    xv_line=
    if [ -r "$xv_run/$1/state" ]; then read -r xv_line < "$xv_run/$1/state"
    elif [ -r "$xv_home/$1/state" ]; then read -r xv_line < "$xv_home/$1/state"
    fi
    case ${xv_line%% *} in
        confirmed | rolled-back | stuck | undone | interrupted) ;;
        *) if ! xv_worked_on "$1"; then xv_line="interrupted ${xv_line:-begun}"; fi ;;
    esac
    printf '%s\n' "$xv_line"
}

# ID WHAT WHY: decides what becomes of an armed transaction. The first decision counts.
xv_decide() {
    printf '%s %s\n' "$2" "$3" > "$xv_run/$1/decision.$$" || return 1
    ln "$xv_run/$1/decision.$$" "$xv_run/$1/decision" 2>/dev/null
    xv_decided=$?
    rm -f "$xv_run/$1/decision.$$"
    return "$xv_decided"
}

# COMMAND...: runs it on its own, away from the connection.
xv_detach() {
    if command -v setsid >/dev/null 2>&1; then ( setsid "$@" </dev/null >/dev/null 2>&1 & )
    elif command -v nohup >/dev/null 2>&1; then ( nohup "$@" </dev/null >/dev/null 2>&1 & )
    else ( trap '' HUP; "$@" </dev/null >/dev/null 2>&1 & )
    fi
}

# ID UNTIL SEEN: prints the news of a transaction after the first SEEN lines, until it is armed or over.
xv_follow() {
    if [ ! -r "$xv_run/$1/news" ]; then printf '%s over %s\n' "$xv_mark" "$(xv_state_of "$1")"; return; fi
    exec 3< "$xv_run/$1/news"
    xv_seen=0
    xv_idle=0
    while :; do
        while IFS= read -r xv_line <&3; do
            xv_seen=$((xv_seen + 1))
            [ "$xv_seen" -gt "$3" ] || continue
            xv_idle=0
            printf '%s %s %s\n' "$xv_mark" "$xv_seen" "$xv_line" || return
            case $xv_line in
                armed*) if [ "$2" = armed ]; then return; fi ;;
                confirmed* | rolled-back* | stuck* | interrupted*) return ;;
            esac
        done
        xv_idle=$((xv_idle + 1))
        if [ $((xv_idle % 10)) -eq 0 ]; then
            printf '%s alive\n' "$xv_mark" || return
            if ! xv_worked_on "$1"; then printf '%s over %s\n' "$xv_mark" "$(xv_state_of "$1")"; return; fi
        fi
        xv_nap
    done
}
