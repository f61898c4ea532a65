# Undoes a confirmed transaction: its steps backwards, its files the other way round.
xv_check_places || { printf '%s refused %s\n' "$xv_mark" "$xv_refused"; exit 0; }
if [ -z "$xv_reverted" ]; then
    xv_list_journals
    for xv_old in $xv_all; do
        xv_old=$xv_home/$xv_old
        [ -r "$xv_old/about" ] || continue
        xv_read_state "${xv_old##*/}"
        case $xv_state in
            confirmed*) if grep -q '^reverts $' "$xv_old/about"; then xv_reverted=${xv_old##*/}; fi ;;
        esac
    done
fi
[ "$(id -u)" = 0 ] || { printf '%s refused root: only root may change it, and this is %s\n' "$xv_mark" "$(id -un)"; exit 0; }
if [ -z "$xv_reverted" ] || [ ! -r "$xv_home/$xv_reverted/steps.sh" ]; then
    printf '%s refused none: there is no confirmed transaction %s\n' "$xv_mark" "$xv_reverted"
    exit 0
fi
xv_read_state "$xv_reverted"
case $xv_state in
    confirmed*) ;;
    *) printf '%s refused none: transaction %s is not confirmed, it is %s\n' "$xv_mark" "$xv_reverted" "$xv_state"; exit 0 ;;
esac
xv_title="undo $xv_reverted: $(sed -n 's/^title //p' "$xv_home/$xv_reverted/about")"

xv_copy_backwards() {
    xv_source=$xv_home/$xv_reverted
    # shellcheck disable=SC2016 # for the script that is written
    {
        cat "$xv_source/steps.sh" "$xv_dir/save.sh" &&
            printf 'xv_confirm=%s\nxv_reverse=$((1 - xv_reverse))\nxv_reverts=%s\n' "$xv_confirm" "$xv_reverted"
    } > "$xv_dir/steps.sh" || return 1
    cp "$xv_source/plan" "$xv_dir/plan.undo" || return 1
    if [ -e "$xv_source/plan.undo" ]; then cp "$xv_source/plan.undo" "$xv_dir/plan" || return 1
    else { echo "What was done, undone from its end:" && cat "$xv_source/plan"; } > "$xv_dir/plan" || return 1
    fi
    for xv_routes in "$xv_source"/routes.*; do
        if [ -e "$xv_routes" ]; then cp "$xv_routes" "$xv_dir/" || return 1; fi
    done
    [ -d "$xv_source/files" ] || return 0
    cp -p -R "$xv_source/files" "$xv_dir/" || return 1
    for xv_file in "$xv_dir"/files/*; do
        if [ -e "$xv_file/new" ]; then mv "$xv_file/new" "$xv_file/swap"; fi
        if [ -e "$xv_file/was" ]; then mv "$xv_file/was" "$xv_file/new"; fi
        if [ -e "$xv_file/swap" ]; then mv "$xv_file/swap" "$xv_file/was"; fi
        if [ -e "$xv_source/plan.undo" ]; then continue; fi
        # The journals of before did not say what belongs to a file's removal.
        read -r xv_path < "$xv_file/path"
        case ${xv_path%/*} in
            */xenvlan | */vif-post.d | *.network.d | *.netdev.d) true > "$xv_file/alone" || return 1 ;;
            /etc/NetworkManager/*) echo "nmcli connection reload" > "$xv_file/after-removal" || return 1 ;;
        esac
    done
}
