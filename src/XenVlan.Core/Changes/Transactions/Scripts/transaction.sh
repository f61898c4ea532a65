# The transaction: carries out the steps beside it, undoes them unless it is confirmed in time, and then writes the files.
# Called as:  sh transaction.sh run | guard PID BEGAN | settle | undo
# "undo", by hand and without XenVlan, takes back everything at once; where there is nothing to take back, it says so.
case $0 in */*) xv_dir=${0%/*} ;; *) xv_dir=. ;; esac
xv_dir=$(cd "$xv_dir" && pwd) || exit 1
xv_id=${xv_dir##*/}
xv_live=$xv_run/$xv_id

# Sets xv_count, xv_confirm, xv_reverse and xv_reverts, and the functions xv_do_N and xv_undo_N.
. "$xv_dir/steps.sh" || exit 1

# A transaction that takes another one back has its steps backwards.
xv_do() { if [ "$xv_reverse" = 1 ]; then "xv_undo_$((xv_count + 1 - $1))"; else "xv_do_$1"; fi; }
xv_undo() { if [ "$xv_reverse" = 1 ]; then "xv_do_$((xv_count + 1 - $1))"; else "xv_undo_$1"; fi; }

xv_newline='
'
# WORDS: sets xv_text to them, on one line.
xv_flatten() {
    xv_text=$*
    case $xv_text in *"$xv_newline"* | *"$xv_tab"* | *"$xv_return"*) xv_text=$(printf '%s' "$xv_text" | tr '\n\t\r' '   ') ;; esac
}

# Writes xv_text into the journal, with the seconds since the host started.
xv_enter() {
    read -r xv_now xv_rest < /proc/uptime
    printf '%s %s\n' "$xv_now" "$xv_text" >> "$xv_dir/journal"
} 2>/dev/null

# WORDS: news for whoever follows, and for the journal. Fails where the journal cannot be written.
xv_tell() {
    xv_flatten "$@"
    printf '%s\n' "$xv_text" >> "$xv_live/news" && xv_enter
} 2>/dev/null
xv_tab=$(printf '\t')
xv_return=$(printf '\r')

# STATE: what it is while the host runs.
xv_put_state() { printf '%s\n' "$*" > "$xv_live/state"; } 2>/dev/null

# STATE: also what it is after the host went down.
xv_put_lasting_state() {
    printf '%s\n' "$*" > "$xv_dir/state.new" && mv -f "$xv_dir/state.new" "$xv_dir/state"
    xv_put_result=$?
    printf '%s\n' "$*" > "$xv_live/state.new" && mv -f "$xv_live/state.new" "$xv_live/state" && return "$xv_put_result"
} 2>/dev/null

xv_sync() { sync "$@" 2>/dev/null || sync; }

xv_unlock() {
    if [ -r "$xv_run/lock" ] && read -r xv_holder xv_rest < "$xv_run/lock" && [ "$xv_holder" = "$xv_id" ]; then rm -f "$xv_run/lock"; fi
}

# STATE NEWS: the end of it.
xv_end() {
    if [ "$1" = confirmed ] && [ -n "$xv_reverts" ]; then
        for xv_place in "$xv_home" "$xv_run"; do
            if [ -d "$xv_place/$xv_reverts" ]; then printf 'undone by %s\n' "$xv_id" > "$xv_place/$xv_reverts/state"; fi
        done
    fi
    xv_put_lasting_state "$1 $2"
    xv_flatten "$1" "$2"
    xv_enter
    xv_sync "$xv_dir/state" "$xv_dir/journal"
    # Whoever hears of it may begin the next one at once, and may rely on this one.
    xv_unlock
    printf '%s\n' "$xv_text" >> "$xv_live/news"
    if [ -r "$xv_live/guard" ] && read -r xv_pid xv_started < "$xv_live/guard" && [ "$xv_pid" != $$ ] && xv_alive "$xv_pid" "$xv_started"; then kill -s KILL "$xv_pid"; fi
    exit 0
}

xv_has_link() { [ -e "/sys/class/net/$1" ]; }

# NUMBER was|new: whether the file is as it was, or as it is to be.
xv_is() {
    xv_entry=$xv_dir/files/$1
    read -r xv_path < "$xv_entry/path"
    if [ ! -e "$xv_entry/$2" ]; then [ ! -e "$xv_path" ] && [ ! -h "$xv_path" ]; return; fi
    if [ -e "$xv_entry/link" ]; then [ -h "$xv_path" ] && [ "$(readlink "$xv_path")" = "$(cat "$xv_entry/$2")" ]; return; fi
    [ -f "$xv_path" ] && xv_same "$xv_path" "$xv_entry/$2"
}

# NUMBER: sets xv_path to where a file is, behind a link that leads there, and xv_staged to where it waits beside that.
xv_look_at_file() {
    read -r xv_path < "$xv_dir/files/$1/path"
    if [ -h "$xv_path" ] && [ ! -e "$xv_dir/files/$1/link" ]; then xv_path=$(readlink -f "$xv_path") || return 1; fi
    xv_staged=${xv_path%/*}/.${xv_path##*/}.xenvlan
}

