# Finds lines in scripts that may make VLAN interfaces, in the files that the patterns xv_globs name.
# Files that are not plain, empty ones such as those of /proc, and those of 128 KiB and more are passed over.
xv_newline='
'
set --
for xv_file in $xv_globs; do
    case $xv_file in *"$xv_newline"*) continue ;; esac
    if [ ! -f "$xv_file" ] || [ ! -r "$xv_file" ] || [ ! -s "$xv_file" ]; then continue; fi
    set -- "$@" "$xv_file"
    [ $# -lt 2000 ] || break
done
[ $# -gt 0 ] || exit 0
find -L "$@" -prune -type f -size -257 -exec grep -n -e 'type[[:space:]][[:space:]]*vlan' -e 'vconfig' /dev/null {} + |
    head -n 500 | cut -c 1-400
exit 0
