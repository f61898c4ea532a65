# Goes on telling the news of a transaction, from the line xv_from on, until it is armed or over.
xv_check_places || { printf '%s refused %s\n' "$xv_mark" "$xv_refused"; exit 0; }
xv_find "$xv_id"
if [ ! -d "$xv_home/$xv_id" ] && xv_call_off "$xv_id"; then exit 0; fi
xv_follow "$xv_id" "$xv_until" "$xv_from"
