# Confirms a transaction or takes it back, and tells its news until it is over.
[ "$(id -u)" = 0 ] || { printf '%s refused root: only root may decide about it, and this is %s\n' "$xv_mark" "$(id -un)"; exit 0; }
xv_find "$xv_id"
[ -d "$xv_home/$xv_id" ] || { printf '%s refused none: there is no transaction %s\n' "$xv_mark" "$xv_id"; exit 0; }
xv_look_at "$xv_id"
case $xv_decision/$xv_state in
    confirm/armed* | rollback/armed* | rollback/running* | rollback/begun*) xv_decide "$xv_id" "$xv_decision" "$xv_why" ;;
    */interrupted\ [bruap]*)
        xv_bring_to_end "$xv_id"
        printf '%s over %s\n' "$xv_mark" "$xv_state"
        exit 0 ;;
esac
xv_follow "$xv_id" over "$xv_from"
exit 0
