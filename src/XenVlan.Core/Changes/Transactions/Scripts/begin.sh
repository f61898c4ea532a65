# Begins a transaction: takes the lock, writes the journal, starts it on its own. Then tells its news until it is armed.
xv_refuse() { printf '%s refused %s\n' "$xv_mark" "$*"; exit 0; }
xv_moment=$(date -u '+%Y%m%dT%H%M%SZ %Y-%m-%dT%H:%M:%SZ')
xv_id=${xv_moment% *}-$xv_id
xv_moment=${xv_moment#* }
xv_dir=$xv_home/$xv_id
printf '%s id %s\n' "$xv_mark" "$xv_id"

[ "$(id -u)" = 0 ] || xv_refuse "root: only root may change it, and this is $(id -un)"
mkdir -p "$xv_run" "$xv_home" 2>/dev/null || xv_refuse "journal: $xv_home cannot be made"

xv_lock() {
    xv_look_at_process $$
    printf '%s %s %s %s\n%s\n%s\n%s\n' "$xv_id" "$$" "$xv_began" "$xv_boot" "$xv_by" "$xv_moment" "$xv_title" > "$xv_run/lock.$$" || return 1
    ln "$xv_run/lock.$$" "$xv_run/lock" 2>/dev/null
    xv_locked=$?
    rm -f "$xv_run/lock.$$"
    return "$xv_locked"
}

# Whoever holds the lock is gone, or the host has started anew since.
xv_take_lock_over() {
    mv "$xv_run/lock" "$xv_run/lock.stale.$$" 2>/dev/null || return 1
    read -r xv_left xv_rest < "$xv_run/lock.stale.$$"
    if [ "$xv_left" != "$xv_other" ]; then ln "$xv_run/lock.stale.$$" "$xv_run/lock"; fi
    rm -f "$xv_run/lock.stale.$$"
    [ "$xv_left" = "$xv_other" ] || return 1
    printf '%s warning %s\n' "$xv_mark" "the lock of transaction $xv_other was left by a process that is gone, and was taken over ($xv_whose, since $xv_when: $xv_what)"
}

# Between the lock and its first word, a transaction is its beginner's.
xv_held() {
    [ "$xv_other_boot" = "$xv_boot" ] || return 1
    if [ -e "$xv_run/$xv_other/worker" ]; then xv_worked_on "$xv_other"; else xv_alive "$xv_other_pid" "$xv_other_began"; fi
}

xv_tries=0
until xv_lock; do
    xv_tries=$((xv_tries + 1))
    [ "$xv_tries" -lt 5 ] || xv_refuse "journal: its lock $xv_run/lock could not be taken"
    { read -r xv_other xv_other_pid xv_other_began xv_other_boot && read -r xv_whose && read -r xv_when && read -r xv_what; } < "$xv_run/lock" || continue
    if xv_held; then
        xv_refuse "busy: $xv_whose, since $xv_when: $xv_what (transaction $xv_other)"
    fi
    xv_take_lock_over
done

# What was left half done is brought to an end first.
for xv_old in "$xv_home"/*; do
    xv_other=${xv_old##*/}
    [ -d "$xv_old" ] || continue
    xv_look_at "$xv_other"
    case $xv_state in interrupted\ [bruap]*) ;; *) continue ;; esac
    # One whose journal was not even written has done nothing.
    if [ ! -e "$xv_old/state" ]; then rm -rf "$xv_old" "${xv_run:?}/$xv_other"; continue; fi
    xv_bring_to_end "$xv_other"
    printf '%s warning %s\n' "$xv_mark" "transaction $xv_other had been left half done; it is now $xv_state"
    # This plan was made from what the other one had left.
    if [ "$xv_ended_by" = undo ]; then rm -f "$xv_run/lock"; xv_refuse "stale: transaction $xv_other had been left half done, and has been undone ($xv_state)"; fi
done

xv_give_up() { rm -f "$xv_run/lock"; rm -rf "$xv_dir" "${xv_run:?}/$xv_id"; xv_refuse "$@"; }
xv_full="journal: $xv_dir could not be written (is the disk full, or read-only?)"
mkdir "$xv_dir" "$xv_run/$xv_id" 2>/dev/null || xv_give_up "$xv_full"
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
{ printf 'begun\n' > "$xv_dir/state" && : > "$xv_dir/journal" && : > "$xv_run/$xv_id/news"; } 2>/dev/null || xv_give_up "$xv_full"
# A full disk shows only when the data is written out.
{ sync "$xv_dir"/* 2>/dev/null || sync; } && [ -s "$xv_dir/transaction.sh" ] || xv_give_up "$xv_full"

xv_detach sh "$xv_dir/transaction.sh" run
xv_tries=0
while [ ! -s "$xv_run/$xv_id/worker" ] && [ "$xv_tries" -lt 100 ]; do xv_tries=$((xv_tries + 1)); xv_nap; done

# The last twenty are kept.
set -- "$xv_home"/*
xv_all=$#
for xv_old in "$@"; do
    [ "$xv_all" -gt 20 ] || break
    [ "${xv_old##*/}" != "$xv_id" ] || continue
    rm -rf "$xv_old" "${xv_run:?}/${xv_old##*/}"
    xv_all=$((xv_all - 1))
done

xv_follow "$xv_id" armed 0
exit 0
