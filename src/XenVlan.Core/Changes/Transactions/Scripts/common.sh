# What the transaction on the host and the scripts that look at it share. POSIX sh; needs coreutils or busybox, no more.
LC_ALL=C
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin
export LC_ALL PATH
umask 077

# Before this, xv_home is set to the directory of the journals, and xv_run to the one in memory; to nothing for the usual one.
if [ -z "$xv_run" ]; then if [ -d /run ]; then xv_run=/run/xenvlan; else xv_run=/var/run/xenvlan; fi; fi

# What is waited for mostly comes soon; where it does not, it is looked for less and less often.
xv_backoffs=0
xv_backoff() {
    xv_backoffs=$((xv_backoffs + 1))
    if [ "$xv_backoffs" -le 4 ]; then set -- 0.05; elif [ "$xv_backoffs" -le 8 ]; then set -- 0.1; else set -- 0.3; fi
    sleep "$1" 2>/dev/null || sleep 1
}

# Sets xv_now to the seconds since the host started: nobody sets this clock. What is asked often starts no program: on a
# small domain 0 that is what takes the time.
xv_read_clock() { read -r xv_now xv_rest < /proc/uptime; xv_now=${xv_now%%.*}; }

# How long it waits to be confirmed, in seconds, for whoever carries it out.
xv_confirm=

xv_boot=unknown
if [ -r /proc/sys/kernel/random/boot_id ]; then read -r xv_boot < /proc/sys/kernel/random/boot_id; fi

# PID: sets xv_began to when that process began (proc(5), /proc/PID/stat, field 22), which tells it from a later one of
# the same number; to nothing where there is none.
xv_read_process() {
    xv_began=
    { read -r xv_stat < "/proc/$1/stat"; } 2>/dev/null || return 1
    # shellcheck disable=SC2086 # the fields are meant to be words
    set -- ${xv_stat##*) }
    [ $# -ge 20 ] && [ "$1" != Z ] || return 1
    shift 19
    xv_began=$1
}

# PID BEGAN: whether that process is alive.
xv_alive() { [ -n "$1" ] && xv_read_process "$1" && [ "$xv_began" = "$2" ]; }

# What is prepared when a transaction begins is written over in place afterwards, so that it needs no room: a memory file
# system that is full has none.
# FILE TEXT: a line of 64 characters, such as a process and when it began.
xv_put_line() { printf '%-63.63s\n' "$2" 1<>"$1"; } 2>/dev/null
# FILE STATE PROGRESS: a state, and how far it came.
xv_put_record() { printf '%-199.199s\n%-55.55s\n' "$2" "$3" 1<>"$1"; } 2>/dev/null

# ID: whether it has a process of its own.
xv_has_worker() { xv_pid=; { read -r xv_pid xv_started < "$xv_run/$1/worker"; } 2>/dev/null; [ -n "$xv_pid" ]; }

# ID: whether somebody works on that transaction; the one who carries it out, or the one who watches over him.
xv_worked_on() {
    # Until it has a process of its own, it is that of whoever took the lock for it.
    if ! xv_has_worker "$1" && { read -r xv_holder xv_pid xv_started xv_rest < "$xv_run/lock"; } 2>/dev/null &&
        [ "$xv_holder" = "$1" ] && xv_alive "$xv_pid" "$xv_started"; then return 0; fi
    for xv_who_file in "$xv_run/$1/worker" "$xv_run/$1/guard"; do
        { read -r xv_pid xv_started < "$xv_who_file"; } 2>/dev/null || continue
        if xv_alive "$xv_pid" "$xv_started"; then return 0; fi
    done
    return 1
}

# ID: sets xv_state to its state now: a word, and where it did not end as it should, or is undone, a cause word (xv_why_of) and a
# text for people. What is in memory is newer than what is on the disk, and is there for this boot only.
xv_read_state() {
    if xv_is_over "$1"; then return; fi
    if xv_worked_on "$1"; then xv_state=${xv_state:-begun}; return; fi
    # Whoever carried it out may have come to its end between the two looks.
    if ! xv_is_over "$1"; then xv_state="interrupted left ${xv_state:-begun}"; fi
}

# ID: sets xv_state to what is written of it; fails where that is not its end.
xv_is_over() {
    xv_state=
    { read -r xv_state < "$xv_run/$1/state"; } 2>/dev/null
    if [ -z "$xv_state" ]; then { read -r xv_state < "$xv_home/$1/state"; } 2>/dev/null; fi
    case ${xv_state%% *} in confirmed | rolled-back | stuck | undone | interrupted) return 0 ;; esac
    return 1
}

# CAUSE: sets xv_why to what somebody reads for it. Of the causes, step-failed, killed, journal, file, left, settled and reverted
# are known only where they are found, and so is what there is to say of them.
xv_why_of() {
    case $1 in
        timeout) xv_why="nobody confirmed it within $xv_confirm seconds" ;;
        stopped) xv_why="the host told it to stop" ;;
        by-hand) xv_why="it was undone by hand" ;;
        *) xv_why="somebody asked for it" ;;
    esac
}

