# Begins a transaction: takes the lock, writes the journal, starts it on its own. Then tells its news until it is armed.
xv_refuse() { printf '%s refused %s\n' "$xv_mark" "$*"; exit 0; }
xv_moment=$(date -u '+%Y%m%dT%H%M%SZ %Y-%m-%dT%H:%M:%SZ')
xv_off=off.$xv_id
xv_id=${xv_moment% *}-$xv_id
xv_moment=${xv_moment#* }
xv_dir=$xv_home/$xv_id
printf '%s id %s\n' "$xv_mark" "$xv_id"

[ "$(id -u)" = 0 ] || xv_refuse "root: only root may change it, and this is $(id -un)"
xv_check_places || xv_refuse "$xv_refused"
mkdir -p "$xv_run" "$xv_home" 2>/dev/null || xv_refuse "journal: $xv_home cannot be made"

# DIRECTORY...: makes them in the journal.
xv_make_directories() { (cd "$xv_dir" && mkdir -p "$@"); }

xv_lock() {
    xv_read_process $$
    if ! printf '%s %s %s %s\n%s\n%s\n%s\n' "$xv_id" "$$" "$xv_began" "$xv_boot" "$xv_by" "$xv_moment" "$xv_title" > "$xv_run/lock.$$"; then
        rm -f "$xv_run/lock.$$"
        return 1
    fi
    ln "$xv_run/lock.$$" "$xv_run/lock" 2>/dev/null
    xv_locked=$?
    rm -f "$xv_run/lock.$$"
    return "$xv_locked"
}

# Whoever holds the lock is gone, or the host has started anew since.
xv_take_lock_over() {
    mv "$xv_run/lock" "$xv_run/lock.stale.$$" 2>/dev/null || return 1
    xv_left=
    read -r xv_left xv_rest < "$xv_run/lock.stale.$$"
    if [ "$xv_left" != "$xv_other" ]; then ln "$xv_run/lock.stale.$$" "$xv_run/lock"; fi
    rm -f "$xv_run/lock.stale.$$"
    [ "$xv_left" = "$xv_other" ] || return 1
    if [ -z "$xv_other" ]; then printf '%s warning %s\n' "$xv_mark" "a lock that names nobody was taken over"; return; fi
    printf '%s warning the lock of transaction %s was left by a process that is gone, and was taken over (%s, since %s: %s)\n' \
        "$xv_mark" "$xv_other" "$xv_whose" "$xv_when" "$xv_what"
}

# Between the lock and its first word, a transaction is its beginner's.
xv_held() {
    [ "$xv_other_boot" = "$xv_boot" ] || return 1
    if xv_has_worker "$xv_other"; then xv_worked_on "$xv_other"; else xv_alive "$xv_other_pid" "$xv_other_began"; fi
}

xv_tries=0
until xv_lock; do
    xv_tries=$((xv_tries + 1))
    [ "$xv_tries" -lt 5 ] || xv_refuse "journal: its lock $xv_run/lock could not be taken"
    xv_other=
    if ! {
        read -r xv_other xv_other_pid xv_other_began xv_other_boot && read -r xv_whose && read -r xv_when && read -r xv_what
    } < "$xv_run/lock"; then
        # A lock is there whole or not at all. One that is not whole comes from a host that went down.
        if [ "$xv_tries" -ge 3 ] && [ -e "$xv_run/lock" ]; then xv_take_lock_over; fi
        continue
    fi 2>/dev/null
    if xv_held; then
        xv_refuse "busy: $xv_whose, since $xv_when: $xv_what (transaction $xv_other)"
    fi
    xv_take_lock_over
done

# What attempts left that were killed.
for xv_old in "$xv_run"/lock.*; do
    if [ -e "$xv_old" ] && ! kill -0 "${xv_old##*.}" 2>/dev/null; then rm -f "$xv_old"; fi
done

# What was left half done is brought to an end first.
xv_list_journals
for xv_other in $xv_all; do
    xv_old=$xv_home/$xv_other
    xv_read_state "$xv_other"
    case $xv_state in 'interrupted left '*) ;; *) continue ;; esac
    # One whose journal was not even written has done nothing.
    if [ ! -e "$xv_old/state" ]; then rm -rf "$xv_old" "${xv_run:?}/$xv_other"; continue; fi
    xv_finish "$xv_other"
    printf '%s warning %s\n' "$xv_mark" "transaction $xv_other had been left half done; it is now $xv_state"
    # This plan was made from what the other one had left.
    if [ "$xv_finished_by" = undo ]; then
        rm -f "$xv_run/lock"
        xv_refuse "stale: transaction $xv_other had been left half done, and has been undone ($xv_state)"
    fi
done

xv_give_up() { rm -f "$xv_run/lock"; rm -rf "$xv_dir" "${xv_run:?}/$xv_id"; xv_refuse "$@"; }
xv_full="journal: $xv_dir could not be written (is the disk full, or read-only?)"
mkdir "$xv_dir" "$xv_run/$xv_id" 2>/dev/null || xv_give_up "$xv_full"
printf '%s\n' "$((xv_last + 1))" > "$xv_dir/number" || xv_give_up "$xv_full"
xv_write_journal 2>/dev/null || xv_give_up "$xv_full"

# What the plan was made from must still be there.
if [ -d "$xv_dir/files" ]; then
    for xv_file in "$xv_dir"/files/*; do
        read -r xv_path < "$xv_file/path"
        if [ -e "$xv_file/link" ]; then continue; fi
        if [ -e "$xv_file/was" ]; then
            { [ -f "$xv_path" ] && xv_same "$xv_path" "$xv_file/was"; } || xv_give_up "changed: $xv_path"
            cp -p "$xv_path" "$xv_file/old" || xv_give_up "$xv_full"
        elif [ -e "$xv_path" ]; then xv_give_up "changed: $xv_path"
        fi
    done
fi
{ printf 'begun\n' > "$xv_dir/state" && true > "$xv_dir/journal" && true > "$xv_run/$xv_id/news"; } 2>/dev/null || xv_give_up "$xv_full"
xv_full="journal: $xv_run/$xv_id could not be written (is it full?)"
{ true > "$xv_run/$xv_id/undecided"; } 2>/dev/null || xv_give_up "$xv_full"
if ! {
    xv_put_record "$xv_run/$xv_id/state" begun '' && xv_put_line "$xv_run/$xv_id/worker" '' && xv_put_line "$xv_run/$xv_id/guard" ''
}; then
    xv_give_up "$xv_full"
fi
xv_full="journal: $xv_dir could not be written (is the disk full, or read-only?)"
# A full disk shows only when the data is written out.
if ! { { sync "$xv_dir"/* 2>/dev/null || sync; } && [ -s "$xv_dir/transaction.sh" ]; }; then xv_give_up "$xv_full"; fi

# Whoever began it has looked for it since, and found nothing.
if [ -e "$xv_run/$xv_off" ]; then rm -f "$xv_run/$xv_off"; xv_give_up "none: it was called off"; fi

xv_detach sh "$xv_dir/transaction.sh" run
xv_tries=0
while ! xv_has_worker "$xv_id" && [ "$xv_tries" -lt 100 ]; do xv_tries=$((xv_tries + 1)); xv_backoff; done

# The last twenty are kept.
# shellcheck disable=SC2086 # names have no spaces
set -- $xv_all
while [ $# -gt 19 ]; do
    if [ "$1" != "$xv_id" ]; then rm -rf "${xv_home:?}/$1" "${xv_run:?}/$1"; fi
    shift
done

xv_follow "$xv_id" armed 0
exit 0
