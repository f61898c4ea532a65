# Tells the transactions that are kept, oldest first.
printf '%s begin\n' "$xv_mark"
if [ "$(id -u)" != 0 ]; then printf '%s refused root: only root may see them, and this is %s\n' "$xv_mark" "$(id -un)"; exit 0; fi
xv_check_places || { printf '%s refused %s\n' "$xv_mark" "$xv_refused"; exit 0; }
xv_list_journals
for xv_id in $xv_all; do
    xv_old=$xv_home/$xv_id
    [ -r "$xv_old/about" ] || continue
    printf '%s transaction %s\n' "$xv_mark" "$xv_id"
    xv_read_state "$xv_id"
    xv_read_clock
    case $xv_state in "armed "*) xv_state="armed $((${xv_state#armed } - xv_now))" ;; esac
    printf '%s state %s\n' "$xv_mark" "$xv_state"
    sed "s/^/$xv_mark about /" "$xv_old/about"
    sed -e '/^   /d' -e "s/^/$xv_mark plan /" "$xv_old/plan"
done
exit 0
