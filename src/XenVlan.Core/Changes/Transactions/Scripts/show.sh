# Tells the plan of one transaction, and that of undoing it where the journal has one.
printf '%s begin\n' "$xv_mark"
if [ "$(id -u)" != 0 ]; then printf '%s refused root: only root may see it, and this is %s\n' "$xv_mark" "$(id -un)"; exit 0; fi
xv_check_places || { printf '%s refused %s\n' "$xv_mark" "$xv_refused"; exit 0; }
for xv_text in plan plan.undo; do
    if [ -r "$xv_home/$xv_id/$xv_text" ]; then sed "s/^/$xv_mark $xv_text /" "$xv_home/$xv_id/$xv_text"; fi
done
exit 0
