#!/bin/sh
# Sees that this machine has what a task needs, and installs what apt can: prepare.sh NEED...
# Where it cannot, it says what is missing and what for; it ends with 1 unless the task can do without.
set -eu

missing=
wanted=
has() { command -v "$1" >/dev/null 2>&1 || [ -e "$1" ]; }
need() { # PROGRAM-OR-FILE PACKAGE WHY
    if has "$1"; then return; fi
    missing="$missing $2"
    echo "This machine lacks $1, which is needed $3 (package $2)." >&2
}
want() { # PROGRAM-OR-FILE PACKAGE WHY
    if has "$1"; then return; fi
    wanted="$wanted $2"
    echo "This machine lacks $1, which is wanted $3 (package $2)." >&2
}

for what in "$@"; do
    case $what in
        dotnet)
            if ! command -v dotnet >/dev/null 2>&1; then
                echo "The .NET SDK 10 is missing: everything here is built with it. See https://dot.net for how to install it." >&2
                exit 1
            fi ;;
        ssh) need ssh openssh-client "to reach hosts" ;;
        native)
            need gcc gcc "to link the native xenvlan"
            need /usr/include/zlib.h zlib1g-dev "to link the native xenvlan" ;;
        shell)
            want busybox busybox "to run the scripts for hosts under its shell too"
            want /usr/sbin/ethtool ethtool "to read this machine's offloads as a host's" ;;
        *) echo "prepare.sh: '$what' is unknown." >&2; exit 2 ;;
    esac
done
[ -n "$missing$wanted" ] || exit 0

as_root=
if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "Install them as root: apt-get install$missing$wanted" >&2
        [ -z "$missing" ] || exit 1
        exit 0
    fi
    as_root=sudo
fi

echo "Installing$missing$wanted." >&2
# shellcheck disable=SC2086 # a list of packages
if { $as_root apt-get update -qq && $as_root apt-get install -y -qq --no-install-recommends $missing $wanted; } >&2; then exit 0; fi
if [ -n "$missing" ]; then exit 1; fi
echo "They could not be installed; tests that want them are skipped." >&2