# ID: sets xv_what to what was decided about an armed transaction, and xv_cause and xv_why to why; fails where nothing was.
xv_read_decision() {
    for xv_decision_file in "$xv_run/$1"/decision.*; do
        [ -e "$xv_decision_file" ] || return 1
        xv_cause=${xv_decision_file##*/decision.}
        xv_what=${xv_cause%%.*}
        xv_cause=${xv_cause#*.}
        xv_why=
        { read -r xv_why < "$xv_run/$1/why.${xv_cause#*.}"; } 2>/dev/null
        xv_cause=${xv_cause%%.*}
        if [ -z "$xv_why" ]; then xv_why_of "$xv_cause"; fi
        return 0
    done
}

# ID WHAT CAUSE WHY: decides what becomes of an armed transaction. The first decision counts: it is the new name of a file
# that is there from the beginning, since a new file may find no room. Why may be lost then; the cause is in the name.
xv_decide() {
    if [ -n "$4" ]; then { printf '%s\n' "$4" > "$xv_run/$1/why.$$"; } 2>/dev/null; fi
    if mv -f "$xv_run/$1/undecided" "$xv_run/$1/decision.$2.$3.$$" 2>/dev/null; then return 0; fi
    rm -f "$xv_run/$1/why.$$" 2>/dev/null
    return 1
}

# ID CAUSE WHY: tells a transaction to undo itself; whoever carries it out is told directly where no file can be renamed.
xv_order_rollback() {
    if xv_decide "$1" rollback "$2" "$3" || xv_read_decision "$1"; then return 0; fi
    xv_has_worker "$1" && xv_alive "$xv_pid" "$xv_started" && kill -TERM "$xv_pid"
}

# Sets xv_refused to why the directories of the transactions cannot be trusted. What is in them is run by root.
xv_check_places() {
    xv_refused=
    for xv_place in "$xv_run" "${xv_home%/*}" "$xv_home"; do
        if [ ! -e "$xv_place" ] && [ ! -h "$xv_place" ]; then continue; fi
        xv_listed=$(ls -ldn "$xv_place")
        # shellcheck disable=SC2086 # mode, links, owner
        set -- $xv_listed
        case $1/$3 in
            drwx------/0 | drwx------./0) ;;
            # Others could look into it, no more.
            d???[r-]-[x-][r-]-[x-]/0 | d???[r-]-[x-][r-]-[x-]./0) chmod 700 "$xv_place" 2>/dev/null ;;
            *) xv_refused=1 ;;
        esac
        if [ -n "$xv_refused" ]; then xv_refused="unsafe: $xv_place is not a directory of root's alone ($1, owner $3)"; return 1; fi
    done
}

# Sets xv_all to all transactions that are kept, oldest first, and xv_last to the number of the newest. By their numbers: the
# host's clock may have been set back meanwhile. Those of old have none.
xv_list_journals() {
    xv_all=$(
        for xv_old in "$xv_home"/*; do
            [ -d "$xv_old" ] || continue
            xv_number=
            { read -r xv_number < "$xv_old/number"; } 2>/dev/null
            case $xv_number in '' | *[!0-9]*) xv_number=0 ;; esac
            printf '%s %s\n' "$xv_number" "${xv_old##*/}"
        done | sort -k1,1n -k2,2
    )
    xv_last=0
    # shellcheck disable=SC2086 # numbers and names have no spaces
    set -- $xv_all
    xv_all=
    while [ $# -ge 2 ]; do
        xv_last=$1
        xv_all="$xv_all $2"
        shift 2
    done
}