# NUMBER SOURCE MODE: puts a file beside its place, ready to be moved there. The old one's owner, mode and label stay.
xv_stage() {
    xv_look_at_file "$1" || return 1
    xv_place=${xv_path%/*}
    rm -f "$xv_staged"
    if [ ! -d "$xv_place" ]; then (umask 022 && mkdir -p "$xv_place") || return 1; fi
    if [ -e "$xv_dir/files/$1/link" ]; then ln -s "$(cat "$2")" "$xv_staged"; return; fi
    if [ -e "$xv_path" ]; then
        cp -p "$xv_path" "$xv_staged" && cat "$2" > "$xv_staged" || return 1
        if command -v chcon >/dev/null 2>&1 && [ -e /sys/fs/selinux/enforce ]; then chcon --reference="$xv_path" "$xv_staged"; fi
    elif [ -e "$xv_dir/files/$1/old" ]; then
        cp -p "$xv_dir/files/$1/old" "$xv_staged" && cat "$2" > "$xv_staged" || return 1
    else
        cat "$2" > "$xv_staged" && chmod "$3" "$xv_staged" || return 1
        if command -v restorecon >/dev/null 2>&1; then restorecon "$xv_staged"; fi
    fi
    xv_same "$2" "$xv_staged" && xv_sync "$xv_staged"
}

# NUMBER: removes a file, and the directory that was made for it.
xv_remove() {
    read -r xv_path < "$xv_dir/files/$1/path"
    rm -f "$xv_path" || return 1
    case ${xv_path%/*} in */xenvlan | */vif-post.d | *.network.d | *.netdev.d) rmdir "${xv_path%/*}" 2>/dev/null ;; esac
    case $xv_path in /etc/NetworkManager/*) xv_reload=1 ;; esac
    return 0
}

xv_placed() {
    sync
    # NetworkManager makes an interface again whose profile it still remembers.
    if [ -n "$xv_reload" ]; then nmcli connection reload >/dev/null 2>&1; fi
    return 0
}

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
            xv_look_at_file "$xv_number" && mv -f "$xv_staged" "$xv_path" || return 1
        else
            xv_remove "$xv_number" || return 1
        fi
        xv_tell wrote "$xv_path"
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
            xv_stage "$xv_number" "$xv_file/was" "$(cat "$xv_file/mode")" && mv -f "$xv_staged" "$xv_path" || return 1
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
        xv_look_at_file "${xv_file##*/}" && rm -f "$xv_staged" 2>/dev/null
    done
}

# WHY: takes back the steps up to xv_at, newest first. Whether the step xv_unsure was done is not known.
xv_back() {
    xv_tell rolling-back "$1"
    xv_put_state undoing "$1"
    xv_stuck=
    while [ "$xv_at" -ge 1 ]; do
        xv_tell undoing "$xv_at"
        if xv_said=$(xv_undo "$xv_at" 2>&1 </dev/null) || [ "$xv_at" = "$xv_unsure" ]; then xv_tell undone "$xv_at"
        else
            xv_tell undo-failed "$xv_at" "$xv_said"
            xv_stuck=1
        fi
        xv_at=$((xv_at - 1))
    done
    if [ -n "$xv_stuck" ]; then xv_end stuck "$1"; fi
    xv_end rolled-back "$1"
}

xv_steps() {
    while [ "$xv_at" -lt "$xv_count" ]; do
        if [ -n "$xv_stop" ]; then xv_back "the host told it to stop"; fi
        if [ -e "$xv_live/decision" ] && read -r xv_what xv_why < "$xv_live/decision"; then xv_back "$xv_why"; fi
        xv_tell running "$((xv_at + 1))" || xv_back "the journal in $xv_home could not be written"
        xv_at=$((xv_at + 1))
        if xv_said=$(xv_do "$xv_at" 2>&1 </dev/null); then
            xv_tell "done" "$xv_at" || xv_back "the journal in $xv_home could not be written"
        else
            xv_tell failed "$xv_at" "$xv_said"
            xv_failed=$xv_at
            xv_at=$((xv_at - 1))
            xv_back "step $xv_failed failed"
        fi
    done
}

xv_arm() {
    if [ "$xv_confirm" = 0 ]; then return; fi
    xv_look_at_clock
    xv_deadline=$((xv_now + xv_confirm))
    { xv_put_state armed "$xv_deadline" && xv_tell armed "$xv_confirm"; } || xv_back "the journal in $xv_home could not be written"
    xv_naps=0
    while [ ! -e "$xv_live/decision" ]; do
        if [ -n "$xv_stop" ]; then xv_decide "$xv_id" rollback "the host told it to stop"; fi
        xv_look_at_clock
        if [ "$xv_now" -ge "$xv_deadline" ]; then xv_decide "$xv_id" rollback "nobody confirmed it within $xv_confirm seconds"; fi
        xv_nap
    done
    read -r xv_what xv_why < "$xv_live/decision"
    if [ "$xv_what" != confirm ]; then xv_back "$xv_why"; fi
}

