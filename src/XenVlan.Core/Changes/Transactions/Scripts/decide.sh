# Confirms a transaction or undoes it, and tells its news until it is over.
[ "$(id -u)" = 0 ] || { printf '%s refused root: only root may decide about it, and this is %s\n' "$xv_mark" "$(id -un)"; exit 0; }
xv_check_places || { printf '%s refused %s\n' "$xv_mark" "$xv_refused"; exit 0; }
xv_find "$xv_id"
if [ ! -d "$xv_home/$xv_id" ] && xv_call_off "$xv_id"; then exit 0; fi
xv_read_state "$xv_id"
case $xv_decision/$xv_state in
    confirm/armed*) xv_decide "$xv_id" confirm asked '' ;;
    rollback/armed* | rollback/running* | rollback/begun*) xv_order_rollback "$xv_id" asked "$xv_why" ;;
    */'interrupted left '*)
        xv_finish "$xv_id"
        printf '%s over %s\n' "$xv_mark" "$xv_state"
        exit 0 ;;
esac
xv_follow "$xv_id" over "$xv_from"
exit 0