# NAME: sets xv_id to the transaction of that name, of which the random part is enough.
xv_find() {
    xv_id=$1
    [ ! -d "$xv_home/$1" ] || return 0
    for xv_found in "$xv_home"/*-"$1"; do
        if [ -d "$xv_found" ]; then xv_id=${xv_found##*/}; fi
    done
}

# ID: sees that a transaction which has no journal yet does not begin any more, for somebody who looked for it in vain, and
# says so. Fails where its journal has come meanwhile: who looks after this mark finds one, or the other finds the mark.
xv_call_off() {
    if { mkdir -p "$xv_run" && true > "$xv_run/off.${1##*-}"; } 2>/dev/null; then
        xv_find "$1"
        [ ! -d "$xv_home/$xv_id" ] || return 1
        printf '%s refused none: there is no transaction %s\n' "$xv_mark" "$1"
    else
        printf '%s refused unknown: there is no transaction %s yet, and whether it still begins is not known\n' "$xv_mark" "$1"
    fi
}

# FILE FILE: whether they hold the same. A cksum that does not work must not make them the same.
xv_same() {
    if command -v cmp >/dev/null 2>&1; then cmp -s "$1" "$2"; return; fi
    xv_sum=$(cksum < "$1") && [ -n "$xv_sum" ] && [ "$xv_sum" = "$(cksum < "$2")" ]
}

# ID: brings a transaction that nobody is at to its end, by its own script, and sets xv_state to what it came to. Sets
# xv_finished_by to undo where its steps were undone, to settle where the host went down and they are gone.
xv_finish() {
    xv_finished_by=settle
    if [ "$(cat "$xv_home/$1/boot")" = "$xv_boot" ]; then xv_finished_by=undo; fi
    sh "$xv_home/$1/transaction.sh" "$xv_finished_by" </dev/null >/dev/null 2>&1
    xv_read_state "$1"
}

# COMMAND...: runs it on its own, away from the connection.
xv_detach() {
    if command -v setsid >/dev/null 2>&1; then ( setsid "$@" </dev/null >/dev/null 2>&1 & )
    elif command -v nohup >/dev/null 2>&1; then ( nohup "$@" </dev/null >/dev/null 2>&1 & )
    else ( trap '' HUP; "$@" </dev/null >/dev/null 2>&1 & )
    fi
}

# ID UNTIL SEEN: prints the news of a transaction after the first SEEN lines, until it is armed or over. What its state
# says counts where there was no room for the news.
xv_follow() {
    xv_seen=0
    xv_idle=0
    xv_is_open=
    xv_state_before=
    while :; do
        if [ -z "$xv_is_open" ] && [ -r "$xv_run/$1/news" ]; then exec 3< "$xv_run/$1/news"; xv_is_open=1; fi
        while [ -n "$xv_is_open" ] && IFS= read -r xv_line <&3; do
            xv_seen=$((xv_seen + 1))
            [ "$xv_seen" -gt "$3" ] || continue
            # Half a line, which found no room.
            case $xv_line in *'~') continue ;; esac
            xv_idle=0
            xv_backoffs=0
            printf '%s %s %s\n' "$xv_mark" "$xv_seen" "$xv_line" || return
            case $xv_line in
                armed*) if [ "$2" = armed ]; then return; fi ;;
                confirmed* | rolled-back* | stuck* | interrupted*) return ;;
            esac
        done
        xv_idle=$((xv_idle + 1))
        if [ $((xv_idle % 4)) -eq 0 ]; then
            printf '%s alive\n' "$xv_mark" || return
            xv_read_state "$1"
            case $2/$xv_state in
                */confirmed* | */rolled-back* | */stuck* | */undone* | */interrupted* | armed/armed*)
                    # What is on its way comes first.
                    if [ "$xv_state" = "$xv_state_before" ]; then printf '%s over %s\n' "$xv_mark" "$xv_state"; return; fi ;;
            esac
            xv_state_before=$xv_state
        fi
        xv_backoff
    done
}
