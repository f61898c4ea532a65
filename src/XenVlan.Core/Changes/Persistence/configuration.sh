# Tells what is in the files that the patterns xv_globs name, and which of the directories xv_dirs are there.
# POSIX od shows every byte, also of files that do not end in a line feed or hold CRs. Some hosts have a file or two for each of
# thousands of VLANs, so one wc and one od are asked about a hundred files, of which a command always has room. Once they are too
# much together, only their sizes are asked for.
xv_newline='
'
# FILE...: tells what is in them. find tells the sizes without opening anything: wc, as busybox has it, would read all of a file,
# however large. What the kernel shows as a file has no size or another one than it says, and reading it may wait for ever
# (/proc/kmsg).
xv_print() {
    xv_large=$(find -L "$@" -prune -size +"$xv_most"c -print 2>/dev/null)
    if [ -n "$xv_large" ]; then
        for xv_file in "$@"; do
            shift
            case "$xv_newline$xv_large$xv_newline" in
                *"$xv_newline$xv_file$xv_newline"*) printf '%s large %s\n' "$xv_mark" "$xv_file" ;;
                *) set -- "$@" "$xv_file" ;;
            esac
        done
    fi
    [ $# -gt 0 ] || return 0
    printf "$xv_mark file %s\n" "$@"
    printf '%s sizes\n' "$xv_mark"
    xv_sizes=$(wc -c "$@")
    printf '%s\n' "$xv_sizes"
    xv_last=${xv_sizes##*"$xv_newline"}
    xv_last=${xv_last%%[!0-9 ]*}
    case $xv_last in *[0-9]*) xv_sum=$((xv_sum + xv_last)) ;; esac
    if [ "$xv_sum" -gt "$xv_room" ]; then
        printf '%s skipped\n' "$xv_mark"
        return 0
    fi
    printf '%s bytes\n' "$xv_mark"
    od -An -v -tx1 "$@"
    printf '%s end\n' "$xv_mark"
}
printf '%s begin\n' "$xv_mark"
xv_sum=0
for xv_dir in $xv_dirs; do
    [ -d "$xv_dir" ] && printf '%s directory %s\n' "$xv_mark" "$xv_dir"
done
set --
for xv_file in $xv_globs; do
    case $xv_file in *"$xv_newline"*) continue ;; esac
    if [ -h "$xv_file" ]; then
        printf '%s link %s\n' "$xv_mark" "$xv_file"
        readlink "$xv_file" | od -An -v -tx1
        printf '%s end\n' "$xv_mark"
        case $(readlink -f "$xv_file") in
            /proc/* | /sys/* | /dev/?*/*)
                printf '%s special %s\n' "$xv_mark" "$xv_file"
                continue ;;
        esac
    fi
    [ -f "$xv_file" ] || continue
    if [ ! -r "$xv_file" ]; then
        printf '%s unreadable %s\n' "$xv_mark" "$xv_file"
        continue
    fi
    set -- "$@" "$xv_file"
    if [ $# -ge 100 ]; then
        xv_print "$@"
        set --
    fi
done
[ $# -eq 0 ] || xv_print "$@"
exit 0