xv_persist() {
    { xv_put_lasting_state persisting && xv_tell persisting && xv_sync "$xv_dir/state"; } || xv_back "the journal in $xv_home could not be written"
    # Nothing that somebody has changed meanwhile is overwritten.
    xv_files_are was || xv_take_files_back "$xv_said"
    xv_place_new 2>"$xv_live/said" || xv_take_files_back "a file could not be written: $(cat "$xv_live/said")"
    xv_end confirmed "$xv_id"
}

xv_take_files_back() {
    if ! xv_place_back 2>/dev/null; then xv_tell warning "a file could not be put back as it was"; fi
    xv_back "$1"
}

# How far it came: from what it told.
xv_recall() {
    xv_at=0
    xv_unsure=0
    if [ -r "$xv_live/news" ]; then xv_from=$xv_live/news; else sed 's/^[^ ]* //' "$xv_dir/journal" > "$xv_dir/recalled"; xv_from=$xv_dir/recalled; fi
    while read -r xv_word xv_number xv_rest; do
        case $xv_word in
            running | undoing) xv_at=$xv_number; xv_unsure=$xv_number ;;
            "done") xv_unsure=0 ;;
            failed | undone | undo-failed) xv_at=$((xv_number - 1)); xv_unsure=0 ;;
        esac
    done < "$xv_from"
}

xv_register() { # ROLE
    xv_look_at_process $$
    printf '%s %s\n' "$$" "$xv_began" > "$xv_live/$1.new" && mv -f "$xv_live/$1.new" "$xv_live/$1"
}

# Goes on where the one who carried it out was killed.
xv_take_over() {
    xv_register worker
    xv_tell warning "the process that carried it out was killed; another one goes on"
    xv_recall
    case $(cat "$xv_live/state") in
        persisting*)
            if xv_place_new 2>/dev/null; then xv_end confirmed "$xv_id"; fi
            xv_take_files_back "a file could not be written" ;;
        *) xv_back "the process that carried it out was killed" ;;
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
            # The command of its last step may go on by itself; what it does is undone only when it has ended.
            xv_waited=0
            while kill -s 0 -- "-$1" 2>/dev/null && [ "$xv_waited" -lt 100 ]; do xv_waited=$((xv_waited + 1)); xv_nap; done
            kill -s KILL -- "-$1" 2>/dev/null
            xv_take_over
        fi
        sleep 2
    done
}

# The host went down: nothing that ran is left, but files may have been written.
xv_settle() {
    mkdir -p "$xv_live"
    read -r xv_is_now xv_rest < "$xv_dir/state"
    if [ "$xv_is_now" != persisting ]; then xv_end interrupted "the host went down before it was confirmed; nothing of it is left"; fi
    if xv_files_are new; then xv_end confirmed "$xv_id"; fi
    if xv_place_back; then xv_end interrupted "the host went down while files were written; they are as they were"; fi
    xv_end stuck "the host went down while files were written, and they could not be put back"
}

xv_stop=
xv_reload=
xv_at=0
xv_unsure=0
xv_main() {
    trap '' HUP PIPE
    case ${1:-} in
        run)
            trap 'xv_stop=1' INT TERM
            { [ -d "$xv_live" ] || mkdir -p "$xv_live"; } && xv_register worker && xv_put_state running || exit 1
            xv_detach sh "$0" guard "$$" "$xv_began"
            xv_waited=0
            while [ ! -s "$xv_live/guard" ] && [ "$xv_waited" -lt 30 ]; do xv_waited=$((xv_waited + 1)); xv_nap; done
            xv_steps
            xv_arm
            xv_persist ;;
        guard)
            trap '' INT TERM
            xv_register guard
            xv_guard "$2" "$3" ;;
        undo)
            trap '' INT TERM
            xv_look_at "$xv_id"
            case $xv_state in
                begun* | running* | armed*)
                    xv_decide "$xv_id" rollback "it was undone by hand"
                    echo "It is being carried out; it undoes itself now." >&2
                    exit 0 ;;
                persisting* | undoing*)
                    echo "It is coming to its end; try again." >&2
                    exit 1 ;;
                rolled-back* | undone* | 'interrupted the '*)
                    echo "There is nothing to undo: $xv_state." >&2
                    exit 0 ;;
                interrupted*)
                    if [ "$(cat "$xv_dir/boot")" != "$xv_boot" ]; then xv_settle; fi ;;
            esac
            mkdir -p "$xv_live"
            xv_register worker
            xv_recall
            if ! xv_place_back; then echo "A file could not be put back as it was." >&2; fi
            xv_back "it was undone by hand" ;;
        settle)
            xv_settle ;;
        *)
            echo "Usage: sh $0 undo" >&2
            exit 2 ;;
    esac
}
xv_main "$@"
exit
