# What the transaction on the host and the scripts that look at it share. POSIX sh; needs coreutils or busybox, no more.
LC_ALL=C
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin
export LC_ALL PATH
umask 077
xv_home=/var/lib/xenvlan/transactions
if [ -d /run ]; then xv_run=/run/xenvlan; else xv_run=/var/run/xenvlan; fi

# What is waited for mostly comes soon; where it does not, it is looked for less and less often.
xv_naps=0
xv_nap() {
    xv_naps=$((xv_naps + 1))
    if [ "$xv_naps" -le 4 ]; then set -- 0.05; elif [ "$xv_naps" -le 8 ]; then set -- 0.1; else set -- 0.3; fi
    sleep "$1" 2>/dev/null || sleep 1
}

# Sets xv_now to the seconds since the host started: nobody sets this clock. What is asked often starts no program: on a
# small domain 0 that is what takes the time.
xv_look_at_clock() { read -r xv_now xv_rest < /proc/uptime; xv_now=${xv_now%%.*}; }

xv_boot=unknown
if [ -r /proc/sys/kernel/random/boot_id ]; then read -r xv_boot < /proc/sys/kernel/random/boot_id; fi

# PID: sets xv_began to when that process began (proc(5), /proc/PID/stat, field 22), which tells it from a later one of
# the same number; to nothing where there is none.
xv_look_at_process() {
    xv_began=
    { read -r xv_stat < "/proc/$1/stat"; } 2>/dev/null || return 1
    # shellcheck disable=SC2086 # the fields are meant to be words
    set -- ${xv_stat##*) }
    [ $# -ge 20 ] && [ "$1" != Z ] || return 1
    shift 19
    xv_began=$1
}

# PID BEGAN: whether that process is alive.
xv_alive() { [ -n "$1" ] && xv_look_at_process "$1" && [ "$xv_began" = "$2" ]; }

# ID: whether somebody works on that transaction; the one who carries it out, or the one who watches over him.
xv_worked_on() {
    # Until it has a process of its own, it is that of whoever took the lock for it.
    if [ ! -e "$xv_run/$1/worker" ] && { read -r xv_holder xv_pid xv_started xv_rest < "$xv_run/lock"; } 2>/dev/null &&
        [ "$xv_holder" = "$1" ] && xv_alive "$xv_pid" "$xv_started"; then return 0; fi
    for xv_who_file in "$xv_run/$1/worker" "$xv_run/$1/guard"; do
        [ -r "$xv_who_file" ] || continue
        read -r xv_pid xv_started < "$xv_who_file" || continue
        if xv_alive "$xv_pid" "$xv_started"; then return 0; fi
    done
    return 1
}

# ID: sets xv_state to its state now. What is in memory is newer than what is on the disk, and is there for this boot only.
xv_look_at() {
    xv_state=
    if [ -r "$xv_run/$1/state" ]; then read -r xv_state < "$xv_run/$1/state"
    elif [ -r "$xv_home/$1/state" ]; then read -r xv_state < "$xv_home/$1/state"
    fi
    case ${xv_state%% *} in
        confirmed | rolled-back | stuck | undone | interrupted) ;;
        *) if xv_worked_on "$1"; then xv_state=${xv_state:-begun}; else xv_state="interrupted ${xv_state:-begun}"; fi ;;
    esac
}

# ID WHAT WHY: decides what becomes of an armed transaction. The first decision counts.
xv_decide() {
    printf '%s %s\n' "$2" "$3" > "$xv_run/$1/decision.$$" || return 1
    ln "$xv_run/$1/decision.$$" "$xv_run/$1/decision" 2>/dev/null
    xv_decided=$?
    rm -f "$xv_run/$1/decision.$$"
    return "$xv_decided"
}

# NAME: sets xv_id to the transaction of that name, of which the random part is enough.
xv_find() {
    xv_id=$1
    [ ! -d "$xv_home/$1" ] || return 0
    for xv_found in "$xv_home"/*-"$1"; do
        if [ -d "$xv_found" ]; then xv_id=${xv_found##*/}; fi
    done
}

# FILE FILE: whether they hold the same. A cksum that does not work must not make them the same.
xv_same() {
    if command -v cmp >/dev/null 2>&1; then cmp -s "$1" "$2"; return; fi
    xv_sum=$(cksum < "$1") && [ -n "$xv_sum" ] && [ "$xv_sum" = "$(cksum < "$2")" ]
}

# ID: brings a transaction that nobody is at to its end, by its own script, and sets xv_state to what it came to. Sets
# xv_ended_by to undo where its steps were undone, to settle where the host went down and they are gone.
xv_bring_to_end() {
    xv_ended_by=settle
    if [ "$(cat "$xv_home/$1/boot")" = "$xv_boot" ]; then xv_ended_by=undo; fi
    sh "$xv_home/$1/transaction.sh" "$xv_ended_by" </dev/null >/dev/null 2>&1
    xv_look_at "$1"
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
    if [ ! -r "$xv_run/$1/news" ]; then xv_look_at "$1"; printf '%s over %s\n' "$xv_mark" "$xv_state"; return; fi
    exec 3< "$xv_run/$1/news"
    xv_seen=0
    xv_idle=0
    while :; do
        while IFS= read -r xv_line <&3; do
            xv_seen=$((xv_seen + 1))
            [ "$xv_seen" -gt "$3" ] || continue
            xv_idle=0
            xv_naps=0
            printf '%s %s %s\n' "$xv_mark" "$xv_seen" "$xv_line" || return
            case $xv_line in
                armed*) if [ "$2" = armed ]; then return; fi ;;
                confirmed* | rolled-back* | stuck* | interrupted*) return ;;
            esac
        done
        xv_idle=$((xv_idle + 1))
        if [ $((xv_idle % 4)) -eq 0 ]; then
            printf '%s alive\n' "$xv_mark" || return
            if ! xv_worked_on "$1"; then xv_look_at "$1"; printf '%s over %s\n' "$xv_mark" "$xv_state"; return; fi
        fi
        xv_nap
    done
}
